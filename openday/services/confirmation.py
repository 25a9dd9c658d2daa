"""Whose turn it is before a booking stands: nobody's, the mailbox', the host's, or the booker's own.

Politics and press are always answered the same way, whoever asks: the truth goes to the mailbox.
"""

from sqlalchemy import case, exists, func, select

from openday.extensions import db
from openday.mailing.suppression import address_digest
from openday.mailing.visit import EventFacts
from openday.models import Booking, Suppression
from openday.models.words import OPEN_STATES, Awaits, Confirmation, GuestKind
from openday.services.booking_request import BookingRequest
from openday.services.suppression import MAILS_PER_ADDRESS, was_at_once
from openday.settings import current_settings

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
    """Whether a booking of the public is worth a look into the mailbox: large, protected, a flood, or a second one.

    So is an address that wants no mail from strangers, or had enough of it today: only a check mail can be withheld.
    """
    if request.party_size > LARGE_PARTY or facts.is_protected or request.is_suspicious:
        return True
    is_open_here = (Booking.event_id == facts.event_id) & Booking.state.in_(OPEN_STATES)
    here, today, wants_silence = db.session.execute(
        select(
            func.count(case((is_open_here, 1))),
            func.count(case((was_at_once(), 1))),
            exists().where(Suppression.address_digest == address_digest(request.email)),
        ).where(Booking.booker_email == request.email)
    ).one()
    had_enough = current_settings().has_rate_limits and today >= MAILS_PER_ADDRESS.amount
    return bool(here or wants_silence or had_enough)
