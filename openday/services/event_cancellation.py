"""Calling an event off: said early, with a reason, and everybody who booked is told."""

from collections.abc import Sequence

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.mailing import messages
from openday.mailing.house_change_mails import stage_of
from openday.mailing.visit import Visit
from openday.models import AuditEntry, Booking, Event
from openday.models.words import CancelledBy, EventState, SlotState
from openday.services.availability import announce_event
from openday.services.cancellation import claim_cancellation
from openday.services.event_change import say_change
from openday.services.listing_change import announce_listing
from openday.services.mail_plan import MailPlan, concerned, planned
from openday.services.scope import Ability, Scope, editable_event, event_in_scope
from openday.services.seat_table import Reach, slots_within
from openday.services.seats import release_seats
from openday.services.slot import tell_times
from openday.services.slot_change import coming_slot
from openday.services.visit import event_facts, visits_of_event
from openday.transaction import transaction

log = structlog.get_logger()

KIND = "booking_called_off"


class NeverPublic(Refusal):
    """A draft: nobody expects it, so there is nothing to call off."""

    code = "never_public"
    message = _l("Dieser Termin ist ein Entwurf. Sie können ihn löschen.")


def told_by_cancelling(event: Event, slot_id: int | None = None, reach: Reach = Reach.EVENT) -> MailPlan:
    """Return who will hear that an event, or one time of it or its day, falls out; changes nothing.

    Raises ``TimeOver``, ``EventCancelled`` and ``NotFound`` for a time that cannot be called off any more.
    """
    which = []
    if slot_id is not None:
        at = clock.now()
        slots = slots_within(coming_slot(event, slot_id, at), reach, at)
        which.append(Booking.slot_id.in_([slot.id for slot in slots]))
    return MailPlan(tuple(planned(booking, KIND) for booking in concerned(event.id, *which)))


@transaction
def cancel_times(scope: Scope, event_id: int, slot_id: int, reach: Reach, reason: str) -> int:
    """Call off one time, or those of its day that are to come, and return how many were told.

    Raises ``TimeOver``, ``EventCancelled`` and ``NotFound``. Who waits for any time of the event waits on.
    """
    editable_event(scope, event_id)
    announce_event(event_id)
    at = clock.now()
    event = editable_event(scope, event_id)
    slots = slots_within(coming_slot(event, slot_id, at), reach, at)
    for slot in slots:
        slot.state = SlotState.CANCELLED
    event.sequence += 1
    say_change(event, None, reason)
    db.session.flush()  # the versions are raised by statements of their own
    told = tell_bookings(event_id, reason, [slot.id for slot in slots])
    tell_times(event, scope, f"{len(slots)} times called off, {told} bookings told")
    log.info("times called off", event_id=event_id, slots=len(slots), told=told)
    return told


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
    announce_listing(event.campaign_id, event_id)
    log.info("event cancelled", event_id=event_id, told=told)
    return told


def tell_bookings(event_id: int, reason: str, slot_ids: Sequence[int] | None = None) -> int:
    """Cancel every booking that has or wants seats, of these times or of all, and queue its mail; return how many."""
    visits: dict[int | None, Visit] = {visit.slot_id: visit for visit in visits_of_event(event_id)}
    event = db.session.get_one(Event, event_id)
    at = clock.now()
    has_other_times = not event_facts(event).is_for_invited and any(
        visit.starts_at > at and not visit.is_called_off for visit in visits.values()
    )
    told = 0
    for booking in concerned(event_id, *([Booking.slot_id.in_(slot_ids)] if slot_ids is not None else [])):
        stage = stage_of(booking.state)
        if not claim_cancellation(booking, CancelledBy.ORGANISER, at):
            continue
        release_seats(booking.id)
        facts = visits.get(booking.slot_id) or event_facts(event)
        message = messages.booking_called_off(booking, facts, reason, stage=stage, has_other_times=has_other_times)
        message.booking_id = booking.id
        db.session.add(message)
        told += 1
    return told
