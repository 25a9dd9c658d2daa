"""The day of an event, seen from its door: two times, a few invented guests, a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count

import time_machine

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, SeatPool, Slot, WalkIn
from openday.models.words import Mode, PoolAudience
from openday.services.booking import book_slot
from openday.services.check_in import Tap
from openday.services.door_link import Door, create_door_link
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_traeger, make_user

DAY: date = clock.today() + timedelta(days=1)
numbers = count(1)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """Return the instant of a Berlin clock time of the day."""
    return clock.from_berlin(day, time(hour, minute))


@contextmanager
def oclock(hour: int, minute: int = 0, day: date = DAY) -> Iterator[None]:
    """Let it be that time of the day for a block."""
    with time_machine.travel(at(hour, minute, day), tick=False):
        yield


def make_door_event(**overrides: object) -> Event:
    """An event with times at 10:00 and 10:30 on the day."""
    event = make_event(**{"traeger": make_traeger(), "starts_on": DAY, **overrides})
    for minute in (0, 30):
        make_slot(event, capacity=8, starts_at=at(10, minute))
    return event


def slots(event: Event) -> list[Slot]:
    return list(db.session.query(Slot).filter_by(event_id=event.id).order_by(Slot.starts_at))


def book(slot: Slot, name: str = "Ayşe Kaya", **wishes: object) -> Booking:
    """Book as a guest does, and return the row."""
    book_slot(booking_request(slot, name=name, **wishes))
    db.session.rollback()
    return all_bookings()[-1]


def add_pool(slot: Slot, audience: PoolAudience, capacity: int | None) -> SeatPool:
    pool = SeatPool(slot_id=slot.id, mode=Mode.ONSITE, audience=audience, capacity=capacity)
    db.session.add(pool)
    db.session.commit()
    return pool


def door_of(event: Event, day: date = DAY) -> Door:
    return Door(event.id, day, link_id=1)


def tap(moment: datetime | None = None, nonce: str | None = None) -> Tap:
    return Tap(moment or clock.now(), nonce or f"tap-{next(numbers)}")


def helper_link(event: Event) -> str:
    """Return the secret a helper has in hand."""
    token = create_door_link(event.id, DAY, make_user(event.traeger).id)
    db.session.rollback()
    return token


def fresh(booking: Booking) -> Booking:
    db.session.rollback()
    return db.session.get_one(Booking, booking.id, populate_existing=True)


def taken(slot: Slot) -> dict[str, int]:
    """Return how many seats of which pool are taken."""
    db.session.rollback()
    pools = db.session.query(SeatPool).filter_by(slot_id=slot.id).populate_existing()
    return {pool.audience.value: pool.taken for pool in pools}


def walk_ins() -> list[WalkIn]:
    db.session.rollback()
    return list(db.session.query(WalkIn).order_by(WalkIn.id).populate_existing())
