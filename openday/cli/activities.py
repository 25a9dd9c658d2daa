"""Reading in lists of activities."""

from pathlib import Path

import click

from openday.cli.application import application, quiet_logs, require_tables
from openday.cli.german import GermanGroup, Number, Refused
from openday.cli.progress import progress_bar
from openday.services.activities.load import ImportReport, import_activities
from openday.services.activities.table import UnreadableFile


@click.group("import", cls=GermanGroup)
def import_group() -> None:
    """Listen einlesen."""


@import_group.command()
@click.argument("file", metavar="DATEI", type=click.Path(path_type=Path))
@click.option("--year", type=Number(2000, 2999), help="Jahr für Zeilen ohne Jahr; sonst werden sie abgelehnt.")
def activities(file: Path, year: int | None) -> None:
    """Liest eine Liste von Aktivitäten ein, als CSV (UTF-8, Semikolon) oder XLSX.

    Dieselbe Liste ein zweites Mal einzulesen ändert nichts. Zeilen, die nicht zu verstehen sind, werden mit Zeile,
    Spalte und Grund genannt; die übrigen werden eingelesen.
    """
    with application().app_context():
        quiet_logs()
        require_tables()
        try:
            with progress_bar("Aktivitäten", "Zeilen") as progress:
                report = import_activities(file, year, progress)
        except UnreadableFile as refusal:
            raise Refused(f"{refusal}\nEs wurde nichts eingelesen.") from refusal
    show(report)
    if year is None and any(problem.column == "date" for problem in report.problems):
        click.echo("Hinweis: Das Jahr für Zeilen ohne Jahr nennt die Option --year.", err=True)


def show(report: ImportReport) -> None:
    """Print what became of the rows: remarks and refused ones to stderr, the sums to stdout."""
    for remark in report.remarks:
        click.echo(f"Hinweis: {remark}", err=True)
    for problem in report.problems:
        click.echo(f"Zeile {problem.line}, Spalte „{problem.column}“: {problem.reason}", err=True)
    for line in report.changed_lines:
        click.echo(f"Zeile {line}: steht schon in openday, mit anderen Angaben. Nichts geändert.", err=True)
    click.echo(
        f"{report.total} Zeilen gelesen: {report.new} neu, {report.known} schon vorhanden, "
        f"{len(report.problems)} abgelehnt."
    )
