"""What is missing before people can rely on this installation."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import click

from openday.cli.application import SCHEMA_SENTENCES, application, read_settings
from openday.cli.german import GermanCommand, Refused
from openday.extensions import has_safe_wal
from openday.services.schema import Schema, schema_state
from openday.settings import Mode, Settings


class Mark(StrEnum):
    """How a finding counts; only ``MISSING`` makes the command fail."""

    GOOD = "gut"
    HINT = "Hinweis"
    MISSING = "fehlt"


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    mark: Mark
    sentence: str


@click.command(cls=GermanCommand)
def doctor() -> None:
    """Sagt, was für den Betrieb fehlt, und was als Nächstes zu tun ist. Ändert nichts."""
    settings = read_settings()
    found = [*settings_findings(settings), *folder_findings(settings), *database_findings(settings)]
    for finding in found:
        click.echo(f"{finding.mark:>8}  {finding.sentence}")
    missing = sum(finding.mark is Mark.MISSING for finding in found)
    if missing:
        click.echo(f"\nopenday ist noch nicht bereit: {missing} Punkte fehlen.", err=True)
        raise SystemExit(1)
    click.echo("\nopenday ist bereit. Nächster Schritt: openday serve")


def settings_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what the environment lacks."""
    if settings.mode is not Mode.PRODUCTION:
        yield Finding(Mark.HINT, f"OPENDAY_MODE={settings.mode}: Das ist keine Einstellung für den Betrieb.")
    problems = settings.problems()
    for problem in problems:
        yield Finding(Mark.MISSING, problem)
    if not problems:
        yield Finding(Mark.GOOD, "Die Einstellungen sind vollständig.")
    if settings.mode is Mode.PRODUCTION and not settings.operator.name:
        yield Finding(Mark.HINT, "OPENDAY_OPERATOR_NAME, _ADDRESS und _EMAIL fehlen: Das Impressum ist unvollständig.")
    if settings.mode is Mode.PRODUCTION and not settings.proxy_hops and not settings.is_loopback:
        yield Finding(
            Mark.HINT, "OPENDAY_PROXY_HOPS ist 0: Hinter nginx setzen Sie 1, sonst teilen sich alle eine IP-Adresse."
        )


def folder_findings(settings: Settings) -> Iterator[Finding]:
    """Yield whether the folder everything is written to can be used."""
    folder = settings.instance_path
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(nearest, os.W_OK | os.X_OK) and nearest.is_dir():
        yield Finding(Mark.GOOD, f"openday schreibt nach {folder}")
    else:
        yield Finding(Mark.MISSING, f"openday darf nicht nach {folder} schreiben. Setzen Sie OPENDAY_INSTANCE_PATH.")


def database_findings(settings: Settings) -> Iterator[Finding]:
    """Yield whether the database answers and has its tables."""
    if settings.database_url.startswith("sqlite"):
        yield Finding(Mark.HINT, "Die eingebettete Datenbank SQLite ist in Gebrauch. Für viele Gäste: PostgreSQL.")
        if not has_safe_wal(sqlite3.sqlite_version_info):
            yield Finding(
                Mark.HINT, f"SQLite {sqlite3.sqlite_version} hat den WAL-Fehler; openday schreibt darum langsamer."
            )
    try:
        with application(settings).app_context():
            state = schema_state()
    except Refused as refusal:
        yield Finding(Mark.MISSING, refusal.message)
        return
    if state is Schema.CURRENT:
        yield Finding(Mark.GOOD, "Die Datenbank antwortet und hat alle Tabellen.")
    elif state in (Schema.EMPTY, Schema.BEHIND):
        yield Finding(Mark.HINT, f"{SCHEMA_SENTENCES[state]} („openday serve“ tut das auch.)")
    else:
        yield Finding(Mark.MISSING, SCHEMA_SENTENCES[state])
