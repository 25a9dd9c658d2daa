"""A table of words and numbers as CSV or as an Excel workbook, inert like the attendee list."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter

from openday.exports.attendee_csv import inert
from openday.exports.attendee_list import writable

_WIDTH = 22  # characters


@dataclass(frozen=True)
class PlainTable:
    """A name, headers and rows; a cell is a text or a number."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str | int]]


def as_csv(table: PlainTable) -> bytes:
    """Return UTF-8 with BOM and semicolons, every cell quoted."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([inert(header) for header in table.headers])
    for row in table.rows:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])
    return buffer.getvalue().encode()


def as_xlsx(table: PlainTable) -> bytes:
    """Return the workbook; only ``write_string`` gets text, so that no name becomes a formula or a link."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.set_column(0, len(table.headers) - 1, _WIDTH)
        for column, header in enumerate(table.headers):
            sheet.write_string(0, column, writable(header), bold)
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, writable(cell))
                else:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
    return target.getvalue()
