"""One calendar entry as iCalendar (RFC 5545, RFC 5546): UTC times, a stable UID, and nothing that must stay secret.

There is no field for the booking's link or for a digital room, so neither can get into a file that is passed on.
Its twenty lines are written here: every confirmation has them, and a library took almost four thousand calls.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Literal
from urllib.parse import quote, urlsplit

from openday.clock import UTC
from openday.exports.attendee_list import writable

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//openday//openday//DE", "CALSCALE:GREGORIAN")
_LINE_BREAKS = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
_IN_TEXT = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})  # RFC 5545 §3.3.11
_IN_PARAMETER = str.maketrans({"^": "^^", '"': "^'"})  # RFC 6868 §3.1
_QUOTED = re.compile("[,;: '\u2019]")
_LONGEST = 74  # bytes of a line; behind the space that continues one it is the 75 of RFC 5545 §3.1
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
    return b"".join(_folded(line) for line in _lines(entry, method))


def _lines(entry: CalendarEntry, method: Method) -> Iterator[str]:
    modified = _utc(entry.last_modified)
    yield from _HEAD
    yield f"METHOD:{method}"
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(_line(entry.summary))}"
    yield from _times(entry)
    yield f"DTSTAMP:{modified}"
    yield f"UID:{_text(_line(entry.uid))}"
    yield f"SEQUENCE:{entry.sequence}"
    if attendee := _address(entry.attendee_email):
        yield f"ATTENDEE:{attendee}"
    if description := writable(entry.description):
        yield f"DESCRIPTION:{_text(description)}"
    yield f"LAST-MODIFIED:{modified}"
    if location := _line(entry.location, ", "):
        yield f"LOCATION:{_text(location)}"
    organiser = _address(entry.organiser_email) or "invalid:nomail"
    yield f"ORGANIZER;CN={_parameter(_line(entry.organiser_name))}:{organiser}"
    yield f"STATUS:{'CANCELLED' if method == 'CANCEL' else entry.status.value}"
    yield "TRANSP:OPAQUE"
    if url := _web_address(entry.url):
        yield f"URL:{url}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _times(entry: CalendarEntry) -> Iterator[str]:
    start, end = entry.starts_at, entry.ends_at
    if end is not None and isinstance(start, datetime) is not isinstance(end, datetime):
        raise ValueError("an entry has either instants or whole days")
    if isinstance(start, datetime):
        yield f"DTSTART:{_utc(start)}"
        if isinstance(end, datetime):
            yield f"DTEND:{_utc(end)}"
        return
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    if end is not None:
        yield f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}"  # RFC 5545 §3.6.1: the end is the first day after


def _utc(instant: datetime) -> str:
    if instant.tzinfo is None:
        raise ValueError("a calendar needs aware times")
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    r"""Return the value of a property; a typed ``\N`` is a line break to some readers, so it is one to all."""
    return text.replace(r"\N", "\n").translate(_IN_TEXT)


def _parameter(text: str) -> str:
    value = text.translate(_IN_PARAMETER)
    return f'"{value}"' if _QUOTED.search(text) else value


def _folded(line: str) -> bytes:
    """Return a line with its end, cut into pieces; neither a letter nor what is escaped is torn apart."""
    rest, pieces = line.encode(), []
    while len(rest) > _LONGEST:
        end = _LONGEST
        while rest[end] & 0xC0 == 0x80:  # the letter began before
            end -= 1
        if rest[end - 1] in rb"\^":
            end -= 1
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join((*pieces, rest)) + b"\r\n"


def _line(text: str, between: str = " ") -> str:
    """Return one line: no property may be smuggled in behind a line break."""
    return between.join(part.strip() for part in _LINE_BREAKS.split(writable(text)) if part.strip())


def _web_address(url: str) -> str:
    return quote(url, safe=_KEPT_IN_URL) if urlsplit(url).scheme in {"http", "https"} else ""


def _address(email: str) -> str:
    """Return a mailto URI, or nothing when the address holds what an address line cannot carry."""
    return f"mailto:{email}" if re.fullmatch(r"[^\s@<>\";:,\x00-\x20\x7f]+@[^\s@<>\";:,\x00-\x20\x7f]+", email) else ""
