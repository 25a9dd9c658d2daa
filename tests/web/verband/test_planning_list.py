"""A planning list in the browser: looked at row by row, then stored as it was shown."""

import html
import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import Event, Traeger, Verband
from openday.services.activities.table import COLUMNS
from tests.factories import make_campaign, make_coordinator, make_traeger, make_user, make_verband
from tests.services.activity_lists import csv_bytes, line, xlsx_bytes
from tests.web.staff import Browser, signed_in

PATH = "/konto/verband/einlesen"
SEAL = re.compile(r'name="rows"[^>]*value="([^"]+)"')


@pytest.fixture
def verband(app: Flask) -> Verband:
    make_campaign(year=2024)
    return make_verband(name="AWO")


@pytest.fixture
def desk(app: Flask, verband: Verband) -> Browser:
    return signed_in(app, make_coordinator(verband))


def look(desk: Browser, content: bytes, name: str = "liste.csv"):
    return desk.send(PATH, {"file": (BytesIO(content), name)})


def titles() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Event.title).order_by(Event.id)))


@pytest.mark.parametrize("as_bytes", [csv_bytes, xlsx_bytes])
def test_the_list_is_looked_at_then_stored_once(desk: Browser, as_bytes) -> None:
    shown = look(desk, as_bytes(line(), line(title="Rundgang", activity_type="zirkus")))

    assert shown.status_code == 200
    assert "Spalte „activity_type“:" in shown.text
    assert "1 Termin einlesen" in shown.text
    assert titles() == []
    seal = html.unescape(SEAL.search(shown.text)[1])
    answers = [desk.send(f"{PATH}/speichern", {"rows": seal}) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert titles() == ["Offene Tür im Beispielhaus"]
    assert "Alles war schon da." in desk.get("/konto/verband").text
    assert "nichts Neues" in look(desk, as_bytes(line())).text


def test_the_stored_event_has_its_public_page_and_is_behind_the_numbers(desk: Browser) -> None:
    seal = SEAL.search(look(desk, csv_bytes(line())).text)[1]
    desk.send(f"{PATH}/speichern", {"rows": seal})

    assert "Offene Tür im Beispielhaus" in desk.get("/t/offene-tuer-im-beispielhaus-2024").text
    assert "Offene Tür im Beispielhaus" in desk.get("/konto/verband/termine").text


def test_the_empty_list_can_be_filled_in_and_read(desk: Browser) -> None:
    blank = desk.get(f"{PATH}/vorlage.csv").data

    assert "Unter der Überschrift steht keine Zeile" in look(desk, blank).text
    row = ";".join(line()[column] for column in COLUMNS).encode()
    assert "1 Termin einlesen" in look(desk, blank + row).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leer"),
        (csv_bytes(line(title="Öffnung"), encoding="cp1252"), "Windows-1252"),
        (csv_bytes(line(), delimiter=","), "Kommas"),
        (csv_bytes(line(), columns=COLUMNS[:-1]), "fehlen Spalten: notes"),
        (bytes(range(1, 256)) * 9, "UTF-8"),
        (b"%PDF-1.7\n\x00", "keine Tabelle"),
        (b"PK\x03\x04kein Archiv", "beschädigt"),
    ],
)
def test_a_wrong_file_is_said_in_a_sentence(desk: Browser, content: bytes, sentence: str) -> None:
    answer = look(desk, content, "../../liste.xlsx")

    assert answer.status_code == 422
    assert "Fehler:" in answer.text
    assert sentence in answer.text
    assert db.session.scalars(select(Traeger)).all() == []


def test_no_file_is_no_list(desk: Browser) -> None:
    answer = desk.send(PATH)

    assert answer.status_code == 422
    assert "Wählen Sie eine Datei aus" in answer.text
    assert desk.send(PATH, {"file": "text"}).status_code == 422


def test_a_file_above_one_megabyte_is_refused(desk: Browser) -> None:
    answer = look(desk, b"x" * 1_100_000)

    assert answer.status_code == 413
    assert "teilen Sie die Datei auf" in answer.text


@pytest.mark.parametrize("rows", ["", "x", "a.b.c", "x" * 200_000, "\x00", "[2024, []]"])
def test_what_was_not_shown_is_not_stored(desk: Browser, rows: str) -> None:
    answer = desk.send(f"{PATH}/speichern", {"rows": rows})

    assert answer.status_code == 422
    assert "Die Vorschau ist abgelaufen" in answer.text


def test_what_is_somebody_else_s_by_now_is_not_stored(desk: Browser) -> None:
    seal = SEAL.search(look(desk, csv_bytes(line())).text)[1]
    make_traeger(name=line()["traeger"], verbaende=[make_verband(name="DRK")])

    answer = desk.send(f"{PATH}/speichern", {"rows": seal})

    assert answer.status_code == 409
    assert "Inzwischen hat sich hier etwas geändert" in answer.text
    assert titles() == []


def test_cells_are_words_and_never_markup(desk: Browser) -> None:
    page = look(desk, csv_bytes(line(title="<b>Fett</b>", activity_type="<i>x</i>"))).text

    assert "&lt;b&gt;Fett&lt;/b&gt;" in page
    assert "<i>x" not in page


def test_rows_without_a_year_follow_what_the_form_says(desk: Browser) -> None:
    content = csv_bytes(line(date="", notes="Tag folgt"))

    alone, wanted = (
        desk.send(PATH, {"file": (BytesIO(content), "liste.csv"), "year": year}).text for year in ("", "2024")
    )

    assert "nennt kein Jahr" in alone
    assert "1 Zeile ohne Jahr gehört zur Aktionswoche 2024." in wanted
    assert "1 Termin einlesen" in wanted
    assert desk.send(PATH, {"file": (BytesIO(content), "liste.csv"), "year": "2031"}).status_code == 422


def test_for_others_there_is_no_such_page(app: Flask, verband: Verband) -> None:
    owner = signed_in(app, make_user(make_traeger(verbaende=[verband])))

    assert owner.get(PATH).status_code == 404
    assert owner.send(f"{PATH}/speichern", {"rows": "x"}).status_code == 404


def test_reasons_are_in_the_language_of_the_page(desk: Browser) -> None:
    content = csv_bytes(line(date="gestern"))

    page = desk.send(f"/en{PATH}", {"file": (BytesIO(content), "list.csv")}).text

    assert "Column “date”: “gestern” is not a date. Write 2024-09-16 or 16.09.2024." in page
