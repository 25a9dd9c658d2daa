"""Examples of the mails of the waiting list."""

from datetime import UTC, datetime
from typing import Any

from openday.mailing import visit_change_mails, waiting_mails
from openday.mailing.examples.example import TOKEN, Example, example_booking, example_visit, without_time
from openday.mailing.examples.press import press_booking
from openday.mailing.examples.visit_request import for_host, house, political_booking, present
from openday.mailing.visit import Visit
from openday.models import Booking
from openday.models.words import Awaits, BookingState, CancelledBy, WaitingList

OFFERED_UNTIL = datetime(2024, 9, 10, 16, 0, tzinfo=UTC)


def entry(**overrides: Any) -> Booking:
    """Return a party of two that waits."""
    return example_booking(**{"state": BookingState.WAITING, **overrides})


def offered(**overrides: Any) -> Booking:
    """Return a party of two that seats are held for."""
    return entry(**{"state": BookingState.OFFERED, "held_until": OFFERED_UNTIL, **overrides})


def unproven(**overrides: Any) -> Booking:
    """Return an entry whose address anybody could have typed."""
    return entry(**{"awaits": Awaits.MAILBOX, **overrides})


def waiting_office(**overrides: Any) -> Booking:
    """Return an office in the line, for its guest."""
    return political_booking(**{"state": BookingState.WAITING, "awaits": None, "held_until": None, **overrides})


def left_office(**overrides: Any) -> Booking:
    """Return an office that waits no more."""
    return waiting_office(**{"state": BookingState.CANCELLED, "sequence": 1, **overrides})


def offered_to_press(**overrides: Any) -> Booking:
    """Return a newsroom that seats are held for; once it takes them the house answers."""
    return press_booking(**{"state": BookingState.OFFERED, "held_until": OFFERED_UNTIL, **overrides})


def booked_at_once(**overrides: Any) -> Visit:
    """Return a visit whose freed seats are booked without asking."""
    return example_visit(**{"waiting_list": WaitingList.AUTOMATIC, **overrides})


EXAMPLES = (
    Example("waiting_joined", lambda booking, visit: waiting_mails.waiting_joined(booking, visit, TOKEN, 3), entry),
    Example(
        "waiting_joined-any_time",
        lambda booking, visit: waiting_mails.waiting_joined(booking, without_time(visit), TOKEN, 1),
        entry,
        booked_at_once,
    ),
    Example(
        "waiting_joined-unproven",
        lambda booking, visit: waiting_mails.waiting_joined(booking, visit, TOKEN, 3),
        unproven,
        is_check=True,
    ),
    Example(
        "waiting_joined-politics",
        lambda booking, visit: waiting_mails.waiting_joined(booking, visit, TOKEN, 2),
        waiting_office,
        house,
    ),
    Example("request_for_host-waiting", for_host, waiting_office, house, is_for_staff=True),
    Example(
        "visit_cancelled_for_host-waiting",
        lambda booking, visit: present(visit_change_mails.visit_given_up(booking, visit, "waited")),
        left_office,
        house,
        is_for_staff=True,
    ),
    Example(
        "seat_offered-press",
        lambda booking, visit: waiting_mails.seat_offered(booking, visit, TOKEN),
        offered_to_press,
        house,
    ),
    Example("seat_offered", lambda booking, visit: waiting_mails.seat_offered(booking, visit, TOKEN), offered),
    Example(
        "seat_offered-last",
        lambda booking, visit: waiting_mails.seat_offered(booking, visit, TOKEN, is_last=True),
        offered,
    ),
    Example("offer_over", lambda booking, visit: waiting_mails.offer_over(booking, visit, TOKEN, 1), entry),
    Example("waiting_over", lambda booking, visit: waiting_mails.waiting_over(booking, visit, had_offers=False), entry),
    Example(
        "waiting_over-after_offers",
        lambda booking, visit: waiting_mails.waiting_over(booking, visit, had_offers=True),
        entry,
    ),
    Example(
        "waiting_left", lambda booking, visit: waiting_mails.waiting_left(booking, visit, CancelledBy.VISITOR), entry
    ),
    Example(
        "waiting_left-for_guest",
        lambda booking, visit: waiting_mails.waiting_left(booking, visit, CancelledBy.ORGANISER),
        entry,
    ),
)
