"""One calendar entry as iCalendar (RFC 5545, RFC 5546): UTC times, a stable UID, and nothing that must stay secret.

There is no field for the booking's link or for a digital room, so neither can get into a file that is passed on.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, urlsplit

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from openday.clock import UTC
from openday.exports.attendee_list import writable

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
_PRODUCT = "-//openday//openday//DE"
_LINE_BREAKS = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
_PLAIN = re.compile(r"(?=.{3,58}$)[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+")  # stands on a line of its own as it is
_OWN_UID, _OWN_EMAIL = "own@uid.invalid", "own@email.invalid"  # no host has such a name
_OWN_TIME = datetime(1601, 1, 1, tzinfo=UTC)
_KEPT_IN_URL = "!#$%&'()*+,/:;=?@[]~"


class EntryStatus(Enum):
    """The words of RFC 5545 §3.8.1.11."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar is told: aware instants, or dates for whole days (``ends_at`` is then the last day itself)."""

    uid: str  # the same for the entry's whole life
    sequence: int  # rises with every change, so that calendars replace what they have
    status: EntryStatus
    starts_at: datetime | date
    ends_at: datetime | date | None  # None: not known, the entry then has no end
    summary: str
    description: str
    location: str
    url: str  # public page of the event; empty for none
    organiser_name: str
    last_modified: datetime
    organiser_email: str = ""
    attendee_email: str = ""  # RFC 5546 wants it in a REQUEST: the person the mail goes to


def as_ics(entry: CalendarEntry, method: Method = "PUBLISH") -> bytes:
    """Return the file: PUBLISH to download, REQUEST and CANCEL to mail. Raises ``ValueError`` on unusable times.

    The library writes it once for all who come at the same time; a guest's own lines are put into it.
    """
    if not (_PLAIN.fullmatch(entry.uid) and _PLAIN.fullmatch(entry.attendee_email or entry.uid)):
        return _written(entry, method)
    email = _OWN_EMAIL if entry.attendee_email else ""
    file = _kept(replace(entry, uid=_OWN_UID, attendee_email=email, last_modified=_OWN_TIME), method)
    modified = _time(entry.last_modified)
    for line, own, value in (
        ("UID:", _OWN_UID, entry.uid),
        ("ATTENDEE:mailto:", _OWN_EMAIL, entry.attendee_email),
        ("DTSTAMP:", _time(_OWN_TIME), modified),
        ("LAST-MODIFIED:", _time(_OWN_TIME), modified),
    ):
        file = file.replace(f"\r\n{line}{own}\r\n".encode(), f"\r\n{line}{value}\r\n".encode())
    return file


def _written(entry: CalendarEntry, method: Method) -> bytes:
    event = Event()
    event.add("uid", _line(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _utc(entry.last_modified))
    event.add("last-modified", _utc(entry.last_modified))
    _add_times(event, entry)
    event.add("status", "CANCELLED" if method == "CANCEL" else entry.status.value)
    event.add("transp", "OPAQUE")
    event.add("summary", _line(entry.summary))
    for name, text in (("description", writable(entry.description)), ("location", _line(entry.location, ", "))):
        if text:
            event.add(name, vText(text))
    if url := _web_address(entry.url):
        event.add("url", vUri(url))
    _add_people(event, entry)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    rendered: bytes = calendar.to_ical()
    return rendered


_kept = lru_cache(256)(_written)


def _add_times(event: Event, entry: CalendarEntry) -> None:
    start, end = entry.starts_at, entry.ends_at
    if end is not None and isinstance(start, datetime) is not isinstance(end, datetime):
        raise ValueError("an entry has either instants or whole days")
    if isinstance(start, datetime):
        event.add("dtstart", _utc(start))
        if isinstance(end, datetime):
            event.add("dtend", _utc(end))
        return
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end + timedelta(days=1))  # RFC 5545 §3.6.1: the end is the first day after


def _add_people(event: Event, entry: CalendarEntry) -> None:
    organiser = vCalAddress(_address(entry.organiser_email) or "invalid:nomail")
    organiser.params["CN"] = _line(entry.organiser_name)
    event.add("organizer", organiser)
    if address := _address(entry.attendee_email):
        event.add("attendee", vCalAddress(address))


def _time(instant: datetime) -> str:
    utc = _utc(instant)
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}"


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a calendar needs aware times")
    return instant.astimezone(UTC).replace(microsecond=0)


def _line(text: str, between: str = " ") -> str:
    """Return one line: no property may be smuggled in behind a line break."""
    return between.join(part.strip() for part in _LINE_BREAKS.split(writable(text)) if part.strip())


def _web_address(url: str) -> str:
    return quote(url, safe=_KEPT_IN_URL) if urlsplit(url).scheme in {"http", "https"} else ""


def _address(email: str) -> str:
    """Return a mailto URI, or nothing when the address holds what an address line cannot carry."""
    return f"mailto:{email}" if re.fullmatch(r"[^\s@<>\";:,\x00-\x20\x7f]+@[^\s@<>\";:,\x00-\x20\x7f]+", email) else ""
