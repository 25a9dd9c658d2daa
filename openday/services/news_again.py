"""Where a booking stands, told once more: to a corrected address, or because somebody else comes."""

from openday.mailing import messages, visit_change_mails, visit_request_mails, waiting_mails
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import Awaits, BookingState
from openday.services.confirmation import hears_at_once, is_told_at_once
from openday.services.own_booking import own_booking
from openday.services.own_visit import offered_times
from openday.services.visit import facts_of
from openday.services.waiting_place import is_last_offer, place_in_line


def news_again(booking: Booking, token: str, version: int, *, may_write: bool = True) -> list[OutboxMessage]:
    """Return the mail to the booker unless it may not be written, and for politics and press the one to the house.

    ``version`` is that of a confirmation to a corrected address; all others carry the booking's risen ``sequence``.
    """
    facts = facts_of(booking)
    mails = [
        standing_of(booking, facts, token, version) if may_write else None,
        visit_change_mails.visit_corrected(booking, facts) if hears_at_once(booking) else None,
    ]
    return list(filter(None, mails))


def standing_of(booking: Booking, facts: EventFacts, token: str, version: int) -> OutboxMessage:
    """Return the mail that belongs to the state of a booking."""
    if booking.state is BookingState.WAITING:
        return waiting_mails.waiting_joined(booking, facts, token, place_in_line(booking))
    if booking.state is BookingState.REQUESTED and booking.awaits is Awaits.BOOKER:
        times = [one.visit for one in offered_times(own_booking(booking))]
        return visit_request_mails.other_times(booking, facts, token, times)
    if isinstance(facts, Visit) and booking.state is BookingState.OFFERED:
        return waiting_mails.seat_offered(booking, facts, token, is_last=is_last_offer(booking))
    if isinstance(facts, Visit) and booking.state is BookingState.CONFIRMED:
        if is_told_at_once(booking):
            return visit_request_mails.visit_confirmed(booking, facts, token)
        return messages.address_corrected(booking, facts, token, version)
    return visit_request_mails.visit_requested(booking, facts, token)
