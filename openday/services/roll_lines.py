"""What a roll says of each event, as it is read from the database: two statements, whatever the number of events."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Float,
    Integer,
    ScalarSelect,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from openday.extensions import db
from openday.models import (
    Booking,
    Event,
    EventHost,
    Place,
    Programme,
    Slot,
    Traeger,
    Verband,
    event_programmes,
    traeger_verbaende,
)
from openday.models.types import Instant
from openday.models.words import SEATED_STATES, AddressVisibility, EventState, SlotState
from openday.services.catalogue_conditions import has_free_seats
from openday.services.roll import Entry, Key, Line, Spot, Word
from openday.services.scope import is_partner
from openday.wording import in_fives

SHOWN_STATES = (EventState.PLANNED, EventState.PUBLISHED, EventState.CANCELLED)
UNDATED = "undated"
"""The word for an event without a day, among the Mondays of weeks."""
NOWHERE = ""
"""The word for an event without a Land, a Verband or a programme."""
GRID = 10  # parts of a degree: a protected place is known no better


@dataclass(frozen=True)
class Details:
    """What an event has any number of, by what it is: words, ids, and the spots of its places."""

    words: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    spots: list[Spot] = field(default_factory=list)


AT = bindparam("at", type_=Instant())
"""The instant at which events are read: the statements are built once."""


def next_turn(at: BindParameter[datetime]) -> ScalarSelect[datetime | None]:
    """Return when a time of the outer event begins next, or kept seats of one become everybody's."""
    turn = case((Slot.reserves_open_at > at, Slot.reserves_open_at), else_=Slot.starts_at)
    coming = (Slot.event_id == Event.id, Slot.state == SlotState.OPEN, Slot.starts_at > at)
    return select(func.min(turn)).where(*coming).correlate(Event).scalar_subquery()


FACTS: list[Any] = [
    Event.id,
    Event.campaign_id,
    Event.traeger_id,
    Event.state,
    Event.kind,
    Event.is_listed,
    Event.is_sold_out,
    Event.starts_on,
    Event.ends_on,
    Event.start_time,
    Event.attendance,
    Event.admission,
    Event.access_features,
    Event.audiences,
    Event.address_visibility,
    Event.booking_opens_at,
    Event.booking_closes_at,
    Traeger.region,
    has_free_seats(AT).label("is_bookable"),
    next_turn(AT).label("next_turn"),
]
"""What is read of an event at an instant."""


def with_owner(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return a statement about events, which may be gone, with whom they belong to."""
    return statement.outerjoin(Traeger, Traeger.id == Event.traeger_id)


def details_of(events: Select[int]) -> dict[int, Details]:
    """Return places, programmes, Verbände and hosts of some events in one statement, by event."""
    no_number, no_degrees = cast(null(), Integer), cast(null(), Float)
    places = select(
        Place.event_id,
        literal("place", String).label("what"),
        Place.region.label("word"),
        no_number.label("number"),
        Place.latitude.label("latitude"),
        Place.longitude.label("longitude"),
    ).where(Place.event_id.in_(events))
    programmes = (
        select(
            event_programmes.c.event_id, literal("programme", String), Programme.code, no_number, no_degrees, no_degrees
        )
        .join(Programme, Programme.id == event_programmes.c.programme_id)
        .where(event_programmes.c.event_id.in_(events))
    )
    overseers = (
        select(
            EventHost.event_id,
            literal("overseer", String),
            Traeger.region,
            traeger_verbaende.c.verband_id,
            no_degrees,
            no_degrees,
        )
        .join(Traeger, Traeger.id == EventHost.traeger_id)
        .outerjoin(traeger_verbaende, traeger_verbaende.c.traeger_id == Traeger.id)
        .where(EventHost.event_id.in_(events), is_partner())
    )
    hosts = (
        select(EventHost.event_id, literal("host", String), Verband.name, EventHost.traeger_id, no_degrees, no_degrees)
        .outerjoin(traeger_verbaende, traeger_verbaende.c.traeger_id == EventHost.traeger_id)
        .outerjoin(Verband, Verband.id == traeger_verbaende.c.verband_id)
        .where(EventHost.event_id.in_(events), is_partner())
    )
    found: dict[int, Details] = {}
    for event_id, what, word, number, latitude, longitude in db.session.execute(
        union_all(places, programmes, overseers, hosts)
    ):
        details = found.setdefault(event_id, Details())
        if word:
            details.words[what].add(word)
        if number is not None:
            details.numbers[what].add(number)
        if latitude is not None:
            details.spots.append((latitude, longitude))
    return found


def line_of(event: Any, details: Details, at: datetime) -> Line:
    """Return the line of an event from its facts and details."""
    entry = Entry(
        id=event.id,
        key=key_of(event),
        ends_on=event.ends_on,
        spots=tuple(sorted(shown_spots(event, details))),  # read in any order
        hosts=tuple({event.traeger_id} | details.numbers["host"]),
        turns_at=turn_of(event, at),
    )
    words = words_of(
        (
            ("state", event.state),
            ("kind", event.kind),
            ("week", week_of(event)),
            ("listed" if event.is_listed else "unlisted", NOWHERE),
            ("bookable" if event.is_bookable else "unbookable", NOWHERE),
            ("lasting" if event.ends_on not in (None, event.starts_on) else "short", NOWHERE),
            ("attendance", event.attendance or NOWHERE),
            ("admission", event.admission or NOWHERE),
        ),
        (
            ("access", event.access_features),
            ("audience", event.audiences),
            ("region", frozenset(details.words["place"])),
            ("home", frozenset(details.words["overseer"])),
            ("overseer", frozenset(details.numbers["overseer"])),
            ("land", frozenset(details.words["place"] or (event.region or NOWHERE,))),
            ("programme", frozenset(details.words["programme"] or (NOWHERE,))),
            ("verband", frozenset(details.words["host"] or (NOWHERE,))),
        ),
    )
    return entry, words


@lru_cache(1000)
def words_of(facts: tuple[Word, ...], sets: tuple[tuple[str, Collection[str | int]], ...]) -> frozenset[Word]:
    """Return what is said of an event; of those that have all of it in common it is kept once."""
    return frozenset(facts).union((field, value) for field, values in sets for value in values)


def key_of(event: Any) -> Key:
    """Return where an event stands in the lists."""
    day, begins = event.starts_on, event.start_time
    shut = 2 if event.state is EventState.CANCELLED else int(event.is_sold_out)
    return day is None, day or date.max, shut, begins is None, begins or time.min, event.id


def shown_spots(event: Any, details: Details) -> Iterable[Spot]:
    """Return where an event is as far as everybody may know: a circle must not find a protected place."""
    if event.address_visibility is AddressVisibility.PUBLIC:
        return details.spots
    return ((round(latitude * GRID) / GRID, round(longitude * GRID) / GRID) for latitude, longitude in details.spots)


def turn_of(event: Any, at: datetime) -> datetime | None:
    """Return when time alone may next change whether one can book."""
    turns = (event.next_turn, event.booking_opens_at, event.booking_closes_at)
    return min((turn for turn in turns if turn is not None and turn > at), default=None)


def week_of(event: Any) -> str:
    """Return the Monday of the calendar week an event begins in, ``2026-09-14``."""
    day = event.starts_on
    return UNDATED if day is None else (day - timedelta(days=day.weekday())).isoformat()


def persons_of(campaign_id: int) -> dict[int, int]:
    """Return the booked seats of each event of a campaign that has some, in fives: no sum tells more than its parts."""
    rows = db.session.execute(
        select(Booking.event_id, func.sum(Booking.party_size))
        .join(Event, Event.id == Booking.event_id)
        .where(Event.campaign_id == campaign_id, Booking.state.in_(SEATED_STATES))
        .group_by(Booking.event_id)
    )
    return {event_id: in_fives(int(number)) for event_id, number in rows}
