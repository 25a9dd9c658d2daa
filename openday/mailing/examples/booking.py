"""Examples of what guests get about their booking."""

from datetime import timedelta

from openday.mailing import change_mails, messages
from openday.mailing.examples.example import STARTS_AT, TOKEN, Example, example_visit
from openday.models import Booking, OutboxMessage
from openday.models.words import CancelledBy

CODE_LINKS = {
    "de": "https://offene-tuer.example.org/konto/anmelden/link/abc",
    "en": "https://offene-tuer.example.org/en/konto/anmelden/link/abc",
}


def code(booking: Booking, *, is_unasked: bool) -> OutboxMessage:
    """Return a sign-in code, ``is_unasked`` for an address anybody may have typed."""
    until, language = STARTS_AT + timedelta(minutes=15), booking.language
    link = CODE_LINKS[language]
    return messages.sign_in_code("olga@example.org", "481930", link, until, language, is_unasked=is_unasked)


EXAMPLES = (
    Example("booking_confirmed", lambda booking, visit: messages.booking_confirmed(booking, visit, TOKEN)),
    Example("address_corrected", lambda booking, visit: messages.address_corrected(booking, visit, TOKEN, version=2)),
    Example(
        "booking_cancelled", lambda booking, visit: messages.booking_cancelled(booking, visit, CancelledBy.VISITOR)
    ),
    Example(
        "booking_called_off",
        lambda booking, visit: messages.booking_called_off(booking, visit, "Die Beraterin ist krank."),
    ),
    Example(
        "booking_changed",
        lambda booking, visit: change_mails.booking_moved(
            booking, visit, example_visit(slot_id=6, starts_at=STARTS_AT - timedelta(days=1), ends_at=None), TOKEN
        ),
    ),
    Example(
        "booking_changed-resized",
        lambda booking, visit: change_mails.booking_resized(booking, visit, TOKEN, previous_size=4),
    ),
    Example("sign_in_code", lambda booking, _visit: code(booking, is_unasked=False)),
    Example("sign_in_code-first", lambda booking, _visit: code(booking, is_unasked=True)),
)
