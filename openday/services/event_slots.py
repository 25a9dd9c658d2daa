"""The times of one event as visitors pick them: what is true of all, and those that are on the page.

One statement with as many rows as there are days and shown times: the database looks at the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import CTE, Boolean, Date, Integer, Select, and_, bindparam, false, func, or_, select

from openday.extensions import db
from openday.models import SeatPool, Slot
from openday.models.types import Instant
from openday.models.words import Admission, EventState, Mode, SlotState
from openday.services.catalogue_cards import AnyRow
from openday.services.seats import LEFT_TO_ALL, UNLIMITED, open_to_all
from openday.services.standing import Standing, step

WITHOUT_BOOKING = (Admission.OPEN, Admission.INVITATION)
ALL_AT_ONCE = 16  # times; more than these are shown day by day
MOVED_FOR = timedelta(days=14)
MOST_MOVED = 3


@dataclass(frozen=True)
class ModeSeats:
    """Free seats in one way to take part; None means there is no limit."""

    mode: Mode
    left: int | None


@dataclass(frozen=True)
class SlotTime:
    """One time; ``is_bookable`` is what the picker offers, the booking decides for itself."""

    id: int
    starts_at: datetime
    ends_at: datetime | None
    label: str | None
    is_cancelled: bool
    is_to_come: bool
    is_bookable: bool
    modes: tuple[ModeSeats, ...]
    previous_starts_at: datetime | None
    previous_ends_at: datetime | None

    @property
    def seats_left(self) -> int:
        """Free seats over all modes; no limit counts as a million."""
        return sum(UNLIMITED if mode.left is None else mode.left for mode in self.modes)

    @property
    def step(self) -> Standing:
        """Free, few or full."""
        return step(self.seats_left)


@dataclass(frozen=True)
class SlotDay:
    """A Berlin day, whether any of its times can be booked, and those of them that are shown."""

    day: date
    is_open: bool
    slots: tuple[SlotTime, ...]


@dataclass(frozen=True)
class SlotTimes:
    """All times of an event. ``seats_left`` is None when none is to come; ``has_full`` where one of those is full.

    ``chosen`` is the only day shown, None when all are; ``is_cut`` when it has more times than those. ``moved`` are the
    first that had another time of late, ``moved_count`` is how many had.
    """

    days: tuple[SlotDay, ...] = ()
    chosen: date | None = None
    is_cut: bool = False
    seats_left: int | None = None
    has_full: bool = False
    moved: tuple[SlotTime, ...] = ()
    moved_count: int = 0

    @property
    def is_bookable(self) -> bool:
        """Whether any of them can be booked at this moment."""
        return any(day.is_open for day in self.days)

    @property
    def shown(self) -> tuple[SlotDay, ...]:
        """The days whose times are on the page."""
        return tuple(day for day in self.days if self.chosen in (None, day.day))


def slot_times(event: AnyRow, at: datetime, wanted: date | None, most: int) -> SlotTimes:
    """Return the times of an event: of more than ``most`` only the wanted day's, or the first of the next free day."""
    values = {
        "event": event.id,
        "at": at,
        "moved_since": at - MOVED_FOR,
        "is_taking": is_booking_open(event, at),
        "wanted": wanted,
        "most": most,
    }
    rows = db.session.execute(TIMES_OF_PAGE, values).all()
    by_day = [(day, list(group)) for day, group in groupby(rows, lambda row: row.day)]
    sums = [group[0] for _day, group in by_day]
    chosen = sums[0].chosen if sum(day.number for day in sums) > most else None
    is_cut = chosen != wanted and any(day.number > most for day in sums if day.day == chosen)
    return SlotTimes(
        days=tuple(day_from(group, chosen, most if is_cut else None) for _day, group in by_day),
        chosen=chosen,
        is_cut=is_cut,
        seats_left=sum(int(day.left_to_come or 0) for day in sums) if any(day.to_come for day in sums) else None,
        has_full=any(day.full for day in sums),
        moved=times_from(row for row in rows if row.id and row.is_moved)[:MOST_MOVED],
        moved_count=sum(day.moved for day in sums),
    )


def is_booking_open(event: AnyRow, at: datetime) -> bool:
    """Whether the event takes bookings at this moment."""
    return (
        event.state is EventState.PUBLISHED
        and event.admission not in WITHOUT_BOOKING
        and (event.booking_opens_at is None or event.booking_opens_at <= at)
        and (event.booking_closes_at is None or event.booking_closes_at > at)
    )


def day_from(rows: Sequence[AnyRow], chosen: date | None, most: int | None) -> SlotDay:
    """Return a day from its rows; its first free times where there are more than fit, none unless it is shown."""
    day = rows[0]
    times = times_from(row for row in rows if row.id) if chosen in (None, day.day) else ()
    free = tuple(time for time in times if time.is_bookable)
    return SlotDay(day.day, day.free > 0, (free or times)[:most] if most else times)


def times_from(rows: Iterable[AnyRow]) -> tuple[SlotTime, ...]:
    """Return times from their rows, one for each mode."""
    return tuple(time_from(list(group)) for _id, group in groupby(rows, lambda row: row.id))


def time_from(rows: Sequence[AnyRow]) -> SlotTime:
    """Return one time; what is saved for the waiting list is not free."""
    slot = rows[0]
    return SlotTime(
        id=slot.id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        label=slot.label,
        is_cancelled=slot.state is SlotState.CANCELLED,
        is_to_come=slot.is_to_come,
        is_bookable=any(row.is_bookable for row in rows),
        modes=tuple(ModeSeats(row.mode, None if row.left >= UNLIMITED else int(row.left)) for row in rows if row.mode),
        previous_starts_at=slot.previous_starts_at,
        previous_ends_at=slot.previous_ends_at,
    )


def times_with_seats() -> CTE:
    """Return all times of an event, a row for each mode; SQLite has ``timezone`` from us."""
    seats = (
        select(
            SeatPool.slot_id, SeatPool.mode, func.min(SeatPool.id).label("pool"), func.sum(LEFT_TO_ALL).label("left")
        )
        .join(Slot, Slot.id == SeatPool.slot_id)
        .where(Slot.event_id == EVENT, open_to_all(AT))
        .group_by(SeatPool.slot_id, SeatPool.mode)
        .subquery()
    )
    is_to_come = and_(Slot.starts_at > AT, Slot.state != SlotState.CANCELLED)
    has_room = func.coalesce(seats.c.left > 0, false())
    has_moved = func.coalesce(Slot.moved_at > bindparam("moved_since", type_=Instant), false())
    return (
        select(
            Slot.id,
            Slot.starts_at,
            Slot.ends_at,
            Slot.label,
            Slot.state,
            Slot.previous_starts_at,
            Slot.previous_ends_at,
            func.date(func.timezone("Europe/Berlin", Slot.starts_at), type_=Date).label("day"),
            is_to_come.label("is_to_come"),
            and_(is_to_come, has_room, bindparam("is_taking", type_=Boolean)).label("is_bookable"),
            and_(is_to_come, has_moved).label("is_moved"),
            seats.c.mode,
            seats.c.pool,
            seats.c.left,
        )
        .outerjoin(seats, seats.c.slot_id == Slot.id)
        .where(Slot.event_id == EVENT)
        .cte("times")
    )


def days_with_sums(times: CTE) -> CTE:
    """Return the Berlin days of times with what is true of them."""
    one, number = times.c, func.count(times.c.id.distinct())
    return (
        select(
            one.day,
            number.label("number"),
            number.filter(one.is_to_come).label("to_come"),
            number.filter(one.is_bookable).label("free"),
            number.filter(one.is_to_come, one.left == 0).label("full"),
            number.filter(one.is_moved).label("moved"),
            func.sum(one.left).filter(one.is_to_come).label("left_to_come"),
        )
        .group_by(one.day)
        .cte("days")
    )


def times_of_page() -> Select[*tuple[Any, ...]]:
    """Return the statement: each day with its sums, and beside it what is read of its times."""
    times = times_with_seats()
    days, one = days_with_sums(times), times.c
    is_other = days.c.day != bindparam("wanted", type_=Date)
    chosen = select(days.c.day).order_by(is_other, days.c.free == 0, days.c.day).limit(1).scalar_subquery()
    are_few = select(func.sum(days.c.number)).scalar_subquery() <= bindparam("most", type_=Integer)
    moved = select(one.id).where(one.is_moved).order_by(one.starts_at, one.id).limit(MOST_MOVED)
    is_read = or_(are_few, one.day == chosen, one.id.in_(moved))
    return (
        select(days, chosen.label("chosen"), *(column for column in one if column is not one.day))
        .select_from(days)
        .outerjoin(times, and_(one.day == days.c.day, is_read))
        .order_by(days.c.day, one.starts_at, one.id, one.pool)
    )


EVENT, AT = bindparam("event", type_=Integer), bindparam("at", type_=Instant)
TIMES_OF_PAGE = times_of_page()
