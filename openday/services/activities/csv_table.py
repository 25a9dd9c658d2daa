"""CSV with semicolons in UTF-8, as spreadsheets write it in German."""

import csv
from collections.abc import Iterator
from io import StringIO

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from openday.services.activities.table import MOST_ROWS, Problem, RawRow, Table, UnreadableFile, checked_header

DELIMITER = ";"
OTHER_DELIMITERS = {",": _l("Kommas"), "\t": _l("Tabulatoren"), "|": _l("senkrechten Strichen")}
HOW_TO_SAVE = _l("Speichern Sie die Liste als „CSV UTF-8 (durch Trennzeichen getrennt)“ oder als Excel-Datei (.xlsx).")


def csv_table(content: bytes) -> Table:
    """Return the rows; raises ``UnreadableFile`` for another encoding, another delimiter or a broken header."""
    text = decoded(content)
    records = numbered_records(text)
    try:
        _line, header = next(records)
    except StopIteration as error:
        raise UnreadableFile(_l("Die Datei ist leer.")) from error
    refuse_other_delimiter(header)
    names, remarks = checked_header(header)
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for line, record in records:
        if not any(cell.strip() for cell in record):
            continue
        surplus = [cell for cell in record[len(names) :] if cell.strip()]
        if len(record) < len(names) or surplus:
            problems.append(
                Problem(
                    line,
                    names[-1],
                    _("Die Zeile hat %(found)s statt %(expected)s Spalten.", found=len(record), expected=len(names)),
                )
            )
        else:
            rows.append(RawRow(line, dict(zip(names, record, strict=False))))
        if len(rows) > MOST_ROWS:
            raise UnreadableFile(_l("Die Liste hat mehr als %(count)s Zeilen. Teilen Sie sie auf.", count=MOST_ROWS))
    return Table(rows, problems, remarks)


def decoded(content: bytes) -> str:
    """Return the text; raises ``UnreadableFile`` for anything but UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(_l("Die Datei ist in UTF-16 gespeichert. %(how)s", how=HOW_TO_SAVE))
    if b"\x00" in content:
        raise UnreadableFile(_l("Das ist keine Tabelle, sondern eine andere Art von Datei. %(how)s", how=HOW_TO_SAVE))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            _l(
                "Die Datei ist nicht in UTF-8 gespeichert (Zeile %(line)s), wohl in Windows-1252. %(how)s",
                line=line,
                how=HOW_TO_SAVE,
            )
        ) from error


def numbered_records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it begins on; raises ``UnreadableFile`` where the quoting is broken."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=DELIMITER, strict=True)
    line = 1
    try:
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            _l(
                "Ab Zeile %(line)s ist die Liste nicht zu lesen: Ein Anführungszeichen fehlt oder ein Feld ist "
                "übermäßig lang. %(how)s",
                line=line,
                how=HOW_TO_SAVE,
            )
        ) from error


def refuse_other_delimiter(header: list[str]) -> None:
    """Raise ``UnreadableFile`` when the first line is in one piece because something else separates it."""
    if len(header) > 1:
        return
    for delimiter, name in OTHER_DELIMITERS.items():
        if header[0].count(delimiter) >= 3:
            raise UnreadableFile(
                _l(
                    "Die Spalten sind mit %(name)s getrennt, erwartet werden Semikolons (;). %(how)s",
                    name=name,
                    how=HOW_TO_SAVE,
                )
            )
