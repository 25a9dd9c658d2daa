"""Where a campaign stands for a Verband, a Land or the platform: sums and gaps, never a guest.

Events are counted once; in the table of the Verbände an event of partners counts for each of theirs. Persons are shown
roughly everywhere (:func:`openday.wording.rough`) and summed up roughly (:func:`openday.wording.in_fives`), so that no
small number can be had by comparing sums with their parts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from openday import clock
from openday.extensions import db
from openday.geo import REGIONS
from openday.models import Campaign, Event, Programme, Traeger
from openday.models.words import EventKind, EventState
from openday.services.roll import Roll
from openday.services.roll_lines import NOWHERE, UNDATED
from openday.services.rolls import rolls
from openday.services.scope import Scope, is_reviewed_by

PLANNED, ONLINE, CANCELLED = "planned", "online", "cancelled"
STAGES = (PLANNED, ONLINE, CANCELLED)
STATE_OF = {PLANNED: EventState.PLANNED, ONLINE: EventState.PUBLISHED, CANCELLED: EventState.CANCELLED}
PAGE = 50
READ_AT_ONCE = 500  # events


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

    def words(self) -> list[tuple[str, str]]:
        """Return the fields of the roll that were asked for, with their words; the empty one asks for what has none."""
        asked = {
            "land": self.land,
            "verband": self.verband,
            "programme": self.programme,
            "kind": self.kind,
            "week": self.week,
            "state": None if self.stage is None else STATE_OF.get(self.stage, NOWHERE),
        }
        return [(field, word) for field, word in asked.items() if word is not None]


@dataclass(frozen=True)
class Line:
    """One row of a table: the stored word, events by stage, persons in all, about."""

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
    starts_on: date | None
    ends_on: date | None
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
    """Return the newest campaign as this person oversees it, None while there is no campaign."""
    campaign = newest_campaign()
    if campaign is None:
        return None
    programmes = list(db.session.scalars(select(Programme.code).order_by(Programme.position, Programme.code)))
    lands = [land for land in REGIONS if scope.is_admin or scope.verband_ids or land in scope.lands]
    with rolls.of(campaign.id, campaign.version, clock.now(), with_persons=True) as roll:
        seen = overseen(roll, scope)
        found = Overview(
            campaign=campaign.name,
            year=campaign.year,
            starts_on=campaign.starts_on,
            ends_on=campaign.ends_on,
            total=line_of("", roll, seen),
            by_land=lines(roll, seen, "land", REGIONS),
            by_verband=lines(roll, seen, "verband", sorted(roll.values("verband") - {NOWHERE})),
            by_programme=lines(roll, seen, "programme", programmes),
            by_kind=lines(roll, seen, "kind", EventKind),
            by_week=lines(roll, seen, "week", [*sorted(roll.values("week") - {UNDATED}), UNDATED]),
            gaps=gaps_in(roll, seen, lands, programmes),
            silent=(),
        )
        reported = {traeger_id for traeger_id, events in roll.hosts.items() if events}
    return replace(found, silent=silent_traeger(scope, reported))


def newest_campaign() -> Campaign | None:
    """Return the campaign the desk is about, as it is stored now."""
    newest = select(Campaign).order_by(Campaign.year.desc()).limit(1)
    return db.session.scalars(newest.execution_options(populate_existing=True)).first()


def overseen(roll: Roll, scope: Scope) -> int:
    """Return the events this person oversees, those of partners too: what ``scope.is_visible`` asks the database."""
    if scope.is_admin:
        return roll.everything
    return (
        roll.having("overseer", *scope.verband_ids)
        | roll.having("home", *scope.lands)
        | roll.having("region", *scope.lands)
    )


def behind(scope: Scope, wanted: Wanted) -> tuple[list[Event], int]:
    """Return a page of the events behind a number, the earliest first, and how many there are."""
    campaign = newest_campaign()
    if campaign is None:
        return [], 0
    with rolls.of(campaign.id, campaign.version, clock.now()) as roll:
        found = wished(roll, scope, wanted)
        ids = roll.page(found, (wanted.page - 1) * PAGE, PAGE)
    return events_of(ids), found.bit_count()


def all_behind(scope: Scope, wanted: Wanted) -> Iterator[tuple[Event, int]]:
    """Yield every event behind a number with about how many come to it, the earliest first."""
    campaign = newest_campaign()
    if campaign is None:
        return
    with rolls.of(campaign.id, campaign.version, clock.now(), with_persons=True) as roll:
        found = wished(roll, scope, wanted)
        ids = roll.page(found, 0, found.bit_count())
        persons = dict(roll.persons)
    for first in range(0, len(ids), READ_AT_ONCE):
        for event in events_of(ids[first : first + READ_AT_ONCE], selectinload(Event.programmes)):
            yield event, persons.get(event.id, 0)


def answered_among(scope: Scope, events: Sequence[Event]) -> frozenset[int]:
    """Return those Träger of some events that are this person's to answer; a partner's event has somebody else's."""
    owners = Traeger.id.in_({event.traeger_id for event in events})
    return frozenset(db.session.scalars(select(Traeger.id).where(owners, is_reviewed_by(scope))))


def wished(roll: Roll, scope: Scope, wanted: Wanted) -> int:
    """Return the events behind a number, as bits."""
    found = overseen(roll, scope)
    for field, word in wanted.words():
        found &= roll.having(field, word)
    return found


def events_of(ids: Sequence[int], *parts: ExecutableOption) -> list[Event]:
    """Return some events in this order, with Träger, places and further parts."""
    known = joinedload(Event.traeger), selectinload(Event.places)
    events = db.session.scalars(select(Event).where(Event.id.in_(ids)).options(*known, *parts))
    loaded = {event.id: event for event in events}
    return [loaded[event_id] for event_id in ids if event_id in loaded]


def line_of(word: str, roll: Roll, events: int) -> Line:
    """Return the sums of some events."""
    counts = {stage: (events & roll.having("state", state)).bit_count() for stage, state in STATE_OF.items()}
    return Line(word, counts, roll.persons_in(events))


def lines(roll: Roll, seen: int, field: str, order: Iterable[str]) -> tuple[Line, ...]:
    """Return a row for each word that has an event."""
    by_word = {word: seen & roll.having(field, word) for word in [*order, NOWHERE]}
    return tuple(line_of(word, roll, events) for word, events in by_word.items() if events)


def gaps_in(roll: Roll, seen: int, lands: list[str], programmes: list[str]) -> tuple[Gap, ...]:
    """Return the Länder where a programme has nothing planned or online, the emptiest first."""
    there = seen & ~roll.having("state", EventState.CANCELLED)
    gaps = []
    for land in lands:
        here = there & roll.having("land", land)
        gaps.append(Gap(land, tuple(code for code in programmes if not here & roll.having("programme", code))))
    return tuple(sorted((gap for gap in gaps if gap.programmes), key=lambda gap: -len(gap.programmes)))


def silent_traeger(scope: Scope, reported: set[int]) -> tuple[Silent, ...]:
    """Return the Träger in scope that neither planned nor published anything, alone or as a partner."""
    silent = set(db.session.scalars(select(Traeger.id).where(is_reviewed_by(scope)))) - reported
    rows = db.session.execute(
        select(Traeger.name, Traeger.locality, Traeger.region, Traeger.contact_email, Traeger.contact_phone)
        .where(Traeger.id.in_(silent))
        .order_by(Traeger.region, Traeger.name)
    )
    return tuple(Silent(*row) for row in rows)
