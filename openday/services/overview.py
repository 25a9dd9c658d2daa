"""Where a campaign stands for a Verband, a Land or the platform: sums and gaps, never a guest.

Events are counted once; in the table of the Verbände an event of partners counts for each of theirs. Persons are shown
roughly everywhere (:func:`openday.wording.rough`), so that no small number can be had by subtracting.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from openday.extensions import db
from openday.geo import REGIONS
from openday.models import Campaign, Event, EventHost, Programme, Traeger
from openday.models.words import EventKind
from openday.services.campaign_facts import (
    AFTER,
    BEFORE,
    CANCELLED,
    DURING,
    NOWHERE,
    ONLINE,
    PLANNED,
    STAGE_OF,
    STAGES,
    UNDATED,
    Fact,
    keep,
    kept_facts,
)
from openday.services.scope import Scope, is_partner, is_reviewed_by

PAGE = 50


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
class Silent:
    """A Träger that has not reported anything, with its public contact."""

    name: str
    locality: str | None
    region: str | None
    contact_email: str | None
    contact_phone: str | None


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
    silent: tuple[Silent, ...]

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
    return None if campaign is None else keep("overview", scope, campaign, lambda: counted(scope, campaign))


def counted(scope: Scope, campaign: Campaign) -> Overview:
    """Return the overview of a campaign, counted anew."""
    facts = kept_facts(scope, campaign)
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


def behind(scope: Scope, wanted: Wanted) -> tuple[list[Event], int]:
    """Return a page of the events behind a number, the earliest first, and how many there are."""
    campaign = db.session.scalars(select(Campaign).order_by(Campaign.year.desc()).limit(1)).first()
    found = [fact for fact in kept_facts(scope, campaign) if wanted.fits(fact)] if campaign else []
    found.sort(key=lambda fact: (fact.starts_on is None, fact.starts_on or date.min, fact.id))
    ids = [fact.id for fact in found[(wanted.page - 1) * PAGE : wanted.page * PAGE]]
    events = select(Event).where(Event.id.in_(ids)).options(joinedload(Event.traeger), selectinload(Event.places))
    loaded = {event.id: event for event in db.session.scalars(events)}
    return [loaded[event_id] for event_id in ids if event_id in loaded], len(found)


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


def silent_traeger(scope: Scope, campaign_id: int) -> tuple[Silent, ...]:
    """Return the Träger in scope that neither planned nor published anything, alone or as a partner."""
    takes_part = exists().where(EventHost.event_id == Event.id, EventHost.traeger_id == Traeger.id, is_partner())
    has_event = exists().where(
        Event.campaign_id == campaign_id,
        Event.state.in_(STAGE_OF),
        or_(Event.traeger_id == Traeger.id, takes_part.correlate(Event, Traeger)),
    )
    rows = db.session.execute(
        select(Traeger.name, Traeger.locality, Traeger.region, Traeger.contact_email, Traeger.contact_phone)
        .where(is_reviewed_by(scope), ~has_event)
        .order_by(Traeger.region, Traeger.name)
    )
    return tuple(Silent(*row) for row in rows)
