"""The room of a digital session: who went in, and another link when the old one got into wrong hands (T21)."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select, update

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.mailing import room_mails
from openday.mailing.room_mails import RoomNews
from openday.mailing.visit import Visit
from openday.models import AuditEntry, Booking, Event, OutboxMessage, Slot
from openday.models.words import BookingState, Mode, SlotState
from openday.services.booking_link import link_token
from openday.services.own_booking import ROOM_CLOSES, ROOM_OPENS, room_of
from openday.services.scope import Scope, editable_event
from openday.services.stored_booking import booking_of_link
from openday.services.visit import visits_of_event
from openday.transaction import transaction

log = structlog.get_logger()


class RoomClosed(Refusal):
    """The session is not open for this booking at this moment."""

    code = "room_closed"


@dataclass(frozen=True)
class RoomUse:
    """How many online bookings an event has, how many of them are told of a new link, how many went in."""

    bookings: int
    to_tell: int
    joined: int


@transaction
def join_room(token: str) -> None:
    """Note that the party went in, the first time only; raises ``RoomClosed``, and ``NotFound`` for a wrong link."""
    booking = booking_of_link(token)
    room = room_of(booking)
    if room is None or room.url is None:
        raise RoomClosed
    first = db.session.scalar(
        update(Booking)
        .where(Booking.id == booking.id, Booking.state == BookingState.CONFIRMED, Booking.joined_at.is_(None))
        .values(joined_at=clock.now())
        .returning(Booking.id),
        execution_options={"synchronize_session": False},
    )
    if first is not None:
        log.info("room joined", booking_id=booking.id)


def room_use(event_id: int) -> RoomUse:
    """Return what the page of the room says about its guests."""
    is_online = and_(Booking.event_id == event_id, Booking.mode == Mode.ONLINE, Booking.state == BookingState.CONFIRMED)
    bookings, joined = db.session.execute(select(func.count(), func.count(Booking.joined_at)).where(is_online)).one()
    to_tell = db.session.scalar(
        select(func.count()).select_from(Booking).join(Booking.slot).where(is_online, still_needs_room(clock.now()))
    )
    return RoomUse(bookings, int(to_tell or 0), joined)


def still_needs_room(at: datetime) -> ColumnElement[bool]:
    """Return the condition of a time that takes place and whose session is not over."""
    return and_(Slot.state == SlotState.OPEN, or_(Slot.starts_at > at - ROOM_CLOSES, Slot.ends_at > at - ROOM_CLOSES))


@transaction
def change_room(scope: Scope, event_id: int, url: str | None, dial_in: str | None) -> int:
    """Replace the room's link at once and tell everybody confirmed for an online time; return how many that were.

    Without a ``url`` the old link is withdrawn and the next one follows. The mails carry no room link.
    """
    event = editable_event(scope, event_id)
    event.room_url, event.room_dial_in = url, dial_in
    told = tell_guests(event, clock.now())
    db.session.add(
        AuditEntry(
            action="room_changed",
            actor_id=scope.user_id,
            object_type="event",
            object_id=event.id,
            detail=f"{told} bookings told",
        )
    )
    log.info("room changed", event_id=event.id, told=told)
    return told


def tell_guests(event: Event, at: datetime) -> int:
    """Queue the mails of a changed room inside a transaction; return how many."""
    last = db.session.scalar(
        select(func.max(OutboxMessage.version)).where(
            OutboxMessage.event_id == event.id, OutboxMessage.kind == room_mails.KIND
        )
    )
    visits: dict[int | None, Visit] = {visit.slot_id: visit for visit in visits_of_event(event.id)}
    guests = db.session.scalars(
        select(Booking)
        .join(Booking.slot)
        .where(
            Booking.event_id == event.id,
            Booking.mode == Mode.ONLINE,
            Booking.state == BookingState.CONFIRMED,
            still_needs_room(at),
        )
        .order_by(Booking.id)
    ).all()
    mails = []
    for booking in guests:
        visit = visits[booking.slot_id]
        news = RoomNews(visit.starts_at - ROOM_OPENS, bool(event.room_url), (last or 0) + 1)
        mails.append(room_mails.room_changed(booking, visit, link_token(booking), news))
    db.session.add_all(mails)
    return len(mails)
