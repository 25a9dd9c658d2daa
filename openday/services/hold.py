"""Seats kept for somebody who has yet to act: for how long, and how many at most.

Rule T26 of the threat model: whoever never answers must not fill a house. What does not fit into the budget is stored
without seats, and booked if there is room when the answer comes.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select

from openday import clock
from openday.extensions import db
from openday.mailing.visit import Visit
from openday.models import Booking, SeatPool
from openday.models.words import Awaits, BookingState, PoolAudience
from openday.services.booking_request import BookingRequest
from openday.services.seats import UNLIMITED, audience_of

FOR_THE_MAILBOX = timedelta(minutes=30)
FOR_THE_HOST = timedelta(days=5)
CERTAIN_BEFORE = timedelta(days=4)  # a provisional visit is certain or free so long before it begins
SHARE = 0.3  # of a slot's general seats may be held for the unconfirmed
PROVISIONAL_SHARE = 0.5  # of them may be held for offices that have yet to promise
HOLDS_PER_ADDRESS, HOLDS_PER_NETWORK = 2, 10  # of one event; an address has one of them at a slot


def held_until(request: BookingRequest, visit: Visit, awaits: Awaits, at: datetime) -> datetime:
    """Return when seats held from ``at`` on are given back; never after the visit begins."""
    if awaits is Awaits.MAILBOX:
        end = at + FOR_THE_MAILBOX
    elif awaits is Awaits.HOST:
        end = at + FOR_THE_HOST
    else:
        end = min(request.provisional_until or visit.starts_at, certain_until(visit.starts_at, at))
    return min(end, visit.starts_at)


def certain_until(starts_at: datetime, at: datetime) -> datetime:
    """Return the latest end of a provisional hold: some days before the visit, at the end of an office day.

    For a visit that is too near for that it is half of the time that is left.
    """
    day = clock.to_berlin(starts_at - CERTAIN_BEFORE).date()
    latest = clock.from_berlin(day, time(18))
    return latest if latest > at + timedelta(days=1) else at + (starts_at - at) / 2


def has_budget(booking: Booking, at: datetime) -> bool:
    """Whether seats may be held for an unconfirmed booking; asked behind the event's row.

    Provisional visits have a share of their own. One office and one network hold only so many, whatever for.
    """
    is_provisional = booking.awaits is Awaits.BOOKER
    is_alike = Booking.awaits == Awaits.BOOKER if is_provisional else Booking.awaits != Awaits.BOOKER
    is_here = Booking.slot_id == booking.slot_id
    is_same_address = Booking.booker_email == booking.booker_email
    seats, of_address, of_address_here, of_network = db.session.execute(
        select(
            func.coalesce(func.sum(case((is_here & is_alike, Booking.party_size), else_=0)), 0),
            func.count(case((is_same_address, 1))),
            func.count(case((is_same_address & is_here, 1))),
            func.count(case((Booking.network_digest == booking.network_digest, 1))),
        ).where(is_open_hold(at), Booking.event_id == booking.event_id)
    ).one()
    return (
        seats + booking.party_size <= budget_of(booking, PROVISIONAL_SHARE if is_provisional else SHARE)
        and of_address < HOLDS_PER_ADDRESS
        and of_address_here == 0
        and (booking.network_digest is None or of_network < HOLDS_PER_NETWORK)
    )


def is_open_hold(at: datetime) -> ColumnElement[bool]:
    """Return the condition of a booking whose seats are held for somebody who has yet to act."""
    return and_(Booking.state == BookingState.HELD, Booking.held_until > at)


def budget_of(booking: Booking, share: float) -> int:
    """Return how many seats of the booking's slot may be held: a share of the general pool, and all of its own reserve.

    A pool without a limit counts as a million.
    """
    capacity = func.coalesce(SeatPool.capacity, UNLIMITED)
    is_own = and_(SeatPool.audience == audience_of(booking.guest_kind), SeatPool.audience != PoolAudience.EVERYONE)
    general, own = db.session.execute(
        select(
            func.sum(case((SeatPool.audience == PoolAudience.EVERYONE, capacity), else_=0)),
            func.sum(case((is_own, capacity), else_=0)),
        ).where(SeatPool.slot_id == booking.slot_id, SeatPool.mode == booking.mode)
    ).one()
    return max(1, int((general or 0) * share)) + int(own or 0)
