"""The only module that takes and gives back seats: conditional updates, the database decides."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update

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


def claim_seats(claim: Claim) -> int | None:
    """Take the seats and return the pool's id, or None when they are not there or the event has changed since."""
    if not claim_event(claim):
        return None
    is_open = exists().where(Slot.id == claim.slot_id, Slot.state == SlotState.OPEN, Slot.starts_at > claim.at)
    statement = (
        update(SeatPool)
        .where(
            SeatPool.slot_id == claim.slot_id,
            SeatPool.mode == claim.mode,
            SeatPool.audience == PoolAudience.EVERYONE,
            has_room(claim.seats),
            is_open,
        )
        .values(taken=SeatPool.taken + claim.seats)
        .returning(SeatPool.id)
    )
    return db.session.execute(statement, execution_options={"synchronize_session": False}).scalar()


def claim_event(claim: Claim) -> bool:
    """Raise the version of the event if it is still the one that was read.

    Whoever calls it off waits for this row, and then finds the booking among those to tell; or was first, and nobody
    books any more.
    """
    statement = (
        update(Event)
        .where(
            Event.id == claim.event_id,
            Event.state == EventState.PUBLISHED,
            Event.sequence == claim.event_sequence,
        )
        .values(version=Event.version + 1)
        .returning(Event.id)
    )
    return db.session.scalar(statement, execution_options={"synchronize_session": False}) is not None


def has_room(seats: int) -> ColumnElement[bool]:
    """Return the condition that decides: the seats fit, or the pool has no limit."""
    return (SeatPool.capacity.is_(None)) | (SeatPool.taken + seats <= SeatPool.capacity)


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
