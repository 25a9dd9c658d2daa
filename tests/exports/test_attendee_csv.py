import csv
import shutil
import subprocess
import tracemalloc
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from openpyxl import load_workbook

from openday.clock import UTC
from openday.exports.attendee_csv import as_csv, inert
from openday.exports.attendee_list import COLUMNS, AttendeeList
from tests.exports.attendees import FORMULAS, make_attendee, make_list, many

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def cells(listing: AttendeeList) -> list[list[str]]:
    content = b"".join(as_csv(listing)).decode("utf-8-sig")
    return list(csv.reader(StringIO(content, newline=""), delimiter=";"))


def column(rows: list[list[str]], header: str) -> list[str]:
    at = rows[0].index(header)
    return [row[at] for row in rows[1:]]


def test_file_is_what_a_german_excel_opens_with_a_double_click():
    content = b"".join(as_csv(make_list(make_attendee())))

    assert content.startswith('\ufeff"Datum";"Beginn";"Ende";"Name"'.encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    assert all(
        cell.startswith('"') and cell.endswith('"') for cell in content.decode("utf-8-sig").split("\r\n")[1].split(";")
    )


def test_times_are_those_of_the_clock_on_the_wall_and_sort():
    winter_and_night = make_attendee(starts_at=make_attendee().booked_at, ends_at=None)

    rows = cells(make_list(winter_and_night))

    assert column(rows, "Datum") == ["2024-08-02"]
    assert column(rows, "Beginn") == ["00:30"]
    assert column(rows, "Ende") == [""]
    assert column(rows, "Gebucht am") == ["2024-08-02 00:30"]


def test_every_column_has_the_value_of_its_header():
    came_at = datetime(2024, 9, 16, 8, 24, tzinfo=UTC)
    rows = cells(make_list(make_attendee(organisation="Stadtbüro", state="abgesagt", came_at=came_at, came_size=1)))

    assert dict(zip(*rows, strict=True)) == {
        "Datum": "2024-09-16",
        "Beginn": "10:30",
        "Ende": "11:00",
        "Name": "Ayşe Kaya",
        "Personen": "2",
        "Gruppe": "Gäste",
        "Teilnahme": "Vor Ort",
        "Status": "abgesagt",
        "Gekommen": "1",
        "Gekommen um": "10:24",
        "Organisation": "Stadtbüro",
        "Hinweise": "Schriftdolmetschung",
        "Buchungsnummer": "K7QX2M",
        "E-Mail-Adresse": "a.kaya@example.org",
        "Telefon": "0341 123456",
        "Gebucht am": "2024-08-02 00:30",
    }


@pytest.mark.parametrize(("came_size", "shown"), [(None, ""), (0, "0"), (3, "3")])
def test_nobody_came_is_not_the_same_as_not_known(came_size, shown):
    rows = cells(make_list(make_attendee(came_size=came_size)))

    row = dict(zip(*rows, strict=True))
    assert (row["Gekommen"], row["Gekommen um"]) == (shown, "")


@pytest.mark.parametrize("formula", FORMULAS[:-3], ids=repr)
@pytest.mark.parametrize("field", ["name", "organisation", "needs", "phone", "email", "guest_kind"])
def test_nothing_that_starts_like_a_formula_stays_one(field: str, formula: str):
    rows = cells(make_list(make_attendee(**{field: formula})))

    suspicious = [cell for cell in rows[1] if cell.lstrip()[:1] in set("=+-@＝＋－＠﹦\t\r\n\0")]
    assert [cell for cell in suspicious if cell] == []
    assert any(cell.startswith("'") for cell in rows[1])


def test_semicolons_quotes_and_line_breaks_stay_in_their_cell():
    hostile = '";=1+1;"\r\nzweite Zeile; "Zitat"'

    rows = cells(make_list(make_attendee(needs=hostile), make_attendee()))

    assert len(rows) == 3
    assert column(rows, "Hinweise")[0] == '";=1+1;"\nzweite Zeile; "Zitat"'


@pytest.mark.parametrize(
    "name", ["محمد علي", "Иван Петров", "李小龍", "😀 Max", "Nguyễn Văn Đặng", "O’Brien-Łukasiewicz", "Jean-Luc"]
)
def test_names_of_any_script_are_untouched(name: str):
    assert inert(name) == name


def test_half_a_surrogate_pair_does_not_break_the_download():
    rows = cells(make_list(make_attendee(name="Kaya\ud800")))

    assert column(rows, "Name") == ["Kaya"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_finds_no_formula(tmp_path: Path):
    listing = make_list(*(make_attendee(name=text, needs=text, phone=text) for text in FORMULAS))
    source = tmp_path / "liste.csv"
    source.write_bytes(b"".join(as_csv(listing)))

    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--infilter=CSV:59,34,76,1",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    sheet = load_workbook(tmp_path / "liste.xlsx").active
    assert sheet is not None
    assert sheet.max_row == len(FORMULAS) + 1
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_ten_thousand_rows_pass_through_in_small_blocks():
    blocks = as_csv(make_list(attendees=many(10_000)))
    tracemalloc.start()
    try:
        total = largest = 0
        for block in blocks:
            total, largest = total + len(block), max(largest, len(block))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert total > 1_500_000
    assert largest < 200_000
    assert peak < 4_000_000


def test_headers_keep_the_language_of_the_request_when_the_body_is_sent_later(monkeypatch: pytest.MonkeyPatch):
    app = Flask(__name__)
    Babel(app, locale_selector=lambda: "en")
    monkeypatch.setattr("flask_babel.Domain.get_translations", lambda self: English())
    with app.test_request_context():
        blocks = as_csv(make_list())
    monkeypatch.undo()

    assert "Date;Time" in b"".join(blocks).decode().replace('"', "")


class English:
    """A catalogue of two words."""

    def ugettext(self, text: str) -> str:
        return {"Datum": "Date", "Beginn": "Time"}.get(text, text)

    gettext = ugettext


def test_headers_are_german_without_a_request():
    assert [str(one.header) for one in COLUMNS][:4] == ["Datum", "Beginn", "Ende", "Name"]
