"""A file as a table of text cells: CSV or XLSX, told apart by content and not by name."""

from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from openday.errors import Refusal

COLUMNS = (
    "traeger",
    "verband",
    "programme",
    "activity_type",
    "title",
    "date",
    "start",
    "end",
    "format",
    "venue",
    "street",
    "postcode",
    "city",
    "bundesland",
    "cooperation_partners",
    "audience",
    "language_or_access_notes",
    "registration_required",
    "source_url",
    "notes",
)
LARGEST_FILE = 8 * 1024 * 1024
MOST_ROWS = 20_000


class UnreadableFile(Refusal):
    """The file as a whole can't be read; the message says what to do. Nothing was stored."""

    code = "unreadable_file"


@dataclass(frozen=True)
class Problem:
    """Why a row is refused; ``line`` is that of the file, counted from 1."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class RawRow:
    """The cells of one row by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """All rows of a file, those that are no rows, and remarks about the file."""

    rows: list[RawRow]
    problems: list[Problem]
    remarks: list[str]


def read_bytes(path: Path) -> bytes:
    """Return the content; raises ``UnreadableFile`` for what is no file or far too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableFile(_l("„%(path)s“ ist ein Verzeichnis. Geben Sie eine Datei an.", path=path))
        if size > LARGEST_FILE:
            raise UnreadableFile(
                _l("Die Datei ist größer als 8 MB. Eine Liste von Aktivitäten ist viel kleiner: Ist es die richtige?")
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(_l("Die Datei „%(path)s“ gibt es nicht.", path=path)) from error
    except OSError as error:
        raise UnreadableFile(
            _l("Die Datei „%(path)s“ lässt sich nicht lesen: %(reason)s.", path=path, reason=error.strerror)
        ) from error
    return content


def checked_header(header: list[str]) -> tuple[list[str], list[str]]:
    """Return the column names in their order and remarks; raises ``UnreadableFile`` unless each is there once."""
    names = [cell.strip().lower() for cell in header]
    while names and not names[-1]:
        names.pop()
    if missing := [name for name in COLUMNS if name not in names]:
        raise UnreadableFile(
            _l(
                "In der ersten Zeile fehlen Spalten: %(columns)s. Erwartet werden: %(all)s.",
                columns=", ".join(missing),
                all=";".join(COLUMNS),
            )
        )
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise UnreadableFile(
            _l("Diese Spalten gibt es mehrfach: %(columns)s. Löschen Sie die überzähligen.", columns=", ".join(twice))
        )
    unknown = [name or "(ohne Namen)" for name in names if name not in COLUMNS]
    return names, [
        _("Die Spalte „%(name)s“ kennt openday nicht; sie wird nicht gelesen.", name=name) for name in unknown
    ]
