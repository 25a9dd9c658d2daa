"""The only module that takes and gives back seats: conditional updates, the database decides.

Everything here runs behind :func:`claim_event` or ``announce_event``: one transaction at a time moves the seats of an
event.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, delete, exists, func, insert, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from openday.extensions import db
from openday.models import BookingSeats, Event, SeatPool, Slot
from openday.models.words import EventState, GuestKind, Mode, PoolAudience, SlotState
from openday.transaction import connection

SILENT = {"synchronize_session": False}
UNLIMITED = 1_000_000
RESERVES = (PoolAudience.POLITICS, PoolAudience.PRESS)
ORDER = (PoolAudience.EVERYONE, *RESERVES, PoolAudience.WALK_IN)
AUDIENCES = {GuestKind.POLITICS: PoolAudience.POLITICS, GuestKind.PRESS: PoolAudience.PRESS}
Seats = Mapping[int, int]
"""How many seats of which pool, by its id."""


@dataclass(frozen=True)
class Taken:
    """The seats a party got; so many are ``left`` in the pool when all came out of one, else none are counted."""

    seats: Seats
    left: int = 0


@dataclass(frozen=True)
class Claim:
    """Seats somebody wants of a slot; what is saved up for the waiting list is not among them."""

    slot_id: int
    mode: Mode
    seats: int
    at: datetime
    audience: PoolAudience = PoolAudience.EVERYONE


def audience_of(guest_kind: GuestKind) -> PoolAudience:
    """Return the pool a guest of that kind has for its own."""
    return AUDIENCES.get(guest_kind, PoolAudience.EVERYONE)


def has_room(seats: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that decides: the seats fit, or the pool has no limit."""
    return (SeatPool.capacity.is_(None)) | (SeatPool.taken + seats <= SeatPool.capacity)


LEFT_TO_ALL = case((SeatPool.is_saved, 0), else_=func.coalesce(SeatPool.capacity - SeatPool.taken, UNLIMITED))
"""Seats of a pool nobody has and nobody waits for; one without a limit counts as a million."""


def seats_claim() -> ReturningUpdate[int, int]:
    """Return the statement that takes all seats of a party from its own pool of an open slot."""
    seats = bindparam("seats", type_=Integer)
    is_open = exists().where(
        Slot.id == bindparam("slot"), Slot.state == SlotState.OPEN, Slot.starts_at > bindparam("at")
    )
    return (
        update(SeatPool)
        .where(
            SeatPool.slot_id == bindparam("slot"),
            SeatPool.mode == bindparam("wanted_mode"),
            SeatPool.audience == bindparam("wanted_audience"),
            SeatPool.is_saved.is_(False),
            has_room(seats),
            is_open,
        )
        .values(taken=SeatPool.taken + seats)
        .returning(SeatPool.id, LEFT_TO_ALL.label("left"))
        .execution_options(synchronize_session=False)
    )


def pool_claim() -> ReturningUpdate[int]:
    """Return the statement that takes seats of one pool."""
    seats = bindparam("seats", type_=Integer)
    return (
        update(SeatPool)
        .where(SeatPool.id == bindparam("pool"), has_room(seats))
        .values(taken=SeatPool.taken + seats)
        .returning(SeatPool.id)
        .execution_options(synchronize_session=False)
    )


# Built once and run past the session: they run while a row is locked that everybody waits for.
CLAIM_SEATS = seats_claim()
CLAIM_POOL = pool_claim()
GIVE_BACK = update(SeatPool).where(SeatPool.id == bindparam("pool")).values(taken=SeatPool.taken - bindparam("seats"))
SEATED = insert(BookingSeats).inline()
MORE_SEATED = (
    update(BookingSeats)
    .where(BookingSeats.booking_id == bindparam("booking"), BookingSeats.seat_pool_id == bindparam("pool"))
    .values(seats=BookingSeats.seats + bindparam("more"))
)
RELEASE = (
    delete(BookingSeats)
    .where(BookingSeats.booking_id == bindparam("booking"))
    .returning(BookingSeats.seat_pool_id, BookingSeats.seats)
)
CLAIM_EVENT = (
    update(Event)
    .where(
        Event.id == bindparam("event"),
        Event.state == EventState.PUBLISHED,
        Event.sequence == bindparam("known_sequence"),
    )
    .values(seats_version=Event.seats_version + 1)
    .returning(Event.id)
    .execution_options(synchronize_session=False)
)
POOLS = (
    select(
        SeatPool.id,
        SeatPool.audience,
        SeatPool.capacity,
        SeatPool.taken,
        SeatPool.is_saved,
        Slot.reserves_open_at,
    )
    .join(Slot, Slot.id == SeatPool.slot_id)
    .where(
        SeatPool.slot_id == bindparam("slot"),
        SeatPool.mode == bindparam("wanted_mode"),
        Slot.state == SlotState.OPEN,
        Slot.starts_at > bindparam("at"),
    )
)


def claim_event(event_id: int, known_sequence: int) -> bool:
    """Raise the version of the seats of an event if it is still the one that was read.

    Whoever calls it off waits for this row, and then finds the booking among those to tell; or was first, and nobody
    books any more.
    """
    known = {"event": event_id, "known_sequence": known_sequence}
    return connection().execute(CLAIM_EVENT, known).first() is not None


def take_seats(claim: Claim) -> Taken | None:
    """Take the seats behind a claimed event, all of them or none; None when they are not there.

    A party takes its own pool first, then the general one, then reserves that are open to everybody.
    """
    wanted = {
        "slot": claim.slot_id,
        "wanted_mode": claim.mode,
        "wanted_audience": claim.audience,
        "seats": claim.seats,
        "at": claim.at,
    }
    own = connection().execute(CLAIM_SEATS, wanted).first()
    if own is not None:
        return Taken({own.id: claim.seats}, own.left)
    found = {"slot": claim.slot_id, "wanted_mode": claim.mode, "at": claim.at}
    pools = usable(connection().execute(POOLS, found), claim.audience, claim.at)
    shares = split(pools, claim.seats)
    return Taken(shares) if shares and take(shares) else None


def usable(pools: Iterable[Any], audience: PoolAudience, at: datetime, *, has_waited: bool = False) -> list[Any]:
    """Return the pools a party may sit in, in the order in which it takes them."""
    found = [
        pool
        for pool in pools
        if (has_waited or not pool.is_saved)
        and (pool.audience in (audience, PoolAudience.EVERYONE) or is_open_reserve(pool, at))
    ]
    return sorted(found, key=lambda pool: rank(pool.audience, audience))


def is_open_reserve(pool: Any, at: datetime) -> bool:
    """Whether kept seats are everybody's at an instant."""
    return pool.audience in RESERVES and pool.reserves_open_at is not None and pool.reserves_open_at <= at


def rank(pool: PoolAudience, audience: PoolAudience) -> int:
    """Return the place of a pool in the order in which a party of an audience takes seats: its own come first."""
    return -1 if pool is audience else ORDER.index(pool)


def split(pools: Iterable[Any], wanted: int) -> dict[int, int]:
    """Return how many seats to take of which pool, in their order; empty when they do not suffice."""
    shares: dict[int, int] = {}
    for pool in pools:
        left = wanted if pool.capacity is None else min(wanted, pool.capacity - pool.taken)
        if left > 0:
            shares[pool.id] = left
            wanted -= left
    return {} if wanted else shares


def take(shares: Seats) -> bool:
    """Take each share; when one is gone, give the earlier ones back and return False."""
    taken: dict[int, int] = {}
    for pool_id, seats in shares.items():
        if connection().scalar(CLAIM_POOL, {"pool": pool_id, "seats": seats}) is None:
            give_back(taken)
            return False
        taken[pool_id] = seats
    return True


def give_back(seats: Seats) -> None:
    """Give seats back to their pools; a pool's constraint refuses to go below zero."""
    for pool_id, number in sorted(seats.items()):
        connection().execute(GIVE_BACK, {"pool": pool_id, "seats": number})


def seat_new_booking(booking_id: int, seats: Seats) -> None:
    """Write down which seats a booking has that had none before."""
    rows = [{"booking_id": booking_id, "seat_pool_id": pool_id, "seats": number} for pool_id, number in seats.items()]
    connection().execute(SEATED, rows)


def seat_booking(booking_id: int, seats: Seats) -> None:
    """Write down which seats a stored booking has; those of a pool it sits in already are added."""
    for pool_id, number in seats.items():
        known = {"booking": booking_id, "pool": pool_id, "more": number}
        if not connection().execute(MORE_SEATED, known).rowcount:
            seat_new_booking(booking_id, {pool_id: number})


def release_seats(booking_id: int) -> int:
    """Give back all seats of a booking and return their number; the second time there are none."""
    rows = connection().execute(RELEASE, {"booking": booking_id}).all()
    give_back({row.seat_pool_id: row.seats for row in rows})
    return sum(row.seats for row in rows)


def release_some(booking_id: int, seats: int, audience: PoolAudience) -> None:
    """Give back so many seats of a booking, in the reverse of the order in which a party takes them.

    Raises ``ValueError`` when the booking has no more than those.
    """
    rows = db.session.execute(
        select(BookingSeats.seat_pool_id, BookingSeats.seats, SeatPool.audience)
        .join(SeatPool, SeatPool.id == BookingSeats.seat_pool_id)
        .where(BookingSeats.booking_id == booking_id)
    ).all()
    if sum(row.seats for row in rows) <= seats:
        raise ValueError("a booking keeps a seat")
    for row in sorted(rows, key=lambda row: rank(row.audience, audience), reverse=True):
        share = min(row.seats, seats)
        if not share:
            break
        here = (BookingSeats.booking_id == booking_id, BookingSeats.seat_pool_id == row.seat_pool_id)
        if share == row.seats:
            db.session.execute(delete(BookingSeats).where(*here), execution_options=SILENT)
        else:
            rest = update(BookingSeats).where(*here).values(seats=BookingSeats.seats - share)
            db.session.execute(rest, execution_options=SILENT)
        give_back({row.seat_pool_id: share})
        seats -= share


def seats_left(slot_id: int, mode: Mode, audience: PoolAudience, at: datetime) -> int:
    """Return the seats a party of that audience could take together at this moment; no limit is a million."""
    pools = connection().execute(POOLS, {"slot": slot_id, "wanted_mode": mode, "at": at})
    left = [UNLIMITED if pool.capacity is None else pool.capacity - pool.taken for pool in usable(pools, audience, at)]
    return sum(left)


def open_to_all(at: Any) -> ColumnElement[bool]:
    """Return the condition for a pool that is everybody's at this moment: the general one, and reserves that opened.

    For statements that have :class:`Slot` and :class:`SeatPool`; ``at`` is an instant or a bound one.
    """
    is_reserve_open = SeatPool.audience.in_(RESERVES) & (Slot.reserves_open_at <= at)
    return or_(SeatPool.audience == PoolAudience.EVERYONE, is_reserve_open)
