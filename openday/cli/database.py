"""Tables and what must always hold in them."""

import click

from openday.cli.application import SCHEMA_SENTENCES, application, require_tables
from openday.cli.german import GermanCommand, GermanGroup, Refused
from openday.services.invariants import breaches
from openday.services.reference import ensure_reference_data
from openday.services.schema import Schema, schema_state, upgrade_schema


@click.group("db", cls=GermanGroup)
def db_group() -> None:
    """Tabellen der Datenbank anlegen und erneuern."""


@db_group.command()
def upgrade() -> None:
    """Bringt die Tabellen auf den Stand dieses openday. Daten bleiben erhalten."""
    with application().app_context():
        click.echo(migrate_now())


def migrate_now() -> str:
    """Run what is missing and return what was done; refuses a database of a newer release."""
    state = schema_state()
    if state in (Schema.UNREACHABLE, Schema.AHEAD):
        raise Refused(SCHEMA_SENTENCES[state])
    if state is Schema.CURRENT:
        return "Die Tabellen sind auf dem neuesten Stand."
    upgrade_schema()
    ensure_reference_data()
    return "Die Tabellen sind angelegt." if state is Schema.EMPTY else "Die Tabellen sind erneuert."


@click.command(cls=GermanCommand)
def check() -> None:
    """Prüft, was immer gelten muss: Plätze, Buchungen, Mails, Löschtage. Ändert nichts."""
    with application().app_context():
        require_tables()
        found = breaches()
    for line in found:
        click.echo(line, err=True)
    if found:
        click.echo(f"{len(found)} Regeln sind verletzt.", err=True)
        raise SystemExit(1)
    click.echo("Alles in Ordnung.")
