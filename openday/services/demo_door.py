"""The demo's door: the event of today as it is in the middle of its day, and a helper's link to it."""

from datetime import timedelta

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, User
from openday.models.words import GuestKind, PoolAudience
from openday.services.check_in import Tap, check_in
from openday.services.demo_data.today import EVENTS
from openday.services.demo_visits import keep_seats
from openday.services.door_link import Door, NoSuchDay, create_door_link
from openday.services.walk_in import count_walk_in
from openday.transaction import transaction

ONE_DAY = timedelta(days=1)
HERE_ALREADY = 4


@transaction
def open_door(event: Event) -> None:
    """Move a booked event from tomorrow to today, keep seats for walk-ins, and let the first guests arrive."""
    assert event.starts_on is not None  # noqa: S101 - the demo's event has its day
    event.starts_on -= ONE_DAY
    for slot in event.slots:
        slot.starts_at -= ONE_DAY
        slot.ends_at = slot.ends_at and slot.ends_at - ONE_DAY
    keep_seats(event, PoolAudience.WALK_IN, 3)
    bookings = list(db.session.scalars(select(Booking).where(Booking.event_id == event.id).order_by(Booking.id)))
    for booking in bookings:
        booking.erase_on = booking.erase_on and booking.erase_on - ONE_DAY
    bookings[2].guest_kind = GuestKind.PRESS
    db.session.flush()  # the door reads the database
    door = Door(event.id, event.starts_on)
    for booking in bookings[:HERE_ALREADY]:
        check_in(door, booking.id, Tap(clock.now(), f"demo-{booking.id}"))
    count_walk_in(door, event.slots[0].id, Tap(clock.now(), "demo-walk-in"))


@transaction
def demo_door_link() -> str:
    """Return the secret of a new link to today's door; empty when the demo is of another day."""
    event_id = db.session.scalar(select(Event.id).where(Event.slug == EVENTS[0].slug))
    actor_id = db.session.scalar(select(User.id).order_by(User.id).limit(1))
    if event_id is None or actor_id is None:
        return ""
    try:
        return create_door_link(event_id, clock.today(), actor_id)
    except NoSuchDay:
        return ""
