"""Whose turn it is before a booking stands: nobody's, the mailbox', the host's, or the booker's own.

Politics and press are always answered the same way, whoever asks: the truth goes to the mailbox.
"""

from limits import RateLimitItemPerDay
from sqlalchemy import Row, bindparam, case, exists, func, or_, select

from openday import clock
from openday.extensions import db
from openday.mailing.suppression import address_digest
from openday.mailing.visit import EventFacts
from openday.models import Booking, Suppression
from openday.models.words import OPEN_STATES, Awaits, BookingState, Confirmation, GuestKind
from openday.services.booking_request import BookingRequest
from openday.services.rate_limit import HITS, Hit
from openday.services.suppression import MAILS_PER_ADDRESS, MAILS_PER_EVENT, MAILS_PER_OFFICE, a_day_ago, was_at_once
from openday.settings import current_settings

LARGE_PARTY = 5
ANSWERED_BY_MAIL = (GuestKind.POLITICS, GuestKind.PRESS)


def is_told_at_once(booking: Booking) -> bool:
    """Whether the house hears of everything about this guest at once, not in the morning."""
    return booking.guest_kind in ANSWERED_BY_MAIL


def hears_at_once(booking: Booking) -> bool:
    """Whether the house hears at once of what is changed: by politics and press, and while it has to answer."""
    is_asked = booking.awaits is Awaits.HOST and booking.state in (BookingState.HELD, BookingState.REQUESTED)
    return is_told_at_once(booking) or is_asked


def mails_per_day(booking: Booking) -> RateLimitItemPerDay:
    """Return how many mails its address may get unasked: offices and newsrooms book for several people."""
    return MAILS_PER_OFFICE if is_told_at_once(booking) else MAILS_PER_ADDRESS


def whose_turn(request: BookingRequest, facts: EventFacts, hit: Hit | None = None) -> Awaits | None:
    """Return who has to act before the booking is confirmed; None when it is confirmed at once.

    Raises ``TooManyRequests`` for a ``hit`` that is known to be one too many.
    """
    if request.guest_kind is GuestKind.PRESS or request.asks_host or facts.confirmation is Confirmation.APPROVAL:
        return Awaits.HOST
    if request.guest_kind is GuestKind.POLITICS:
        if request.provisional_until and not facts.is_protected:
            return Awaits.BOOKER
        is_for_host = facts.is_protected or had_enough(
            request, facts
        )  # a mailbox of a parliament is no proof of goodwill
        return Awaits.HOST if is_for_host else None
    if facts.confirmation is Confirmation.ALWAYS or is_odd(request, facts, hit):
        return Awaits.MAILBOX
    return None


def had_enough(request: BookingRequest, facts: EventFacts) -> bool:
    """Whether an office wants no mail from strangers, or had as many confirmations today as one gets unasked."""
    known = known_of(request.email, facts.event_id)
    is_much = known.at_once_here >= MAILS_PER_EVENT.amount or known.at_once >= MAILS_PER_OFFICE.amount
    return bool(known.wants_silence or (current_settings().has_rate_limits and is_much))


def is_odd(request: BookingRequest, facts: EventFacts, hit: Hit | None = None) -> bool:
    """Whether a booking of the public is worth a look into the mailbox: large, protected, a flood, or a second one.

    So is an address that wants no mail from strangers, or had enough of it today: only a check mail can be withheld.
    """
    if request.party_size > LARGE_PARTY or facts.is_protected or request.is_suspicious:
        return True
    known = known_of(request.email, facts.event_id, hit)
    is_much = current_settings().has_rate_limits and known.at_once >= MAILS_PER_ADDRESS.amount
    return bool(known.open_here or known.wants_silence or is_much or (hit and hit.is_suspicious))


IS_HERE = Booking.event_id == bindparam("event")
IS_AT_ONCE = was_at_once(bindparam("since"))
KNOWN = select(
    func.count(case((IS_HERE & or_(*(Booking.state == state for state in OPEN_STATES)), 1))).label("open_here"),
    func.count(case((IS_HERE & IS_AT_ONCE, 1))).label("at_once_here"),
    func.count(case((IS_AT_ONCE, 1))).label("at_once"),
    exists().where(Suppression.address_digest == bindparam("digest")).label("wants_silence"),
    HITS.scalar_subquery().label("hits"),
).where(Booking.booker_email == bindparam("email"))
"""Asked before every booking, so it is built once."""


def known_of(email: str, event_id: int, hit: Hit | None = None) -> Row[int, int, int, bool, int]:
    """Return how many open bookings an address has at an event, how many it made at once today, there and in all, and
    whether it wants silence; a ``hit`` learns how many there were before it."""
    about = {"email": email, "event": event_id, "since": a_day_ago(), "digest": address_digest(email)}
    counter = {"name": hit.key if hit else "", "now": clock.now().timestamp()}
    known = db.session.connection().execute(KNOWN, about | counter).one()
    if hit:
        hit.expect(known.hits)
    return known
