"""Calling an event off: said early, with a reason, and everybody who booked is told."""

from dataclasses import dataclass

import structlog
from sqlalchemy import func, select, update

from openday import clock
from openday.extensions import db
from openday.mailing import messages
from openday.models import AuditEntry, Booking, SeatPool, Slot
from openday.models.words import SEATED_STATES, CancelledBy, EventState
from openday.services.availability import announce_event, announce_listing
from openday.services.cancellation import claim_cancellation
from openday.services.scope import Ability, Scope, event_in_scope
from openday.services.seats import release_seats
from openday.services.visit import visits_of_event
from openday.transaction import transaction

log = structlog.get_logger()


@dataclass(frozen=True)
class Affected:
    """Whom a cancellation concerns."""

    bookings: int
    persons: int


def affected_by_cancelling(event_id: int) -> Affected:
    """Return how many bookings and people would be told."""
    row = db.session.execute(
        select(func.count(), func.sum(Booking.party_size)).where(
            Booking.event_id == event_id, Booking.state.in_(SEATED_STATES)
        )
    ).one()
    return Affected(int(row[0]), int(row[1] or 0))


@transaction
def cancel_event(scope: Scope, event_id: int, reason: str) -> int:
    """Call an event off, cancel its bookings and queue a mail to each; return how many. Again changes nothing.

    The seats are locked before the bookings are read and are none afterwards: a booking that comes at the same moment
    is either among those told, or finds no seat.
    """
    event = event_in_scope(scope, event_id, Ability.EDIT)
    if event.state is EventState.CANCELLED:
        return 0
    was_public = event.published_at is not None
    slot_ids = select(Slot.id).where(Slot.event_id == event.id)
    of_event = SeatPool.slot_id.in_(slot_ids)
    db.session.execute(
        update(SeatPool).where(of_event).values(taken=SeatPool.taken), execution_options={"synchronize_session": False}
    )
    at = clock.now()
    event.state = EventState.CANCELLED
    event.cancelled_at = at
    event.cancel_reason = reason
    event.sequence += 1
    db.session.flush()  # the texts of the mails are about a cancelled event
    told = tell_bookings(event_id, reason)
    db.session.execute(
        update(SeatPool).where(of_event).values(capacity=0), execution_options={"synchronize_session": False}
    )
    db.session.add(
        AuditEntry(
            action="cancelled",
            actor_id=scope.user_id,
            object_type="event",
            object_id=event_id,
            detail=f"{told} bookings told",
        )
    )
    announce_event(event_id)
    if was_public:
        announce_listing(event.campaign_id)
    log.info("event cancelled", event_id=event_id, told=told)
    return told


def tell_bookings(event_id: int, reason: str) -> int:
    """Cancel every booking that has seats and queue its mail, inside a transaction; return how many."""
    visits = {visit.slot_id: visit for visit in visits_of_event(event_id)}
    at = clock.now()
    told = 0
    bookings = db.session.scalars(
        select(Booking).where(Booking.event_id == event_id, Booking.state.in_(SEATED_STATES)).order_by(Booking.id)
    ).all()
    for booking in bookings:
        if not claim_cancellation(booking, CancelledBy.ORGANISER, at):
            continue
        release_seats(booking.seat_pool_id, booking.party_size)
        message = messages.booking_called_off(booking, visits[booking.slot_id], reason)
        message.booking_id = booking.id
        db.session.add(message)
        told += 1
    return told
