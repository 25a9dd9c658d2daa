"""Files that are no list of activities: a sentence that says what to do, and nothing is stored."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest
from sqlalchemy import select

from openday.extensions import db
from openday.models import Campaign, Event, Traeger
from openday.services.activities.load import import_activities
from openday.services.activities.table import COLUMNS, UnreadableFile
from tests.services.activity_lists import csv_bytes, line, saved, xlsx_bytes


def zip_bomb() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    return content.getvalue()


def laughs() -> bytes:
    content = BytesIO(xlsx_bytes(line()))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/extra.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>')
    return content.getvalue()


BROKEN_FILES = {
    "empty": (b"", "leer"),
    "only blanks": (b"\r\n \r\n", "leer"),
    "cp1252": (csv_bytes(line(), encoding="cp1252"), "Windows-1252"),
    "utf-16": (csv_bytes(line(), encoding="utf-16"), "UTF-16"),
    "commas": (csv_bytes(line(), delimiter=","), "Kommas"),
    "tabs": (csv_bytes(line(), delimiter="\t"), "Tabulatoren"),
    "missing column": (csv_bytes(line(), columns=COLUMNS[:-1]), "fehlen Spalten: notes"),
    "duplicate column": (csv_bytes(line(), columns=(*COLUMNS, "title")), "mehrfach: title"),
    "NUL": (csv_bytes(line(title="Offene\x00 Tür")), "keine Tabelle"),
    "garbage": (bytes(range(256)) * 40_960, "größer als 8 MB"),
    "small garbage": (bytes(range(1, 256)) * 100, "UTF-8"),
    "open quote": (csv_bytes(line()) + b'"offen;' + b"x" * 200_000, "Zeile 3"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, ".xlsx"),
    "no workbook": (b"PK\x03\x04" + b"x" * 500, "beschädigt"),
    "cut workbook": (xlsx_bytes(line())[:-400], "beschädigt"),
    "zip bomb": (zip_bomb(), "ausgepackt"),
    "entities": (laughs(), "beschädigt"),
}


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_a_file_that_can_not_be_read_says_what_to_do_and_stores_nothing(app, tmp_path, name):
    content, words = BROKEN_FILES[name]

    with pytest.raises(UnreadableFile) as refusal:
        import_activities(saved(tmp_path, content))

    assert words in str(refusal.value)
    for model in (Campaign, Event, Traeger):
        assert db.session.scalars(select(model)).all() == []


def test_a_folder_and_a_missing_file_are_named(app, tmp_path):
    with pytest.raises(UnreadableFile, match="ist ein Verzeichnis"):
        import_activities(tmp_path)
    with pytest.raises(UnreadableFile, match="gibt es nicht"):
        import_activities(tmp_path / "fehlt.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_its_mark(app, tmp_path, encoding):
    import_activities(saved(tmp_path, csv_bytes(line(city="Köln"), encoding=encoding)))

    assert db.session.scalars(select(Event)).one().places[0].locality == "Köln"


def test_a_quoted_cell_may_hold_semicolons_and_line_breaks_and_the_lines_are_still_counted_right(app, tmp_path):
    content = csv_bytes(line(notes="eins; zwei\ndrei"), line(title="Kaputt", date="gestern"))

    report = import_activities(saved(tmp_path, content))

    assert report.new == 1
    assert [(problem.line, problem.column) for problem in report.problems] == [(4, "date")]


def test_a_row_with_too_few_or_too_many_cells_is_refused(app, tmp_path):
    content = csv_bytes(line()) + b"nur;drei;Zellen\r\n" + csv_bytes(line(title="x")).splitlines()[1] + b";zuviel\r\n"

    report = import_activities(saved(tmp_path, content))

    assert report.new == 1
    assert [problem.line for problem in report.problems] == [3, 4]


def test_an_unknown_column_is_mentioned(app, tmp_path):
    report = import_activities(saved(tmp_path, csv_bytes(line(), columns=(*COLUMNS, "Telefon"))))

    assert report.new == 1
    assert report.remarks == ("Die Spalte „telefon“ kennt openday nicht; sie wird nicht gelesen.",)


def test_a_workbook_gives_the_same_events_as_the_csv(app, tmp_path):
    sheet = line() | {
        "date": datetime(2024, 9, 18),  # noqa: DTZ001 - what spreadsheets hold
        "start": time(10, 0),
        "end": datetime(1899, 12, 30, 14, 30),  # noqa: DTZ001
        "postcode": 4109,
        "street": "Beispielstraße 1",
    }
    text = line(date="2024-09-18", start="10:00", end="14:30", postcode="04109", street="Beispielstraße 1")

    first = import_activities(saved(tmp_path, xlsx_bytes(sheet), "liste.xlsx"))
    again = import_activities(saved(tmp_path, csv_bytes(text)))

    event = db.session.scalars(select(Event)).one()
    assert (first.new, again.new, again.changed_lines) == (1, 0, ())
    assert (event.starts_on, event.start_time, event.end_time) == (date(2024, 9, 18), time(10), time(14, 30))
    assert event.places[0].postcode == "04109"


def test_a_formula_that_failed_is_no_value(app, tmp_path):
    report = import_activities(saved(tmp_path, xlsx_bytes(line(), line(title="#REF!")), "liste.xlsx"))

    assert report.new == 1
    assert [(problem.line, problem.column) for problem in report.problems] == [(3, "title")]


def test_a_workbook_with_a_row_at_the_far_end_does_not_take_for_ever(app, tmp_path):
    content = BytesIO(xlsx_bytes(line()))
    with zipfile.ZipFile(content) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    rebuilt = BytesIO()
    with zipfile.ZipFile(rebuilt, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    with pytest.raises(UnreadableFile, match="Zeilen"):
        import_activities(saved(tmp_path, rebuilt.getvalue(), "liste.xlsx"))
