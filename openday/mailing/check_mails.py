"""Mails that anybody can cause with somebody else's address: no name, no word a visitor typed, and a way to silence.

Threat model, T4. Whoever queues one asks :func:`openday.services.suppression.may_write_to` first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale

from openday import wording
from openday.mailing.links import link_to
from openday.mailing.messages import frame_facts, rendered, when_facts, written
from openday.mailing.phrases import one_line
from openday.mailing.suppression import suppression_link
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage


@dataclass(frozen=True)
class LinkedBooking:
    """One booking in the list of somebody who lost the link."""

    facts: EventFacts
    token: str


@dataclass(frozen=True)
class Texts:
    """What a mail says."""

    subject: str
    text: str
    html: str


def please_confirm(
    booking: Booking, visit: Visit, token: str, until: datetime | None, version: int = 1
) -> OutboxMessage:
    """Return the check mail, of no use once the visit began; ``until`` is when held seats are given back, None where
    none could be held."""
    with force_locale(booking.language):
        words = (
            frame_facts()
            | when_facts(visit)
            | {
                "title": one_line(visit.title),
                "until": wording.moment_in_words(until) if until else "",
                "booking_link": link_to("public.booking.show", token=token),
            }
        )
        message = written("please_confirm", booking, visit, words, version)
    message.expires_at = visit.starts_at
    return message


def lost_link(email: str, language: str, bookings: Sequence[LinkedBooking]) -> Texts:
    """Return the texts of the mail with the links to all coming bookings of an address."""
    with force_locale(language):
        facts = frame_facts() | {
            "suppression_link": suppression_link(email),
            "bookings": [linked(one) for one in bookings],
        }
        return Texts(*rendered("lost_link", facts))


def linked(one: LinkedBooking) -> dict[str, str]:
    """Return one booking in words."""
    facts = when_facts(one.facts)
    return {
        "title": one_line(one.facts.title),
        "when": f"{facts['day']}, {facts['times']}" if facts["day"] else "",
        "link": link_to("public.booking.show", token=one.token),
    }
