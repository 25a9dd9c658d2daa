"""The same list as a spreadsheet. A file from a mail may be hostile: its size is known before anything is unpacked."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from openday.services.activities.table import COLUMNS, MOST_ROWS, Problem, RawRow, Table, UnreadableFile, checked_header

LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 64
BROKEN = _l("Die Excel-Datei ist beschädigt. Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie neu.")
READING_ERRORS = (BadZipFile, ParseError, KeyError, ValueError, TypeError, OSError, EOFError)


def xlsx_table(content: bytes) -> Table:
    """Return the rows of the first sheet; raises ``UnreadableFile`` for a broken or oversized workbook."""
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - 8 MB no other page needs

    refuse_bomb(content)
    try:
        return first_sheet(content)
    except (*READING_ERRORS, InvalidFileException) as error:
        raise UnreadableFile(BROKEN) from error


def refuse_bomb(content: bytes, largest: int = LARGEST_UNPACKED) -> None:
    """Raise ``UnreadableFile`` when unpacking would take too much memory or the XML defines its own entities."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > largest:
                raise UnreadableFile(
                    _l("Die Excel-Datei ist ausgepackt viel größer als eine solche Liste. Ist es die richtige?")
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                    raise UnreadableFile(BROKEN)
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(BROKEN) from error


def first_sheet(content: bytes) -> Table:
    """Read the first sheet cell by cell."""
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # a wrong size written by other programs would cut rows off
        lines = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        header = next(lines, ())
        names, remarks = checked_header([as_text(cell, "") for cell in header])
        if len(workbook.worksheets) > 1:
            remarks.append(_("Gelesen wird nur das erste Blatt „%(title)s“.", title=sheet.title))
        rows, problems = sorted_rows(names, lines)
    finally:
        workbook.close()
    return Table(rows, problems, remarks)


def sorted_rows(names: list[str], lines: Iterator[tuple[Any, ...]]) -> tuple[list[RawRow], list[Problem]]:
    """Return the rows that can be read and the problems of the others."""
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for line, values in enumerate(lines, start=2):
        if line > MOST_ROWS + 1:
            raise UnreadableFile(_l("Die Liste hat mehr als %(count)s Zeilen. Teilen Sie sie auf.", count=MOST_ROWS))
        cells = {name: as_text(value, name) for name, value in zip(names, values, strict=False) if name}
        if not any(cell.strip() for cell in cells.values()):
            continue
        failed = [name for name, cell in cells.items() if name in COLUMNS and cell.startswith("#") and cell.isupper()]
        failed = [name for name in failed if cells[name].rstrip("!?") in FORMULA_ERRORS]
        if failed:
            problems.append(
                Problem(line, failed[0], _("Die Formel ergibt einen Fehler: %(cell)s", cell=cells[failed[0]]))
            )
        else:
            rows.append(RawRow(line, {name: cells.get(name, "") for name in COLUMNS}))
    return rows, problems


FORMULA_ERRORS = frozenset({"#REF", "#NAME", "#VALUE", "#DIV/0", "#N/A", "#NULL", "#NUM"})


def as_text(value: Any, column: str) -> str:
    """Return a cell as it would stand in the CSV file; a postcode that Excel took for a number gets its zero back."""
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case datetime():
            text = value.strftime("%H:%M") if column in ("start", "end") else as_day(value)
        case date():
            text = value.isoformat()
        case time():
            text = value.strftime("%H:%M")
        case float() if value.is_integer():
            text = str(int(value))
        case _:
            text = str(value)
    return text.zfill(5) if column == "postcode" and isinstance(value, int | float) else text


def as_day(value: datetime) -> str:
    """Return the day of a spreadsheet's date; a clock time in it stays visible and is refused later."""
    return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
