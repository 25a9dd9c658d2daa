"""Guests without a booking: counted at the door against the seats that are left, begun times included."""

from datetime import datetime

import structlog
from sqlalchemy import Row, select, update

from openday import clock
from openday.errors import NotFound, SlotFull
from openday.extensions import db
from openday.models import Event, SeatPool, Slot, WalkIn
from openday.models.words import Mode, PoolAudience
from openday.services.availability import announce_event, announce_step
from openday.services.check_in import UNDO, Tap, UndoOver, moment_of
from openday.services.door_link import Door
from openday.services.seats import RESERVES, give_back, split, take, usable
from openday.services.waiting_list import serve_waiting
from openday.tokens import digest
from openday.transaction import transaction

log = structlog.get_logger()

PoolRow = Row[int, PoolAudience, int | None, int, bool, datetime | None, datetime, int]


@transaction
def count_walk_in(door: Door, slot_id: int, tap: Tap) -> int:
    """Count one person to a time of the day and return the row's id; the same tap again is the same person.

    Seats come from the walk-in pool, then the general one, then opened reserves. Raises ``SlotFull``, ``NotFound``
    and, before the day, ``DoorClosed``.
    """
    at = moment_of(door, tap)
    announce_event(door.event_id)  # seats of an event move one after the other
    nonce = digest(f"walk-in {door.event_id}: {tap.nonce}")
    known = db.session.scalar(select(WalkIn.id).where(WalkIn.nonce == nonce))
    if known is not None:
        return known
    now = clock.now()
    pools = pools_of(door, slot_id)
    has_begun = pools[0].starts_at <= now  # nobody waits any more for what has begun
    shares = split(usable(pools, PoolAudience.WALK_IN, now, has_waited=has_begun), 1)
    if not shares or not take(shares):
        raise SlotFull
    [pool_id] = shares
    walk_in = WalkIn(slot_id=slot_id, seat_pool_id=pool_id, nonce=nonce, came_at=at)
    db.session.add(walk_in)
    db.session.flush()  # whoever takes it back names it by its id
    tell_listing(door, pool_id, pools, 1)
    log.info("walk-in counted", event_id=door.event_id, slot_id=slot_id, link_id=door.link_id)
    return walk_in.id


@transaction
def undo_walk_in(door: Door, walk_in_id: int, tap: Tap) -> bool:
    """Take one person back and free the seat; False when it was taken back before.

    Raises ``NotFound`` for one of another door and ``UndoOver`` after ten minutes.
    """
    at = moment_of(door, tap)
    announce_event(door.event_id)
    found = db.session.execute(
        select(WalkIn.slot_id, WalkIn.came_at, WalkIn.undone_at)
        .join(Slot, Slot.id == WalkIn.slot_id)
        .where(WalkIn.id == walk_in_id, door.has())
    ).first()
    if found is None:
        raise NotFound
    if found.undone_at is None and found.came_at < at - UNDO:
        raise UndoOver
    undone = db.session.execute(
        update(WalkIn)
        .where(WalkIn.id == walk_in_id, WalkIn.undone_at.is_(None))
        .values(undone_at=clock.now())
        .returning(WalkIn.seat_pool_id, WalkIn.size),
        execution_options={"synchronize_session": False},
    ).first()
    if undone is None:
        return False
    give_back({undone.seat_pool_id: undone.size})
    tell_listing(door, undone.seat_pool_id, pools_of(door, found.slot_id), -undone.size)
    serve_waiting(door.event_id, clock.now())
    log.info("walk-in taken back", event_id=door.event_id, slot_id=found.slot_id, link_id=door.link_id)
    return True


def pools_of(door: Door, slot_id: int) -> list[PoolRow]:
    """Return the pools on site of a time of this day, begun or not; raises ``NotFound`` when it is not of this door.

    ``seats.POOLS`` has times to come only: nobody books a tour that has begun, but people still walk in.
    """
    rows = db.session.execute(
        select(
            SeatPool.id,
            SeatPool.audience,
            SeatPool.capacity,
            SeatPool.taken,
            SeatPool.is_saved,
            Slot.reserves_open_at,
            Slot.starts_at,
            Event.campaign_id,
        )
        .join(Slot, Slot.id == SeatPool.slot_id)
        .join(Event, Event.id == Slot.event_id)
        .where(SeatPool.slot_id == slot_id, SeatPool.mode == Mode.ONSITE, door.has())
        .order_by(SeatPool.id)
    ).all()
    if not rows:
        raise NotFound
    return list(rows)


def tell_listing(door: Door, pool_id: int, pools: list[PoolRow], seats: int) -> None:
    """Tell the listings when the seat was one everybody could have booked."""
    now = clock.now()
    [pool] = [one for one in pools if one.id == pool_id]
    is_open_reserve = pool.audience in RESERVES and pool.reserves_open_at is not None and pool.reserves_open_at <= now
    if pool.starts_at > now and (pool.audience is PoolAudience.EVERYONE or is_open_reserve):
        announce_step(door.event_id, pool.campaign_id, now, seats)
