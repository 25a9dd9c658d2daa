"""The events of a campaign as they are counted for somebody who oversees them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from openday import clock
from openday.extensions import db
from openday.models import Booking, Campaign, Event, EventHost, Place, Programme, Traeger, Verband, event_programmes
from openday.models.verband import traeger_verbaende
from openday.models.words import SEATED_STATES, EventKind, EventState
from openday.services.scope import Scope, is_overseen, is_partner

PLANNED, ONLINE, CANCELLED = "planned", "online", "cancelled"
STAGES = (PLANNED, ONLINE, CANCELLED)
STAGE_OF: dict[EventState, str] = {
    EventState.PLANNED: PLANNED,
    EventState.PUBLISHED: ONLINE,
    EventState.CANCELLED: CANCELLED,
}
BEFORE, DURING, AFTER, UNDATED = "before", "during", "after", "undated"
NOWHERE = ""
KEPT_FOR = timedelta(minutes=1)
MOST_KEPT = 64  # scopes


@dataclass(frozen=True)
class Fact:
    """One event as it is counted; ``persons`` are booked seats."""

    id: int
    starts_on: date | None
    stage: str
    kind: EventKind
    lands: frozenset[str]
    programmes: frozenset[str]
    verbaende: frozenset[str]
    week: str
    persons: int


T = TypeVar("T")
kept: dict[tuple[object, ...], tuple[datetime, Any]] = {}
"""What was counted last, by campaign, its version and the scope: at 25,000 events counting takes its time."""


def keep(what: str, scope: Scope, campaign: Campaign, count: Callable[[], T]) -> T:
    """Return what was counted for the same events, else count it.

    It is as of now, but for persons, who may be those of a minute ago: they are shown roughly anyway.
    """
    key = (what, campaign.id, campaign.version, scope.verband_ids, scope.lands, scope.is_admin)
    until, found = kept.get(key, (clock.now(), None))
    if until > clock.now():
        return cast("T", found)
    if len(kept) >= MOST_KEPT:
        kept.clear()
    found = count()
    kept[key] = (clock.now() + KEPT_FOR, found)
    return found


def kept_facts(scope: Scope, campaign: Campaign) -> list[Fact]:
    """Return the events as they are counted."""
    return keep("facts", scope, campaign, lambda: facts_of(scope, campaign))


def facts_of(scope: Scope, campaign: Campaign) -> list[Fact]:
    """Return the events of a campaign that are more than drafts."""
    overseen = (Event.campaign_id == campaign.id, Event.state.in_(STAGE_OF), is_overseen(scope))
    ids = select(Event.id).where(*overseen)
    owner = aliased(Traeger)  # the scope asks about the Träger itself
    rows = db.session.execute(
        select(Event.id, Event.state, Event.kind, Event.starts_on, Event.ends_on, owner.region)
        .join(owner, owner.id == Event.traeger_id)
        .where(*overseen)
    ).all()
    booked = db.session.execute(
        select(Booking.event_id, func.sum(Booking.party_size))
        .where(Booking.event_id.in_(ids), Booking.state.in_(SEATED_STATES))
        .group_by(Booking.event_id)
    ).all()
    persons = {event_id: int(number) for event_id, number in booked}
    places = grouped(select(Place.event_id, Place.region).where(Place.event_id.in_(ids), Place.region.is_not(None)))
    codes = grouped(
        select(event_programmes.c.event_id, Programme.code)
        .join(Programme, Programme.id == event_programmes.c.programme_id)
        .where(event_programmes.c.event_id.in_(ids))
    )
    verbaende = grouped(
        select(EventHost.event_id, Verband.name)
        .join(traeger_verbaende, traeger_verbaende.c.traeger_id == EventHost.traeger_id)
        .join(Verband, Verband.id == traeger_verbaende.c.verband_id)
        .where(EventHost.event_id.in_(ids), is_partner())
    )
    return [
        Fact(
            id=row.id,
            starts_on=row.starts_on,
            stage=STAGE_OF[row.state],
            kind=row.kind,
            lands=frozenset(places.get(row.id) or ({row.region} if row.region else ())),
            programmes=frozenset(codes.get(row.id, ())),
            verbaende=frozenset(verbaende.get(row.id, ())),
            week=week_of(row.starts_on, row.ends_on, campaign),
            persons=persons.get(row.id, 0),
        )
        for row in rows
    ]


def grouped(statement: Select[int, str | None]) -> dict[int, set[str]]:
    """Return the words of rows (event id, word) by event."""
    found: dict[int, set[str]] = {}
    for event_id, word in db.session.execute(statement):
        found.setdefault(event_id, set()).add(word or NOWHERE)
    return found


def week_of(starts_on: date | None, ends_on: date | None, campaign: Campaign) -> str:
    """Return where some days lie in relation to the official week."""
    if starts_on is None or campaign.starts_on is None or campaign.ends_on is None:
        return UNDATED
    if (ends_on or starts_on) < campaign.starts_on:
        return BEFORE
    return AFTER if starts_on > campaign.ends_on else DURING
