"""``openday import activities``: exit codes, and what is said where."""

import pytest

from tests.cli.commands import openday
from tests.services.activity_lists import csv_bytes, line, saved


@pytest.fixture
def migrated(sqlite_installation):
    assert openday("db", "upgrade", **sqlite_installation).returncode == 0
    return sqlite_installation


def test_refused_rows_are_listed_on_stderr_and_the_rest_comes_in(migrated, tmp_path):
    sheet = saved(tmp_path, csv_bytes(line(), line(title="Ohne Jahr", date="", notes="day not stated")))

    result = openday("import", "activities", str(sheet), **migrated)

    assert result.returncode == 0
    assert result.stdout == "2 Zeilen gelesen: 1 neu, 0 schon vorhanden, 1 abgelehnt.\n"
    assert result.stderr.startswith("Zeile 3, Spalte „date“: Es fehlt der Tag, und „notes“ nennt kein Jahr")

    again = openday("import", "activities", str(sheet), "--year", "2024", **migrated)

    assert again.stdout == "2 Zeilen gelesen: 1 neu, 1 schon vorhanden, 0 abgelehnt.\n"
    assert "--year" in result.stderr
    assert again.stderr == "Hinweis: 1 Zeile ohne Jahr gehört zur Aktionswoche 2024.\n"


def test_an_unreadable_file_ends_with_2_and_says_what_to_do(migrated, tmp_path):
    sheet = saved(tmp_path, csv_bytes(line(), encoding="cp1252"))

    result = openday("import", "activities", str(sheet), **migrated)

    assert (result.returncode, result.stdout) == (2, "")
    assert "CSV UTF-8" in result.stderr
    assert "Es wurde nichts eingelesen." in result.stderr
    assert "Traceback" not in result.stderr


def test_without_tables_the_import_says_how_to_make_them_and_makes_none(sqlite_installation, tmp_path):
    sheet = saved(tmp_path, csv_bytes(line()))

    result = openday("import", "activities", str(sheet), **sqlite_installation)

    assert result.returncode == 2
    assert "openday db upgrade" in result.stderr
    assert list((tmp_path / "instance").glob("*.sqlite")) == []
