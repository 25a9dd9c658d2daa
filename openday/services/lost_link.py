"""Somebody lost the link to a booking. Whoever asks gets the same answer for every address, at the same price.

The request only puts one row aside, whatever the address; the worker looks up the bookings and writes the mail. The
links in it are those of the first mails: no link is replaced, so a stranger who asks can void nobody's.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from openday import clock, tokens
from openday.extensions import db
from openday.mailing import check_mails
from openday.mailing.check_mails import LinkedBooking
from openday.mailing.messages import message_id
from openday.models import Booking, Event, OutboxMessage, Slot
from openday.models.words import OPEN_STATES, Awaits, BookingState, OutboxState
from openday.services.booking_link import link_token
from openday.services.correction import next_version
from openday.services.own_booking import ROOM_CLOSES
from openday.services.stored_booking import booking_of_link
from openday.services.suppression import may_write_to
from openday.services.visit import facts_of
from openday.transaction import transaction

log = structlog.get_logger()

KIND = "lost_link"
PATIENCE = timedelta(days=1)  # a request nobody looked at for so long is forgotten


@transaction
def ask_for_links(email: str, language: str) -> None:
    """Put the question aside for the worker. The row is due only when it has expired: no empty mail goes out."""
    never = clock.now() + PATIENCE
    db.session.add(
        OutboxMessage(
            kind=KIND,
            message_id=message_id(tokens.new_token(), KIND, 1),
            recipient=email,
            language=language,
            is_unasked=True,
            subject="",
            text="",
            html="",
            due_at=never,
            expires_at=never,
        )
    )
    log.info("lost link asked for")


def answer_lost_links(at: datetime) -> int:
    """Write the mails that were asked for; a question that has no answer is forgotten. Returns how many there were."""
    asked = db.session.scalars(
        select(OutboxMessage.id)
        .where(
            OutboxMessage.kind == KIND,
            OutboxMessage.state == OutboxState.QUEUED,
            OutboxMessage.text == "",
            OutboxMessage.due_at > at,
        )
        .order_by(OutboxMessage.id)
    ).all()
    return sum(answer(message, at) for message in asked)


@transaction
def answer(message: int, at: datetime) -> bool:
    """Write one mail, or forget the question; False when another worker was first."""
    claimed = db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message, OutboxMessage.state == OutboxState.QUEUED, OutboxMessage.due_at > at)
        .values(due_at=at)
        .returning(OutboxMessage.recipient, OutboxMessage.language),
        execution_options={"synchronize_session": False},
    ).first()
    if claimed is None:
        return False
    bookings = coming_bookings(claimed.recipient, at)
    if not bookings or not may_write_to(claimed.recipient):
        db.session.execute(delete(OutboxMessage).where(OutboxMessage.id == message))
        log.info("lost link not answered", message=message)
        return True
    texts = check_mails.lost_link(claimed.recipient, claimed.language, [linked(booking) for booking in bookings])
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message)
        .values(subject=texts.subject, text=texts.text, html=texts.html),
        execution_options={"synchronize_session": False},
    )
    log.info("lost link answered", message=message, bookings=len(bookings))
    return True


def coming_bookings(email: str, at: datetime) -> list[Booking]:
    """Return the bookings of an address that are not over, by their time; a session that runs counts."""
    can_still_click = and_(Booking.state == BookingState.EXPIRED, Booking.awaits == Awaits.MAILBOX, Slot.starts_at > at)
    is_to_come = or_(Slot.id.is_(None), Slot.starts_at > at - ROOM_CLOSES, Slot.ends_at > at)
    found = db.session.scalars(
        select(Booking)
        .outerjoin(Booking.slot)
        .where(Booking.booker_email == email, or_(and_(Booking.state.in_(OPEN_STATES), is_to_come), can_still_click))
        .order_by(Slot.starts_at, Booking.id)
        .options(
            joinedload(Booking.event).options(joinedload(Event.traeger), selectinload(Event.places)),
            joinedload(Booking.slot).selectinload(Slot.pools),
        )
    )
    return list(found.unique())


def linked(booking: Booking) -> LinkedBooking:
    """Return a booking with its facts and the secret of its link."""
    facts = facts_of(booking)
    return LinkedBooking(facts, link_token(booking))


@transaction
def resend_link(token: str) -> None:
    """Send the link of a booking once more to its address, if that wants mail; raises ``NotFound`` for a wrong link."""
    booking = booking_of_link(token)
    if not may_write_to(booking.booker_email):
        return
    facts = facts_of(booking)
    texts = check_mails.lost_link(booking.booker_email, booking.language, [LinkedBooking(facts, token)])
    version = next_version(booking.id)
    db.session.add(
        OutboxMessage(
            kind=KIND,
            version=version,
            booking_id=booking.id,
            event_id=booking.event_id,
            message_id=message_id(booking.reference, KIND, version),
            recipient=booking.booker_email,
            language=booking.language,
            is_unasked=True,
            subject=texts.subject,
            text=texts.text,
            html=texts.html,
        )
    )
    log.info("link sent again", booking_id=booking.id)
