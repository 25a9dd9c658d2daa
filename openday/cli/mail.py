"""The mails as people get them, without sending one."""

from dataclasses import replace

import click
from flask import Flask

from openday.cli.application import application, quiet_logs, read_settings
from openday.cli.german import GermanGroup, Words
from openday.i18n import LANGUAGES
from openday.mailing.preview import MAILS, as_text

EXAMPLE_URL = "https://offene-tuer.example.org"


@click.group(cls=GermanGroup)
def mail() -> None:
    """Die E-Mails von openday."""


@mail.command()
@click.argument("kind", type=Words(list(MAILS)), metavar="ART", required=False)
@click.option("--language", type=Words(LANGUAGES), default="de", help="de oder en.")
@click.option("--html", is_flag=True, help="Zeigt den HTML-Teil statt des Textes.")
@click.option("--calendar", is_flag=True, help="Zeigt den Kalendereintrag statt des Textes.")
def preview(kind: str | None, language: str, html: bool, calendar: bool) -> None:
    """Zeigt eine E-Mail mit erfundenen Angaben. Ohne ART nennt es alle Arten."""
    if kind is None:
        click.echo("\n".join(MAILS))
        return
    with example_application().app_context():
        quiet_logs()
        message = MAILS[kind].written(language)
    if html:
        click.echo(message.html)
    elif calendar:
        click.echo(message.calendar or "")
    else:
        click.echo(as_text(message), nl=False)


def example_application() -> Flask:
    """Return the application; where no public URL is set, links are those of an example."""
    settings = read_settings()
    return application(settings if settings.public_url else replace(settings, public_url=EXAMPLE_URL))
