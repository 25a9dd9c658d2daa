"""Reading in lists of activities."""

from pathlib import Path

import click

from openday.cli.german import GermanGroup


@click.group("import", cls=GermanGroup)
def import_group() -> None:
    """Listen einlesen."""


@import_group.command()
@click.argument("file", type=click.Path(path_type=Path))
def activities(file: Path) -> None:
    """Liest eine Liste von Aktivitäten ein."""
