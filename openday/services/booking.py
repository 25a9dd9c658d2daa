"""Booking a slot: few hops, one short transaction. The texts are written before it, nothing is left to do after it."""

from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from openday import clock, tokens
from openday.errors import (
    AlreadyBooked,
    BookingClosed,
    Busy,
    EventCancelled,
    NotFound,
    PartyTooLarge,
    SlotFull,
    TermsNotAccepted,
)
from openday.extensions import db
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage, PoliticalVisit, PressVisit
from openday.models.words import Awaits, BookingState, EventState
from openday.rows import insert_row, insert_rows
from openday.services.availability import announce_step
from openday.services.booking_request import BookingRequest
from openday.services.confirmation import ANSWERED_BY_MAIL, whose_turn
from openday.services.hold import has_budget, held_until
from openday.services.news import news_of
from openday.services.question import answers_to_keep, still_asked
from openday.services.rate_limit import Hit
from openday.services.receipt import Receipt, receipt_of, secret_of
from openday.services.record import announce, record
from openday.services.seats import Claim, Taken, audience_of, claim_event, seat_new_booking, seats_left, take_seats
from openday.services.visit import visit_of_slot
from openday.transaction import transaction

log = structlog.get_logger()

TRIES = 3  # against an event that is just being changed, and a booking number that is taken
OF_FORM = select(Booking).where(Booking.nonce == bindparam("form"))
REFUSALS = (SlotFull, BookingClosed, EventCancelled, PartyTooLarge, NotFound, TermsNotAccepted)


class Outdated(Exception):
    """The event, or what is known of the network, changed after the texts were written: they have to be others."""


def book_slot(request: BookingRequest, visit: Visit | None = None, hit: Hit | None = None) -> Receipt:
    """Take or hold the seats and queue the mails; a ``hit`` is counted with them.

    A ``visit`` that was just read saves reading it again; whether it still holds is decided with the seats. The same
    form sent again is the same booking. Raises ``SlotFull``, ``BookingClosed``, ``EventCancelled``, ``PartyTooLarge``,
    ``NotFound``, ``TermsNotAccepted``, and ``AlreadyBooked`` when the same form comes back with other content.
    """
    secret = secret_of(request.nonce)
    for attempt in range(1, TRIES + 1):
        try:
            visit = bookable_visit(request, visit if attempt == 1 else None)
            booking = draft_booking(request, visit, secret, whose_turn(request, visit, hit))
            is_known = booking.awaits is None and booking.guest_kind not in ANSWERED_BY_MAIL
            news = news_of(booking, visit, secret) if is_known else None
            store_booking(booking, visit, secret, news, hit)
            if hit:
                hit.is_kept = True
            log.info("slot booked", slot_id=visit.slot_id, booking_id=booking.id, state=booking.state.value)
            return receipt_of(booking, secret)
        except Outdated:
            continue
        except REFUSALS:
            if repeated := repeated_booking(request, secret):
                return repeated
            raise
        except IntegrityError:
            if repeated := repeated_booking(request, secret):
                return repeated
            if attempt == TRIES:
                raise
            request = replace(request, answers=still_asked(request.answers))
    raise Busy


def bookable_visit(request: BookingRequest, known: Visit | None = None) -> Visit:
    """Return the slot's facts if it may be booked now; raises the refusal that says why not."""
    visit = known or visit_of_slot(request.slot_id)
    if visit is None or visit.event_state not in (EventState.PUBLISHED, EventState.CANCELLED):
        raise NotFound
    refuse_unless_open(visit)
    if request.party_size > visit.party_limit:
        raise PartyTooLarge(visit.party_limit)
    if visit.terms and request.terms_version != visit.terms_version:
        raise TermsNotAccepted
    if not visit.modes or (request.mode is not None and request.mode not in visit.modes):
        raise NotFound
    left = visit.seats_left(request.mode or visit.modes[0], audience_of(request.guest_kind))
    if left is not None and left < request.party_size:
        raise SlotFull(left)  # a rush for a full slot waits for no lock
    return visit


def refuse_unless_open(visit: Visit) -> None:
    """Raise ``EventCancelled`` or ``BookingClosed`` unless the slot takes bookings at this moment."""
    if visit.is_called_off:
        raise EventCancelled
    if visit.has_closed or not visit.has_opened:
        raise BookingClosed


def draft_booking(request: BookingRequest, visit: Visit, secret: str, awaits: Awaits | None) -> Booking:
    """Return the booking as it will be stored once its seats are taken."""
    at = clock.now()
    booking = draft_party(request, visit, secret)
    booking.slot_id = visit.slot_id
    booking.mode = request.mode or visit.modes[0]
    booking.erase_on = visit.erase_on
    booking.answers = answers_to_keep(request.answers, visit.day)
    booking.created_at = at
    booking.state = BookingState.CONFIRMED if awaits is None else BookingState.HELD
    booking.confirmed_at = at if awaits is None else None
    booking.awaits = awaits
    booking.held_until = None if awaits is None else held_until(request, visit, awaits, at)
    booking.network_digest = None if awaits is None else request.network
    return booking


def draft_party(request: BookingRequest, facts: EventFacts, secret: str) -> Booking:
    """Return who comes, with everything the form said, neither seated nor confirmed."""
    return Booking(
        reference=tokens.new_reference(),
        event_id=facts.event_id,
        guest_kind=request.guest_kind,
        party_size=request.party_size,
        booker_name=request.name,
        booker_email=request.email,
        booker_phone=request.phone,
        guest_name=request.guest_name,
        organisation=request.organisation,
        field_of_work=request.field_of_work,
        needs=request.needs,
        companions=request.companions,
        is_provisional=request.provisional_until is not None,
        language=request.language,
        token_digest=tokens.digest(secret),
        nonce=request.nonce,
        payload_digest=request.payload_digest,
        terms_version=request.terms_version,
        terms_accepted_at=clock.now() if request.terms_version is not None else None,
        political=PoliticalVisit(**vars(request.politics)) if request.politics else None,
        press=PressVisit(**vars(request.press), photo_rule_accepted_at=clock.now()) if request.press else None,
    )


@transaction
def store_booking(
    booking: Booking, visit: Visit, secret: str, news: list[OutboxMessage] | None, hit: Hit | None
) -> None:
    """Booking, audit, mails, hit and claim in one commit; raises :class:`Outdated` when the texts hold no longer.

    What everybody waits for is claimed last. Only ``news`` that depend on whether seats could be held, or name the
    booking to the house, are written behind it.
    """
    at = clock.now()
    if hit:
        hit.count()
        if hit.is_suspicious and booking.awaits is None:
            raise Outdated
    if news is not None:
        write_down(booking)
        announce(booking, news)
    if not claim_event(visit.event_id, visit.event_sequence):
        raise Outdated
    taken = None
    if booking.awaits is not None and not has_budget(booking, at):
        booking.state, booking.held_until = BookingState.REQUESTED, None
        if booking.awaits is Awaits.BOOKER:
            booking.awaits = Awaits.HOST  # without seats there is nothing to make certain
    else:
        taken = seats_for(booking, visit, at)
    if news is None:
        write_down(booking)
        announce(booking, news_of(booking, visit, secret))
    if taken is not None:
        seat_new_booking(booking.id, taken.seats)
        announce_step(visit.event_id, visit.campaign_id, at, booking.party_size, taken.left)


def write_down(booking: Booking) -> None:
    """Store a booking with all it said, and that it was made."""
    booking.id = insert_row(booking)
    parts = [part for part in (booking.political, booking.press, *booking.answers) if part is not None]
    for part in parts:
        part.booking_id = booking.id
    insert_rows(parts)
    record(booking, "booked")


def seats_for(booking: Booking, visit: Visit, at: datetime) -> Taken:
    """Take the seats of a new booking behind the claimed event; raises ``SlotFull``, or :class:`Outdated`."""
    audience = audience_of(booking.guest_kind)
    taken = take_seats(Claim(visit.slot_id, booking.mode, booking.party_size, at, audience))
    if taken is None:
        left = seats_left(visit.slot_id, booking.mode, audience, at)
        raise SlotFull(left) if left < booking.party_size else Outdated
    return taken


def repeated_booking(request: BookingRequest, secret: str) -> Receipt | None:
    """Return the receipt of the booking this form made before; raises ``AlreadyBooked`` when it said something else."""
    db.session.rollback()  # what failed must not be read back from this session
    booking = db.session.scalars(OF_FORM, {"form": request.nonce}).first()
    if booking is None:
        return None
    receipt = receipt_of(booking, secret)
    if booking.payload_digest != request.payload_digest:
        raise AlreadyBooked(receipt.token)
    return receipt
