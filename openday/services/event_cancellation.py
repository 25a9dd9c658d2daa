"""Calling an event off: said early, with a reason, and everybody who booked is told."""

from dataclasses import dataclass

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.mailing import messages
from openday.mailing.visit import Visit
from openday.models import AuditEntry, Booking, Event
from openday.models.words import OPEN_STATES, CancelledBy, EventState
from openday.services.availability import announce_listing
from openday.services.cancellation import claim_cancellation
from openday.services.scope import Ability, Scope, event_in_scope
from openday.services.seats import release_seats
from openday.services.visit import event_facts, visits_of_event
from openday.transaction import transaction

log = structlog.get_logger()


class NeverPublic(Refusal):
    """A draft: nobody expects it, so there is nothing to call off."""

    code = "never_public"
    message = _l("Dieser Termin ist ein Entwurf. Sie können ihn löschen.")


@dataclass(frozen=True)
class Affected:
    """Whom a cancellation concerns."""

    bookings: int
    persons: int


def affected_by_cancelling(event_id: int) -> Affected:
    """Return how many bookings and people would be told."""
    row = db.session.execute(
        select(func.count(), func.sum(Booking.party_size)).where(
            Booking.event_id == event_id, Booking.state.in_(OPEN_STATES)
        )
    ).one()
    return Affected(int(row[0]), int(row[1] or 0))


@transaction
def cancel_event(scope: Scope, event_id: int, reason: str) -> int:
    """Call an event off, cancel its bookings and queue a mail to each; return how many. Again changes nothing.

    Raises ``NeverPublic`` for a draft.

    The event's row is claimed before the bookings are read: a booking that comes at the same moment is either among
    those told, or finds the event called off.
    """
    event = event_in_scope(scope, event_id, Ability.EDIT)
    if event.state is EventState.DRAFT:
        raise NeverPublic
    statement = (
        update(Event)
        .where(Event.id == event_id, Event.state != EventState.CANCELLED)
        .values(
            state=EventState.CANCELLED,
            cancelled_at=clock.now(),
            cancel_reason=reason,
            sequence=Event.sequence + 1,
            version=Event.version + 1,
        )
        .returning(Event.id)
    )
    if db.session.scalar(statement, execution_options={"synchronize_session": False}) is None:
        return 0
    told = tell_bookings(event_id, reason)
    db.session.add(
        AuditEntry(
            action="cancelled",
            actor_id=scope.user_id,
            object_type="event",
            object_id=event_id,
            detail=f"{told} bookings told",
        )
    )
    announce_listing(event.campaign_id)
    log.info("event cancelled", event_id=event_id, told=told)
    return told


def tell_bookings(event_id: int, reason: str) -> int:
    """Cancel every booking that has or wants seats and queue its mail, inside a transaction; return how many."""
    visits: dict[int | None, Visit] = {visit.slot_id: visit for visit in visits_of_event(event_id)}
    event = db.session.get_one(Event, event_id)
    at = clock.now()
    told = 0
    bookings = db.session.scalars(
        select(Booking).where(Booking.event_id == event_id, Booking.state.in_(OPEN_STATES)).order_by(Booking.id)
    ).all()
    for booking in bookings:
        if not claim_cancellation(booking, CancelledBy.ORGANISER, at):
            continue
        release_seats(booking.id)
        message = messages.booking_called_off(booking, visits.get(booking.slot_id) or event_facts(event), reason)
        message.booking_id = booking.id
        db.session.add(message)
        told += 1
    return told
