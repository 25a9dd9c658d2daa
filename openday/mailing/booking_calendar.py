"""A booking and an event as calendar entries: the mail's attachment and the downloads are the same entry."""

from datetime import datetime

from openday.exports.calendar import CalendarEntry, EntryStatus
from openday.mailing.links import link_to
from openday.mailing.visit import EventFacts, Visit
from openday.models.words import Mode
from openday.settings import current_settings


def booking_entry(
    reference: str,
    sequence: int,
    visit: Visit,
    last_modified: datetime,
    *,
    mode: Mode | None = None,
    is_cancelled: bool = False,
    is_tentative: bool = False,
    email: str = "",
) -> CalendarEntry:
    """Return the entry of one booking: its UID never changes, its sequence rises with booking and event (RFC 5545).

    A protected address stays out, because calendars are copied to clouds and phones; who takes part online needs none.
    """
    standing = EntryStatus.TENTATIVE if is_tentative else EntryStatus.CONFIRMED
    return CalendarEntry(
        uid=f"booking-{reference}@{current_settings().public_host}",
        sequence=sequence + visit.event_sequence,
        status=EntryStatus.CANCELLED if is_cancelled else standing,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        summary=visit.title,
        description="",
        location="" if mode is Mode.ONLINE else public_location(visit),
        url="" if visit.is_for_invited else link_to("public.event.show", slug=visit.slug),
        organiser_name=visit.traeger,
        organiser_email=visit.contact.email or "",
        attendee_email=email,
        last_modified=last_modified,
    )


def public_location(visit: EventFacts) -> str:
    """Return the address if everybody may know it, else the town."""
    return (visit.locality if visit.is_protected else visit.address) or ""
