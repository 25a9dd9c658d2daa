"""How many seats an event has left, and when that is news for the listing."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Integer, bindparam, func, select, update

from openday.extensions import db
from openday.models import Event, SeatPool, Slot
from openday.models.words import EventState, SlotState
from openday.services.listing_change import announce_listing
from openday.services.seats import LEFT_TO_ALL, open_to_all
from openday.transaction import connection, transaction

FEW = 3


class Availability(StrEnum):
    """The step a listing shows: in words, never a countdown."""

    FREE = "free"
    FEW = "few"
    FULL = "full"


def step_of(seats_left: int | None) -> Availability:
    """Return the step of a number of free seats; None means there is no limit."""
    if seats_left is None or seats_left > FEW:
        return Availability.FREE
    return Availability.FEW if seats_left > 0 else Availability.FULL


# Over the times that still come; a pool without a limit counts as a million seats. Built once, as it runs in a lock.
SEATS_TO_COME = (
    select(func.sum(LEFT_TO_ALL).label("left"))
    .join(Slot, SeatPool.slot_id == Slot.id)
    .where(Slot.state == SlotState.OPEN, Slot.starts_at > bindparam("at"), open_to_all(bindparam("at")))
)
SEATS_LEFT = SEATS_TO_COME.where(Slot.event_id == bindparam("event"))
# In the order of an index, so that looking ends with the first that suffice.
_free = SEATS_LEFT.with_only_columns(LEFT_TO_ALL.label("left")).where(LEFT_TO_ALL > 0).order_by(Slot.starts_at)
_enough = bindparam("enough", type_=Integer, literal_execute=True)
SEATS_COUNTED = select(func.sum(_free.limit(_enough).subquery().c.left))


_event = update(Event).where(Event.id == bindparam("event")).execution_options(synchronize_session=False)
MARK = _event.values(is_sold_out=bindparam("is_full"))
ANNOUNCE = _event.values(version=Event.version + 1)


def seats_to_come(event_id: int, at: datetime, enough: int = FEW + 1) -> int:
    """Return the free seats anybody could book over all coming times, counted no further than to ``enough``."""
    known = {"event": event_id, "at": at, "enough": enough}
    return int(connection().scalar(SEATS_COUNTED, known) or 0)


def announce_step(event_id: int, campaign_id: int, at: datetime, seats_taken: int, left_there: int = 0) -> None:
    """Tell the kept listings when the seats just taken (negative: given back) changed the event's step.

    Call it behind :func:`announce_event`: only one transaction at a time then counts the seats of the event. A pool
    that gave seats and has ``left_there`` more than a few changes no step: either they are anybody's, and the event
    was and is free, or nobody else could have had them.
    """
    if seats_taken > 0 and left_there > FEW:
        return
    now_left = seats_to_come(event_id, at, FEW + 1 + max(0, -seats_taken))
    tell_step(event_id, campaign_id, now_left + seats_taken, now_left)


def announce_left(event_id: int, campaign_id: int, at: datetime, before: int) -> None:
    """Tell the kept listings when an event is on another step than with the seats that were left ``before``."""
    tell_step(event_id, campaign_id, before, seats_to_come(event_id, at))


def tell_step(event_id: int, campaign_id: int, before: int, now_left: int) -> None:
    """Raise the listing's version where the step is another one; what is sold out is marked."""
    step, step_before = step_of(now_left), step_of(before)
    if step == step_before:
        return
    if Availability.FULL in (step, step_before):
        mark_sold_out(event_id, is_sold_out=step is Availability.FULL)
    announce_listing(campaign_id, event_id)


def recount(event_id: int, at: datetime) -> None:
    """Write down whether times are to come and all are full; for changes of the times themselves, and of the clock."""
    left = db.session.scalar(SEATS_LEFT, {"event": event_id, "at": at})
    mark_sold_out(event_id, is_sold_out=left is not None and left <= 0)


LEFT_EVERYWHERE = (
    SEATS_TO_COME.add_columns(Event.id.label("event_id"), Event.is_sold_out)
    .join(Event, Event.id == Slot.event_id)
    .where(Event.state == EventState.PUBLISHED)
    .group_by(Event.id, Event.is_sold_out)
)


def recount_due(at: datetime) -> int:
    """Correct the mark where time alone has changed it: kept seats that opened, times that began. For the worker."""
    rows = db.session.execute(LEFT_EVERYWHERE, {"at": at})
    return sum(announce_mark(row.event_id, at) for row in rows.all() if (row.left <= 0) != row.is_sold_out)


@transaction
def announce_mark(event_id: int, at: datetime) -> bool:
    """Count one event anew and tell the kept pages."""
    announce_event(event_id)
    recount(event_id, at)
    announce_listing(db.session.scalars(select(Event.campaign_id).where(Event.id == event_id)).one(), event_id)
    return True


def mark_sold_out(event_id: int, *, is_sold_out: bool) -> None:
    """Store the mark listings sort by."""
    db.session.execute(MARK, {"event": event_id, "is_full": is_sold_out})


def announce_event(event_id: int) -> None:
    """Raise the version the event's kept page hangs on; the event's row is held from here to the commit."""
    connection().execute(ANNOUNCE, {"event": event_id})
