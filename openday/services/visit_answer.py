"""The host's answer to a request, and what the booker makes of it. The caller of the host's part checked the tenant."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

import structlog
from sqlalchemy import delete, update

from openday import clock
from openday.errors import BookingClosed, EventCancelled, NotFound
from openday.extensions import db
from openday.mailing import visit_request_mails
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage, SeatPool, Slot, VisitProposal
from openday.models.words import Awaits, BookingState, CancelledBy, EventState
from openday.services.availability import announce_event, announce_step, recount
from openday.services.booking_link import link_token
from openday.services.hold import certain_until
from openday.services.listing_change import announce_listing
from openday.services.mailbox_proof import take_late
from openday.services.news import news_of
from openday.services.question import keep_answers_until
from openday.services.record import record
from openday.services.seats import audience_of, release_seats
from openday.services.slot_plan import NoSuchTime
from openday.services.stored_booking import booking_of_link, booking_with_id, claimed
from openday.services.visit import facts_of, visit_from, visits_of_event
from openday.services.waiting_list import serve_waiting
from openday.transaction import transaction

log = structlog.get_logger()

PENDING = (BookingState.HELD, BookingState.REQUESTED)
MOST_OFFERS = 3


@transaction
def accept_visit(booking_id: int, actor_id: int) -> bool:
    """Say yes to a request for a time; False when somebody answered before.

    A provisional visit is held until the office makes it certain. Raises ``SlotFull`` when no seats are held and none
    are free, ``BookingClosed`` when the time has passed, ``EventCancelled``.
    """
    booking = booking_with_id(booking_id)
    visit = coming_visit(booking)
    if not claim_answer(booking, Awaits.HOST, granted(booking, visit.starts_at)):
        return False
    confirm_seats(booking, visit)
    close_answer(
        booking, [visit_request_mails.visit_confirmed(booking, visit, link_token(booking))], "accepted", actor_id
    )
    return True


@transaction
def accept_proposal(booking_id: int, actor_id: int, position: int, start_time: time, minutes: int) -> bool:
    """Say yes to one of the proposed days: makes a time for this visit alone; False when somebody answered before.

    Raises ``NotFound`` for a proposal that is not there, ``NoSuchTime`` for a clock time that spring skips,
    ``BookingClosed`` for one that has passed.
    """
    booking = booking_with_id(booking_id)
    announce_event(booking.event_id)  # the office may name other days meanwhile
    proposal = db.session.get(VisitProposal, (booking_id, False, position), populate_existing=True)
    if proposal is None or proposal.day is None:
        raise NotFound
    try:
        starts_at = clock.from_berlin(proposal.day, start_time)
    except ValueError as error:
        raise NoSuchTime from error
    if starts_at <= clock.now():
        raise BookingClosed
    if booking.event.state is EventState.CANCELLED:
        raise EventCancelled
    if booking.state not in PENDING or booking.awaits is not Awaits.HOST:
        return False
    slot = own_slot(booking, starts_at, minutes)
    values = granted(booking, starts_at) | {"slot_id": slot.id, "erase_on": visit_from(slot).erase_on}
    if not claim_answer(booking, Awaits.HOST, values):
        db.session.delete(slot)
        return False
    visit = visit_from(slot)
    keep_answers_until(Booking.id == booking.id, visit.day)
    confirm_seats(booking, visit)
    mail = visit_request_mails.visit_confirmed(booking, visit, link_token(booking))
    close_answer(booking, [mail], "proposal accepted", actor_id)
    recount(booking.event_id, clock.now())
    return True


@transaction
def decline_visit(booking_id: int, actor_id: int, reason: str) -> bool:
    """Say no, with a reason; seats that were held are free again. False when somebody answered before."""
    booking = booking_with_id(booking_id)
    facts = facts_of(booking)
    values = {"state": BookingState.DECLINED, "awaits": None, "held_until": None, "cancelled_by": CancelledBy.ORGANISER}
    if not claim_answer(booking, Awaits.HOST, values):
        return False
    free_seats(booking)
    close_answer(booking, [visit_request_mails.visit_declined(booking, facts, reason)], "declined", actor_id)
    serve_waiting(booking.event_id, clock.now())
    return True


@transaction
def offer_times(booking_id: int, actor_id: int, slot_ids: list[int]) -> bool:
    """Offer up to three other times of the event; the booker picks one. False when somebody answered before.

    Seats that were held are free again; the offered ones are taken by whoever comes first, and the mail says so.
    """
    booking = booking_with_id(booking_id)
    at = clock.now()
    times = [visit for visit in visits_of_event(booking.event_id) if visit.slot_id in slot_ids and visit.starts_at > at]
    if not times:
        raise NotFound
    values = {"state": BookingState.REQUESTED, "awaits": Awaits.BOOKER, "held_until": None}
    if not claim_answer(booking, Awaits.HOST, values):
        return False
    free_seats(booking)
    db.session.execute(delete(VisitProposal).where(VisitProposal.booking_id == booking_id, VisitProposal.is_by_host))
    db.session.add_all(
        VisitProposal(booking_id=booking_id, is_by_host=True, position=position, slot_id=visit.slot_id)
        for position, visit in enumerate(times[:MOST_OFFERS])
    )
    mail = visit_request_mails.other_times(booking, facts_of(booking), link_token(booking), times[:MOST_OFFERS])
    close_answer(booking, [mail], "other times offered", actor_id)
    serve_waiting(booking.event_id, at)
    return True


@transaction
def pick_time(token: str, position: int) -> bool:
    """Take one of the host's times; False when it was taken before.

    Raises ``SlotFull``, ``BookingClosed`` and ``NotFound``.
    """
    booking = booking_of_link(token)
    proposal = db.session.get(VisitProposal, (booking.id, True, position))
    slot = db.session.get(Slot, proposal.slot_id) if proposal and proposal.slot_id else None
    if slot is None:
        raise NotFound
    visit = visit_from(slot)
    refuse_past(visit)
    values = granted(booking, visit.starts_at) | {"slot_id": slot.id, "erase_on": visit.erase_on}
    if not claim_answer(booking, Awaits.BOOKER, values):
        return False
    keep_answers_until(Booking.id == booking.id, visit.day)
    confirm_seats(booking, visit)
    mails = news_of(booking, visit, token)
    close_answer(booking, mails, "time picked", None)
    return True


@transaction
def make_certain(token: str) -> bool:
    """Promise a provisional visit; False when it was before. Raises ``BookingClosed`` once the hold is over."""
    booking = booking_of_link(token)
    if booking.state is BookingState.CONFIRMED:
        return False
    visit = coming_visit(booking)
    if booking.state is not BookingState.HELD or booking.awaits is not Awaits.BOOKER:
        raise BookingClosed
    values = {
        "state": BookingState.CONFIRMED,
        "awaits": None,
        "held_until": None,
        "is_provisional": False,
        "confirmed_at": clock.now(),
    }
    if not claim_answer(booking, Awaits.BOOKER, values):
        raise BookingClosed
    mails = news_of(booking, visit, token)
    close_answer(booking, mails, "made certain", None)
    return True


def coming_visit(booking: Booking) -> Visit:
    """Return the visit of a request for a time; raises ``NotFound`` without one, or why it can't take place."""
    if booking.slot is None:
        raise NotFound
    visit = visit_from(booking.slot)
    refuse_past(visit)
    return visit


def refuse_past(visit: Visit) -> None:
    """Raise ``EventCancelled`` or ``BookingClosed`` for a time that does not come any more."""
    if visit.is_called_off:
        raise EventCancelled
    if visit.is_past:
        raise BookingClosed


def granted(booking: Booking, starts_at: datetime) -> dict[str, object]:
    """Return what a yes makes of a booking: confirmed, or held until a provisional visit is made certain."""
    at = clock.now()
    if booking.is_provisional:
        until = certain_until(starts_at, at)
        return {"state": BookingState.HELD, "awaits": Awaits.BOOKER, "held_until": until}
    return {"state": BookingState.CONFIRMED, "awaits": None, "held_until": None, "confirmed_at": at}


def claim_answer(booking: Booking, turn: Awaits, values: Mapping[str, object]) -> bool:
    """Answer a request that still waits for this turn; whoever answers second changes nothing."""
    announce_event(booking.event_id)
    is_pending = (Booking.id == booking.id, Booking.state.in_(PENDING), Booking.awaits == turn)
    answered = {"network_digest": None, "sequence": Booking.sequence + 1, **values}
    return claimed(booking, update(Booking).where(*is_pending).values(answered))


def confirm_seats(booking: Booking, visit: Visit) -> None:
    """Take the seats of a booking that holds none yet; raises ``SlotFull``, which undoes the answer."""
    if booking.seats:
        return
    take_late(booking)
    announce_step(booking.event_id, visit.campaign_id, clock.now(), booking.party_size)


def free_seats(booking: Booking) -> None:
    """Give back what was held."""
    freed = release_seats(booking.id)
    if freed:
        announce_step(booking.event_id, booking.event.campaign_id, clock.now(), -freed)


def own_slot(booking: Booking, starts_at: datetime, minutes: int) -> Slot:
    """Store a time for one visit alone: its only seats are those of the party."""
    slot = Slot(event_id=booking.event_id, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes))
    slot.pools = [
        SeatPool(mode=booking.mode, audience=audience_of(booking.guest_kind), capacity=booking.party_size, taken=0)
    ]
    db.session.add(slot)
    db.session.flush()  # the booking refers to it
    announce_listing(booking.event.campaign_id, booking.event_id)
    return slot


def close_answer(booking: Booking, mails: list[OutboxMessage], action: str, actor_id: int | None) -> None:
    """Queue the mails and write down who answered what."""
    record(booking, action, mails, actor_id)
    log.info("request answered", booking_id=booking.id, action=action)
