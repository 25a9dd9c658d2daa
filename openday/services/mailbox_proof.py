"""The click in the check mail: whoever opened the mailbox booked."""

import structlog
from sqlalchemy import update

from openday import clock
from openday.errors import BookingClosed, EventCancelled, SlotFull
from openday.models import Booking
from openday.models.words import Awaits, BookingState, Confirmation
from openday.services.availability import announce_event, announce_step
from openday.services.hold import FOR_THE_HOST
from openday.services.news import news_of
from openday.services.record import record
from openday.services.seats import Claim, audience_of, seat_new_booking, seats_left, take_seats
from openday.services.stored_booking import booking_of_link, claimed
from openday.services.visit import visit_from
from openday.transaction import transaction

log = structlog.get_logger()

UNPROVEN = (BookingState.HELD, BookingState.REQUESTED, BookingState.EXPIRED)


@transaction
def confirm_mailbox(token: str) -> BookingState:
    """Confirm a booking whose address had to be proven, and return where it stands now; again changes nothing.

    Seats that were never held, or held too long, are taken now if they are there: raises ``SlotFull`` if not,
    ``BookingClosed`` once the visit has begun, ``EventCancelled`` when it was called off, ``NotFound`` for a wrong one.
    """
    at = clock.now()
    booking = booking_of_link(token)
    if booking.awaits is not Awaits.MAILBOX or booking.state not in UNPROVEN or booking.slot is None:
        return booking.state
    visit = visit_from(booking.slot)
    if visit.is_called_off:
        raise EventCancelled
    if visit.is_past:
        raise BookingClosed
    announce_event(booking.event_id)
    before = booking.state
    needs_host = visit.confirmation is Confirmation.APPROVAL
    if not claim_proof(booking, before, needs_host=needs_host):
        return booking.state
    if before is not BookingState.HELD:
        take_late(booking)
        announce_step(visit.event_id, visit.campaign_id, at, booking.party_size)
    record(booking, "mailbox_confirmed", news_of(booking, visit, token))
    log.info("mailbox confirmed", booking_id=booking.id)
    return booking.state


def claim_proof(booking: Booking, before: BookingState, *, needs_host: bool) -> bool:
    """Move the booking on unless somebody else did."""
    at = clock.now()
    assert booking.slot is not None  # noqa: S101 - checked by the caller
    until = min(at + FOR_THE_HOST, booking.slot.starts_at)
    values = (
        {"state": BookingState.HELD, "awaits": Awaits.HOST, "held_until": until}
        if needs_host
        else {"state": BookingState.CONFIRMED, "awaits": None, "held_until": None, "confirmed_at": at}
    )
    is_unproven = (Booking.id == booking.id, Booking.state == before, Booking.awaits == Awaits.MAILBOX)
    return claimed(booking, update(Booking).where(*is_unproven).values(network_digest=None, **values))


def take_late(booking: Booking) -> None:
    """Take the seats of a booking that has none; raises ``SlotFull``."""
    assert booking.slot_id is not None  # noqa: S101 - checked by the caller
    at, audience = clock.now(), audience_of(booking.guest_kind)
    taken = take_seats(Claim(booking.slot_id, booking.mode, booking.party_size, at, audience))
    if taken is None:
        raise SlotFull(seats_left(booking.slot_id, booking.mode, audience, at))
    seat_new_booking(booking.id, taken.seats)
