"""Holds that ran out: their seats are everybody's again."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import bindparam, select, update

from openday.extensions import db
from openday.models import Booking, OutboxMessage
from openday.models.words import Awaits, BookingState, OutboxState
from openday.services.availability import announce_event, announce_step
from openday.services.news import expired_news
from openday.services.record import announce, record
from openday.services.seats import SILENT, release_seats
from openday.services.stored_booking import booking_with_id, claimed
from openday.services.visit import facts_of
from openday.services.waiting_list import serve_waiting
from openday.transaction import transaction

log = structlog.get_logger()

TIME_TO_CLICK = timedelta(minutes=20)  # counted from the moment the check mail was taken by a server: greylisting
LONGEST_CHECK = timedelta(hours=6)
RAN_OUT = (
    select(Booking.id)
    .where(Booking.state == BookingState.HELD, Booking.held_until <= bindparam("at"))
    .order_by(Booking.held_until, Booking.id)
)
ASKED_FOR = select(Booking.id).where(Booking.state == BookingState.REQUESTED).order_by(Booking.id)


def expire_holds(at: datetime) -> int:
    """Give back the seats of every hold that ran out, and close requests whose time has come; each on its own."""
    due = db.session.scalars(RAN_OUT, {"at": at}).all()
    return sum(expire(booking_id, at) for booking_id in due) + close_requests(at)


@transaction
def expire(booking_id: int, at: datetime) -> bool:
    """End one hold unless somebody acted meanwhile, or its check mail has not had its time yet."""
    booking = booking_with_id(booking_id)
    is_over = has_passed(booking, at)
    if booking.awaits is Awaits.MAILBOX and not is_over and (later := end_of_check(booking, at)) > at:
        extend(booking, later)
        return False
    announce_event(booking.event_id)
    goes_on = booking.awaits is Awaits.HOST and not is_over  # without seats, but the host may still say yes
    state = BookingState.REQUESTED if goes_on else BookingState.EXPIRED
    if not claim_end(booking, at, state):
        return False
    facts = facts_of(booking)
    announce_step(booking.event_id, facts.campaign_id, at, -release_seats(booking.id))
    record(booking, "hold_expired", expired_news(booking, facts, was_held=True))
    serve_waiting(booking.event_id, at)
    log.info("hold expired", booking_id=booking.id, state=state.value)
    return True


def claim_end(booking: Booking, at: datetime, state: BookingState) -> bool:
    """End the hold if it still stands; whoever confirmed it a moment before was first."""
    return claimed(
        booking,
        update(Booking)
        .where(Booking.id == booking.id, Booking.state == BookingState.HELD, Booking.held_until <= at)
        .values(state=state, held_until=None, network_digest=None, sequence=Booking.sequence + 1),
    )


def end_of_check(booking: Booking, at: datetime) -> datetime:
    """Return when a mailbox has had its time: some minutes after the mail went out, at most hours after the form."""
    latest = booking.created_at + LONGEST_CHECK
    sent_at, state = db.session.execute(
        select(OutboxMessage.sent_at, OutboxMessage.state)
        .where(OutboxMessage.booking_id == booking.id, OutboxMessage.kind == "please_confirm")
        .order_by(OutboxMessage.id.desc())
    ).first() or (None, None)
    if sent_at is not None:
        return min(sent_at + TIME_TO_CLICK, latest)
    is_on_its_way = state in (OutboxState.QUEUED, OutboxState.SENDING)
    return min(at + TIME_TO_CLICK, latest) if is_on_its_way else at


def extend(booking: Booking, until: datetime) -> None:
    """Hold the seats a little longer."""
    db.session.execute(
        update(Booking).where(Booking.id == booking.id, Booking.state == BookingState.HELD).values(held_until=until),
        execution_options=SILENT,
    )


def close_requests(at: datetime) -> int:
    """End requests nobody can grant any more: their slot has begun, or the event's last day is over."""
    return sum(close_request(booking_id, at) for booking_id in db.session.scalars(ASKED_FOR).all())


@transaction
def close_request(booking_id: int, at: datetime) -> bool:
    """End one request whose time has passed, and say so to whoever asked."""
    booking = booking_with_id(booking_id)
    facts = facts_of(booking)
    if not has_passed(booking, at):
        return False
    still_asks = update(Booking).where(Booking.id == booking.id, Booking.state == BookingState.REQUESTED)
    if not claimed(booking, still_asks.values(state=BookingState.EXPIRED, network_digest=None)):
        return False
    announce(booking, expired_news(booking, facts, was_held=False))
    log.info("request closed", booking_id=booking.id)
    return True


def has_passed(booking: Booking, at: datetime) -> bool:
    """Whether the time somebody asked for, or the last day of the event, lies behind."""
    if booking.slot is not None:
        return booking.slot.starts_at <= at
    last_day = booking.event.last_day
    return last_day is not None and last_day < at.date()
