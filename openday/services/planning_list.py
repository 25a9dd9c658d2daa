"""The planning list of a coordinator in the browser: every row is judged first, then exactly that is stored.

Between the two the new rows travel in the page, signed for the person that has seen them; nothing is kept here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import structlog
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from openday.errors import Refusal
from openday.extensions import db
from openday.models import AuditEntry, Campaign, Traeger
from openday.services.activities.load import ZIP_MAGIC, remarks_on_year, table_of, understood
from openday.services.activities.row import ActivityRow
from openday.services.activities.store import store_rows
from openday.services.activities.table import COLUMNS, Problem, RawRow, Table, UnreadableFile
from openday.services.activities.understand import understand
from openday.services.activities.xlsx_table import refuse_bomb
from openday.services.planning_row import Ground, fault_of
from openday.services.scope import Scope
from openday.settings import current_settings
from openday.transaction import transaction

log = structlog.get_logger()

MOST_ROWS = 500
LARGEST_UNPACKED = 16 * 1024 * 1024
LONGEST_SEAL = 200_000  # characters; a form takes 256 KB
SEAL_SECONDS = 2 * 60 * 60
TOO_LONG = _l(
    "Die Liste ist zu lang für einmal. Teilen Sie sie in Listen mit höchstens %(most)s Zeilen.", most=MOST_ROWS
)


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"  # known, and said otherwise: left as it is
    REFUSED = "refused"


class NotSealed(Refusal):
    """What is to be stored was not shown to this person, or too long ago."""

    code = "not_sealed"
    message = _l("Die Vorschau ist abgelaufen. Wählen Sie die Datei noch einmal aus")


class ListChanged(Refusal):
    """Since the preview something happened that changes what would be stored."""

    code = "list_changed"
    message = _l("Inzwischen hat sich hier etwas geändert. Wählen Sie die Datei noch einmal aus")


@dataclass(frozen=True)
class JudgedRow:
    """A row with its verdict; ``column`` and ``reason`` say why it is refused."""

    line: int
    verdict: Verdict
    title: str = ""
    traeger: str = ""
    starts_on: date | None = None
    year: int | None = None
    column: str = ""
    reason: object = ""


@dataclass(frozen=True)
class Preview:
    """Every row in the order of the file; ``seal`` is what makes the new ones storable, empty without any."""

    rows: Sequence[JudgedRow]
    remarks: Sequence[str]
    seal: str

    def count(self, *verdicts: str) -> int:
        """Return how many rows have one of the verdicts."""
        return sum(row.verdict in verdicts for row in self.rows)


def campaign_years() -> list[int]:
    """Return the years an activity can belong to, the newest first."""
    return list(db.session.scalars(select(Campaign.year).order_by(Campaign.year.desc())))


def preview_list(scope: Scope, content: bytes, year: int | None = None) -> Preview:
    """Return what would become of each row; stores nothing. Raises ``UnreadableFile`` with what to do.

    ``year`` is for rows that name none; without it they are refused, as the right campaign must not be guessed.
    """
    if not campaign_years():
        raise UnreadableFile(_l("Es gibt noch keine Aktionswoche, zu der die Liste gehört."))
    if content.startswith(ZIP_MAGIC):
        refuse_bomb(content, LARGEST_UNPACKED)
    table = table_of(content)
    rows, problems = understood(table, year)
    if not rows and not problems:
        raise UnreadableFile(_l("Unter der Überschrift steht keine Zeile."))
    if len(rows) + len(problems) > MOST_ROWS:
        raise UnreadableFile(TOO_LONG)
    judged = [*judge(scope, rows), *(refused(problem, table) for problem in problems)]
    new = {row.line for row in judged if row.verdict is Verdict.NEW}
    seal = sealed(scope, year, [raw for raw in table.rows if raw.line in new]) if new else ""
    return Preview(sorted(judged, key=lambda row: row.line), [*table.remarks, *remarks_on_year(rows)], seal)


def judge(scope: Scope, rows: list[ActivityRow]) -> list[JudgedRow]:
    """Return the rows that were understood with their verdicts."""
    ground = Ground.read(scope, rows)
    return [judged(scope, row, ground) for row in rows]


def judged(scope: Scope, row: ActivityRow, ground: Ground) -> JudgedRow:
    """Return one row with its verdict."""
    fault = fault_of(scope, row, ground)
    if fault is not None:
        verdict = Verdict.REFUSED
    elif row.source_key in ground.events:
        verdict = Verdict.CHANGED if ground.says_otherwise(row) else Verdict.KNOWN
    else:
        verdict = Verdict.NEW
    column, reason = fault or ("", "")
    return JudgedRow(row.line, verdict, row.title, row.traeger, row.starts_on, row.year, column, reason)


def refused(problem: Problem, table: Table) -> JudgedRow:
    """Return a row nobody can understand, with what it seems to be about."""
    cells = next((raw.cells for raw in table.rows if raw.line == problem.line), {})
    title, traeger = (cells.get(name, "")[:200] for name in ("title", "traeger"))
    return JudgedRow(problem.line, Verdict.REFUSED, title, traeger, column=problem.column, reason=problem.reason)


def sealer(scope: Scope) -> URLSafeTimedSerializer:
    """Return what signs rows for one person."""
    return URLSafeTimedSerializer(current_settings().signing_key(), salt=f"planning list of {scope.user_id}")


def sealed(scope: Scope, year: int | None, raws: list[RawRow]) -> str:
    """Return the rows as signed text; raises ``UnreadableFile`` for more than a form takes."""
    seal = sealer(scope).dumps([year, [[raw.line, *(raw.cells[name] for name in COLUMNS)] for raw in raws]])
    text = seal if isinstance(seal, str) else seal.decode()
    if len(text) > LONGEST_SEAL:
        raise UnreadableFile(TOO_LONG)
    return text


def unsealed(scope: Scope, seal: str) -> list[ActivityRow]:
    """Return the rows as they were understood for the preview; raises ``NotSealed`` and ``ListChanged``."""
    try:
        year, lines = sealer(scope).loads(seal, max_age=SEAL_SECONDS)
    except BadData as error:
        raise NotSealed from error
    raws = [RawRow(line, dict(zip(COLUMNS, cells, strict=True))) for line, *cells in lines]
    rows = [understand(raw, year) for raw in raws]
    if any(isinstance(row, Problem) for row in rows):
        raise ListChanged
    return [row for row in rows if isinstance(row, ActivityRow)]


@transaction
def store_list(scope: Scope, seal: str) -> int:
    """Store the rows of a preview and return how many became events; a second time none does.

    Raises ``NotSealed`` and ``ListChanged``; then nothing is stored.
    """
    rows = unsealed(scope, seal)
    if any(row.verdict is Verdict.REFUSED for row in judge(scope, rows)):
        raise ListChanged
    homes = homes_of(scope, rows)
    try:
        stored = store_rows(rows, actor_id=scope.user_id)
        db.session.flush()
    except IntegrityError as error:  # somebody else stores the same list at this moment
        raise ListChanged from error
    for traeger in db.session.scalars(select(Traeger).where(Traeger.name.in_(homes))):
        traeger.region = homes[traeger.name]
    if stored.new:
        campaign_id = db.session.scalars(select(Campaign.id).where(Campaign.year == rows[0].year)).one()
        db.session.add(
            AuditEntry(
                action="planning_list_imported",
                actor_id=scope.user_id,
                object_type="campaign",
                object_id=campaign_id,
                detail=f"{stored.new} events",
            )
        )
    log.info("planning list imported", new=stored.new, known=stored.known)
    return stored.new


def homes_of(scope: Scope, rows: list[ActivityRow]) -> dict[str, str]:
    """Return the Land of each Träger a Liga names first: without it the Träger would not be the Liga's."""
    known = set(db.session.scalars(select(Traeger.name).where(Traeger.name.in_([row.traeger for row in rows]))))
    return {
        row.traeger: place.region
        for row in rows
        for place in row.places[:1]
        if row.traeger not in known and place.region in scope.lands and place.region
    }
