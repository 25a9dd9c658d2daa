"""What an attendee list says, once for every format: the facts, the columns, their order and their German headers."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache, partial
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from openday.clock import to_berlin
from openday.models.words import SharedColumn

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Attendee(NamedTuple):
    """One booking as the organiser sees it. Words are final: already chosen and translated by the service.

    A tuple, because ten thousand frozen dataclasses take four times as long to make.
    """

    starts_at: datetime  # aware UTC, like every instant here
    ends_at: datetime | None  # None: the end is not known, nothing is printed
    name: str
    party_size: int
    guest_kind: str
    mode: str
    state: str
    organisation: str
    needs: str
    reference: str
    email: str
    phone: str
    booked_at: datetime
    is_expected: bool = True  # False (cancelled): the print sheet offers no square to tick
    booking_id: int = 0  # for links in the console, in no file
    came_at: datetime | None = None
    came_size: int | None = None  # 0: nobody came; None: not known
    extras: tuple[str, ...] = ()  # as many as the list has ``extras``


@dataclass(frozen=True, slots=True)
class Extra:
    """A further column with text: what only some guests were asked, or an own question of the event."""

    header: str
    on_paper: bool = False
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts above the list; ``groups`` are pairs such as ("Politik", 2): bookings, or people without one."""

    bookings: int
    persons: int
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AttendeeList:
    """Everything one export needs. ``attendees`` is read once, in order of start; ``selection`` names the filters."""

    event_title: str
    organiser_name: str
    when: str
    where: str
    generated_at: datetime
    shred_on: date
    summary: Summary
    attendees: Iterable[Attendee]
    selection: str = ""
    extras: tuple[Extra, ...] = ()
    columns: tuple["Column", ...] = ()  # where a partner gets some only; else those of every list


class Kind(Enum):
    """How a column's values are to be stored where a format knows more than text."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A header (lazy), the value of one attendee (wall clock of Europe/Berlin) and the width in characters."""

    header: Any
    kind: Kind
    width: int
    value: Callable[[Attendee], str | int | date | time | datetime | None]


@lru_cache(maxsize=4096)
def wall_clock(instant: datetime) -> datetime:
    """Return the naive wall-clock minute in Europe/Berlin, which is what spreadsheets understand."""
    return to_berlin(instant).replace(tzinfo=None, second=0, microsecond=0)


def writable(text: str) -> str:
    """Return the text without what no file format can hold: NUL, control characters, halves of surrogate pairs."""
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def title(listing: AttendeeList) -> str:
    """Return ``Teilnahmeliste · Tag der offenen Tür`` in the language of the request."""
    return f"{_('Teilnahmeliste')} · {listing.event_title}"


def confidential(listing: AttendeeList) -> str:
    """Return the line at the foot of every printed page."""
    return str(_("Vertraulich · vernichten bis %(date)s", date=f"{listing.shred_on:%d.%m.%Y}"))


def file_name(listing: AttendeeList, extension: str) -> str:
    """Return an ASCII download name such as ``teilnahmeliste-tag-der-offenen-tuer-2024-09-15.csv``."""
    return named(("teilnahmeliste", listing.event_title), to_berlin(listing.generated_at).date(), extension)


def named(words: Iterable[str], day: date, extension: str) -> str:
    """Return an ASCII download name of some words and a day."""
    parts = [ascii_words(text) for text in words]
    return "-".join(part for part in (*parts, day.isoformat()) if part) + f".{extension}"


def ascii_words(text: str) -> str:
    """Return ``tag-der-offenen-tuer`` for a title, at most 60 characters."""
    spelled = text.casefold().translate({0xE4: "ae", 0xF6: "oe", 0xFC: "ue"})
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


COLUMNS: tuple[Column, ...] = (
    Column(_l("Datum"), Kind.DAY, 12, lambda one: wall_clock(one.starts_at).date()),
    Column(_l("Beginn"), Kind.TIME, 9, lambda one: wall_clock(one.starts_at).time()),
    Column(_l("Ende"), Kind.TIME, 9, lambda one: one.ends_at and wall_clock(one.ends_at).time()),
    Column(_l("Name"), Kind.TEXT, 28, lambda one: one.name),
    Column(_l("Personen"), Kind.NUMBER, 11, lambda one: one.party_size),
    Column(_l("Gruppe"), Kind.TEXT, 14, lambda one: one.guest_kind),
    Column(_l("Teilnahme"), Kind.TEXT, 12, lambda one: one.mode),
    Column(_l("Status"), Kind.TEXT, 14, lambda one: one.state),
    Column(_l("Gekommen"), Kind.NUMBER, 11, lambda one: one.came_size),
    Column(_l("Gekommen um"), Kind.TIME, 13, lambda one: one.came_at and wall_clock(one.came_at).time()),
    Column(_l("Organisation"), Kind.TEXT, 28, lambda one: one.organisation),
    Column(_l("Hinweise"), Kind.TEXT, 40, lambda one: one.needs),
    Column(_l("Buchungsnummer"), Kind.TEXT, 18, lambda one: one.reference),
    Column(_l("E-Mail-Adresse"), Kind.TEXT, 32, lambda one: one.email),
    Column(_l("Telefon"), Kind.TEXT, 20, lambda one: one.phone),
    Column(_l("Gebucht am"), Kind.MOMENT, 18, lambda one: wall_clock(one.booked_at)),
)


def columns_of(listing: AttendeeList) -> tuple[Column, ...]:
    """Return the columns of one list: those of every list, then its own."""
    if listing.columns:
        return listing.columns
    own = (Column(extra.header, Kind.TEXT, 24, partial(_extra, number)) for number, extra in enumerate(listing.extras))
    return (*COLUMNS, *own)


SHARED: Mapping[SharedColumn, int] = {
    SharedColumn.NAME: 3,
    SharedColumn.PERSONS: 4,
    SharedColumn.KIND: 5,
    SharedColumn.ORGANISATION: 10,
    SharedColumn.EMAIL: 13,
}
"""Where the columns that can be agreed on with a partner stand in :data:`COLUMNS`."""


def shared_columns(agreed: Iterable[SharedColumn]) -> tuple[Column, ...]:
    """Return day and time, then what was agreed on."""
    return (*COLUMNS[:3], *(COLUMNS[SHARED[one]] for one in agreed))


def _extra(number: int, attendee: Attendee) -> str:
    return attendee.extras[number]
