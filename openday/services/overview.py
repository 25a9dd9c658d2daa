"""Where a campaign stands for a Verband, a Land or the platform: sums and gaps, never a guest.

Events are counted once; in the table of the Verbände an event of partners counts for each of theirs. Persons are shown
roughly everywhere (:func:`openday.wording.rough`), so that no small number can be had by subtracting.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from openday.extensions import db
from openday.geo import REGIONS
from openday.models import Booking, Campaign, Event, EventHost, Place, Programme, Traeger, Verband, event_programmes
from openday.models.verband import traeger_verbaende
from openday.models.words import SEATED_STATES, EventKind, EventState
from openday.services.event_host import is_partner
from openday.services.scope import Scope, is_overseen, is_reviewed_by

PLANNED, ONLINE, CANCELLED = "planned", "online", "cancelled"
STAGES = (PLANNED, ONLINE, CANCELLED)
STAGE_OF: Mapping[EventState, str] = {
    EventState.PLANNED: PLANNED,
    EventState.PUBLISHED: ONLINE,
    EventState.CANCELLED: CANCELLED,
}
BEFORE, DURING, AFTER, UNDATED = "before", "during", "after", "undated"
NOWHERE = ""
PAGE = 50


@dataclass(frozen=True)
class Fact:
    """One event as it is counted; ``persons`` are booked seats."""

    id: int
    stage: str
    kind: EventKind
    lands: frozenset[str]
    programmes: frozenset[str]
    verbaende: frozenset[str]
    week: str
    persons: int


@dataclass(frozen=True)
class Wanted:
    """Which events are asked for: the word of a row of each table, None where any will do. ``page`` starts at 1."""

    land: str | None = None
    verband: str | None = None
    programme: str | None = None
    kind: str | None = None
    week: str | None = None
    stage: str | None = None
    page: int = 1

    def fits(self, fact: Fact) -> bool:
        """Whether an event is one of them."""
        return (
            is_among(self.land, fact.lands)
            and is_among(self.verband, fact.verbaende)
            and is_among(self.programme, fact.programmes)
            and is_among(self.kind, {fact.kind.value})
            and is_among(self.week, {fact.week})
            and is_among(self.stage, {fact.stage})
        )


def is_among(wanted: str | None, words: Collection[str]) -> bool:
    """Whether a wish is met; the empty word asks for what has none."""
    return wanted is None or wanted in words or (wanted == NOWHERE and not words)


@dataclass(frozen=True)
class Line:
    """One row of a table: the stored word, events by stage, persons in all."""

    word: str
    events: Mapping[str, int]
    persons: int

    @property
    def total(self) -> int:
        """The events that take place or may."""
        return self.events[PLANNED] + self.events[ONLINE]


@dataclass(frozen=True)
class Gap:
    """A Land in which some programmes have nothing yet, by their codes."""

    land: str
    programmes: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """Everything on the page. ``silent`` are the Träger in scope that have not reported anything for the campaign."""

    campaign: str
    year: int
    total: Line
    by_land: tuple[Line, ...]
    by_verband: tuple[Line, ...]
    by_programme: tuple[Line, ...]
    by_kind: tuple[Line, ...]
    by_week: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    silent: tuple[Traeger, ...]

    def table(self, name: str) -> tuple[Line, ...]:
        """Return a table by the word of its address."""
        return {
            "land": self.by_land,
            "verband": self.by_verband,
            "programm": self.by_programme,
            "art": self.by_kind,
            "woche": self.by_week,
        }[name]


def overview(scope: Scope) -> Overview | None:
    """Return the newest campaign as this person oversees it, None while there is no campaign; nine statements."""
    campaign = db.session.scalars(select(Campaign).order_by(Campaign.year.desc()).limit(1)).first()
    if campaign is None:
        return None
    facts = facts_of(scope, campaign)
    programmes = list(db.session.scalars(select(Programme.code).order_by(Programme.position, Programme.code)))
    lands = [land for land in REGIONS if scope.is_admin or scope.verband_ids or land in scope.lands]
    return Overview(
        campaign=campaign.name,
        year=campaign.year,
        total=line_of("", facts),
        by_land=lines(facts, lambda fact: fact.lands or {NOWHERE}, REGIONS),
        by_verband=lines(facts, lambda fact: fact.verbaende or {NOWHERE}, sorted(every(facts, "verbaende"))),
        by_programme=lines(facts, lambda fact: fact.programmes or {NOWHERE}, programmes),
        by_kind=lines(facts, lambda fact: {fact.kind.value}, list(EventKind)),
        by_week=lines(facts, lambda fact: {fact.week}, (BEFORE, DURING, AFTER, UNDATED)),
        gaps=gaps_in(facts, lands, programmes),
        silent=silent_traeger(scope, campaign.id),
    )


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


def behind(scope: Scope, wanted: Wanted) -> tuple[list[Event], int]:
    """Return a page of the events behind a number, the earliest first, and how many there are."""
    campaign = db.session.scalars(select(Campaign).order_by(Campaign.year.desc()).limit(1)).first()
    ids = [fact.id for fact in facts_of(scope, campaign) if wanted.fits(fact)] if campaign else []
    events = select(Event).where(Event.id.in_(ids)).options(joinedload(Event.traeger), selectinload(Event.places))
    order = (Event.starts_on.is_(None), Event.starts_on, Event.start_time, Event.id)
    page = events.order_by(*order).limit(PAGE).offset((wanted.page - 1) * PAGE)
    return list(db.session.scalars(page)), len(ids)


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


def line_of(word: str, facts: Iterable[Fact]) -> Line:
    """Return the sums of some events."""
    facts = list(facts)
    counted = Counter(fact.stage for fact in facts)
    return Line(word, {stage: counted[stage] for stage in STAGES}, sum(fact.persons for fact in facts))


def lines(facts: list[Fact], words_of: Callable[[Fact], Iterable[str]], order: Iterable[str]) -> tuple[Line, ...]:
    """Return a row for each word that has an event."""
    by_word: dict[str, list[Fact]] = {}
    for fact in facts:
        for word in words_of(fact):
            by_word.setdefault(word, []).append(fact)
    return tuple(line_of(word, by_word[word]) for word in [*order, NOWHERE] if word in by_word)


def every(facts: list[Fact], name: str) -> set[str]:
    """Return all words of one kind."""
    return {word for fact in facts for word in getattr(fact, name)}


def gaps_in(facts: list[Fact], lands: list[str], programmes: list[str]) -> tuple[Gap, ...]:
    """Return the Länder where a programme has nothing planned or online, the emptiest first."""
    there = {
        (land, code) for fact in facts if fact.stage != CANCELLED for land in fact.lands for code in fact.programmes
    }
    gaps = [Gap(land, tuple(code for code in programmes if (land, code) not in there)) for land in lands]
    return tuple(sorted((gap for gap in gaps if gap.programmes), key=lambda gap: -len(gap.programmes)))


def silent_traeger(scope: Scope, campaign_id: int) -> tuple[Traeger, ...]:
    """Return the Träger in scope that neither planned nor published anything, alone or as a partner."""
    takes_part = exists().where(EventHost.event_id == Event.id, EventHost.traeger_id == Traeger.id, is_partner())
    has_event = exists().where(
        Event.campaign_id == campaign_id,
        Event.state.in_(STAGE_OF),
        or_(Event.traeger_id == Traeger.id, takes_part.correlate(Event, Traeger)),
    )
    statement = select(Traeger).where(is_reviewed_by(scope), ~has_event).order_by(Traeger.region, Traeger.name)
    return tuple(db.session.scalars(statement))
