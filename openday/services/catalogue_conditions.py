"""What visitors wish for, as conditions of a statement. Filters are strict: near misses are another question."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import cos, radians

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from openday import clock
from openday.geo import locate_postcode
from openday.models import Event, Place, Programme, SeatPool, Slot, event_programmes
from openday.models.types import has_word
from openday.models.words import AddressVisibility, Admission, Attendance, EventState, SlotState
from openday.services.seats import LEFT_TO_ALL, open_to_all

LISTED_STATES = (EventState.PUBLISHED, EventState.CANCELLED, EventState.PLANNED)
KM_PER_DEGREE = 111.195
GRID = 0.1  # degrees


@dataclass(frozen=True)
class Area:
    """A circle around the centre of a postcode; ``km`` is its radius."""

    postcode: str
    km: int
    latitude: float
    longitude: float

    @classmethod
    def around(cls, postcode: str, km: int) -> "Area | None":
        """Return the circle, or None when there is no such postcode."""
        centre = locate_postcode(postcode)
        return None if centre is None else cls(postcode, km, *centre)

    def wider(self) -> "Area":
        """Return the circle in which „etwas weiter weg“ still makes sense."""
        return replace(self, km=min(self.km * 3, 250))


@dataclass(frozen=True)
class Wish:
    """What a visitor filters by; empty means everything. ``page`` starts at 1."""

    year: int | None = None
    days: tuple[date, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    programmes: tuple[str, ...] = ()
    region: str = ""
    area: Area | None = None
    access: tuple[str, ...] = ()
    only_free: bool = False
    audience: str = ""
    page: int = 1

    def with_programmes(self, codes: tuple[str, ...]) -> "Wish":
        """Return the wish for other programmes."""
        return replace(self, programmes=codes)

    def around(self, area: Area) -> "Wish":
        """Return the wish in another circle."""
        return replace(self, area=area)

    def each_without_one(self) -> dict[str, "Wish"]:
        """Return, for each filter in use, the wish without it."""
        empty = Wish()
        names = ("days", "attendances", "programmes", "region", "area", "access", "only_free", "audience")
        return {
            name: replace(self, **{name: getattr(empty, name)})
            for name in names
            if getattr(self, name) != getattr(empty, name)
        }


def conditions(campaign_id: int, wish: Wish, at: datetime) -> list[ColumnElement[bool]]:
    """Return everything an event must fulfil to be listed for a wish."""
    found: list[ColumnElement[bool]] = [
        Event.campaign_id == campaign_id,
        Event.is_listed.is_(True),
        Event.state.in_(LISTED_STATES),
    ]
    if wish.year is None:
        today = clock.to_berlin(at).date()
        found.append(or_(Event.starts_on.is_(None), Event.starts_on >= today, Event.ends_on >= today))
    if wish.days:
        found.append(or_(*(takes_place_on(day) for day in wish.days)))
    if wish.attendances:
        found.append(Event.attendance.in_(wish.attendances))
    if wish.programmes:
        found.append(belongs_to(wish.programmes))
    if wish.region:
        found.append(Event.id.in_(select(Place.event_id).where(Place.region == wish.region)))
    if wish.area:
        found.append(Event.id.in_(events_in(wish.area)))
    found.extend(Event.access_features.like(has_word(feature)) for feature in wish.access)
    if wish.audience:
        found.append(Event.audiences.like(has_word(wish.audience)))
    if wish.only_free:
        found.append(has_free_seats(at))
    return found


def takes_place_on(day: date) -> ColumnElement[bool]:
    """Return the condition for one day, ranges included."""
    return and_(Event.starts_on <= day, func.coalesce(Event.ends_on, Event.starts_on) >= day)


def belongs_to(codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition for one of several programmes."""
    return Event.id.in_(
        select(event_programmes.c.event_id)
        .join(Programme, Programme.id == event_programmes.c.programme_id)
        .where(Programme.code.in_(codes))
    )


def events_in(area: Area) -> Select[int]:
    """Return the events with a place in a circle on a flat map, exact to half a per cent at 250 km.

    The position of a protected place is taken on a grid of a tenth of a degree, so that asking with many circles
    does not find it; the box around the circle is as much wider, and an index finds what lies in it.
    """
    shown = aliased(Event)
    is_protected = shown.address_visibility != AddressVisibility.PUBLIC
    latitude, longitude = (
        case((is_protected, func.round(degrees * 10) / 10.0), else_=degrees)
        for degrees in (Place.latitude, Place.longitude)
    )
    km_east = KM_PER_DEGREE * cos(radians(area.latitude))
    north, east = (latitude - area.latitude) * KM_PER_DEGREE, (longitude - area.longitude) * km_east
    reach, reach_east = area.km / KM_PER_DEGREE + GRID, area.km / km_east + GRID
    return (
        select(Place.event_id)
        .join(shown, shown.id == Place.event_id)
        .where(
            Place.latitude.between(area.latitude - reach, area.latitude + reach),
            Place.longitude.between(area.longitude - reach_east, area.longitude + reach_east),
            north * north + east * east <= area.km * area.km,
        )
    )


def open_seats(at: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for a seat pool of the outer event that everybody may still book."""
    return [
        Slot.event_id == Event.id,
        Slot.state == SlotState.OPEN,
        Slot.starts_at > at,
        SeatPool.slot_id == Slot.id,
        open_to_all(at),
    ]


def seats_left(at: datetime) -> ScalarSelect[int]:
    """Return the free seats of the outer event, NULL when no bookable time is to come."""
    return select(func.sum(LEFT_TO_ALL)).where(*open_seats(at)).correlate(Event).scalar_subquery()


def has_room(at: datetime) -> ColumnElement[bool]:
    """Return whether any coming time of the outer event has a seat."""
    return exists().where(*open_seats(at), LEFT_TO_ALL > 0).correlate(Event)


def has_free_seats(at: datetime) -> ColumnElement[bool]:
    """Return the condition behind „nur freie Plätze“: a seat one can book now, or no registration at all."""
    may_book = and_(
        or_(Event.booking_opens_at.is_(None), Event.booking_opens_at <= at),
        or_(Event.booking_closes_at.is_(None), Event.booking_closes_at > at),
        has_room(at),
    )
    is_open = or_(Event.admission == Admission.OPEN, and_(may_book, invites_everybody()))
    return and_(Event.state == EventState.PUBLISHED, is_open)


def invites_everybody() -> ColumnElement[bool]:
    """Return whether one can come without an invitation."""
    return or_(Event.admission.is_(None), Event.admission != Admission.INVITATION)
