"""Mails of the waiting list: where somebody stands, that a place is free, that it went on, that the waiting is over.

Each goes out once per state of the entry: the version is its ``sequence``.
"""

from datetime import datetime
from typing import Any

from flask_babel import force_locale

from openday import wording
from openday.mailing.links import link_to
from openday.mailing.messages import written
from openday.mailing.phrases import one_line
from openday.mailing.visit import EventFacts, Visit
from openday.mailing.visit_request_mails import OTHER_PAGES, request_facts
from openday.models import Booking, OutboxMessage
from openday.models.words import Awaits, CancelledBy, GuestKind, WaitingList


def waiting_joined(booking: Booking, facts: EventFacts, token: str, place: int) -> OutboxMessage:
    """Return the note with the place in the line."""
    with force_locale(booking.language):
        words = entry_words(booking, facts, token) | {
            "place": place,
            "is_booked_at_once": facts.waiting_list is WaitingList.AUTOMATIC and booking.awaits is None,
        }
        return entry_mail("waiting_joined", booking, facts, words)


def seat_offered(booking: Booking, visit: Visit, token: str, *, is_last: bool = False) -> OutboxMessage:
    """Return the offer: until when the seats are held and what happens then; of no use after that."""
    until = booking.held_until or visit.starts_at
    with force_locale(booking.language):
        words = entry_words(booking, visit, token) | {
            "until": wording.moment_in_words(until),
            "until_in_subject": weekday_and_time(until),
            "is_last": is_last,
            "pass_on_link": link_to("public.waiting_list.pass_on", token=token),
            "photo_rule": visit.photo_rule.value if visit.photo_rule else "",
            "photo_note": one_line(visit.photo_note),
        }
        message = entry_mail("seat_offered", booking, visit, words)
    message.expires_at = until
    return message


def offer_over(booking: Booking, facts: EventFacts, token: str, place: int) -> OutboxMessage:
    """Return the news that nobody answered in time and the entry now stands further behind."""
    with force_locale(booking.language):
        return entry_mail("offer_over", booking, facts, entry_words(booking, facts, token) | {"place": place})


def waiting_over(booking: Booking, facts: EventFacts, *, had_offers: bool) -> OutboxMessage:
    """Return the news that the entry ends: no seat became free in time, or two offers were left unanswered."""
    with force_locale(booking.language):
        words = entry_words(booking, facts) | {"had_offers": had_offers}
        return written("waiting_over", booking, facts, words, version_of(booking))


def waiting_left(booking: Booking, facts: EventFacts, by: CancelledBy) -> OutboxMessage:
    """Return the note that the entry is deleted, by its guest or by the Träger on request."""
    with force_locale(booking.language):
        words = entry_words(booking, facts) | {
            "is_own_wish": by is CancelledBy.VISITOR,
            "erased_on": wording.day_in_words(booking.erase_on) if booking.erase_on else "",
        }
        return written("waiting_left", booking, facts, words, version_of(booking))


def entry_words(booking: Booking, facts: EventFacts, token: str = "") -> dict[str, Any]:
    """Return what all of them say; the way back is the entry's own page, or the listing where it has none any more."""
    return request_facts(booking, facts) | {
        "is_press": booking.guest_kind is GuestKind.PRESS,
        "needs_host": booking.awaits is Awaits.HOST,
        "booking_link": link_to("public.booking.show", token=token) if token else "",
        "catalogue_link": link_to(OTHER_PAGES.get(booking.guest_kind, "public.catalogue.show")),
    }


def entry_mail(kind: str, booking: Booking, facts: EventFacts, words: dict[str, Any]) -> OutboxMessage:
    """Return a mail that is of no use once the time has begun."""
    message = written(kind, booking, facts, words, version_of(booking))
    message.expires_at = facts.starts_at if isinstance(facts, Visit) else None
    return message


def weekday_and_time(instant: datetime) -> str:
    """Return ``Di., 18:00 Uhr``: an offer never lasts longer than a day."""
    weekday, _number, _month = wording.day_on_door(wording.berlin_day(instant))
    return f"{weekday}, {wording.times_in_words(instant, None)}"


def version_of(booking: Booking) -> int:
    """Return the number that tells apart the mails of one kind about an entry."""
    return (booking.sequence or 0) + 1
