"""Which mails a booking causes, by whose turn it is. They are written in the transaction that stores it."""

from openday.mailing import messages
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage


def news_of(booking: Booking, facts: EventFacts, secret: str) -> list[OutboxMessage]:
    """Return the mails about a booking or request that was just made, or that moved on."""
    assert isinstance(facts, Visit)  # noqa: S101
    return [messages.booking_confirmed(booking, facts, secret)]


def expired_news(booking: Booking, facts: EventFacts) -> list[OutboxMessage]:
    """Return the mails about a hold that ran out or a request whose time has passed."""
    return []
