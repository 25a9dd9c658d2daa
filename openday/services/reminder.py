"""The day before a visit its guests are reminded, at ten in the morning of Europe/Berlin. For the worker.

Politics have a reminder of their own. A worker that was down makes up for it until two hours before the visit.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from openday import clock
from openday.extensions import db
from openday.mailing.reminder_mails import REMINDER, reminder
from openday.mailing.visit import Visit
from openday.models import Booking, Event, OutboxMessage, Slot
from openday.models.words import BookingState, EventState, GuestKind, SlotState
from openday.rows import insert_rows
from openday.services.availability import announce_event
from openday.services.booking_link import link_token
from openday.services.visit import visits_of_event
from openday.transaction import transaction

log = structlog.get_logger()

TIME_OF_DAY = time(10)
JUST_TOLD = timedelta(hours=24)
TOO_LATE = timedelta(hours=2)


def remind_guests(at: datetime) -> int:
    """Remind everybody whose visit is tomorrow, or today where that was missed; return how many that were."""
    return sum(remind_day(day, at) for day in due_days(at))


def due_days(at: datetime) -> Iterable[date]:
    """Return the days of visits for which the hour of the reminder has struck and that are not over."""
    today = clock.to_berlin(at).date()
    return [day for day in (today, today + timedelta(days=1)) if hour_of(day) <= at]


def hour_of(day: date) -> datetime:
    """Return when guests of a day are reminded."""
    return clock.from_berlin(day - timedelta(days=1), TIME_OF_DAY)


def remind_day(day: date, at: datetime) -> int:
    """Remind the guests of one day, each event in a transaction of its own."""
    events = db.session.scalars(
        select(Booking.event_id)
        .join(Booking.slot)
        .join(Event, Event.id == Booking.event_id)
        .where(is_to_remind(day, at))
        .distinct()
        .order_by(Booking.event_id)
    ).all()
    db.session.rollback()  # reading is over: each event is read again behind its own row
    return sum(remind_event(event_id, day, at) for event_id in events)


@transaction
def remind_event(event_id: int, day: date, at: datetime) -> int:
    """Queue the reminders of one event, in as many statements for one guest as for a hundred."""
    announce_event(event_id)  # a booking given up at the same moment is seen as given up
    bookings = db.session.scalars(
        select(Booking)
        .join(Booking.slot)
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.event_id == event_id, is_to_remind(day, at))
        .order_by(Booking.id)
        .execution_options(populate_existing=True)
    ).all()
    visits: dict[int | None, Visit] = {visit.slot_id: visit for visit in visits_of_event(event_id)}
    is_today = day == clock.to_berlin(at).date()
    insert_rows(
        [reminder(booking, visits[booking.slot_id], link_token(booking), is_today=is_today) for booking in bookings]
    )
    log.info("guests reminded", event_id=event_id, bookings=len(bookings))
    return len(bookings)


def is_to_remind(day: date, at: datetime) -> ColumnElement[bool]:
    """Return the condition of a confirmed booking of a day that has no reminder yet.

    Who booked, or was told of another time, within the day before the reminder, has a fresh mail already.
    """
    told_before = hour_of(day) - JUST_TOLD
    first, last = (clock.from_berlin(one, time()) for one in (day, day + timedelta(days=1)))
    has_one = exists().where(
        OutboxMessage.booking_id == Booking.id,
        OutboxMessage.kind == REMINDER,
        OutboxMessage.version == day.toordinal(),
    )
    return and_(
        Slot.starts_at >= max(first, at + TOO_LATE),
        Slot.starts_at < last,
        Slot.state == SlotState.OPEN,
        or_(Slot.moved_at.is_(None), Slot.moved_at <= told_before),
        Event.state == EventState.PUBLISHED,
        Event.sends_reminders,
        Booking.state == BookingState.CONFIRMED,
        Booking.guest_kind != GuestKind.POLITICS,
        Booking.came_at.is_(None),
        func.coalesce(Booking.confirmed_at, Booking.created_at) <= told_before,
        ~has_one,
    )
