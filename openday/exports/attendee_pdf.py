"""The attendee list for the door as tagged PDF/UA-1: a square to tick, no mail address, no telephone number."""

import json
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from openday.exports.attendee_list import Attendee, AttendeeList, confidential, title, wall_clock
from openday.exports.glyphs import MISSING, printable
from openday.exports.sheet import set_sheet
from openday.wording import day_heading, language, moment_in_words

MOST_OWN_COLUMNS = 3
MOST_ROWS = 200  # of one part


def as_pdf(listing: AttendeeList) -> bytes:
    """Return the print sheet, a long one in parts of which each says which it is. Raises ``TypesettingError``."""
    attendees = list(listing.attendees)
    parts = [attendees[first : first + MOST_ROWS] for first in range(0, len(attendees), MOST_ROWS)] or [[]]
    shows_mode = len({one.mode for one in attendees}) > 1
    documents = (
        _document(listing, part, _part(number, len(parts)), shows_mode) for number, part in enumerate(parts, start=1)
    )
    return set_sheet("attendee_list.typ", documents, listing.generated_at)


def _part(number: int, parts: int) -> str:
    return _("Teil %(part)s von %(parts)s", part=number, parts=parts) if parts > 1 else ""


def _document(listing: AttendeeList, attendees: list[Attendee], part: str, shows_mode: bool) -> dict[str, object]:
    asked = _own_columns(listing)
    days = [
        {"heading": printable(day_heading(day)), "rows": [_row(one, shows_mode, listing, asked) for one in group]}
        for day, group in groupby(attendees, key=lambda one: wall_clock(one.starts_at).date())
    ]
    return {
        "title": printable(title(listing)),
        "heading": printable(" · ".join(filter(None, (title(listing), part)))),
        "organiser": printable(listing.organiser_name),
        "language": language(),
        "facts": [printable(" · ".join(filter(None, facts))) for facts in _facts(listing)],
        "missing": _missing_note() if MISSING in json.dumps(days, ensure_ascii=False) else None,
        "empty": _("Noch keine Buchung."),
        "headers": [
            _("Da"),
            _("Zeit"),
            _("Name"),
            _("Pers."),
            _("Gruppe"),
            _("Status"),
            _("Hinweise"),
            *(printable(listing.extras[number].header) for number in asked),
        ],
        "confidential": confidential(listing),
        "page": " · ".join(filter(None, (part, _("Seite %(page)s von %(pages)s", page="{page}", pages="{pages}")))),
        "days": days,
    }


def _facts(listing: AttendeeList) -> tuple[tuple[str, ...], ...]:
    summary = listing.summary
    bookings = ngettext("%(num)d Buchung", "%(num)d Buchungen", summary.bookings)
    persons = ngettext("%(num)d Person", "%(num)d Personen", summary.persons)
    return (
        (listing.when, listing.where, listing.organiser_name),
        (f"{bookings}, {persons}", *(f"{count} {word}" for word, count in summary.groups)),
        (
            _("Stand: %(moment)s", moment=moment_in_words(listing.generated_at)),
            _("Auswahl: %(selection)s", selection=listing.selection) if listing.selection else "",
        ),
    )


def _own_columns(listing: AttendeeList) -> list[int]:
    """Return which extras are columns on paper: the questions, as long as they fit; else they stand among the notes."""
    asked = [number for number, extra in enumerate(listing.extras) if extra.is_question]
    return asked if len(asked) <= MOST_OWN_COLUMNS else []


def _notes(attendee: Attendee, listing: AttendeeList, asked: list[int]) -> str:
    further = [
        f"{extra.header}: {value}"
        for number, (extra, value) in enumerate(zip(listing.extras, attendee.extras, strict=True))
        if value and extra.on_paper and number not in asked
    ]
    return " · ".join(filter(None, (attendee.needs, *further)))


def _row(attendee: Attendee, shows_mode: bool, listing: AttendeeList, asked: list[int]) -> tuple[Any, ...]:
    name = printable(attendee.name)
    if MISSING in name:  # then the number on the visitor's confirmation finds the row
        name += f" ({attendee.reference})"
    group = " · ".join(filter(None, (attendee.guest_kind, attendee.mode if shows_mode else "")))
    return (
        _time(attendee),
        name,
        printable(attendee.organisation),
        str(attendee.party_size),
        printable(group),
        printable(attendee.state),
        printable(_notes(attendee, listing, asked)),
        attendee.is_expected,
        [printable(attendee.extras[number]) for number in asked],
    )


def _time(attendee: Attendee) -> str:
    start = f"{wall_clock(attendee.starts_at):%H:%M}"
    return f"{start}–{wall_clock(attendee.ends_at):%H:%M}" if attendee.ends_at else start


def _missing_note() -> str:
    sentence = _(
        "%(sign)s steht für ein Zeichen, das hier nicht gedruckt werden kann. Es steht in der Excel-Datei.",
        sign=MISSING,
    )
    return str(sentence)
