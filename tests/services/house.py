"""A house with times on one day in 2027, its bookings and whoever waits."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, OutboxMessage, Slot
from openday.models.words import BookingState, Role
from openday.services.scope import Scope
from openday.services.seat_table import Reach
from openday.services.slot_change import Move
from tests.factories import all_bookings, make_event, make_slot, save

DAY = date(2027, 9, 15)


def owner_of(event: Event, role: Role = Role.OWNER) -> Scope:
    return Scope(user_id=1, roles={event.traeger_id: role})


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return clock.from_berlin(day, time(hour, minute))


def house(*hours: int, capacity: int = 500, **overrides) -> tuple[Event, list[Slot]]:
    event = make_event(**{"starts_on": DAY, "start_time": time(10), "end_time": time(16), **overrides})
    return event, [make_slot(event, starts_at=at(hour), capacity=capacity) for hour in hours]


def move_of(slot: Slot, **overrides) -> Move:
    values = {"reach": Reach.SLOT, "day": DAY, "start": time(17), "end": None, "reason": "Sitzung"}
    return Move(slot_id=slot.id, **{**values, **overrides})


def waiting(slot: Slot | None, event: Event, **overrides) -> Booking:
    """Somebody in the line, for one time or for any."""
    number = len(all_bookings())
    values = {
        "reference": f"W{number:02}-AAAA",
        "event_id": event.id,
        "slot_id": slot.id if slot else None,
        "state": BookingState.WAITING,
        "booker_name": "Wanda Wartet",
        "booker_email": f"wanda{number}@example.org",
        "nonce": f"wait{number}",
        "token_digest": f"{number:064}",
        "payload_digest": "x",
        "waits_since": clock.now(),
        "erase_on": DAY + timedelta(days=30),
    }
    booking = save(Booking(**{**values, **overrides}))
    save(
        OutboxMessage(
            kind="waiting_joined",
            booking_id=booking.id,
            message_id=f"<w{number}>",
            recipient="x@example.org",
            subject="x",
            text="x",
            html="x",
        )
    )
    return booking


def mails(kind: str = "time_moved") -> list[OutboxMessage]:
    db.session.rollback()
    wanted = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
    return list(db.session.scalars(wanted))


def fresh_slots() -> list[Slot]:
    db.session.rollback()
    return list(db.session.scalars(select(Slot).order_by(Slot.id).execution_options(populate_existing=True)))
