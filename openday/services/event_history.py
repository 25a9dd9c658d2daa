"""Who changed what about an event and when, in words a colleague understands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from openday.extensions import db
from openday.models import AuditEntry, Event, EventChange, User
from openday.models.words import TextLanguage
from openday.services.scope import Scope, event_in_scope

TEXTS = ("title", "summary", "description", "access_notes")
"""Facts whose words are kept, so that the last change can be taken back."""
FACTS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "audiences": ("audiences",),
    "programmes": ("programmes",),
    "attendance": ("attendance",),
    "place": ("places",),
    "room": ("room_url", "room_dial_in"),
    "day": ("starts_on", "ends_on", "date_words"),
    "time": ("start_time", "end_time", "time_words"),
    "admission": ("admission", "party_limit"),
    "registration": ("booking_opens_at", "booking_closes_at"),
    "access": ("access_features",),
    "languages": ("languages",),
    "photos": ("photo_rule", "photo_note"),
    "terms": ("terms",),
    "protection": ("address_visibility",),
    "listing": ("wants_listing",),
    "contact": ("contact_name", "contact_phone", "contact_email"),
    "day_contact": ("day_contact_name", "day_contact_phone"),
}
"""All other facts, by their columns: that one changed is kept, what it was is not, because some are personal."""
PLACE = (
    "label",
    "name",
    "street",
    "postcode",
    "locality",
    "region",
    "directions",
    "visits_on",
    "start_time",
    "end_time",
)
DEEDS = frozenset({
    "created", "imported", "published", "cancelled", "announced", "review_approved", "review_returned",
    "partner asked", "partner confirmed", "partner declined", "partner removed", "lead chosen",
})  # fmt: skip
"""What is told of what else is written down, by the action of its audit entry."""
SHOWN = 50

Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class HistoryLine:
    """One thing somebody did at an instant; ``who`` is empty for somebody whose account is gone.

    ``fact`` is a word of :data:`TEXTS`, :data:`FACTS` or :data:`DEEDS`, or ``times``. ``change_id`` is there for a text
    that can be taken back.
    """

    at: datetime
    who: str
    fact: str
    language: TextLanguage | None = None
    is_undone: bool = False
    change_id: int | None = None


def snapshot(event: Event) -> Snapshot:
    """Return everything about an event whose change is told."""
    texts = {name: getattr(event, name) for name in TEXTS}
    return texts | {fact: tuple(value_of(event, name) for name in names) for fact, names in FACTS.items()}


def value_of(event: Event, name: str) -> Any:
    """Return a fact in a form that can be compared after the event was changed."""
    if name == "places":
        return tuple(tuple(getattr(place, column) for column in PLACE) for place in event.places)
    if name == "programmes":
        return tuple(sorted(programme.id for programme in event.programmes))
    return getattr(event, name)


def note_changes(event: Event, before: Snapshot, user_id: int) -> None:
    """Write down which facts are not what they were; the caller commits."""
    after = snapshot(event)
    for fact in (*TEXTS, *FACTS):
        if before[fact] != after[fact]:
            words = {"before": before[fact] or "", "after": after[fact] or ""} if fact in TEXTS else {}
            db.session.add(EventChange(event_id=event.id, changed_by=user_id, fact=fact, **words))


def texts_of(event: Event, language: TextLanguage) -> Snapshot:
    """Return the texts in another language than German, empty where there are none."""
    text = next((one for one in event.texts if one.language is language), None)
    return {name: getattr(text, name) if text else "" for name in ("title", "summary", "description")}


def note_texts(event: Event, language: TextLanguage, before: Snapshot, user_id: int) -> None:
    """Write down which texts of another language are not what they were; the caller commits."""
    after = texts_of(event, language)
    for fact in after:
        if before[fact] != after[fact]:
            db.session.add(
                EventChange(
                    event_id=event.id,
                    changed_by=user_id,
                    fact=fact,
                    language=language,
                    before=before[fact],
                    after=after[fact],
                )
            )


def history_of(scope: Scope, event_id: int) -> list[HistoryLine]:
    """Return what happened to an event, the newest first; raises ``NotFound``."""
    event = event_in_scope(scope, event_id)
    changes = db.session.execute(
        select(EventChange, User.name)
        .outerjoin(User, User.id == EventChange.changed_by)
        .where(EventChange.event_id == event.id)
        .order_by(EventChange.changed_at.desc(), EventChange.id.desc())
        .limit(SHOWN)
    ).all()
    last = last_text_change([change for change, _name in changes])
    lines = [
        HistoryLine(
            at=change.changed_at,
            who=name or "",
            fact=change.fact,
            language=change.language,
            is_undone=change.undone_at is not None,
            change_id=change.id if change is last else None,
        )
        for change, name in changes
    ]
    return sorted([*lines, *deeds(event.id)], key=lambda line: line.at, reverse=True)[:SHOWN]


def last_text_change(changes: Sequence[EventChange]) -> EventChange | None:
    """Return the newest change of a text that was not taken back, of changes the newest first."""
    return next((one for one in changes if one.fact in TEXTS and one.undone_at is None), None)


def deeds(event_id: int) -> list[HistoryLine]:
    """Return what is written down elsewhere: made, online, called off, shared with partners, times changed."""
    rows = db.session.execute(
        select(AuditEntry.happened_at, AuditEntry.action, AuditEntry.detail, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.object_type == "event", AuditEntry.object_id == event_id)
        .order_by(AuditEntry.id.desc())
        .limit(SHOWN * 4)
    ).all()
    return [
        HistoryLine(row.happened_at, row.name or "", row.action if row.action in DEEDS else "times")
        for row in rows
        if row.action in DEEDS or (row.detail or "").startswith("slots:")
    ]
