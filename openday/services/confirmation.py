"""Whose turn it is before a booking stands: nobody's, the mailbox', the host's, or the booker's own.

Politics and press are always answered the same way, whoever asks: the truth goes to the mailbox.
"""

from sqlalchemy import func, select

from openday.extensions import db
from openday.mailing.visit import EventFacts
from openday.models import Booking
from openday.models.words import OPEN_STATES, Awaits, Confirmation, GuestKind
from openday.services.booking_request import BookingRequest

LARGE_PARTY = 5
ANSWERED_BY_MAIL = (GuestKind.POLITICS, GuestKind.PRESS)


def whose_turn(request: BookingRequest, facts: EventFacts) -> Awaits | None:
    """Return who has to act before the booking is confirmed; None when it is confirmed at once."""
    if request.guest_kind is GuestKind.PRESS or request.asks_host or facts.confirmation is Confirmation.APPROVAL:
        return Awaits.HOST
    if request.guest_kind is GuestKind.POLITICS:
        if facts.is_protected:
            return Awaits.HOST  # a mailbox of a parliament is no proof of goodwill
        return Awaits.BOOKER if request.provisional_until else None
    if facts.confirmation is Confirmation.ALWAYS or is_odd(request, facts):
        return Awaits.MAILBOX
    return None


def is_odd(request: BookingRequest, facts: EventFacts) -> bool:
    """Whether a booking of the public is worth a look into the mailbox: large, protected, a flood, or a second one."""
    if request.party_size > LARGE_PARTY or facts.is_protected or request.is_suspicious:
        return True
    return open_bookings_of(request.email, facts.event_id) > 0


def open_bookings_of(email: str, event_id: int) -> int:
    """Return how many bookings and wishes of an event an address has that are not over."""
    return int(
        db.session.scalar(
            select(func.count()).where(
                Booking.booker_email == email, Booking.event_id == event_id, Booking.state.in_(OPEN_STATES)
            )
        )
        or 0
    )
