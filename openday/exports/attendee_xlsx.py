"""The attendee list as an Excel workbook: text stays text, days and times are real dates, so they sort and filter."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from openday.exports.attendee_list import AttendeeList, Column, Kind, columns_of, confidential, title, writable

_LINE_HEIGHT = 15  # points
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
_DAY = timedelta(days=1)
_LOOKS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"num_format": "@", "text_wrap": True},
    Kind.NUMBER: {"align": "center"},
    Kind.DAY: {"num_format": "dd.mm.yyyy", "align": "left"},
    Kind.TIME: {"num_format": "hh:mm", "align": "left"},
    Kind.MOMENT: {"num_format": "dd.mm.yyyy hh:mm", "align": "left"},
}


def as_xlsx(listing: AttendeeList) -> bytes:
    """Return the workbook; only ``write_string`` gets text, so that no name becomes a formula or a link."""
    target = BytesIO()
    # Rows are parked on disk; a directory of its own takes them along even when a row raises.
    with TemporaryDirectory(prefix="openday-") as parked:
        options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "tmpdir": parked}
        with xlsxwriter.Workbook(target, options) as book:
            _describe(book, listing)
            sheet = book.add_worksheet(_("Teilnahmeliste"))
            columns = columns_of(listing)
            last_row = _fill(book, sheet, listing, columns)
            _set_up_print(sheet, listing)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, last_row, len(columns) - 1)
    return target.getvalue()


def _describe(book: Any, listing: AttendeeList) -> None:
    book.set_properties(
        {
            "title": writable(title(listing)),
            "company": writable(listing.organiser_name),
            "created": listing.generated_at.replace(tzinfo=None),
        }
    )


def _fill(book: Any, sheet: Any, listing: AttendeeList, columns: tuple[Column, ...]) -> int:
    """Write header and rows, return the number of the last row."""
    heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    formats = {kind: book.add_format({"valign": "top", **look}) for kind, look in _LOOKS.items()}
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, writable(str(column.header)), heading)
    looks = [formats[column.kind] for column in columns]
    texts = [(index, column.width) for index, column in enumerate(columns) if column.kind is Kind.TEXT]
    row = 0
    for row, attendee in enumerate(listing.attendees, start=1):
        values = [column.value(attendee) for column in columns]
        # LibreOffice does not grow rows by itself; the height has to be known before the first cell is written.
        sheet.set_row(row, _LINE_HEIGHT * max((_lines(str(values[index]), width) for index, width in texts), default=1))
        for index, (value, look) in enumerate(zip(values, looks, strict=True)):
            if isinstance(value, str):
                sheet.write_string(row, index, writable(value), look)
            elif value is not None:
                sheet.write_number(row, index, value if isinstance(value, int) else _serial(value), look)
    return row


@lru_cache(4096)
def _serial(at: datetime | date | time) -> float:
    """Return what Excel stores: the days since 1899-12-30, or the part of a day."""
    if isinstance(at, time):
        return timedelta(hours=at.hour, minutes=at.minute) / _DAY
    moment = at if isinstance(at, datetime) else datetime.combine(at, time())
    return (moment - _EPOCH) / _DAY


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in its column, at most as many as a screen shows."""
    return min(12, -(-len(text) // width) + text.count("\n") or 1)


def _set_up_print(sheet: Any, listing: AttendeeList) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # Excel reads & as a command, and refuses more than 255 characters.
    sheet.set_header("&L" + writable(listing.event_title).replace("\n", " ")[:120].replace("&", "&&"))
    sheet.set_footer("&L" + confidential(listing).replace("&", "&&") + "&R&P / &N")
