"""Mails about what the house changed: another time, another place. Whoever waits or asks is told as well.

Each goes out once per change: the version is the event's ``sequence``, which rises with it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from openday import wording
from openday.mailing.booking_calendar import public_location
from openday.mailing.invitation import invitation
from openday.mailing.links import link_to
from openday.mailing.messages import visit_facts, written
from openday.mailing.phrases import one_line
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import BookingState, Mode

SEATED = (BookingState.HELD, BookingState.CONFIRMED)
WAITING = (BookingState.WAITING, BookingState.OFFERED)


@dataclass(frozen=True)
class MovedTime:
    """The new time, the old one, and why. Who has no time yet is told of the first one, or of the one on offer."""

    now: Visit
    previous_start: datetime
    previous_end: datetime | None
    reason: str
    is_offered: bool = False


def time_moved(booking: Booking, facts: EventFacts, token: str, moved: MovedTime) -> OutboxMessage:
    """Return the news of another time; of no use once that has begun."""
    with force_locale(booking.language):
        words = change_facts(booking, facts, token, moved.reason) | {
            "change": f"{wording.day_in_subject(moved.now.day)}, {wording.times_in_words(moved.now.starts_at, None)}",
            "new": time_words(moved.now.starts_at, moved.now.ends_at),
            "old": time_words(moved.previous_start, moved.previous_end),
            "has_time": isinstance(facts, Visit),
            "is_offered": moved.is_offered,
        }
        message = changed("time_moved", booking, facts, words)
    message.expires_at = moved.now.starts_at
    return message


def place_changed(booking: Booking, facts: EventFacts, token: str, previous: str, reason: str) -> OutboxMessage:
    """Return the news of another place; a protected address, old or new, is not in it."""
    with force_locale(booking.language):
        words = change_facts(booking, facts, token, reason) | {
            "old": "" if facts.is_protected else one_line(previous),
            "may_see_address": booking.state is BookingState.CONFIRMED,
        }
        return changed("place_changed", booking, facts, words)


def changed(kind: str, booking: Booking, facts: EventFacts, words: dict[str, Any]) -> OutboxMessage:
    """Return the mail; where seats are taken it brings the entry that replaces the one in the guest's calendar."""
    message = written(kind, booking, facts, words, facts.event_sequence)
    if isinstance(facts, Visit):
        message.expires_at = facts.starts_at
        if booking.state in SEATED:
            message.calendar, message.calendar_method = invitation(booking, facts, booking.mode)
    return message


def change_facts(booking: Booking, facts: EventFacts, token: str, reason: str) -> dict[str, Any]:
    """Return what all of them say."""
    return visit_facts(booking, facts) | {
        "stage": stage_of(booking.state),
        "reason": one_line(reason),
        "is_onsite": booking.mode is Mode.ONSITE,
        "is_protected": facts.is_protected,
        "place": one_line(public_location(facts)),
        "booking_link": link_to("public.booking.show", token=token),
    }


def stage_of(state: BookingState) -> str:
    """Return what somebody has who is written to: a seat, a place in the line, or a request."""
    if state is BookingState.CONFIRMED:
        return "seat"
    return "waiting" if state in WAITING else "request"


def time_words(starts_at: datetime, ends_at: datetime | None) -> str:
    """Return ``Mo., 16. September 2024, 10:30 bis 11:00 Uhr``."""
    return f"{wording.day_in_words(wording.berlin_day(starts_at))}, {wording.times_in_words(starts_at, ends_at)}"
