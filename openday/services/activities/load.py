"""A file in, events out: the whole way of an import."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from openday.services.activities.csv_table import csv_table
from openday.services.activities.row import ActivityRow
from openday.services.activities.store import store_rows
from openday.services.activities.table import Problem, Table, UnreadableFile, read_bytes
from openday.services.activities.understand import understand
from openday.services.activities.xlsx_table import xlsx_table

ZIP_MAGIC = b"PK\x03\x04"
OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class ImportReport:
    """What became of each row."""

    new: int
    known: int
    changed_lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]

    @property
    def total(self) -> int:
        """All rows of the list that were not blank."""
        return self.new + self.known + len(self.problems)


def import_activities(
    path: Path, year: int | None = None, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> ImportReport:
    """Read the whole file, then store it in one go; raises ``UnreadableFile`` and has stored nothing then."""
    table = table_of(read_bytes(path))
    rows, problems = understood(table, year)
    stored = store_rows(rows, progress)
    remarks = (*table.remarks, *remarks_on_year(rows))
    return ImportReport(stored.new, stored.known, stored.changed_lines, tuple(problems), remarks)


def remarks_on_year(rows: list[ActivityRow]) -> list[str]:
    """Return how many rows got the year that was given for those without one."""
    undated = [row.year for row in rows if not row.names_year]
    if not undated:
        return []
    words = ngettext(
        "%(num)s Zeile ohne Jahr gehört zur Aktionswoche %(year)s.",
        "%(num)s Zeilen ohne Jahr gehören zur Aktionswoche %(year)s.",
        len(undated),
        year=undated[0],
    )
    return [str(words)]


def understood(table: Table, year: int | None) -> tuple[list[ActivityRow], list[Problem]]:
    """Return the rows that say something, each once, and why the others are refused, by line."""
    rows: dict[str, ActivityRow] = {}
    problems = list(table.problems)
    for raw in table.rows:
        result = understand(raw, year)
        if isinstance(result, Problem):
            problems.append(result)
        elif result.source_key in rows:
            first = rows[result.source_key].line
            problems.append(
                Problem(raw.line, "title", _("Dieselbe Aktivität steht schon in Zeile %(line)s.", line=first))
            )
        else:
            rows[result.source_key] = result
    return list(rows.values()), sorted(problems, key=lambda problem: problem.line)


def table_of(content: bytes) -> Table:
    """Return the rows of a CSV or XLSX file; raises ``UnreadableFile`` with what to do."""
    if not content.strip():
        raise UnreadableFile(_l("Die Datei ist leer."))
    if content.startswith(OLD_EXCEL_MAGIC):
        raise UnreadableFile(_l("Das ist eine alte Excel-Datei (.xls). Speichern Sie sie als .xlsx."))
    return xlsx_table(content) if content.startswith(ZIP_MAGIC) else csv_table(content)
