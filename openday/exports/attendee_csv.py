"""The attendee list as CSV: UTF-8 with BOM, semicolons, every cell quoted, no cell that a spreadsheet would run."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from io import StringIO
from itertools import islice
from typing import Any

from openday.exports.attendee_list import Attendee, AttendeeList, Column, Kind, columns_of, writable

_BLOCK = 512  # rows
# OWASP ASVS 1.2.10, with the wide and small forms that Excel folds to ASCII and with what hides in front of a sign.
_FORMULA = re.compile(r"[\t\r\n\0]|[\s\0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")


def inert(text: str) -> str:
    """Return the text such that no spreadsheet reads it as a formula: an apostrophe in front where it might."""
    if not text or (text[0].isalnum() and text.isprintable()):
        return text
    clean = writable(text)  # taking a control character away may bring a sign to the front
    return f"'{clean}" if _FORMULA.match(text) or _FORMULA.match(clean) else clean


def as_csv(listing: AttendeeList) -> Iterator[bytes]:
    """Return the file in blocks; days and times are ISO 8601, which every spreadsheet sorts whatever its language."""
    # Translated here and not in the generator, which runs when the request and its language are already gone.
    columns = columns_of(listing)
    headers = [inert(str(column.header)) for column in columns]
    return _blocks(headers, columns, listing.attendees)


def _blocks(headers: list[str], columns: tuple[Column, ...], attendees: Iterable[Attendee]) -> Iterator[bytes]:
    buffer, rest = StringIO(), iter(attendees)
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(headers)
    while block := list(islice(rest, _BLOCK)):
        writer.writerows(zip(*(_cells(column, block) for column in columns), strict=True))
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def _cells(column: Column, attendees: list[Attendee]) -> Iterator[Any]:
    """Return the cells of one column; what many rows share is written once."""
    values = list(map(column.value, attendees))
    written = _WRITTEN[column.kind]
    cells = {value: written(value) for value in set(values)}
    return map(cells.__getitem__, values)


def _clock_time(at: time | None) -> str:
    return at.isoformat("minutes") if at else ""


_WRITTEN: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: inert,
    Kind.NUMBER: lambda number: number,
    Kind.DAY: date.isoformat,
    Kind.TIME: _clock_time,
    Kind.MOMENT: partial(datetime.isoformat, sep=" ", timespec="minutes"),
}
