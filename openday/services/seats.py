"""The only module that takes and gives back seats: conditional updates, the database decides."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, bindparam, exists, func, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from openday.extensions import db
from openday.models import Event, SeatPool, Slot
from openday.models.words import EventState, Mode, PoolAudience, SlotState


@dataclass(frozen=True)
class Claim:
    """Seats somebody wants, and the state of the event the texts of the confirmation were written for."""

    event_id: int
    slot_id: int
    mode: Mode
    seats: int
    event_sequence: int
    at: datetime


def has_room(seats: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that decides: the seats fit, or the pool has no limit."""
    return (SeatPool.capacity.is_(None)) | (SeatPool.taken + seats <= SeatPool.capacity)


def seats_claim() -> ReturningUpdate[int]:
    """Return the statement that takes seats of an open slot."""
    seats = bindparam("seats", type_=Integer)
    is_open = exists().where(
        Slot.id == bindparam("slot"), Slot.state == SlotState.OPEN, Slot.starts_at > bindparam("at")
    )
    return (
        update(SeatPool)
        .where(
            SeatPool.slot_id == bindparam("slot"),
            SeatPool.mode == bindparam("wanted_mode"),
            SeatPool.audience == PoolAudience.EVERYONE,
            has_room(seats),
            is_open,
        )
        .values(taken=SeatPool.taken + seats)
        .returning(SeatPool.id)
        .execution_options(synchronize_session=False)
    )


# Built once: they run while a row is locked that everybody waits for.
CLAIM_SEATS = seats_claim()
CLAIM_EVENT = (
    update(Event)
    .where(
        Event.id == bindparam("event"),
        Event.state == EventState.PUBLISHED,
        Event.sequence == bindparam("known_sequence"),
    )
    .values(version=Event.version + 1)
    .returning(Event.id)
    .execution_options(synchronize_session=False)
)


def claim_seats(claim: Claim) -> int | None:
    """Take the seats and return the pool's id, or None when they are not there or the event has changed since."""
    if not claim_event(claim):
        return None
    wanted = {"slot": claim.slot_id, "wanted_mode": claim.mode, "seats": claim.seats, "at": claim.at}
    return db.session.scalar(CLAIM_SEATS, wanted)


def claim_event(claim: Claim) -> bool:
    """Raise the version of the event if it is still the one that was read.

    Whoever calls it off waits for this row, and then finds the booking among those to tell; or was first, and nobody
    books any more.
    """
    known = {"event": claim.event_id, "known_sequence": claim.event_sequence}
    return db.session.scalar(CLAIM_EVENT, known) is not None


def release_seats(pool_id: int, seats: int) -> None:
    """Give seats back; the pool's constraint refuses to go below zero."""
    db.session.execute(
        update(SeatPool).where(SeatPool.id == pool_id).values(taken=SeatPool.taken - seats),
        execution_options={"synchronize_session": False},
    )


def seats_left(slot_id: int, mode: Mode) -> int:
    """Return the free seats of a slot for everyone in one mode, 0 when it has no such pool."""
    left = db.session.scalar(
        select(func.coalesce(SeatPool.capacity - SeatPool.taken, 1_000_000)).where(
            SeatPool.slot_id == slot_id, SeatPool.mode == mode, SeatPool.audience == PoolAudience.EVERYONE
        )
    )
    return int(left or 0)
