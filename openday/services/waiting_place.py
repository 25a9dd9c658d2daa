"""Where somebody stands in the line, for the entry's own page and its mails."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, or_, select

from openday import clock
from openday.extensions import db
from openday.models import Booking
from openday.models.words import BookingState
from openday.services.waiting_queue import MOST_OFFERS

OVER = (BookingState.EXPIRED, BookingState.CANCELLED)


BEFORE = select(func.count()).where(
    Booking.event_id == bindparam("event"),
    Booking.state == BookingState.WAITING,
    Booking.mode == bindparam("its_mode"),
    or_(
        Booking.waits_since < bindparam("since"),
        and_(Booking.waits_since == bindparam("since"), Booking.id < bindparam("number")),
    ),
)
BEFORE_AT_TIME = BEFORE.where(or_(Booking.slot_id == bindparam("its_time"), Booking.slot_id.is_(None)))


@dataclass(frozen=True)
class Wait:
    """What an entry's page says beside the booking. ``place`` is None when it does not stand in the line; ``is_over``:
    there is nothing to wait for or to take any more."""

    place: int | None
    is_over: bool
    is_any_time: bool
    is_last_offer: bool
    takes_late_offer: bool


def wait_of(booking: Booking) -> Wait | None:
    """Return the wait of an entry that has not become a booking, None for everything else."""
    has_ended = booking.state in OVER and booking.confirmed_at is None
    stands = booking.state in (BookingState.WAITING, BookingState.OFFERED)
    if booking.waits_since is None or not (stands or has_ended):
        return None
    return Wait(
        place=place_in_line(booking) if booking.state is BookingState.WAITING else None,
        is_over=has_ended or (booking.held_until is not None and booking.held_until <= clock.now()),
        is_any_time=waits_for_any_time(booking),
        is_last_offer=is_last_offer(booking),
        takes_late_offer=booking.takes_late_offer,
    )


def is_last_offer(booking: Booking) -> bool:
    """Whether an offer that lapses now ends the entry."""
    return booking.offers_lapsed + 1 >= MOST_OFFERS


def waits_for_any_time(booking: Booking) -> bool:
    """Whether any time of the event will do: it has none, or was offered the one it has."""
    return booking.slot_id is None or str(booking.slot_id) in booking.passed_slots


def place_in_line(booking: Booking) -> int:
    """Return 1 for who is next, counted among those who wait for the same time or for any, in the same mode."""
    before = BEFORE if booking.slot_id is None else BEFORE_AT_TIME
    its = {
        "event": booking.event_id,
        "its_mode": booking.mode,
        "its_time": booking.slot_id,
        "since": booking.waits_since,
        "number": booking.id,
    }
    return 1 + int(db.session.scalar(before, its) or 0)
