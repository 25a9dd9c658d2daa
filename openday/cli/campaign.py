"""The frame of the Aktionswoche."""

import re
from datetime import date
from typing import Any

import click

from openday import wording
from openday.cli.application import application, quiet_logs, require_tables
from openday.cli.german import GermanCommand, Number, Refused
from openday.services.campaign import BadWeek, CampaignFrame, set_campaign

GERMAN_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


class Day(click.ParamType[date]):
    """A calendar day as people write it, 16.09.2027, or as machines do, 2027-09-16."""

    name = "tag"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; fails with a sentence that shows how to write it."""
        written = GERMAN_DAY.fullmatch(value)
        try:
            return date.fromisoformat("-".join(reversed(written.groups())) if written else value)
        except ValueError:
            return self.fail(f"„{value}“ ist kein Tag. Schreiben Sie ihn so: 16.09.2027", param, ctx)


@click.command(cls=GermanCommand)
@click.argument("year", type=Number(2000, 2999), metavar="JAHR")
@click.option("--name", help="Wie die Aktionswoche heißt.")
@click.option("--from", "starts_on", type=Day(), help="Erster Tag, zum Beispiel 13.09.2027.")
@click.option("--to", "ends_on", type=Day(), help="Letzter Tag.")
def campaign(year: int, name: str | None, starts_on: date | None, ends_on: date | None) -> None:
    """Legt die Aktionswoche eines Jahres an oder ändert Namen und Tage."""
    with application().app_context():
        quiet_logs()
        require_tables()
        try:
            stored = set_campaign(CampaignFrame(year, name, starts_on, ends_on))
        except BadWeek as refusal:
            raise Refused(str(refusal)) from refusal
        days = wording.days_in_words(stored.starts_on, stored.ends_on) if stored.starts_on else "noch ohne Tage"
        click.echo(f"{stored.name}: {days}")
