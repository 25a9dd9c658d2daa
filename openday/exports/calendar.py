"""One calendar entry as iCalendar (RFC 5545, RFC 5546): UTC times, a stable UID, and nothing that must stay secret.

There is no field for the booking's link or for a digital room, so neither can get into a file that is passed on.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Literal
from urllib.parse import quote, urlsplit

from openday.clock import UTC
from openday.exports.attendee_list import writable

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
_PRODUCT = "-//openday//openday//DE"
_LINE_BREAKS = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
_IN_TEXT = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
_IN_PARAMETER = str.maketrans({"^": "^^", '"': "^'"})
_LONGEST_LINE = 75
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
    """Return the file: PUBLISH to download, REQUEST and CANCEL to mail. Raises ``ValueError`` on unusable times."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{_text(_line(entry.uid))}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP{_instant(entry.last_modified)}",
        f"LAST-MODIFIED{_instant(entry.last_modified)}",
        *_times(entry),
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else entry.status.value}",
        "TRANSP:OPAQUE",
        f"SUMMARY:{_text(_line(entry.summary))}",
        *_given("DESCRIPTION:", _text(writable(entry.description))),
        *_given("LOCATION:", _text(_line(entry.location, ", "))),
        *_given("URL:", _web_address(entry.url)),
        f"ORGANIZER;CN={_quoted(_line(entry.organiser_name))}:{_address(entry.organiser_email) or 'invalid:nomail'}",
        *_given("ATTENDEE:", _address(entry.attendee_email)),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(map(_folded, lines))


def _given(name: str, value: str) -> list[str]:
    return [name + value] if value else []


def _folded(line: str) -> bytes:
    """Return a line in parts of at most 75 octets (RFC 5545 §3.1); no character is cut."""
    rest, parts = line.encode(), []
    while len(rest) > _LONGEST_LINE:
        end = _LONGEST_LINE
        while rest[end] & 0xC0 == 0x80:  # a byte within a character of UTF-8
            end -= 1
        parts.append(rest[:end])
        rest = b" " + rest[end:]
    return b"\r\n".join([*parts, rest, b""])


def _text(text: str) -> str:
    """Return a text as RFC 5545 §3.3.11 writes it."""
    return text.translate(_IN_TEXT)


def _quoted(text: str) -> str:
    """Return the value of a parameter as RFC 6868 writes it."""
    return f'"{text.translate(_IN_PARAMETER)}"'


def _times(entry: CalendarEntry) -> list[str]:
    start, end = entry.starts_at, entry.ends_at
    if end is not None and isinstance(start, datetime) is not isinstance(end, datetime):
        raise ValueError("an entry has either instants or whole days")
    if isinstance(start, datetime):
        return [f"DTSTART{_instant(start)}", *([f"DTEND{_instant(end)}"] if isinstance(end, datetime) else [])]
    after = end and end + timedelta(days=1)  # RFC 5545 §3.6.1: the end is the first day after
    return [f"DTSTART{_day(start)}", *([f"DTEND{_day(after)}"] if after else [])]


def _day(day: date) -> str:
    return f";VALUE=DATE:{day:%Y%m%d}"


def _instant(instant: datetime) -> str:
    if instant.tzinfo is None:
        raise ValueError("a calendar needs aware times")
    return f":{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _line(text: str, between: str = " ") -> str:
    """Return one line: no property may be smuggled in behind a line break."""
    return between.join(part.strip() for part in _LINE_BREAKS.split(writable(text)) if part.strip())


def _web_address(url: str) -> str:
    return quote(url, safe=_KEPT_IN_URL) if urlsplit(url).scheme in {"http", "https"} else ""


def _address(email: str) -> str:
    """Return a mailto URI, or nothing when the address holds what an address line cannot carry."""
    return f"mailto:{email}" if re.fullmatch(r"[^\s@<>\";:,\x00-\x20\x7f]+@[^\s@<>\";:,\x00-\x20\x7f]+", email) else ""
