"""Giving a booking up: once, whoever asks how often."""

from datetime import datetime

import structlog
from sqlalchemy import bindparam, update

from openday import clock
from openday.errors import BookingClosed
from openday.extensions import db
from openday.mailing import messages, visit_change_mails, waiting_mails
from openday.mailing.visit import EventFacts
from openday.models import Booking, OutboxMessage
from openday.models.words import OPEN_STATES, BookingState, CancelledBy
from openday.services.availability import announce_event, announce_step
from openday.services.confirmation import is_told_at_once
from openday.services.record import record
from openday.services.seats import release_seats
from openday.services.stored_booking import booking_of_link, booking_with_id
from openday.services.visit import facts_of
from openday.services.waiting_list import serve_waiting
from openday.services.waiting_place import wait_of
from openday.transaction import transaction

log = structlog.get_logger()


@transaction
def cancel_booking(token: str) -> bool:
    """Cancel with the link's secret and give the seats back; False when it was cancelled before.

    Raises ``NotFound`` for an unknown link and ``BookingClosed`` once the visit has begun or the guest is there.
    """
    booking = booking_of_link(token)
    has_begun = booking.slot is not None and booking.slot.starts_at <= clock.now()
    if booking.state in OPEN_STATES and (has_begun or booking.came_at is not None):
        raise BookingClosed
    return give_up(booking, CancelledBy.VISITOR, actor_id=None)


@transaction
def cancel_for_visitor(booking_id: int, actor_id: int) -> bool:
    """Cancel for somebody who called; False when it was cancelled before. The caller has checked the tenant."""
    return give_up(booking_with_id(booking_id), CancelledBy.ORGANISER, actor_id=actor_id)


def give_up(booking: Booking, by: CancelledBy, actor_id: int | None) -> bool:
    """Cancel inside a transaction: the state decides, so seats are given back exactly once."""
    at = clock.now()
    announce_event(booking.event_id)  # the event's row before any other, as whoever books takes them
    if not claim_cancellation(booking, by, at):
        return False
    seats = release_seats(booking.id)
    facts = facts_of(booking)
    record(booking, "cancelled", notes_of(booking, facts, by), actor_id)
    announce_step(booking.event_id, facts.campaign_id, at, -seats)
    serve_waiting(booking.event_id, at)
    log.info("booking cancelled", booking_id=booking.id, by=by.value)
    return True


def notes_of(booking: Booking, facts: EventFacts, by: CancelledBy) -> list[OutboxMessage]:
    """Return the note that a booking, or a place in the waiting list, is given up; a house hears of its visits."""
    is_news = by is CancelledBy.VISITOR and is_told_at_once(booking)
    waited = wait_of(booking) is not None
    ending = "waited" if waited else "cancelled"
    for_host = visit_change_mails.visit_given_up(booking, facts, ending) if is_news else None
    note = waiting_mails.waiting_left if waited else messages.booking_cancelled
    return [note(booking, facts, by), *([for_host] if for_host else [])]


CANCEL = (
    update(Booking)
    .where(Booking.id == bindparam("booking"), Booking.state.in_(OPEN_STATES), Booking.came_at.is_(None))
    .values(
        state=BookingState.CANCELLED,
        awaits=None,
        cancelled_at=bindparam("at"),
        cancelled_by=bindparam("by"),
        sequence=Booking.sequence + 1,
    )
)


def claim_cancellation(booking: Booking, by: CancelledBy, at: datetime) -> bool:
    """Set the state if it still has or wants seats; whoever comes second changes nothing."""
    known = {"booking": booking.id, "at": at, "by": by}
    is_ours = db.session.connection().execute(CANCEL, known).rowcount > 0
    columns = ["state", "awaits", "sequence", "cancelled_at", "cancelled_by"]
    db.session.refresh(booking, columns)  # the mail's calendar part carries the risen sequence
    return is_ours
