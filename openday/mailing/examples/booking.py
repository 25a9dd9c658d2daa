"""Examples of what guests get about their booking."""

from datetime import timedelta
from typing import Any

from openday.mailing import change_mails, messages
from openday.mailing.examples.example import STARTS_AT, TOKEN, Example, example_booking, example_visit
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import CancelledBy, EventKind

CODE_LINKS = {
    "de": "https://offene-tuer.example.org/konto/anmelden/link/abc",
    "en": "https://offene-tuer.example.org/en/konto/anmelden/link/abc",
}


def code(booking: Booking, *, is_unasked: bool) -> OutboxMessage:
    """Return a sign-in code, ``is_unasked`` for an address anybody may have typed."""
    until, language = STARTS_AT + timedelta(minutes=15), booking.language
    link = CODE_LINKS[language]
    return messages.sign_in_code("olga@example.org", "481930", link, until, language, is_unasked=is_unasked)


def background_talk(**overrides: Any) -> Visit:
    """Return a talk nobody finds without its link."""
    terms = "Aus dem Gespräch wird nicht zitiert.\nNamen bleiben im Raum."
    talk = {"title": "Was Kürzungen bedeuten", "kind": EventKind.BACKGROUND_TALK, "terms": terms, "terms_version": 2}
    return example_visit(**{**talk, **overrides})


def guest_of_talk(**overrides: Any) -> Booking:
    """Return a guest who accepted its terms."""
    return example_booking(**{"terms_version": 2, "terms_accepted_at": STARTS_AT - timedelta(days=9), **overrides})


EXAMPLES = (
    Example("booking_confirmed", lambda booking, visit: messages.booking_confirmed(booking, visit, TOKEN)),
    Example(
        "booking_confirmed-talk",
        lambda booking, visit: messages.booking_confirmed(booking, visit, TOKEN),
        guest_of_talk,
        background_talk,
    ),
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
