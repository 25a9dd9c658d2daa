"""Mails about a booking its guest changed: what is new, what it was before, and the entry that replaces the old one.

Each goes out once per change: the version is the booking's ``sequence``, which rises with it.
"""

from dataclasses import dataclass

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from openday import wording
from openday.mailing.invitation import invitation
from openday.mailing.links import link_to
from openday.mailing.messages import visit_facts, written
from openday.mailing.phrases import one_line
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import Mode


@dataclass(frozen=True)
class Change:
    """What changed, in words; ``subject`` completes „Geändert auf …“."""

    subject: str
    new: str
    old: str
    is_moved: bool = False


def booking_moved(booking: Booking, visit: Visit, previous: Visit, token: str) -> OutboxMessage:
    """Return the note of another time, or of another way to take part at the same time."""
    with force_locale(booking.language):
        if visit.slot_id == previous.slot_id:
            was = Mode.ONSITE if booking.mode is Mode.ONLINE else Mode.ONLINE
            subject = _("digitale Teilnahme") if booking.mode is Mode.ONLINE else _("Teilnahme vor Ort")
            return changed(booking, visit, token, Change(str(subject), mode_words(booking.mode), mode_words(was)))
        day = wording.day_in_subject(wording.berlin_day(visit.starts_at))
        subject = f"{day}, {wording.times_in_words(visit.starts_at, None)}"
        return changed(booking, visit, token, Change(subject, time_words(visit), time_words(previous), is_moved=True))


def booking_resized(booking: Booking, visit: Visit, token: str, previous_size: int) -> OutboxMessage:
    """Return the note that more or fewer people come."""
    with force_locale(booking.language):
        new, old = person_words(booking.party_size), person_words(previous_size)
        return changed(booking, visit, token, Change(new, new, old))


def changed(booking: Booking, visit: Visit, token: str, change: Change) -> OutboxMessage:
    """Return the mail with the entry that replaces the one in the guest's calendar (RFC 5546 §3.2.2.1)."""
    facts = visit_facts(booking, visit) | {
        "change": change.subject,
        "new": change.new,
        "old": change.old,
        "is_moved": change.is_moved,
        "is_onsite": booking.mode is Mode.ONSITE,
        "is_protected": visit.is_protected,
        "address": one_line(None if visit.is_protected else visit.address),
        "locality": one_line(visit.locality),
        "booking_link": link_to("public.booking.show", token=token),
    }
    message = written("booking_changed", booking, visit, facts, (booking.sequence or 0) + 1)
    message.calendar, message.calendar_method = invitation(booking, visit, booking.mode)
    message.expires_at = visit.starts_at
    return message


def time_words(visit: Visit) -> str:
    """Return ``Mo., 16. September 2024, 10:30 bis 11:00 Uhr``."""
    day = wording.day_in_words(wording.berlin_day(visit.starts_at))
    return f"{day}, {wording.times_in_words(visit.starts_at, visit.ends_at)}"


def person_words(number: int) -> str:
    """Return ``2 Personen``."""
    return str(ngettext("%(num)s Person", "%(num)s Personen", number))


def mode_words(mode: Mode) -> str:
    """Return how one takes part."""
    return str(_("Digital") if mode is Mode.ONLINE else _("Vor Ort"))
