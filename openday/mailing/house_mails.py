"""Mails to the house about its own event: what was booked since yesterday, and who comes tomorrow. Sums, no guest."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import force_locale

from openday import wording
from openday.mailing.links import link_to
from openday.mailing.messages import frame_facts, message_id, rendered
from openday.mailing.phrases import greeting_name, one_line
from openday.mailing.visit import EventFacts
from openday.models import OutboxMessage

DIGEST, TOMORROW = "new_bookings", "tomorrow"


@dataclass(frozen=True)
class NewBookings:
    """What came since the last digest, and how full the event is now; ``seats`` None means no limit."""

    bookings: int
    persons: int
    taken: int
    seats: int | None


@dataclass(frozen=True)
class Expected:
    """Who comes on a day: so many bookings and people, from when on, and what has to be prepared."""

    bookings: int
    persons: int
    starts_at: datetime
    politics: int = 0
    press: int = 0
    needs: int = 0
    waiting: int = 0


def new_bookings(facts: EventFacts, day: date, news: NewBookings) -> OutboxMessage | None:
    """Return the digest of a morning; None where the event has no address to write to."""
    return to_house(DIGEST, facts, day, vars(news))


def tomorrow(facts: EventFacts, day: date, expected: Expected) -> OutboxMessage | None:
    """Return the numbers of the ``day`` that comes."""
    with force_locale(facts.contact.language):
        words = vars(expected) | {"first": wording.times_in_words(expected.starts_at, None)}
    return to_house(TOMORROW, facts, day, words)


def to_house(kind: str, facts: EventFacts, day: date, words: dict[str, Any]) -> OutboxMessage | None:
    """Return a mail to the event's contact; there is one of a kind for each day."""
    if not facts.contact.email:
        return None
    with force_locale(facts.contact.language):
        subject, text, html = rendered(
            kind,
            frame_facts()
            | words
            | {
                "name": greeting_name(facts.contact.name),
                "title": one_line(facts.title),
                "list_link": link_to("console.attendee_list.show", event_id=facts.event_id),
            },
        )
    return OutboxMessage(
        kind=kind,
        version=day.toordinal(),
        event_id=facts.event_id,
        message_id=message_id(f"event {facts.event_id}", kind, day.toordinal()),
        recipient=facts.contact.email,
        language=facts.contact.language,
        subject=subject,
        text=text,
        html=html,
    )
