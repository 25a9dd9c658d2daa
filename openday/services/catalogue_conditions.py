"""What visitors wish for, and which seats they find, as conditions of a statement."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from openday import clock
from openday.geo import locate_postcode
from openday.models import Event, SeatPool, Slot
from openday.models.words import Admission, Attendance, EventState, SlotState
from openday.services.availability import FEW
from openday.services.seats import LEFT_TO_ALL, open_to_all

LISTED_STATES = (EventState.PUBLISHED, EventState.CANCELLED, EventState.PLANNED)


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


def listed(campaign_id: int, at: datetime) -> list[ColumnElement[bool]]:
    """Return what is true of every event of the current campaign's list."""
    today = clock.to_berlin(at).date()
    return [
        Event.campaign_id == campaign_id,
        Event.is_listed.is_(True),
        Event.state.in_(LISTED_STATES),
        or_(Event.starts_on.is_(None), Event.starts_on >= today, Event.ends_on >= today),
    ]


def open_seats(at: Any) -> list[ColumnElement[bool]]:
    """Return the conditions for a seat pool of the outer event everybody may still book; ``at`` may be a bound one."""
    return [
        Slot.event_id == Event.id,
        Slot.state == SlotState.OPEN,
        Slot.starts_at > at,
        SeatPool.slot_id == Slot.id,
        open_to_all(at),
    ]


def seats_left(at: Any) -> ColumnElement[int]:
    """Return the free seats of the outer event, NULL when no bookable time is to come; ``at`` may be a bound one.

    They are counted no further than it takes to tell the step: an event may have hundreds of times.
    """
    free = select(LEFT_TO_ALL.label("left")).where(*open_seats(at), LEFT_TO_ALL > 0).correlate(Event)
    some_free = free.order_by(Slot.starts_at).limit(FEW + 1).subquery()
    left = select(func.coalesce(func.sum(some_free.c.left), 0)).scalar_subquery()
    return case((exists().where(*open_seats(at)).correlate(Event), left))


def has_room(at: Any) -> ColumnElement[bool]:
    """Return whether any coming time of the outer event has a seat."""
    return exists().where(*open_seats(at), LEFT_TO_ALL > 0).correlate(Event)


def has_free_seats(at: Any) -> ColumnElement[bool]:
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
