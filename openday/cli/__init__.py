"""``openday``: argv in, sentences out. No rule and no SQL lives here."""

import sys

import click

from openday.cli.account import user
from openday.cli.activities import import_group
from openday.cli.campaign import campaign
from openday.cli.database import check, db_group
from openday.cli.demo import demo
from openday.cli.doctor import doctor
from openday.cli.german import GermanGroup, sentence_of
from openday.cli.mail import mail
from openday.cli.nginx import nginx
from openday.cli.serve import serve, worker


@click.group(cls=GermanGroup)
def cli() -> None:
    """openday: Veranstaltungen veröffentlichen, Plätze buchen, Teilnahmelisten laden.

    Zum Ausprobieren: „openday demo“. Was für den Betrieb fehlt, sagt „openday doctor“.
    """


for command in (demo, serve, worker, check, db_group, campaign, user, import_group, mail, nginx, doctor):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command; exits with 2 and a German sentence when it was asked for something that can't be done."""
    try:
        code = cli.main(arguments, prog_name="openday", standalone_mode=False)
    except click.ClickException as refusal:
        click.echo(sentence_of(refusal), err=True)
        sys.exit(refusal.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Abgebrochen.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe left: no traceback while Python shuts down
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
