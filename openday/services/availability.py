"""How many seats an event has left, and when that is news for the listing."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, func, select, update

from openday.extensions import db
from openday.models import Campaign, Event, SeatPool, Slot
from openday.models.words import PoolAudience, SlotState

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
SEATS_LEFT = (
    select(func.sum(func.coalesce(SeatPool.capacity - SeatPool.taken, 1_000_000)))
    .join(Slot, SeatPool.slot_id == Slot.id)
    .where(
        Slot.event_id == bindparam("event"),
        Slot.state == SlotState.OPEN,
        Slot.starts_at > bindparam("at"),
        SeatPool.audience == PoolAudience.EVERYONE,
    )
)


def announce_step(event_id: int, campaign_id: int, at: datetime, seats_taken: int) -> None:
    """Tell the kept listings when the seats just taken (negative: given back) changed the event's step.

    Call it behind :func:`announce_event`: only one transaction at a time then counts the seats of the event.
    """
    now_left = int(db.session.scalar(SEATS_LEFT, {"event": event_id, "at": at}) or 0)
    if step_of(now_left) != step_of(now_left + seats_taken):
        announce_listing(campaign_id)


def announce_event(event_id: int) -> None:
    """Raise the version the event's kept page hangs on; the event's row is held from here to the commit."""
    db.session.execute(
        update(Event).where(Event.id == event_id).values(version=Event.version + 1),
        execution_options={"synchronize_session": False},
    )


def announce_listing(campaign_id: int) -> None:
    """Raise the version the kept listings of a campaign hang on."""
    db.session.execute(
        update(Campaign).where(Campaign.id == campaign_id).values(version=Campaign.version + 1),
        execution_options={"synchronize_session": False},
    )
