"""The least a list costs: plain SQL, one loop over the rows, the library. Same rows, same columns, same words.

Nothing is searched, counted, translated, protected against formulas, or looked at twice.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import text

from openday.clock import BERLIN
from openday.exports import typeset
from openday.exports.glyphs import FAMILIES, font_directories
from openday.extensions import db
from openday.models.types import Instant

ROWS = text(
    """
    SELECT starts_at, ends_at, coalesce(guest_name, booker_name) AS name, party_size, guest_kind, mode, bookings.state,
           came_size, came_at, organisation, needs, reference, booker_email, booker_phone, bookings.created_at
    FROM bookings JOIN slots ON slots.id = slot_id
    WHERE bookings.event_id = 1
    ORDER BY starts_at, guest_kind NOT IN ('politics', 'press'), name, bookings.id
    """
).columns(starts_at=Instant, ends_at=Instant, came_at=Instant, created_at=Instant)
HEADERS = [
    "Datum", "Beginn", "Ende", "Name", "Personen", "Gruppe", "Teilnahme", "Status", "Gekommen", "Gekommen um",
    "Organisation", "Hinweise", "Buchungsnummer", "E-Mail-Adresse", "Telefon", "Gebucht am",
]  # fmt: skip
KINDS = {"public": "Gäste", "professional": "Fachleute", "politics": "Politik", "press": "Presse"}
MODES = {"onsite": "Vor Ort", "online": "Digital"}
STATES = {"confirmed": "gebucht", "cancelled": "abgesagt"}
TYPST = Path(__file__).with_name("templates") / "bare.typ"


def rows() -> Iterator[Any]:
    """Read the guests in their order."""
    return iter(db.session.connection().execute(ROWS))


def local(instant: datetime | None) -> datetime | None:
    """Return the wall clock."""
    return instant.astimezone(BERLIN).replace(tzinfo=None) if instant else None


def bare_csv() -> bytes:
    """Write the rows with the standard library."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(HEADERS)
    for row in rows():
        start, end, came, booked = map(local, (row.starts_at, row.ends_at, row.came_at, row.created_at))
        writer.writerow(
            (
                f"{start:%Y-%m-%d}",
                f"{start:%H:%M}",
                f"{end:%H:%M}" if end else "",
                row.name,
                row.party_size,
                KINDS[row.guest_kind],
                MODES[row.mode],
                STATES[row.state],
                row.came_size,
                f"{came:%H:%M}" if came else "",
                row.organisation,
                row.needs,
                row.reference,
                row.booker_email,
                row.booker_phone,
                f"{booked:%Y-%m-%d %H:%M}",
            )
        )
    return target.getvalue().encode()


def bare_xlsx() -> bytes:
    """Write the rows with XlsxWriter."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        day, clock, moment = (
            book.add_format({"num_format": form}) for form in ("dd.mm.yyyy", "hh:mm", "dd.mm.yyyy hh:mm")
        )
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(rows(), start=1):
            start, end, came, booked = map(local, (row.starts_at, row.ends_at, row.came_at, row.created_at))
            sheet.write_datetime(number, 0, start.date(), day)
            sheet.write_datetime(number, 1, start.time(), clock)
            if end:
                sheet.write_datetime(number, 2, end.time(), clock)
            sheet.write_string(number, 3, row.name)
            sheet.write_number(number, 4, row.party_size)
            sheet.write_string(number, 5, KINDS[row.guest_kind])
            sheet.write_string(number, 6, MODES[row.mode])
            sheet.write_string(number, 7, STATES[row.state])
            if came:
                sheet.write_number(number, 8, row.came_size)
                sheet.write_datetime(number, 9, came.time(), clock)
            sheet.write_string(number, 10, row.organisation or "")
            sheet.write_string(number, 11, row.needs or "")
            sheet.write_string(number, 12, row.reference)
            sheet.write_string(number, 13, row.booker_email)
            sheet.write_string(number, 14, row.booker_phone or "")
            sheet.write_datetime(number, 15, booked, moment)
    return target.getvalue()


def bare_pdf() -> bytes:
    """Set the printed columns with typst as one table, tagged, in a process of its own."""
    table = []
    for row in rows():
        start, end = local(row.starts_at), local(row.ends_at)
        hours = f"{start:%H:%M}–{end:%H:%M}" if end else f"{start:%H:%M}"
        table.append((hours, row.name, str(row.party_size), KINDS[row.guest_kind], STATES[row.state], row.needs or ""))
    order = {
        "source": TYPST.read_text("utf-8"),
        "fonts": [str(path) for path in font_directories()],
        "families": json.dumps(FAMILIES),
        "parts": [json.dumps(table)],
        "timestamp": 0,
    }
    command = [sys.executable, "-I", typeset.__file__]
    return subprocess.run(command, input=json.dumps(order).encode(), stdout=subprocess.PIPE, check=True).stdout
