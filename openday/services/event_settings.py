"""The rules of one event's registration, and when they begin to hold."""

from dataclasses import dataclass, fields

import structlog
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import AuditEntry, Slot
from openday.models.words import Confirmation, WaitingList
from openday.services.availability import announce_event, recount
from openday.services.listing_change import announce_listing
from openday.services.scope import Scope, editable_event
from openday.services.slot import reserves_open_at
from openday.services.waiting_list import serve_waiting
from openday.transaction import transaction

log = structlog.get_logger()


@dataclass(frozen=True)
class EventSettings:
    """Each is a column of the event; hours are counted back from the beginning of a time."""

    confirmation: Confirmation
    waiting_list: WaitingList
    change_until_hours: int
    reserve_hours: int | None
    sends_reminders: bool
    registers_companions: bool


@transaction
def change_settings(scope: Scope, event_id: int, settings: EventSettings) -> None:
    """Store the rules; kept seats of the times to come open when the rule now says, at once if that has passed.

    Who has booked keeps the booking; who is on the waiting list stays there.
    """
    editable_event(scope, event_id)
    announce_event(event_id)
    event = editable_event(scope, event_id)
    at = clock.now()
    for setting in fields(settings):
        setattr(event, setting.name, getattr(settings, setting.name))
    for slot in db.session.scalars(select(Slot).where(Slot.event_id == event_id, Slot.starts_at > at)):
        slot.reserves_open_at = reserves_open_at(slot.starts_at, settings.reserve_hours)
    db.session.flush()  # seats are counted by statements of their own
    recount(event_id, at)
    announce_listing(event.campaign_id, event.id)
    serve_waiting(event_id, at)
    db.session.add(
        AuditEntry(
            action="edited", actor_id=scope.user_id, object_type="event", object_id=event_id, detail="event settings"
        )
    )
    log.info("event settings changed", event_id=event_id)
