"""Offices are reminded of a visit by politics, and of one they have yet to make certain. For the worker.

A worker that was down makes up for it: a week's reminder goes out up to two days late, the others until it is over.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from openday import clock
from openday.extensions import db
from openday.mailing.politics_mails import VISIT_REMINDER, reminder_version, visit_reminder
from openday.mailing.visit_request_mails import visit_provisional_ends
from openday.models import Booking, Event, OutboxMessage, Slot
from openday.models.words import Awaits, BookingState, EventState, GuestKind, SlotState
from openday.services.availability import announce_event
from openday.services.booking_link import link_token
from openday.services.stored_booking import booking_with_id
from openday.services.visit import visit_from
from openday.transaction import transaction

log = structlog.get_logger()

TIME_OF_DAY = time(10)
JUST_TOLD = timedelta(hours=24)
WEEK, DAY = 7, 1
LATE = {WEEK: 2, DAY: 1}  # days a reminder may be late and still be of use
BEFORE_THE_END = timedelta(days=3)


def remind_offices(at: datetime) -> int:
    """Remind offices a week and a day before the visit, at ten in the morning; return how many that were."""
    return sum(remind(booking_id, days, at) for days in (WEEK, DAY) for booking_id in due_visits(days, at))


def due_visits(days: int, at: datetime) -> Iterable[int]:
    """Return the bookings whose reminder that many days before has come and was not sent."""
    found: list[int] = []
    for day in due_days(days, at):
        query = select(Booking.id).join(Booking.slot).join(Event, Event.id == Booking.event_id)
        found += db.session.scalars(query.where(is_to_remind(day, days, at)).order_by(Booking.id)).all()
    db.session.rollback()  # reading is over: each booking is read again behind its event's row
    return found


def due_days(days: int, at: datetime) -> list[date]:
    """Return the days of visits for which the hour of this reminder has struck."""
    today = clock.to_berlin(at).date()
    coming = (today + timedelta(days=days - late) for late in range(LATE[days] + 1))
    return [day for day in coming if hour_of(day, days) <= at]


def hour_of(day: date, days: int) -> datetime:
    """Return when the offices of a day's visits are reminded."""
    return clock.from_berlin(day - timedelta(days=days), TIME_OF_DAY)


def is_to_remind(day: date, days: int, at: datetime) -> ColumnElement[bool]:
    """Return the condition of a confirmed visit of that day without this reminder; fresh news is reminder enough."""
    told_before = hour_of(day, days) - JUST_TOLD
    first, last = (clock.from_berlin(one, time()) for one in (day, day + timedelta(days=1)))
    has_one = exists().where(
        OutboxMessage.booking_id == Booking.id,
        OutboxMessage.kind == VISIT_REMINDER,
        OutboxMessage.version == reminder_version(day, days),
    )
    return and_(
        Slot.starts_at >= first,
        Slot.starts_at < last,
        Slot.starts_at > at,
        Slot.state == SlotState.OPEN,
        or_(Slot.moved_at.is_(None), Slot.moved_at <= told_before),
        Event.state == EventState.PUBLISHED,
        Event.sends_reminders,
        Booking.guest_kind == GuestKind.POLITICS,
        Booking.state == BookingState.CONFIRMED,
        Booking.came_at.is_(None),
        func.coalesce(Booking.confirmed_at, Booking.created_at) <= told_before,
        ~has_one,
    )


@transaction
def remind(booking_id: int, days: int, at: datetime) -> bool:
    """Queue one reminder unless the visit was given up meanwhile."""
    booking = booking_with_id(booking_id)
    announce_event(booking.event_id)
    db.session.refresh(booking)
    if booking.state is not BookingState.CONFIRMED or booking.slot is None or booking.slot.starts_at <= at:
        return False
    visit = visit_from(booking.slot)
    left = (visit.day - clock.to_berlin(at).date()).days
    db.session.add(visit_reminder(booking, visit, link_token(booking), days, left))
    log.info("office reminded", booking_id=booking.id, days=days)
    return True


def remind_provisional(at: datetime) -> int:
    """Remind offices three days before a provisional visit is given back; return how many that were.

    Whoever was told of the hold within the three days has a fresh mail.
    """
    told_at = (
        select(func.max(OutboxMessage.created_at))
        .where(OutboxMessage.booking_id == Booking.id, OutboxMessage.kind == "visit_provisional")
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Booking.id, Booking.held_until, told_at.label("told_at"))
        .join(Booking.slot)
        .join(Event, Event.id == Booking.event_id)
        .where(runs_out_soon(at))
        .order_by(Booking.held_until, Booking.id)
    ).all()
    db.session.rollback()  # reading is over: each booking is read again behind its event's row
    due = [row.id for row in rows if row.told_at is None or row.told_at <= row.held_until - BEFORE_THE_END]
    return sum(remind_of_end(booking_id) for booking_id in due)


def runs_out_soon(at: datetime) -> ColumnElement[bool]:
    """Return the condition of a provisional visit that ends within three days and has no reminder of it."""
    has_one = exists().where(OutboxMessage.booking_id == Booking.id, OutboxMessage.kind == "visit_provisional_ends")
    return and_(
        Slot.state == SlotState.OPEN,
        Event.state == EventState.PUBLISHED,
        Booking.state == BookingState.HELD,
        Booking.awaits == Awaits.BOOKER,
        Booking.held_until > at,
        Booking.held_until <= at + BEFORE_THE_END,
        ~has_one,
    )


@transaction
def remind_of_end(booking_id: int) -> bool:
    """Queue the reminder unless the visit was made certain meanwhile."""
    booking = booking_with_id(booking_id)
    announce_event(booking.event_id)
    db.session.refresh(booking)
    if booking.state is not BookingState.HELD or booking.slot is None:
        return False
    db.session.add(visit_provisional_ends(booking, visit_from(booking.slot), link_token(booking)))
    log.info("provisional visit reminded", booking_id=booking.id)
    return True
