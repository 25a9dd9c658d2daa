"""Asking for a visit at a time that has yet to be found: up to three proposals, the host answers."""

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.errors import AlreadyBooked, BookingClosed, EventCancelled, NotFound, PartyTooLarge, Refusal
from openday.extensions import db
from openday.mailing.visit import EventFacts
from openday.mailing.visit_change_mails import visit_corrected
from openday.models import Booking, Event, VisitProposal
from openday.models.words import Awaits, BookingState, EventState, Mode
from openday.services.booking import draft_party, repeated_booking
from openday.services.booking_request import BookingRequest, Proposal
from openday.services.news import news_of
from openday.services.own_booking import own_booking
from openday.services.question import answers_to_keep, still_asked
from openday.services.receipt import Receipt, receipt_of, secret_of
from openday.services.record import record
from openday.services.stored_booking import behind_its_event
from openday.services.visit import event_facts
from openday.transaction import transaction

log = structlog.get_logger()

MOST_PROPOSALS = 3


class NoProposal(Refusal):
    """A request without any time, or with more than three."""

    code = "no_proposal"
    message = _l("Schlagen Sie mindestens einen und höchstens drei Termine vor.")


def request_visit(event_id: int, request: BookingRequest, proposals: tuple[Proposal, ...]) -> Receipt:
    """Store the request without seats and tell host and office; the same form again is the same request.

    ``request.slot_id`` is of no meaning. Raises ``NotFound``, ``EventCancelled``, ``PartyTooLarge``, ``NoProposal`` and
    ``AlreadyBooked``.
    """
    if not 1 <= len(proposals) <= MOST_PROPOSALS:
        raise NoProposal
    secret = secret_of(request.nonce)
    try:
        return store_request(event_id, request, proposals, secret)
    except IntegrityError:
        if repeated := repeated_booking(request, secret):
            return repeated
        raise


@transaction
def store_request(event_id: int, request: BookingRequest, proposals: tuple[Proposal, ...], secret: str) -> Receipt:
    """Request, proposals, audit and mails in one commit."""
    known = db.session.scalars(select(Booking).where(Booking.nonce == request.nonce)).first()
    if known is not None:
        receipt = receipt_of(known, secret)
        if known.payload_digest != request.payload_digest:
            raise AlreadyBooked(receipt.token)
        return receipt
    event = public_event(event_id)
    facts = event_facts(event)
    if request.party_size > facts.party_limit:
        raise PartyTooLarge(facts.party_limit)
    booking = draft_request(request, facts, secret)
    booking.proposed = [
        VisitProposal(
            is_by_host=False, position=position, day=one.day, start_time=one.start_time, day_part=one.day_part
        )
        for position, one in enumerate(proposals)
    ]
    db.session.add(booking)
    db.session.flush()  # the mails need booking.id
    record(booking, "requested", news_of(booking, facts, secret))
    log.info("visit requested", event_id=event_id, booking_id=booking.id)
    return receipt_of(booking, secret)


@transaction
def change_proposals(token: str, proposals: tuple[Proposal, ...]) -> None:
    """Propose other days while the house has not answered, and tell it; the same ones again change nothing.

    Each has a number of its own, so that no house says yes to a day it has not seen. Raises ``NoProposal``,
    ``NotFound`` and ``BookingClosed`` for a request that was answered or is over.
    """
    if not 1 <= len(proposals) <= MOST_PROPOSALS:
        raise NoProposal
    booking = behind_its_event(token)
    if not own_booking(booking).can_propose:
        raise BookingClosed
    known = booking.proposed
    if tuple(Proposal(one.day, one.start_time, one.day_part) for one in known if one.day) == proposals:
        return
    unused = 1 + max(one.position for one in known)
    for one in known:
        db.session.delete(one)
    db.session.add_all(
        VisitProposal(booking_id=booking.id, is_by_host=False, position=position, **vars(one))
        for position, one in enumerate(proposals, unused)
    )
    booking.sequence += 1
    db.session.flush()  # the mail names the new days and carries the risen sequence
    db.session.refresh(booking, ["proposed"])
    record(booking, "proposals_changed", [visit_corrected(booking, event_facts(booking.event))])
    log.info("proposals changed", booking_id=booking.id)


def public_event(event_id: int) -> Event:
    """Return the event if it takes requests; raises ``NotFound`` or ``EventCancelled``."""
    event = db.session.scalars(
        select(Event)
        .where(Event.id == event_id, Event.state.in_((EventState.PUBLISHED, EventState.CANCELLED)))
        .options(joinedload(Event.traeger), selectinload(Event.places))
    ).first()
    if event is None:
        raise NotFound
    if event.state is EventState.CANCELLED:
        raise EventCancelled
    return event


def draft_request(request: BookingRequest, facts: EventFacts, secret: str) -> Booking:
    """Return the request as it will be stored: no time, no seats, the host's turn."""
    booking = draft_party(request, facts, secret)
    booking.state = BookingState.REQUESTED
    booking.awaits = Awaits.HOST
    booking.mode = request.mode or Mode.ONSITE
    booking.network_digest = request.network
    booking.erase_on = facts.erase_without_time_on(clock.today())
    booking.answers = answers_to_keep(still_asked(request.answers), facts.day_without_time(clock.today()))
    return booking
