"""Booking a slot: few hops, one short transaction. The texts are written before it, nothing is left to do after it."""

import hashlib
import json
from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from openday import clock, tokens
from openday.errors import AlreadyBooked, BookingClosed, Busy, EventCancelled, NotFound, PartyTooLarge, SlotFull
from openday.extensions import db
from openday.mailing import messages
from openday.mailing.visit import Visit
from openday.models import AuditEntry, Booking, BookingSeats, OutboxMessage
from openday.models.words import EventState, GuestKind, Mode
from openday.services.availability import announce_step
from openday.services.seats import Claim, audience_of, claim_seats, seats_left
from openday.services.visit import visit_of_slot
from openday.settings import current_settings
from openday.transaction import transaction

log = structlog.get_logger()

TRIES = 3  # against an event that is just being changed, and a booking number that is taken


@dataclass(frozen=True)
class BookingRequest:
    """What a visitor asked for, checked for its shape only. ``mode`` None leaves it to the slot's only way."""

    slot_id: int
    name: str
    email: str
    party_size: int
    nonce: str
    mode: Mode | None = None
    needs: str | None = None
    guest_kind: GuestKind = GuestKind.PUBLIC
    language: str = "de"

    @property
    def payload_digest(self) -> str:
        """SHA-256 over everything but the nonce: tells a repeated form from a changed one."""
        content = [self.slot_id, self.name, self.email, self.party_size, self.mode, self.needs, self.guest_kind]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """The booking number to read aloud and the secret that opens the booking."""

    reference: str
    token: str


def book_slot(request: BookingRequest, visit: Visit | None = None) -> Receipt:
    """Take the seats and queue the confirmation mail.

    A ``visit`` that was just read saves reading it again; whether it still holds is decided with the seats. The same
    form sent again is the same booking. Raises ``SlotFull``, ``BookingClosed``, ``EventCancelled``, ``PartyTooLarge``,
    ``NotFound``, and ``AlreadyBooked`` when the same form comes back with other content.
    """
    token = tokens.derived_token(current_settings().signing_key(), "booking", request.nonce)
    for attempt in range(1, TRIES + 1):
        try:
            visit = bookable_visit(request, visit if attempt == 1 else None)
            booking = draft_booking(request, visit, token)
            message = messages.booking_confirmed(booking, visit, token)
            if store_booking(booking, message, visit):
                return Receipt(booking.reference, token)
        except (SlotFull, BookingClosed, EventCancelled, PartyTooLarge, NotFound):
            if repeated := repeated_booking(request, token):
                return repeated
            raise
        except IntegrityError:
            if repeated := repeated_booking(request, token):
                return repeated
            if attempt == TRIES:
                raise
    raise Busy


def bookable_visit(request: BookingRequest, known: Visit | None = None) -> Visit:
    """Return the slot's facts if it may be booked now; raises the refusal that says why not."""
    visit = known or visit_of_slot(request.slot_id)
    if visit is None or visit.event_state not in (EventState.PUBLISHED, EventState.CANCELLED):
        raise NotFound
    refuse_unless_open(visit)
    if request.party_size > visit.party_limit:
        raise PartyTooLarge(visit.party_limit)
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


def draft_booking(request: BookingRequest, visit: Visit, token: str) -> Booking:
    """Return the booking as it will be stored once its seats are taken."""
    return Booking(
        reference=tokens.new_reference(),
        event_id=visit.event_id,
        slot_id=visit.slot_id,
        mode=request.mode or visit.modes[0],
        guest_kind=request.guest_kind,
        party_size=request.party_size,
        booker_name=request.name,
        booker_email=request.email,
        needs=request.needs,
        language=request.language,
        token_digest=tokens.digest(token),
        nonce=request.nonce,
        payload_digest=request.payload_digest,
        created_at=clock.now(),
        confirmed_at=clock.now(),
        erase_on=visit.erase_on,
    )


@transaction
def store_booking(booking: Booking, message: OutboxMessage, visit: Visit) -> bool:
    """Claim, booking, audit and mail in one commit; False when the event changed after the texts were written."""
    at = clock.now()
    audience = audience_of(booking.guest_kind)
    claim = Claim(
        visit.event_id, visit.slot_id, booking.mode, booking.party_size, visit.event_sequence, at, audience=audience
    )
    seats = claim_seats(claim)
    if seats is None:
        left = seats_left(visit.slot_id, booking.mode, audience, at)
        if left < booking.party_size:
            raise SlotFull(left)
        return False
    booking.seats = [BookingSeats(seat_pool_id=pool_id, seats=number) for pool_id, number in seats.items()]
    db.session.add(booking)
    db.session.flush()  # the mail and the audit entry need booking.id
    message.booking_id = booking.id
    db.session.add_all([message, AuditEntry(action="booked", object_type="booking", object_id=booking.id)])
    announce_step(visit.event_id, visit.campaign_id, at, booking.party_size)
    log.info("slot booked", slot_id=visit.slot_id, booking_id=booking.id)
    return True


def repeated_booking(request: BookingRequest, token: str) -> Receipt | None:
    """Return the receipt of the booking this form made before; raises ``AlreadyBooked`` when it said something else."""
    db.session.rollback()  # what failed must not be read back from this session
    booking = db.session.scalars(select(Booking).where(Booking.nonce == request.nonce)).first()
    if booking is None:
        return None
    if booking.payload_digest != request.payload_digest:
        raise AlreadyBooked(token)
    return Receipt(booking.reference, token)
