"""Which mails a booking causes, by whose turn it is. They are written in the transaction that stores it."""

from flask_babel import force_locale
from flask_babel import gettext as _

from openday.mailing import check_mails, messages, visit_change_mails, visit_request_mails
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import Awaits, BookingState, GuestKind
from openday.services.confirmation import ANSWERED_BY_MAIL
from openday.services.suppression import MAILS_PER_OFFICE, may_write_to


def news_of(booking: Booking, facts: EventFacts, secret: str) -> list[OutboxMessage]:
    """Return the mails about a booking or request that was just made, or that moved on.

    Of politics and press, and of everything the host has to answer, the house hears at once.
    """
    if booking.awaits is Awaits.MAILBOX and isinstance(facts, Visit):
        return check_of(booking, facts, secret)
    if booking.awaits is None and isinstance(facts, Visit):
        news = [confirmation_of(booking, facts, secret)]
    else:
        news = receipt_of_request(booking, facts, secret)
    if booking.guest_kind in ANSWERED_BY_MAIL or booking.awaits is Awaits.HOST:
        for_host = visit_request_mails.request_for_host(booking, facts)
        news += [for_host] if for_host else []
    return news


def check_of(booking: Booking, visit: Visit, secret: str) -> list[OutboxMessage]:
    """Return the check mail, or nothing for an address that wants none or got too many today."""
    if not may_write_to(booking.booker_email, booking.event_id):
        return []
    return [check_mails.please_confirm(booking, visit, secret, booking.held_until)]


def receipt_of_request(booking: Booking, facts: EventFacts, secret: str) -> list[OutboxMessage]:
    """Return the receipt, or nothing for an address that wants no mail or got too many today."""
    if not may_write_to(booking.booker_email, booking.event_id, MAILS_PER_OFFICE):
        return []
    return [visit_request_mails.visit_requested(booking, facts, secret)]


def confirmation_of(booking: Booking, visit: Visit, secret: str) -> OutboxMessage:
    """Return the confirmation in the words of the guest's kind."""
    if booking.guest_kind in (GuestKind.POLITICS, GuestKind.PRESS):
        return visit_request_mails.visit_confirmed(booking, visit, secret)
    return messages.booking_confirmed(booking, visit, secret)


def expired_news(booking: Booking, facts: EventFacts, *, was_held: bool) -> list[OutboxMessage]:
    """Return the mails about a hold that ran out or a request whose time has passed.

    The house hears of a provisional visit nobody promised. Who never opened the check mail hears nothing more.
    """
    if booking.awaits is Awaits.MAILBOX or booking.state is not BookingState.EXPIRED:
        return []
    is_lapsed = was_held and booking.awaits is Awaits.BOOKER
    with force_locale(booking.language):
        if is_lapsed:
            reason = _("Der Besuch war vorläufig und wurde nicht fest zugesagt. Der Platz ist wieder frei.")
        elif booking.awaits is Awaits.BOOKER:
            reason = _("Von den angebotenen Zeiten wurde keine gewählt.")
        else:
            reason = _("Die Einrichtung hat nicht rechtzeitig geantwortet.")
    for_host = visit_change_mails.visit_given_up(booking, facts, "lapsed") if is_lapsed else None
    declined = visit_request_mails.visit_declined(booking, facts, reason, is_typed=False)
    return [declined, for_host] if for_host else [declined]
