"""The cards of a listing: one statement, plain rows, grouped by event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from openday.extensions import db
from openday.geo import distance_km
from openday.models import Campaign, Event, Place, Programme, Traeger, event_programmes
from openday.models.types import Instant
from openday.models.words import AddressVisibility, Admission, Attendance, WaitingList
from openday.services.catalogue_conditions import Area, seats_left
from openday.services.standing import SHUT, Facts, Standing, last_day, standing_of

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Card:
    """One event of a listing; ``distance`` in kilometres from the wished postcode."""

    id: int
    slug: str
    title: str
    traeger: str
    starts_on: date | None
    ends_on: date | None
    start_time: time | None
    end_time: time | None
    date_words: str | None
    time_words: str | None
    attendance: Attendance | None
    admission: Admission | None
    standing: Standing
    localities: tuple[str, ...]
    programmes: tuple[str, ...]
    access_features: tuple[str, ...]
    distance: float | None
    is_protected: bool

    @property
    def is_open(self) -> bool:
        """Whether the door on the card stands open."""
        return self.standing not in SHUT


def card_rows(ids: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return the statement for the cards of a select of (id, rank) at an instant: by rank, then by time of day."""
    wanted = ids.subquery()
    return (
        select(
            Event.id,
            Event.slug,
            Event.title,
            Event.state,
            Event.starts_on,
            Event.ends_on,
            Event.start_time,
            Event.end_time,
            Event.date_words,
            Event.time_words,
            Event.attendance,
            Event.admission,
            Event.access_features,
            Event.booking_opens_at,
            Event.booking_closes_at,
            Event.address_visibility,
            Event.waiting_list,
            Traeger.name.label("traeger"),
            Campaign.year,
            Place.locality,
            Place.latitude,
            Place.longitude,
            Programme.code,
            seats_left(AT).label("seats_left"),
        )
        .join(wanted, wanted.c.id == Event.id)
        .join(Traeger, Traeger.id == Event.traeger_id)
        .join(Campaign, Campaign.id == Event.campaign_id)
        .outerjoin(Place, Place.event_id == Event.id)
        .outerjoin(event_programmes, event_programmes.c.event_id == Event.id)
        .outerjoin(Programme, Programme.id == event_programmes.c.programme_id)
        .order_by(wanted.c.rank, Event.start_time, Event.id, Place.position, Programme.position)
    )


AT = bindparam("at", type_=Instant)
CARDS_BY_ID = card_rows(
    select(Event.id.label("id"), Event.id.label("rank")).where(Event.id.in_(bindparam("ids", expanding=True)))
)


def cards_by_id(ids: Sequence[int], area: Area | None, at: datetime) -> dict[int, Card]:
    """Return the cards of some events; without any the database is not asked."""
    found = cards_of(CARDS_BY_ID, at, area, ids=ids) if ids else []
    return {card.id: card for card in found}


def cards_of(rows: Select[*tuple[Any, ...]], at: datetime, area: Area | None = None, **values: Any) -> list[Card]:
    """Return the cards a statement of :func:`card_rows` finds, in its order."""
    grouped: dict[int, list[AnyRow]] = {}
    for row in db.session.connection().execute(rows, {"at": at, **values}):
        grouped.setdefault(row.id, []).append(row)
    return [card_from(group, area, at) for group in grouped.values()]


def card_from(rows: Sequence[AnyRow], area: Area | None, at: datetime) -> Card:
    """Return the card of one event from its rows, one for each place and programme."""
    event = rows[0]
    is_protected = event.address_visibility is not AddressVisibility.PUBLIC
    return Card(
        id=event.id,
        slug=event.slug,
        title=event.title,
        traeger=event.traeger,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        start_time=event.start_time,
        end_time=event.end_time,
        date_words=event.date_words,
        time_words=event.time_words,
        attendance=event.attendance,
        admission=event.admission,
        standing=standing_of(
            Facts(
                event.state,
                event.admission,
                last_day(event),
                event.end_time,
                event.booking_opens_at,
                event.booking_closes_at,
                None if event.seats_left is None else int(event.seats_left),
                event.waiting_list is not WaitingList.OFF,
            ),
            at,
        ),
        localities=tuple(each_once(row.locality for row in rows)),
        programmes=tuple(each_once(row.code for row in rows)),
        access_features=event.access_features,
        distance=distance(rows, area, is_protected=is_protected),
        is_protected=is_protected,
    )


def distance(rows: Sequence[AnyRow], area: Area | None, *, is_protected: bool) -> float | None:
    """Return the kilometres to the nearest place; a protected one is only known to about ten."""
    if area is None:
        return None
    digits = 1 if is_protected else 6
    found = [
        distance_km((area.latitude, area.longitude), (round(row.latitude, digits), round(row.longitude, digits)))
        for row in rows
        if row.latitude is not None
    ]
    return min(found) if found else None


def each_once(words: Iterable[str | None]) -> list[str]:
    """Return the words that are there, each once, in their order."""
    return list(dict.fromkeys(word for word in words if word))
