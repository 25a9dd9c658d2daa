"""Examples of what an office and a house get about a political visit."""

from datetime import UTC, date, datetime, time
from typing import Any

from openday.mailing import politics_mails, visit_change_mails, visit_request_mails
from openday.mailing.examples.example import TOKEN, Example, example_booking, example_visit, without_time
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage, PoliticalVisit, VisitProposal
from openday.models.words import (
    Awaits,
    BookingState,
    DayPart,
    GuestKind,
    MayAnnounce,
    PhotoRule,
    PoliticalLevel,
    YesNoOpen,
)

HELD_UNTIL = datetime(2024, 9, 12, 16, 0, tzinfo=UTC)
REASON = "An dem Tag ist das Haus geschlossen."


def house(**overrides: Any) -> Visit:
    """Return a visit with somebody to call on the day and a photo rule."""
    values = {"photo_rule": PhotoRule.ON_REQUEST, "day_contact_name": "Sam Vor-Ort", "day_contact_phone": "0170 000000"}
    return example_visit(**{**values, **overrides})


def political_booking(**overrides: Any) -> Booking:
    """Return the request of an office for its member of parliament; the house answers next."""
    values: dict[str, Any] = {
        "id": 11,
        "guest_kind": GuestKind.POLITICS,
        "guest_name": "Dr. Kim Sommer",
        "booker_name": "Alex Büro",
        "booker_email": "buero.sommer@example.org",
        "booker_phone": "030 000000",
        "party_size": 3,
        "state": BookingState.HELD,
        "awaits": Awaits.HOST,
        "held_until": HELD_UNTIL,
        "sequence": 0,
        "political": PoliticalVisit(
            level=PoliticalLevel.BUNDESTAG,
            guest_role="Mitglied des Ausschusses für Arbeit",
            constituency="Leipzig-Nord",
            is_for_guest=True,
            brings_press=YesNoOpen.NO,
            may_announce=MayAnnounce.ASK,
            topics="Wartezeiten",
            security_notes="Personenschutz kommt zum Hintereingang",
        ),
    }
    return example_booking(**{**values, **overrides})


def provisional_booking(**overrides: Any) -> Booking:
    """Return a visit the office has yet to make certain."""
    return political_booking(**{"awaits": Awaits.BOOKER, "is_provisional": True, **overrides})


def confirmed_booking(**overrides: Any) -> Booking:
    """Return a visit that stands."""
    values = {"state": BookingState.CONFIRMED, "awaits": None, "held_until": None, "sequence": 1}
    return political_booking(**{**values, **overrides})


def declined_booking(**overrides: Any) -> Booking:
    """Return a request the house could not fulfil."""
    return political_booking(**{"state": BookingState.DECLINED, "sequence": 1, **overrides})


def cancelled_booking(**overrides: Any) -> Booking:
    """Return a visit the office gave up."""
    values = {"state": BookingState.CANCELLED, "awaits": None, "held_until": None, "sequence": 1}
    return political_booking(**{**values, **overrides})


def unseated_booking(**overrides: Any) -> Booking:
    """Return a request without a time."""
    return political_booking(**{"state": BookingState.REQUESTED, "held_until": None, **overrides})


def proposing_booking(**overrides: Any) -> Booking:
    """Return a request that names two days."""
    proposed = [
        VisitProposal(is_by_host=False, position=0, day=date(2024, 9, 16), day_part=DayPart.MORNING),
        VisitProposal(is_by_host=False, position=1, day=date(2024, 9, 17), start_time=time(14, 30)),
    ]
    return unseated_booking(**{"proposed": proposed, **overrides})


def offer(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the mail with the host's other times."""
    afternoon = house(starts_at=datetime(2024, 9, 17, 12, 0, tzinfo=UTC), ends_at=None)
    return visit_request_mails.other_times(booking, visit, TOKEN, [house(), afternoon])


def for_host(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return what the house gets at once."""
    return present(visit_request_mails.request_for_host(booking, visit))


def present(message: OutboxMessage | None) -> OutboxMessage:
    """Return the mail to a house; the one of the examples has an address."""
    assert message is not None  # noqa: S101 - narrows the type
    return message


EXAMPLES = (
    Example(
        "visit_requested",
        lambda booking, visit: visit_request_mails.visit_requested(booking, visit, TOKEN),
        political_booking,
        house,
    ),
    Example(
        "visit_requested-without_time",
        lambda booking, visit: visit_request_mails.visit_requested(booking, without_time(visit), TOKEN),
        proposing_booking,
        house,
    ),
    Example(
        "visit_requested-without_seats",
        lambda booking, visit: visit_request_mails.visit_requested(booking, visit, TOKEN),
        lambda **overrides: unseated_booking(**{"is_provisional": True, **overrides}),
        house,
    ),
    Example(
        "visit_provisional",
        lambda booking, visit: visit_request_mails.visit_provisional(booking, visit, TOKEN),
        provisional_booking,
        house,
    ),
    Example(
        "visit_provisional_ends",
        lambda booking, visit: visit_request_mails.visit_provisional_ends(booking, visit, TOKEN),
        provisional_booking,
        house,
    ),
    Example(
        "visit_confirmed",
        lambda booking, visit: visit_request_mails.visit_confirmed(booking, visit, TOKEN),
        confirmed_booking,
        house,
    ),
    Example(
        "visit_declined",
        lambda booking, visit: visit_request_mails.visit_declined(booking, visit, REASON),
        declined_booking,
        house,
    ),
    Example("other_times", offer, unseated_booking, house),
    Example(
        "guest_replaced",
        lambda booking, visit: visit_request_mails.guest_replaced(booking, visit, TOKEN)[0],
        confirmed_booking,
        house,
    ),
    Example(
        "visit_reminder",
        lambda booking, visit: politics_mails.visit_reminder(booking, visit, TOKEN, 7),
        confirmed_booking,
        house,
    ),
    Example(
        "visit_reminder-tomorrow",
        lambda booking, visit: politics_mails.visit_reminder(booking, visit, TOKEN, 1),
        confirmed_booking,
        house,
    ),
    Example("request_for_host", for_host, political_booking, house, is_for_staff=True),
    Example(
        "request_for_host-without_time",
        lambda booking, visit: present(visit_request_mails.request_for_host(booking, without_time(visit))),
        proposing_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "guest_replaced_for_host",
        lambda booking, visit: visit_request_mails.guest_replaced(booking, visit, TOKEN)[1],
        confirmed_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "visit_changed_for_host",
        lambda booking, visit: present(visit_change_mails.visit_resized(booking, visit, 2)),
        confirmed_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "visit_changed_for_host-corrected",
        lambda booking, visit: present(visit_change_mails.visit_corrected(booking, visit)),
        confirmed_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "visit_changed_for_host-request",
        lambda booking, visit: present(visit_change_mails.visit_resized(booking, visit, 2)),
        political_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "visit_changed_for_host-without_time",
        lambda booking, visit: present(visit_change_mails.visit_corrected(booking, without_time(visit))),
        proposing_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "visit_cancelled_for_host",
        lambda booking, visit: present(visit_change_mails.visit_given_up(booking, visit)),
        cancelled_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "visit_cancelled_for_host-lapsed",
        lambda booking, visit: present(visit_change_mails.visit_given_up(booking, visit, "lapsed")),
        cancelled_booking,
        house,
        is_for_staff=True,
    ),
    Example(
        "visit_cancelled_for_host-without_time",
        lambda booking, visit: present(visit_change_mails.visit_given_up(booking, without_time(visit))),
        cancelled_booking,
        house,
        is_for_staff=True,
    ),
)
