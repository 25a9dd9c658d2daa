"""The statement behind the times of an event's page. It costs what the page shows, however many times there are.

From day to day it jumps along ``ix_slots_event_start``, and of each day it looks at times until it has found a free
one; then come the times that are on the page, and what is true of all is asked until it is certain.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    union,
)
from sqlalchemy.orm import aliased

from openday.models import SeatPool, Slot
from openday.models.types import Instant
from openday.models.words import SlotState
from openday.services.availability import SEATS_COUNTED
from openday.services.berlin_day import EndOfDay, day_of
from openday.services.nearby import CURRENT_VERSION
from openday.services.seats import LEFT_TO_ALL, open_to_all

FREE, FULL, OVER = "free", "full", "over"
"""What is true of a day: a time has a seat, some are to come, none is."""
MOST_MOVED = 3

EVENT, AT = bindparam("event", type_=Integer), bindparam("at", type_=Instant())
MOST, MOST_OF_DAY = (bindparam(name, type_=Integer, literal_execute=True) for name in ("most", "most_of_day"))
MAY_HAVE_MOVED = bindparam("may_have_moved", type_=Boolean, literal_execute=True)
"""Written into the statement: PostgreSQL would otherwise plan it anew each time, to see what they spare."""
OF_EVENT = Slot.event_id == EVENT
IS_TO_COME = and_(Slot.state == SlotState.OPEN, Slot.starts_at > AT)
SEATS = select(func.sum(LEFT_TO_ALL)).where(SeatPool.slot_id == Slot.id, open_to_all(AT)).correlate(Slot)
HAS_ROOM = SEATS.scalar_subquery() > 0  # no ``EXISTS``: PostgreSQL would read all pools first to join them
HAS_MOVED = and_(MAY_HAVE_MOVED, Slot.moved_at > bindparam("moved_since", type_=Instant()))
READ = (
    Slot.id,
    Slot.starts_at,
    Slot.ends_at,
    Slot.label,
    Slot.state,
    Slot.previous_starts_at,
    Slot.previous_ends_at,
    SeatPool.id.label("pool"),
    SeatPool.mode,
    LEFT_TO_ALL.label("left"),
)


def days_of_event() -> CTE:
    """Return the days that have times: when the first of them begins, and the midnight behind it."""
    first = select(func.min(Slot.starts_at).label("begins")).where(OF_EVENT).cte("starts", recursive=True)
    later = aliased(Slot)
    following = select(func.min(later.starts_at)).where(
        later.event_id == EVENT, later.starts_at >= EndOfDay(first.c.begins)
    )
    starts = first.union_all(select(following.scalar_subquery()).where(first.c.begins.is_not(None)))
    here = starts.c.begins
    span = select(here, EndOfDay(here).label("ends"), day_of(here).label("day")).where(here.is_not(None)).cte("spans")
    times = select(Slot.id).where(OF_EVENT, is_within(span), IS_TO_COME).correlate(span)
    state = case((times.where(HAS_ROOM).exists(), FREE), (times.exists(), FULL), else_=OVER)
    return select(span, state.label("state")).cte("days")


def is_within(span: Any) -> ColumnElement[bool]:
    """Return whether a time begins on a day."""
    return and_(Slot.starts_at >= span.c.begins, Slot.starts_at < span.c.ends)


def times_of_page() -> Select[*tuple[Any, ...]]:
    """Return the statement: each day, and beside it those of its times that are read, with a row for each open pool."""
    days = days_of_event()
    is_other = days.c.day != bindparam("wanted", type_=Date)
    chosen = select(days).order_by(is_other, days.c.state != FREE, days.c.day).limit(1).cte("chosen")
    as_many = select(Slot.id).where(OF_EVENT).order_by(Slot.starts_at).limit(MOST + 1).subquery()
    are_few = select(func.count() <= MOST).select_from(as_many).scalar_subquery()
    picked = picked_times(chosen, select(as_many.c.id).where(are_few))
    times = (
        select(*READ, day_of(Slot.starts_at).label("day"), IS_TO_COME.label("is_to_come"), HAS_MOVED.label("is_moved"))
        .join(picked, picked.c.id == Slot.id)
        .outerjoin(SeatPool, and_(SeatPool.slot_id == Slot.id, open_to_all(AT)))
        .cte("times")
    )
    return (
        select(
            days.c.day,
            days.c.state.label("of_day"),
            *(column for column in times.c if column is not times.c.day),
            case((~are_few, select(chosen.c.day).scalar_subquery())).label("chosen"),
            SEATS_COUNTED.scalar_subquery().label("left_to_come"),
            select(func.count(Slot.id)).where(OF_EVENT, HAS_MOVED, IS_TO_COME).scalar_subquery().label("moved"),
            CURRENT_VERSION,
        )
        .outerjoin_from(days, times, times.c.day == days.c.day)
        .order_by(days.c.begins, times.c.starts_at, times.c.id, times.c.pool)
    )


def picked_times(chosen: CTE, few: Select[int]) -> CTE:
    """Return the times that are read: all of a few; of many the first and first free ones of a day, and moved ones."""
    is_of_chosen = and_(
        Slot.starts_at >= select(chosen.c.begins).scalar_subquery(),
        Slot.starts_at < select(chosen.c.ends).scalar_subquery(),
    )
    return union(
        few,
        first_times(is_of_chosen, most=MOST_OF_DAY),
        first_times(is_of_chosen, IS_TO_COME, HAS_ROOM, most=MOST),
        first_times(HAS_MOVED, IS_TO_COME, most=MOST_MOVED),
    ).cte("picked")


def first_times(*conditions: ColumnElement[bool], most: Any) -> Select[int]:
    """Return the ids of so many times, as part of a union."""
    some = select(Slot.id).where(OF_EVENT, *conditions).order_by(Slot.starts_at, Slot.id).limit(most).subquery()
    return select(some.c.id)


TIMES_OF_PAGE = times_of_page()
