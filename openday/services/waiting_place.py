"""Where somebody stands in the line, for the entry's own page and its mails."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from openday import clock
from openday.extensions import db
from openday.models import Booking
from openday.models.words import BookingState
from openday.services.waiting_queue import MOST_OFFERS

OVER = (BookingState.EXPIRED, BookingState.CANCELLED)


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
    is_before = or_(
        Booking.waits_since < booking.waits_since,
        and_(Booking.waits_since == booking.waits_since, Booking.id < booking.id),
    )
    before = select(func.count()).where(
        Booking.event_id == booking.event_id,
        Booking.state == BookingState.WAITING,
        Booking.mode == booking.mode,
        is_before,
    )
    if booking.slot_id is not None:
        before = before.where(or_(Booking.slot_id == booking.slot_id, Booking.slot_id.is_(None)))
    return 1 + int(db.session.scalar(before) or 0)
