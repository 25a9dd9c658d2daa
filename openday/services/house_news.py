"""What a house reads about its events without asking: new bookings in the morning, tomorrow's numbers. For the worker.

Politics and press are told at once and not counted as news; so is everything the house has to say yes to.
"""

from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy import ColumnElement, and_, case, exists, func, literal, select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.extensions import db
from openday.mailing.house_mails import DIGEST, TOMORROW, Expected, NewBookings, new_bookings, tomorrow
from openday.mailing.visit import EventFacts
from openday.models import Booking, Event, OutboxMessage, SeatPool, Slot
from openday.models.types import Instant
from openday.models.words import BookingState, Confirmation, EventState, GuestKind, SlotState
from openday.services.availability import announce_event
from openday.services.confirmation import ANSWERED_BY_MAIL
from openday.services.visit import event_facts
from openday.transaction import transaction

log = structlog.get_logger()

MORNING = time(7)
AFTERNOON = time(15)  # guests who were reminded at ten have cancelled by then, and somebody can still print the list
FIRST_DIGEST = timedelta(days=7)  # so far back goes the first one
LATE_COMMIT = timedelta(minutes=1)  # whoever booked at seven has been stored by then


def send_digests(at: datetime) -> int:
    """Tell each house once a day, from seven in the morning on, what was booked since it was last told."""
    day = clock.to_berlin(at).date()
    until = clock.from_berlin(day, MORNING)
    if at < until + LATE_COMMIT:
        return 0
    return sum(digest_of(event_id, day, at) for event_id in events_with(is_news(until, at), DIGEST, day))


def send_numbers(at: datetime) -> int:
    """Tell each house in the afternoon how many come tomorrow."""
    day = clock.to_berlin(at).date() + timedelta(days=1)
    if at < clock.from_berlin(day - timedelta(days=1), AFTERNOON):
        return 0
    return sum(numbers_of(event_id, day) for event_id in events_with(is_expected(day), TOMORROW, day))


def events_with(condition: ColumnElement[bool], kind: str, day: date) -> list[int]:
    """Return the public events that can be written to and have such bookings, but no mail of the kind for the day."""
    ids = db.session.scalars(
        select(Booking.event_id)
        .join(Booking.slot)
        .join(Event, Event.id == Booking.event_id)
        .where(condition, Event.state == EventState.PUBLISHED, Event.contact_email.is_not(None), ~is_told(kind, day))
        .distinct()
        .order_by(Booking.event_id)
    ).all()
    db.session.rollback()  # reading is over: each event is read again behind its own row
    return list(ids)


def is_told(kind: str, day: date) -> ColumnElement[bool]:
    """Return the condition that the event of the statement has its mail of a kind for a day."""
    return exists().where(
        OutboxMessage.event_id == Event.id, OutboxMessage.kind == kind, OutboxMessage.version == day.toordinal()
    )


def is_news(until: datetime, at: datetime) -> ColumnElement[bool]:
    """Return the condition of a booking to come that its house has not read of."""
    last = (
        select(func.max(OutboxMessage.created_at))
        .where(OutboxMessage.event_id == Event.id, OutboxMessage.kind == DIGEST)
        .correlate(Event)
        .scalar_subquery()
    )
    return and_(
        Slot.starts_at > at,
        Booking.state == BookingState.CONFIRMED,
        Booking.guest_kind.not_in(ANSWERED_BY_MAIL),
        Event.confirmation != Confirmation.APPROVAL,
        Booking.confirmed_at > func.coalesce(last, literal(until - FIRST_DIGEST, Instant())),
        Booking.confirmed_at <= until,
    )


def is_expected(day: date) -> ColumnElement[bool]:
    """Return the condition of a booking that has seats on a day."""
    first, last = (clock.from_berlin(one, time()) for one in (day, day + timedelta(days=1)))
    return and_(
        Slot.starts_at >= first,
        Slot.starts_at < last,
        Slot.state == SlotState.OPEN,
        Booking.state == BookingState.CONFIRMED,
    )


@transaction
def digest_of(event_id: int, day: date, at: datetime) -> int:
    """Queue the digest of one event; its ``created_at`` is the hour up to which it counts."""
    facts = announced_facts(event_id)
    until = clock.from_berlin(day, MORNING)
    if facts is None or is_told_already(event_id, DIGEST, day):
        return 0
    bookings, persons = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Booking.party_size), 0))
        .join(Booking.slot)
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.event_id == event_id, is_news(until, at))
    ).one()
    mail = new_bookings(facts, day, NewBookings(bookings, int(persons), *seats_of(event_id, at))) if bookings else None
    if mail is None:
        return 0
    mail.created_at = until
    db.session.add(mail)
    log.info("house told of new bookings", event_id=event_id, bookings=bookings)
    return 1


@transaction
def numbers_of(event_id: int, day: date) -> int:
    """Queue the numbers of one event for the day that comes."""
    facts = announced_facts(event_id)
    if facts is None or is_told_already(event_id, TOMORROW, day):
        return 0
    row = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Booking.party_size), 0),
            func.min(Slot.starts_at),
            *(func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in PREPARED_FOR),
        )
        .join(Booking.slot)
        .where(Booking.event_id == event_id, is_expected(day))
    ).one()
    bookings, persons, first, *prepared = row
    if not bookings:
        return 0
    mail = tomorrow(facts, day, Expected(bookings, int(persons), first, *map(int, prepared)))
    if mail is None:
        return 0
    mail.expires_at = clock.from_berlin(day, time())
    db.session.add(mail)
    log.info("house told of tomorrow", event_id=event_id, bookings=bookings)
    return 1


PREPARED_FOR = (
    Booking.guest_kind == GuestKind.POLITICS,
    Booking.guest_kind == GuestKind.PRESS,
    Booking.needs.is_not(None),
)


def announced_facts(event_id: int) -> EventFacts | None:
    """Hold the event's row and return its facts as they are then, None for one that is not public any more."""
    announce_event(event_id)
    event = db.session.scalars(
        select(Event)
        .where(Event.id == event_id, Event.state == EventState.PUBLISHED)
        .options(joinedload(Event.traeger), selectinload(Event.places))
        .execution_options(populate_existing=True)
    ).first()
    return None if event is None else event_facts(event)


def is_told_already(event_id: int, kind: str, day: date) -> bool:
    """Whether another worker was faster."""
    return db.session.scalar(select(Event.id).where(Event.id == event_id, is_told(kind, day))) is not None


def seats_of(event_id: int, at: datetime) -> tuple[int, int | None]:
    """Return the taken seats of all times to come, and all of them; None without a limit."""
    taken, seats, unlimited = db.session.execute(
        select(func.sum(SeatPool.taken), func.sum(SeatPool.capacity), func.count().filter(SeatPool.capacity.is_(None)))
        .join(Slot, Slot.id == SeatPool.slot_id)
        .where(Slot.event_id == event_id, Slot.state == SlotState.OPEN, Slot.starts_at > at)
    ).one()
    return int(taken or 0), None if unlimited else int(seats or 0)
