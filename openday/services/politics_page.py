"""Houses that receive politics, with their next free talk times: near a postcode or place, or the next ones of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from openday import clock
from openday.extensions import db
from openday.geo import distance_km, locate_postcode
from openday.models import Campaign, Event, Place, SeatPool, Slot, Traeger
from openday.models.types import has_word
from openday.models.words import (
    AddressVisibility,
    Admission,
    Attendance,
    EventKind,
    EventState,
    GuestKind,
    PoolAudience,
    SlotState,
)
from openday.services.catalogue_cards import AnyRow, each_once
from openday.services.seats import LEFT_TO_ALL, open_to_all
from openday.services.visit import PUBLIC_STATES

NEAR_KM = 50
NEAREST = 3
SHOWN = 20
TIMES = 3

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True)
class TalkTime:
    """A time with a free seat for politics."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class House:
    """One event that receives politics; ``times`` are the next free ones, ``distance`` in kilometres if it is known."""

    event_id: int
    slug: str
    title: str
    traeger: str
    localities: tuple[str, ...]
    attendance: Attendance | None
    starts_on: date | None
    ends_on: date | None
    is_protected: bool
    distance: float | None = None
    times: tuple[TalkTime, ...] = ()
    more_times: int = 0


@dataclass(frozen=True)
class Houses:
    """The answer to a search: near ones, or else the nearest. ``is_unknown``: nobody knows the postcode or place."""

    near: tuple[House, ...]
    nearest: tuple[House, ...] = ()
    is_unknown: bool = False
    total: int = 0


def find_houses(where: str) -> Houses:
    """Return the houses near a postcode or place; without one the next ones of all. Three statements."""
    at = clock.now()
    rows = house_rows(at)
    centre = centre_of(where, rows) if where else None
    houses = [house_from(group, centre) for group in by_event(rows)]
    if centre is None:
        shown = with_times(houses[:SHOWN], at)
        return Houses(shown, is_unknown=bool(where), total=len(houses))
    known = sorted((house for house in houses if house.distance is not None), key=lambda one: one.distance or 0)
    near = [house for house in known if (house.distance or 0) <= NEAR_KM]
    if near:
        return Houses(with_times(near[:SHOWN], at), total=len(near))
    return Houses((), nearest=with_times(known[:NEAREST], at))


def receives_politics(at: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions of an event somebody from politics can ask for at an instant; also unlisted ones.

    A background talk is asked for with its invitation alone. What never got a day is over with its campaign's year.
    """
    today = clock.to_berlin(at).date()
    is_to_come = Event.campaign_id.in_(select(Campaign.id).where(Campaign.year >= today.year))
    return [
        Event.kind != EventKind.BACKGROUND_TALK,
        Event.state.in_(PUBLIC_STATES),
        Event.audiences.like(has_word(GuestKind.POLITICS)),
        case((Event.starts_on.is_(None), is_to_come), else_=func.coalesce(Event.ends_on, Event.starts_on) >= today),
    ]


def house_rows(at: datetime) -> Sequence[AnyRow]:
    """Return the listed houses, one row for each place, the next ones first."""
    return db.session.execute(
        select(
            Event.id,
            Event.slug,
            Event.title,
            Event.attendance,
            Event.starts_on,
            Event.ends_on,
            Event.address_visibility,
            Traeger.name.label("traeger"),
            Place.locality,
            Place.latitude,
            Place.longitude,
        )
        .join(Traeger, Traeger.id == Event.traeger_id)
        .outerjoin(Place, Place.event_id == Event.id)
        .where(Event.is_listed.is_(True), Event.state == EventState.PUBLISHED, *receives_politics(at))
        .order_by(Event.starts_on.is_(None), Event.starts_on, Event.start_time, Event.id, Place.position)
    ).all()


def by_event(rows: Iterable[AnyRow]) -> list[list[AnyRow]]:
    """Group the rows by event in their order."""
    grouped: dict[int, list[AnyRow]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    return list(grouped.values())


def centre_of(where: str, rows: Iterable[AnyRow]) -> Point | None:
    """Return where a postcode lies, or the first house in a town of that name; None for what nobody knows."""
    if where.isascii() and where.isdigit():
        return locate_postcode(where)
    wanted = where.casefold()
    named = [row for row in rows if row.locality and row.latitude is not None]
    for fits in (str.__eq__, str.startswith):
        for row in named:
            if fits(row.locality.casefold(), wanted):
                return shown_point(row)
    return None


def shown_point(row: AnyRow) -> Point:
    """Return the place's position as far as everybody may know it: a protected one on a grid of a tenth of a degree."""
    digits = 1 if row.address_visibility is not AddressVisibility.PUBLIC else 6
    return round(row.latitude, digits), round(row.longitude, digits)


def house_from(rows: Sequence[AnyRow], centre: Point | None) -> House:
    """Return one house from its rows."""
    event = rows[0]
    found = [distance_km(centre, shown_point(row)) for row in rows if centre and row.latitude is not None]
    return House(
        event_id=event.id,
        slug=event.slug,
        title=event.title,
        traeger=event.traeger,
        localities=tuple(each_once(row.locality for row in rows)),
        attendance=event.attendance,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        is_protected=event.address_visibility is not AddressVisibility.PUBLIC,
        distance=min(found) if found else None,
    )


def with_times(houses: Sequence[House], at: datetime) -> tuple[House, ...]:
    """Return the houses with their next free talk times, in one statement."""
    times: dict[int, list[TalkTime]] = {}
    for row in db.session.execute(free_times([house.event_id for house in houses], at)):
        times.setdefault(row.event_id, []).append(TalkTime(row.id, row.starts_at, row.ends_at))
    return tuple(
        replace(house, times=tuple(found[:TIMES]), more_times=max(0, len(found) - TIMES))
        for house in houses
        for found in [times.get(house.event_id, [])]
    )


def free_times(event_ids: Sequence[int], at: datetime) -> Select[int, int, datetime, datetime | None]:
    """Return the statement for the coming times of events with a seat that politics finds."""
    return (
        select(Slot.event_id, Slot.id, Slot.starts_at, Slot.ends_at)
        .join(Event, Event.id == Slot.event_id)
        .join(SeatPool, SeatPool.slot_id == Slot.id)
        .where(
            Slot.event_id.in_(event_ids),
            Slot.state == SlotState.OPEN,
            Slot.starts_at > at,
            or_(Event.admission.is_(None), Event.admission != Admission.INVITATION),
            or_(Event.booking_opens_at.is_(None), Event.booking_opens_at <= at),
            or_(Event.booking_closes_at.is_(None), Event.booking_closes_at > at),
            or_(open_to_all(at), SeatPool.audience == PoolAudience.POLITICS),
            LEFT_TO_ALL > 0,
        )
        .group_by(Slot.event_id, Slot.id, Slot.starts_at, Slot.ends_at)
        .order_by(Slot.starts_at, Slot.id)
    )
