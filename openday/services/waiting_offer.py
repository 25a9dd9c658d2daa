"""Seats offered to somebody who waits: taken, passed on, or left until the offer lapses."""

from datetime import datetime

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import aliased

from openday import clock
from openday.errors import BookingClosed, EventCancelled, Refusal
from openday.extensions import db
from openday.mailing import waiting_mails
from openday.models import Booking, Event, OutboxMessage, Slot
from openday.models.words import BookingState, CancelledBy, EventState, OutboxState, SlotState
from openday.services.availability import announce_event, announce_step
from openday.services.booking_link import link_token
from openday.services.cancellation import give_up
from openday.services.news import news_of
from openday.services.question import keep_answers_until
from openday.services.seats import SILENT, release_seats
from openday.services.stored_booking import booking_of_link, booking_with_id
from openday.services.visit import event_facts, facts_of, visit_from
from openday.services.waiting_list import add_news, claim_turn, confirmed, seat_news, serve_waiting
from openday.services.waiting_place import is_last_offer, place_in_line, waits_for_any_time
from openday.services.waiting_queue import is_short_notice, offer_ends_at
from openday.transaction import transaction

log = structlog.get_logger()

TAKEN = (BookingState.CONFIRMED, BookingState.HELD)


class OfferOver(Refusal):
    """The seats are not held for this entry any more."""

    code = "offer_over"
    message = _l("Das Angebot gilt nicht mehr.")


@transaction
def accept_offer(token: str) -> BookingState:
    """Take the offered seats and return where the booking stands now; again changes nothing.

    Raises ``OfferOver`` after its end, ``EventCancelled``, ``BookingClosed`` once the visit has begun, ``NotFound``.
    """
    booking = booking_of_link(token)
    if booking.state in TAKEN:
        return booking.state
    if booking.state is not BookingState.OFFERED or booking.slot is None:
        raise OfferOver
    visit = visit_from(booking.slot)
    if visit.is_called_off:
        raise EventCancelled
    if visit.is_past:
        raise BookingClosed
    at = clock.now()
    announce_event(booking.event_id)
    values = confirmed(booking.awaits, visit.starts_at, at)
    if not claim_turn(booking, BookingState.OFFERED, values, Booking.held_until > at):
        if booking.state in TAKEN:
            return booking.state
        raise OfferOver
    add_news(booking, news_of(booking, visit, token), "offer accepted")
    return booking.state


@transaction
def pass_on(token: str) -> bool:
    """Let the next in line have the offered seats; False when there was no offer any more.

    An entry for one time ends with it; one for any time keeps its place, and is not offered that time again. Raises
    ``NotFound``.
    """
    booking = booking_of_link(token)
    if booking.state is not BookingState.OFFERED:
        return False
    if not waits_for_any_time(booking):
        return give_up(booking, CancelledBy.VISITOR, actor_id=None)
    at = clock.now()
    announce_event(booking.event_id)
    if not claim_turn(booking, BookingState.OFFERED, back_in_line(booking)):
        return False
    free_seats(booking, at)
    add_news(booking, [], "offer passed on")
    serve_waiting(booking.event_id, at)
    return True


def back_in_line(booking: Booking) -> dict[str, object]:
    """Return what makes an offer an entry again; who waits for any time has none then."""
    values: dict[str, object] = {"state": BookingState.WAITING, "held_until": None}
    if waits_for_any_time(booking):
        values |= {"slot_id": None, "erase_on": event_facts(booking.event).erase_without_time_on(clock.today())}
    return values


def free_seats(booking: Booking, at: datetime) -> None:
    """Give back what was offered; whoever calls serves the line next.

    Without a time, answers are kept as long as the whole entry again.
    """
    if booking.slot_id is None:
        day = event_facts(booking.event).day_without_time(clock.today())
        keep_answers_until(Booking.id == booking.id, day)
    announce_step(booking.event_id, booking.event.campaign_id, at, -release_seats(booking.id))


LAPSED = (
    select(Booking.id)
    .where(Booking.state == BookingState.OFFERED, Booking.held_until <= bindparam("at"))
    .order_by(Booking.held_until, Booking.id)
)


def lapse_offers(at: datetime) -> int:
    """End every offer nobody took in time and give the seats to the next; each on its own. For the worker."""
    return sum(lapse(booking_id, at) for booking_id in db.session.scalars(LAPSED, {"at": at}).all())


@transaction
def lapse(booking_id: int, at: datetime) -> bool:
    """End one offer unless it was taken meanwhile; one whose mail never left is made once more."""
    booking = booking_with_id(booking_id)
    if booking.slot is None or booking.state is not BookingState.OFFERED:
        return False
    announce_event(booking.event_id)
    starts_at = booking.slot.starts_at
    if not is_short_notice(starts_at, at) and withhold_unsent(booking_id):
        renew(booking, at)
        return True
    is_over = Booking.held_until <= at
    if is_last_offer(booking) or (starts_at <= at and not waits_for_any_time(booking)):
        ended = claim_turn(booking, BookingState.OFFERED, END, is_over)
    else:
        values = back_in_line(booking) | {"waits_since": at, "overtaken": 0, "offers_lapsed": booking.offers_lapsed + 1}
        if waits_for_any_time(booking):
            values |= {"passed_slots": tuple(one for one in booking.passed_slots if one != str(booking.slot_id))}
        ended = claim_turn(booking, BookingState.OFFERED, values, is_over)
    if not ended:
        return False
    free_seats(booking, at)
    serve_waiting(booking.event_id, at)
    db.session.refresh(booking)
    add_news(booking, news_of_lapse(booking), "offer lapsed")
    return True


END: dict[str, object] = {"state": BookingState.EXPIRED, "awaits": None, "held_until": None}


def news_of_lapse(booking: Booking) -> list[OutboxMessage]:
    """Return the mail about an offer that lapsed; who is offered the next seat at once has a mail already."""
    if booking.state is BookingState.WAITING:
        return [waiting_mails.offer_over(booking, facts_of(booking), link_token(booking), place_in_line(booking))]
    if booking.state is BookingState.EXPIRED:
        return [waiting_mails.waiting_over(booking, facts_of(booking), had_offers=True)]
    return []


def withhold_unsent(booking_id: int) -> bool:
    """Stop the mail of an offer that still waits to be sent; True when there was one: nobody has read it."""
    stopped = db.session.scalars(
        update(OutboxMessage)
        .where(
            OutboxMessage.booking_id == booking_id,
            OutboxMessage.kind == "seat_offered",
            OutboxMessage.state == OutboxState.QUEUED,
        )
        .values(state=OutboxState.WITHHELD)
        .returning(OutboxMessage.id),
        execution_options=SILENT,
    ).all()
    return bool(stopped)


def renew(booking: Booking, at: datetime) -> None:
    """Make an offer once more from now on: the worker or the mail server was away while the first one ran out."""
    assert booking.slot is not None  # noqa: S101 - an offer is of a time
    until: dict[str, object] = {"held_until": offer_ends_at(at, booking.slot.starts_at)}
    if claim_turn(booking, BookingState.OFFERED, until):
        add_news(booking, seat_news(booking, visit_from(booking.slot)), "offer renewed")


coming = aliased(Slot)
HAS_TIMES = (
    select(coming.id)
    .where(coming.event_id == Booking.event_id, coming.state == SlotState.OPEN, coming.starts_at > bindparam("at"))
    .exists()
)
OVER = (
    select(Booking.id)
    .join(Event, Event.id == Booking.event_id)
    .outerjoin(Slot, Slot.id == Booking.slot_id)
    .where(
        Booking.state == BookingState.WAITING,
        Event.state == EventState.PUBLISHED,
        or_(
            Slot.starts_at <= bindparam("at"),
            Slot.state == SlotState.CANCELLED,
            Booking.slot_id.is_(None) & ~HAS_TIMES,
        ),
    )
    .order_by(Booking.id)
)


def end_waits(at: datetime) -> int:
    """End the entries whose time has come, or whose event has no time left; each on its own. For the worker."""
    return sum(end_wait(booking_id) for booking_id in db.session.scalars(OVER, {"at": at}).all())


@transaction
def end_wait(booking_id: int) -> bool:
    """End one entry and say so."""
    booking = booking_with_id(booking_id)
    announce_event(booking.event_id)
    if not claim_turn(booking, BookingState.WAITING, END):
        return False
    add_news(booking, [waiting_mails.waiting_over(booking, facts_of(booking), had_offers=False)], "waiting over")
    return True
