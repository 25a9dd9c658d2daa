"""Asking the Verband: what a Träger that is not trusted puts online is live by its link and waits to be listed."""

from datetime import datetime

import structlog
from flask_babel import lazy_gettext as _l

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.mailing import review_mails
from openday.models import AuditEntry, Event, Traeger
from openday.models.words import EventKind, EventState, Review
from openday.services.approver import administrators, coordinators_of
from openday.services.availability import announce_event
from openday.services.scope import Scope, editable_event, owned_traeger
from openday.transaction import transaction

log = structlog.get_logger()

ONLINE = (EventState.PUBLISHED, EventState.PLANNED)


class NotReturned(Refusal):
    """It was not given back, or is waiting again already."""

    code = "not_returned"
    message = _l("Das liegt schon zur Freigabe vor.")


def submit_event(event: Event, *, is_new: bool = False) -> None:
    """Put an event that is online into the queue where it needs a yes; a new one of a trusted Träger is only told."""
    is_online = event.state in ONLINE and not event.is_plan
    if not is_online or not event.wants_listing or event.kind is EventKind.BACKGROUND_TALK:
        return
    if event.traeger.is_trusted:
        if is_new:
            db.session.add_all(review_mails.event_listed(event, person) for person in coordinators_of(event.traeger))
    elif event.review is None:
        wait(event, clock.now())
        if event.traeger.review is Review.APPROVED:
            ask(event.traeger, event)


@transaction
def resubmit_event(scope: Scope, event_id: int) -> None:
    """Ask once more after what was missing has been added; raises ``NotReturned``."""
    announce_event(event_id)
    event = editable_event(scope, event_id)
    if event.review is not Review.RETURNED or event.state not in ONLINE:
        raise NotReturned
    wait(event, clock.now())
    if event.traeger.review is not Review.WAITING:
        ask(event.traeger, event)
    note("resubmitted", scope, "event", event_id)


@transaction
def resubmit_traeger(scope: Scope, traeger_id: int) -> None:
    """Ask once more for a Träger that was given back; raises ``NotReturned``."""
    traeger = owned_traeger(scope, traeger_id)
    if traeger.review is not Review.RETURNED:
        raise NotReturned
    wait(traeger, clock.now())
    ask(traeger)
    note("resubmitted", scope, "traeger", traeger_id)


def wait(thing: Event | Traeger, at: datetime) -> None:
    """Put a thing at the end of the queue."""
    thing.review = Review.WAITING
    thing.submitted_at = at
    thing.escalated_at = thing.reviewed_at = thing.reviewed_by = None
    thing.return_reason = thing.return_note = None


def ask(traeger: Traeger, event: Event | None = None) -> None:
    """Mail everybody who may answer; where the Verband has nobody, that is the platform at once."""
    people = coordinators_of(traeger)
    if people:
        db.session.add_all(review_mails.review_waiting(traeger, event, person) for person in people)
    else:
        escalate(traeger, event)


def escalate(traeger: Traeger, event: Event | None = None) -> None:
    """Go up to the administrators, once."""
    thing = event or traeger
    thing.escalated_at = clock.now()
    people = administrators()
    db.session.add_all(review_mails.review_waiting(traeger, event, person, is_escalated=True) for person in people)
    log.info("review went up", traeger_id=traeger.id, event_id=event.id if event else None, told=len(people))


def note(action: str, scope: Scope, object_type: str, object_id: int) -> None:
    """Write down who asked."""
    db.session.add(AuditEntry(action=action, actor_id=scope.user_id, object_type=object_type, object_id=object_id))
    log.info("review asked for", object_type=object_type, object_id=object_id)
