"""Mails about a visit that somebody has to answer first: to who asked for it, and to the house.

Each goes out once per state of the booking: the version is its ``sequence``.
"""

from typing import Any

from flask_babel import force_locale

from openday import clock, wording
from openday.exports.words import MAY_ANNOUNCE, POLITICAL_LEVELS, YES_NO_OPEN, proposal_in_words
from openday.mailing.invitation import invitation
from openday.mailing.links import link_to
from openday.mailing.messages import (
    booking_confirmed,
    message_id,
    rendered,
    take_out_of_calendar,
    visit_facts,
    written,
)
from openday.mailing.phrases import greeting_name, one_line, shortened
from openday.mailing.press_facts import press_facts
from openday.mailing.running_order import answer_day, running_order
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import Awaits, BookingState, GuestKind, Mode

NAME_IN_SUBJECT = 40  # characters, so that day and status are still read on a phone

OWN_WORDS: dict[tuple[GuestKind, str], str] = {
    (GuestKind.PRESS, "visit_requested"): "press_requested",
    (GuestKind.PRESS, "visit_confirmed"): "press_confirmed",
    (GuestKind.PRESS, "visit_declined"): "press_declined",
}
"""Which guests have a folder of their own for a kind of mail."""
OTHER_PAGES = {GuestKind.POLITICS: "public.politics.search", GuestKind.PRESS: "public.press.show"}


def visit_requested(booking: Booking, facts: EventFacts, token: str) -> OutboxMessage:
    """Return the note that the request has come and who answers until when; a provisional visit says what it lacks."""
    if booking.awaits is Awaits.BOOKER and isinstance(facts, Visit):
        return visit_provisional(booking, facts, token)
    with force_locale(booking.language):
        words = request_facts(booking, facts) | {
            "held_until": wording.moment_in_words(booking.held_until) if booking.held_until else "",
            "booking_link": link_to("public.booking.show", token=token),
        }
        return to_booker("visit_requested", booking, facts, words)


def visit_provisional(booking: Booking, visit: Visit, token: str) -> OutboxMessage:
    """Return the note that a visit is held until a moment and has to be made certain by then."""
    return _held("visit_provisional", booking, visit, token)


def visit_provisional_ends(booking: Booking, visit: Visit, token: str) -> OutboxMessage:
    """Return the reminder, some days before, that a provisional hold runs out."""
    return _held("visit_provisional_ends", booking, visit, token)


def visit_confirmed(booking: Booking, visit: Visit, token: str) -> OutboxMessage:
    """Return the confirmation with running order, contact on the day, press and photo rule.

    A provisional visit gets the note what it still lacks, guests who are neither politics nor press the usual one.
    """
    if booking.awaits is Awaits.BOOKER:
        return visit_provisional(booking, visit, token)
    if (booking.guest_kind, "visit_confirmed") not in OWN_WORDS and booking.guest_kind is not GuestKind.POLITICS:
        return booking_confirmed(booking, visit, token)
    with force_locale(booking.language):
        words = briefing(booking, visit) | {"booking_link": link_to("public.booking.show", token=token)}
        message = to_booker("visit_confirmed", booking, visit, words)
    message.expires_at = visit.starts_at
    return message


def visit_declined(booking: Booking, facts: EventFacts, reason: str, *, is_typed: bool = True) -> OutboxMessage:
    """Return the host's no with its reason, or ours in the language of the booking where nobody has typed one."""
    with force_locale(booking.language):
        words = request_facts(booking, facts) | {
            "reason": one_line(reason),
            "is_typed": is_typed,
            "other_link": link_to(OTHER_PAGES.get(booking.guest_kind, "public.catalogue.show")),
        }
        message = to_booker("visit_declined", booking, facts, words)
    take_out_of_calendar(message, booking, facts)
    return message


def other_times(booking: Booking, facts: EventFacts, token: str, times: list[Visit]) -> OutboxMessage:
    """Return the host's other times; the one that fits is picked on the booking's page."""
    with force_locale(booking.language):
        words = request_facts(booking, facts) | {
            "other_times": [time_words(one) for one in times],
            "booking_link": link_to("public.booking.show", token=token),
        }
        message = to_booker("other_times", booking, facts, words)
    take_out_of_calendar(message, booking, facts)  # what was held is not any more
    return message


def request_for_host(booking: Booking, facts: EventFacts) -> OutboxMessage | None:
    """Return the news for the house, at once; None where the event has no address to write to."""
    return to_host("request_for_host", booking, facts)


def guest_replaced(booking: Booking, visit: Visit, token: str) -> list[OutboxMessage]:
    """Return the news that somebody else comes: for the office, and for the house."""
    with force_locale(booking.language):
        words = briefing(booking, visit) | {"booking_link": link_to("public.booking.show", token=token)}
        mail = to_booker("guest_replaced", booking, visit, words)
    for_host = to_host("guest_replaced_for_host", booking, visit)
    return [mail, for_host] if for_host else [mail]


def to_booker(
    kind: str, booking: Booking, facts: EventFacts, words: dict[str, Any], version: int | None = None
) -> OutboxMessage:
    """Return the mail to whoever booked; where seats are taken it brings the entry for the calendar."""
    folder = OWN_WORDS.get((booking.guest_kind, kind), kind)
    message = written(folder, booking, facts, words, version or version_of(booking))
    if isinstance(facts, Visit):
        message.expires_at = facts.starts_at
        if booking.state in (BookingState.HELD, BookingState.CONFIRMED):
            message.calendar, message.calendar_method = invitation(booking, facts, booking.mode)
    return message


def to_host(kind: str, booking: Booking, facts: EventFacts, **more: object) -> OutboxMessage | None:
    """Return a mail to the event's contact: it answers to the office and links to the console, never to the secret."""
    if not facts.contact.email:
        return None
    folder, version = OWN_WORDS.get((booking.guest_kind, kind), kind), version_of(booking)
    with force_locale(facts.contact.language):
        words = request_facts(booking, facts) | {
            "name": greeting_name(facts.contact.name),
            "is_decided": booking.awaits is not Awaits.HOST,
            "is_waiting": booking.state is BookingState.WAITING,
            "held_until": wording.moment_in_words(booking.held_until) if booking.held_until else "",
            "booker": one_line(booking.booker_name),
            "booker_email": one_line(booking.booker_email),
            "booker_phone": one_line(booking.booker_phone),
            "has_security_notes": bool(booking.political and booking.political.security_notes),
            "request_link": link_to("console.visit_request.show", event_id=facts.event_id, booking_id=booking.id),
            **more,
        }
        subject, text, html = rendered(folder, words)
    return OutboxMessage(
        kind=kind,
        version=version,
        booking_id=booking.id,
        event_id=facts.event_id,
        message_id=message_id(booking.reference, kind, version),
        recipient=facts.contact.email,
        reply_to=booking.booker_email,
        language=facts.contact.language,
        subject=subject,
        text=text,
        html=html,
    )


def request_facts(booking: Booking, facts: EventFacts) -> dict[str, Any]:
    """Return what all these mails say: who comes, for what, with whom; single lines in the language being written."""
    political = booking.political if booking.guest_kind is GuestKind.POLITICS else None
    guest = greeting_name(booking.guest_name or booking.booker_name)
    asked_at = booking.created_at or clock.now()
    days = [facts.day] if isinstance(facts, Visit) else [one.day for one in booking.proposed if one.day]
    return (
        visit_facts(booking, facts)
        | press_facts(booking)
        | {
            "is_politics": booking.guest_kind is GuestKind.POLITICS,
            "guest": guest,
            "guest_in_subject": shortened(guest, len(guest) - NAME_IN_SUBJECT),
            "traeger_in_subject": shortened(one_line(facts.traeger), len(facts.traeger) - NAME_IN_SUBJECT),
            "role": greeting_name(political.guest_role) if political else "",
            "level": str(POLITICAL_LEVELS[political.level]) if political and political.level else "",
            "constituency": one_line(political.constituency) if political else "",
            "press": str(YES_NO_OPEN[political.brings_press]) if political and political.brings_press else "",
            "announce": str(MAY_ANNOUNCE[political.may_announce]) if political and political.may_announce else "",
            "topics": one_line(political.topics) if political else "",
            "organisation": one_line(booking.organisation),
            "party_size": booking.party_size,
            "answers": one_line(facts.contact.name) or str(one_line(facts.traeger)),
            "answer_by": wording.day_in_words(answer_day(asked_at, facts.region, min(days, default=None))),
            "proposals": [] if isinstance(facts, Visit) else [proposal_in_words(one) for one in booking.proposed],
            "is_provisional": booking.is_provisional,
            "is_for_guest": bool(political and political.is_for_guest),
        }
    )


def briefing(booking: Booking, visit: Visit) -> dict[str, Any]:
    """Return what whoever comes has to know about the day."""
    return request_facts(booking, visit) | {
        "is_onsite": booking.mode is Mode.ONSITE,
        "is_protected": visit.is_protected,
        "address": one_line(None if visit.is_protected else visit.address),
        "locality": one_line(visit.locality),
        "steps": running_order(visit, booking.mode),
        "day_contact": one_line(visit.day_contact_name or visit.contact.name),
        "day_phone": one_line(visit.day_contact_phone or visit.contact.phone),
        "photo_rule": visit.photo_rule.value if visit.photo_rule else "",
        "photo_note": one_line(visit.photo_note),
    }


def time_words(visit: Visit) -> str:
    """Return ``Mo., 16. September 2024, 10:30 bis 11:00 Uhr``."""
    day = wording.day_in_words(wording.berlin_day(visit.starts_at))
    return f"{day}, {wording.times_in_words(visit.starts_at, visit.ends_at)}"


def version_of(booking: Booking) -> int:
    """Return the number that tells apart the mails of one kind about a booking."""
    return (booking.sequence or 0) + 1


def _held(kind: str, booking: Booking, visit: Visit, token: str) -> OutboxMessage:
    with force_locale(booking.language):
        until = booking.held_until or visit.starts_at
        words = briefing(booking, visit) | {
            "held_until": wording.moment_in_words(until),
            "until_day": wording.day_in_subject(wording.berlin_day(until)),
            "booking_link": link_to("public.booking.show", token=token),
        }
        message = to_booker(kind, booking, visit, words)
    message.expires_at = until
    return message
