"""Lists of activities as coordinators keep them, written by the tests themselves."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from openday.services.activities.table import COLUMNS

PLAIN = {
    "traeger": "Beratungshaus Beispiel e. V.",
    "verband": "AWO",
    "programme": "MBE",
    "activity_type": "open_day",
    "title": "Offene Tür im Beispielhaus",
    "date": "2024-09-18",
    "format": "in_person",
    "city": "Leipzig",
    "bundesland": "Sachsen",
    "audience": "public",
    "registration_required": "unknown",
    "source_url": "https://beratungshaus.example.org/offene-tuer",
    "notes": "announced",
}


def line(**cells: str) -> dict[str, str]:
    """One row: the plain one with some cells changed."""
    return dict.fromkeys(COLUMNS, "") | PLAIN | cells


def csv_bytes(
    *rows: dict[str, str], delimiter: str = ";", encoding: str = "utf-8", columns: tuple[str, ...] = COLUMNS
) -> bytes:
    """The rows as a spreadsheet program would save them."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return text.getvalue().encode(encoding)


def saved(folder: Path, content: bytes, name: str = "liste.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def xlsx_bytes(*rows: dict[str, Any]) -> bytes:
    """The rows as a workbook; values keep their type, as dates and numbers in a spreadsheet do."""
    workbook = Workbook()
    workbook.active.append(list(COLUMNS))
    for row in rows:
        workbook.active.append([row.get(column) for column in COLUMNS])
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
