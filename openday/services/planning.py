"""„Planung anzeigen“: three words early on, so that the Bundesverband knows; the event grows out of it later."""

from dataclasses import dataclass
from datetime import date

import structlog

from openday import clock
from openday.errors import NotFound
from openday.extensions import db
from openday.models import AuditEntry, Event, EventHost
from openday.models.words import Attendance, EventState
from openday.services.event import current_campaign, own_slug
from openday.services.listing import settle_listing
from openday.services.listing_change import announce_listing
from openday.services.scope import Scope
from openday.transaction import transaction

log = structlog.get_logger()


@dataclass(frozen=True)
class Contact:
    """Who can be asked, as far as it was said."""

    name: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True)
class PlanningNote:
    """What, roughly when (a Berlin day if there is one already), and whom to ask. ``is_public``: shown as planned."""

    traeger_id: int
    title: str
    when: str
    day: date | None
    contact: Contact
    is_public: bool


@transaction
def tell_plan(scope: Scope, note: PlanningNote) -> int:
    """Make a planned event of a note and return its id; raises ``NotFound`` for a Träger of somebody else.

    The Verband sees it at once. Everybody does only where that is wanted and the Träger's events are listed.
    """
    if note.traeger_id not in scope.editable_traeger_ids:
        raise NotFound
    campaign = current_campaign()
    event = Event(
        campaign_id=campaign.id,
        traeger_id=note.traeger_id,
        slug=own_slug(note.title),
        title=note.title,
        state=EventState.PLANNED,
        attendance=Attendance.ONSITE,  # as any draft: where it is will be asked before it goes online
        starts_on=note.day,
        date_words=None if note.day else note.when,
        contact_name=note.contact.name,
        contact_phone=note.contact.phone,
        contact_email=note.contact.email,
        wants_listing=note.is_public,
    )
    event.hosts = [EventHost(traeger_id=note.traeger_id, position=0, confirmed_at=clock.now())]
    db.session.add(event)
    db.session.flush()  # the listing asks for the Träger, the audit entry for event.id
    settle_listing(event)
    announce_listing(campaign.id, event.id)  # the Verband's overview hangs on it too
    db.session.add(AuditEntry(action="created", actor_id=scope.user_id, object_type="event", object_id=event.id))
    log.info("plan told", event_id=event.id)
    return event.id
