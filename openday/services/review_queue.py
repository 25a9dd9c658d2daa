"""What waits for an answer, oldest first, with what was checked about it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.extensions import db
from openday.models import Event, Membership, Slot, Traeger, User
from openday.models.words import Review, Role
from openday.services.event_check import Finding, findings
from openday.services.review import event_to_review, traeger_to_review
from openday.services.review_request import ONLINE
from openday.services.scope import Scope, is_reviewed_by
from openday.services.twins import MOST, Twin, twins_of

ANSWERABLE = (Review.APPROVED, Review.TRUSTED)  # a Träger that waits itself is answered together with its events


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: an event, or a Träger with the events it has online already."""

    traeger: Traeger
    event: Event | None
    submitted_at: datetime
    is_escalated: bool
    events: int = 0


@dataclass(frozen=True)
class TraegerItem:
    """A Träger as its Verband looks at it."""

    traeger: Traeger
    owners: list[User]
    events: list[Event]
    twins: list[Twin] = field(default_factory=list)


@dataclass(frozen=True)
class EventItem:
    """An event as its Verband looks at it; ``missing`` is advice, what blocks is never online. ``twins``: others of the
    same Träger on the same day."""

    event: Event
    missing: list[Finding]
    owners: list[User]
    twins: list[Event] = field(default_factory=list)


def waits_as_event(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on events joined with their Träger that they stand in the queue by themselves."""
    return (Event.review == Review.WAITING) & Traeger.review.in_(ANSWERABLE) & is_reviewed_by(scope)


def waits_as_traeger(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on Träger that they stand in the queue."""
    return (Traeger.review == Review.WAITING) & is_reviewed_by(scope)


def queue_of(scope: Scope) -> list[Waiting]:
    """Return everything that waits for this person, the oldest first."""
    online = select(Event.traeger_id, func.count().label("events")).where(Event.review == Review.WAITING)
    counted = online.group_by(Event.traeger_id).subquery()
    traeger = db.session.execute(
        select(Traeger, func.coalesce(counted.c.events, 0))
        .outerjoin(counted, counted.c.traeger_id == Traeger.id)
        .where(waits_as_traeger(scope))
        .options(selectinload(Traeger.verbaende))
    ).all()
    events = db.session.scalars(
        select(Event)
        .join(Traeger, Traeger.id == Event.traeger_id)
        .where(waits_as_event(scope))
        .options(joinedload(Event.traeger).selectinload(Traeger.verbaende))
    )
    lines = [waiting(one, None, int(number)) for one, number in traeger]
    lines += [waiting(event.traeger, event) for event in events]
    return sorted(lines, key=lambda line: (line.submitted_at, line.traeger.id))


def waiting(traeger: Traeger, event: Event | None, events: int = 0) -> Waiting:
    """Return the line of a thing."""
    thing = event or traeger
    return Waiting(traeger, event, thing.submitted_at or clock.now(), thing.escalated_at is not None, events)


def queue_length(scope: Scope) -> int:
    """Return how much waits for this person."""
    traeger = select(func.count()).select_from(Traeger).where(waits_as_traeger(scope))
    events = select(func.count()).select_from(Event).join(Traeger, Traeger.id == Event.traeger_id)
    return int(db.session.scalar(traeger) or 0) + int(db.session.scalar(events.where(waits_as_event(scope))) or 0)


def traeger_item(scope: Scope, traeger_id: int) -> TraegerItem:
    """Return a Träger with who runs it, what it has online and what it may be a double of; raises ``NotFound``."""
    traeger = traeger_to_review(scope, traeger_id)
    asked = or_(Event.review == Review.WAITING, Event.published_at.is_not(None))
    events = db.session.scalars(
        select(Event).where(Event.traeger_id == traeger_id, asked).order_by(Event.starts_on, Event.id).limit(20)
    )
    return TraegerItem(traeger, owners_of(traeger_id), list(events), twins_of(traeger))


def event_item(scope: Scope, event_id: int) -> EventItem:
    """Return an event with what would make it better; raises ``NotFound``."""
    event = event_to_review(scope, event_id, selectinload(Event.slots).selectinload(Slot.pools))
    same_day = Event.traeger_id == event.traeger_id, Event.starts_on == event.starts_on, Event.state.in_(ONLINE)
    twins = db.session.scalars(select(Event).where(*same_day, Event.id != event_id).order_by(Event.id).limit(MOST))
    return EventItem(event, findings(event), owners_of(event.traeger_id), list(twins) if event.starts_on else [])


def owners_of(traeger_id: int) -> list[User]:
    """Return who runs a Träger."""
    owners = select(User).join(Membership).where(Membership.traeger_id == traeger_id, Membership.role == Role.OWNER)
    return list(db.session.scalars(owners.order_by(User.id)))
