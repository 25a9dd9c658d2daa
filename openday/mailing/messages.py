"""One function per mail: a model and its facts become a row of the outbox. Sending is somebody else's work.

Each kind of mail has an example in :mod:`openday.mailing.preview`, which also says how a new one joins.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import force_locale

from openday import tokens, wording
from openday.exports.words import terms_in_words
from openday.mailing.invitation import invitation, withdrawal
from openday.mailing.kept_text import kept_text
from openday.mailing.links import link_to
from openday.mailing.phrases import SUBJECT_LENGTH, greeting_name, one_line, shortened
from openday.mailing.suppression import suppression_link
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import Awaits, CancelledBy, Mode
from openday.settings import current_settings

SIGN_IN_CODE = "sign_in_code"
CUT_IN_SUBJECT = ("title", "traeger_in_subject", "guest_in_subject")  # in this order, where a subject is too long
LEAST_OF_A_NAME = 12
OWN = ("name", "reference", "party_size", "code_link", "booking_link", "cancel_link", "suppression_link")
"""What only one guest's confirmation says."""
UNASKED = frozenset({"please_confirm", "waiting_joined", "visit_requested", "press_requested", "visit_provisional"})
"""The first mails about a booking nobody has confirmed: whoever queues one asks ``may_write_to`` first."""


def booking_confirmed(booking: Booking, visit: Visit, token: str) -> OutboxMessage:
    """Return the confirmation with the link to the booking and its calendar file; of no use once the visit began."""
    return _confirmation("booking_confirmed", booking, visit, token=token, version=1)


def address_corrected(booking: Booking, visit: Visit, token: str, version: int) -> OutboxMessage:
    """Return the confirmation for the corrected address: another link, and ``version`` tells the mails apart."""
    return _confirmation("address_corrected", booking, visit, token=token, version=version)


def booking_cancelled(booking: Booking, visit: EventFacts, by: CancelledBy) -> OutboxMessage:
    """Return the note that the booking is given up, by its guest or by the Träger on request."""
    with force_locale(booking.language):
        facts = visit_facts(booking, visit) | {
            "is_own_wish": by is CancelledBy.VISITOR,
            "erased_on": wording.day_in_words(booking.erase_on) if booking.erase_on else "",
            "catalogue_link": link_to("public.catalogue.show"),
        }
        message = written("booking_cancelled", booking, visit, facts)
    take_out_of_calendar(message, booking, visit)
    return message


def booking_called_off(
    booking: Booking, visit: EventFacts, reason: str, *, stage: str = "seat", has_other_times: bool = False
) -> OutboxMessage:
    """Return the news that the event or this time of it does not take place; useless after its start.

    ``stage`` is what the guest had: a ``seat``, a place in the line (``waiting``) or a ``request``.
    """
    with force_locale(booking.language):
        facts = visit_facts(booking, visit) | {
            "reason": one_line(reason),
            "stage": stage,
            "event_link": link_to("public.event.show", slug=visit.slug) if has_other_times else "",
            "catalogue_link": link_to("public.catalogue.show"),
        }
        message = written("booking_called_off", booking, visit, facts)
    take_out_of_calendar(message, booking, visit)
    message.expires_at = visit.starts_at if isinstance(visit, Visit) else None
    return message


def sign_in_code(
    user_email: str, code: str, link: str, expires_at: datetime, language: str, *, is_unasked: bool = False
) -> OutboxMessage:
    """Return the mail with the code and the link that types it; it is sent before all others.

    ``is_unasked`` for an address nobody has signed in with yet.
    """
    digits = one_line(code)
    spaced = f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else digits
    with force_locale(language):
        facts = frame_facts() | {"code": spaced, "link": link, "until": wording.times_in_words(expires_at, None)}
        if is_unasked:
            facts["suppression_link"] = suppression_link(user_email)
        subject, text, html = rendered(SIGN_IN_CODE, facts)
    return OutboxMessage(
        kind=SIGN_IN_CODE,
        message_id=message_id(tokens.new_token(), SIGN_IN_CODE, 1),
        recipient=user_email,
        language=language,
        is_unasked=is_unasked,
        subject=subject,
        text=text,
        html=html,
        expires_at=expires_at,
    )


def _confirmation(kind: str, booking: Booking, visit: Visit, *, token: str, version: int) -> OutboxMessage:
    with force_locale(booking.language):
        facts = visit_facts(booking, visit) | {
            "is_onsite": booking.mode is Mode.ONSITE,
            "is_online": booking.mode is Mode.ONLINE,
            "is_protected": visit.is_protected,
            "address": one_line(None if visit.is_protected else visit.address),
            "locality": one_line(visit.locality),
            "party_size": booking.party_size,
            "booking_link": link_to("public.booking.show", token=token, language=booking.language),
            "cancel_link": link_to("public.booking.cancel", token=token, language=booking.language),
        }
        calendar, method = invitation(booking, visit, booking.mode)
        message = written(kind, booking, visit, facts, version, own=OWN)
    message.calendar, message.calendar_method = calendar, method
    message.expires_at = visit.starts_at
    return message


def take_out_of_calendar(message: OutboxMessage, booking: Booking, visit: EventFacts) -> None:
    """Attach the entry that removes the visit, where a time was ever put into a calendar."""
    if isinstance(visit, Visit):
        message.calendar, message.calendar_method = withdrawal(booking, visit)


def visit_facts(booking: Booking, visit: EventFacts) -> dict[str, Any]:
    """Return what every mail about a booking says; all of it single lines, written in the booking's language."""
    frame = frame_facts()
    return (
        frame
        | when_facts(visit)
        | terms_facts(booking, visit)
        | {
            "name": greeting_name(booking.booker_name),
            "title": one_line(visit.title),
            "traeger": one_line(visit.traeger),
            "contact_name": one_line(visit.contact.name),
            "contact_phone": one_line(visit.contact.phone),
            "contact_email": one_line(visit.contact.email),
            "reference": booking.reference,
            "code_link": link_to("public.code.show", code=booking.reference, language=frame["language"]),
        }
    )


def terms_facts(booking: Booking, visit: EventFacts) -> dict[str, Any]:
    """Return which terms the guest accepted and when, with their words while they are still those."""
    words = visit.terms if visit.terms_version == booking.terms_version else None
    return {
        "terms_accepted": terms_in_words(booking.terms_version, booking.terms_accepted_at),
        "terms": tuple(one_line(part) for part in (words or "").splitlines() if part.strip()),
    }


def when_facts(visit: EventFacts) -> dict[str, Any]:
    """Return day and times in words; empty words while there is no time yet."""
    if not isinstance(visit, Visit):
        return dict.fromkeys(("short_day", "start", "weekday", "clock", "day", "times"), "")
    return dict(_times(visit.starts_at, visit.ends_at, wording.language()))


@lru_cache(1024)
def _times(starts_at: datetime, ends_at: datetime | None, _language: str) -> Mapping[str, str]:
    day = wording.berlin_day(starts_at)
    return {
        "short_day": wording.day_in_subject(day),
        "start": wording.times_in_words(starts_at, None),
        "weekday": wording.weekday(day),
        "clock": wording.clock_time(starts_at),
        "day": wording.day_in_words(day),
        "times": wording.times_in_words(starts_at, ends_at),
    }


def frame_facts() -> dict[str, Any]:
    """Return what the frame of every mail shows."""
    language = wording.language()
    return {
        "language": language,
        "name": "",
        "suppression_link": "",
        "privacy_link": link_to("public.page.privacy", language=language),
        "imprint_link": link_to("public.page.imprint", language=language),
    }


def written(
    kind: str,
    booking: Booking,
    visit: EventFacts,
    facts: Mapping[str, Any],
    version: int = 1,
    *,
    own: Collection[str] = (),
) -> OutboxMessage:
    """Return the outbox row of a mail about a booking; ``booking_id`` is set by whoever stores both.

    With the ``own`` facts of its guest, its text is a kept one with these in its holes.
    An address nobody has proven is not called by a name, and each mail to it offers silence (T4).
    """
    is_unproven = booking.awaits is Awaits.MAILBOX
    is_unasked = is_unproven or kind in UNASKED
    if is_unproven:
        facts = {**facts, "name": ""}
    if is_unasked:
        facts = {**facts, "suppression_link": suppression_link(booking.booker_email)}
    subject, text, html = kept_text(rendered, kind, facts, own) if own else rendered(kind, facts)
    return OutboxMessage(
        kind=kind,
        version=version,
        booking_id=booking.id,
        event_id=visit.event_id,
        message_id=message_id(booking.reference, kind, version),
        recipient=booking.booker_email,
        reply_to=visit.contact.email,
        language=booking.language,
        is_unasked=is_unasked,
        subject=subject,
        text=text,
        html=html,
    )


def message_id(cause: str, kind: str, version: int) -> str:
    """Return the Message-ID (RFC 5322 §3.6.4) that only this server can compute and that never changes."""
    settings = current_settings()
    secret = tokens.derived_token(settings.signing_key(), "mail", f"{cause}:{kind}:{version}")
    return f"<{secret}@{settings.public_host}>"


def rendered(kind: str, facts: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return subject, text and HTML; the templates get the facts alone and nothing of a request."""
    subject = subject_of(kind, facts)
    facts = {**facts, "subject": subject}
    text = re.sub(r"\n{3,}", "\n\n", template(kind, "body.txt", facts)).strip() + "\n"
    return subject, text, template(kind, "body.html", facts)


def subject_of(kind: str, facts: Mapping[str, Any]) -> str:
    """Return a subject of at most 60 characters: names are cut before what happened is."""
    subject = one_line(template(kind, "subject.txt", facts))
    for name in CUT_IN_SUBJECT:
        surplus = min(len(subject) - SUBJECT_LENGTH, len(facts.get(name, "")) - LEAST_OF_A_NAME)
        if surplus > 0:
            facts = {**facts, name: shortened(facts[name], surplus)}
            subject = one_line(template(kind, "subject.txt", facts))
    return shortened(subject, len(subject) - SUBJECT_LENGTH)


def template(kind: str, part: str, facts: Mapping[str, Any]) -> str:
    """Render one part of a mail."""
    return current_app.jinja_env.get_template(f"mail/{kind}/{part}").render(facts)
