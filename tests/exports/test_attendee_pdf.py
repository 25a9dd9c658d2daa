import re
import unicodedata
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from openday.exports import attendee_pdf
from openday.exports.attendee_list import Attendee, AttendeeList
from openday.exports.attendee_pdf import as_pdf
from openday.exports.sheet import TypesettingError
from tests.exports.attendees import FORMULAS, make_attendee, make_list, many

MILLIMETRE = 72 / 25.4


def opened(listing: AttendeeList) -> PdfReader:
    return PdfReader(BytesIO(as_pdf(listing)))


def texts(reader: PdfReader) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def elements(node: Any) -> list[DictionaryObject]:
    """Return every element of the structure tree below a node, in reading order."""
    node = node.get_object()
    if isinstance(node, DictionaryObject):
        own = [node] if "/S" in node else []
        return own + (elements(node["/K"]) if "/K" in node else [])
    return [one for child in node for one in elements(child)] if isinstance(node, list) else []


def kinds(reader: PdfReader) -> list[str]:
    return [str(one["/S"]) for one in elements(reader.root_object["/StructTreeRoot"])]


def test_sheet_says_who_comes_when_and_what_they_need():
    [page] = texts(opened(make_list(make_attendee(organisation="Stadtbüro"))))

    for fact in (
        "Teilnahmeliste · Tag der offenen Tür",
        "Mo., 16. September 2024 · Beispielstr. 12, 04109 Leipzig · MBE Leipzig",
        "31 Buchungen, 54 Personen · 2 Politik · 1 Presse",
        "Montag, 16. September 2024",
        "Da Zeit Name Pers. Gruppe Status Hinweise",
        "10:30–11:00",
        "Ayşe Kaya",
        "Stadtbüro",
        "Schriftdolmetschung",
        "Stand: So., 15. September 2024, 18:02 Uhr",
    ):
        assert fact in page


def test_sheet_shows_no_way_to_reach_anybody():
    [page] = texts(opened(make_list(make_attendee())))

    assert "example.org" not in page
    assert "123456" not in page


def test_every_page_says_when_it_is_to_be_shredded_and_where_it_belongs():
    pages = texts(opened(make_list(attendees=many(60))))

    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Vertraulich · vernichten bis 16.10.2024 Seite {number} von {len(pages)}" in page


def test_header_row_is_repeated_on_every_page():
    pages = texts(opened(make_list(attendees=many(60))))

    assert all("Zeit Name Pers. Gruppe Status Hinweise" in page for page in pages)


def test_paper_is_a4_landscape():
    for page in opened(make_list(attendees=many(40))).pages:
        assert round(page.mediabox.width / MILLIMETRE) == 297
        assert round(page.mediabox.height / MILLIMETRE) == 210


def test_rows_leave_room_for_a_pen_and_each_has_a_square_to_tick():
    [page] = opened(make_list(*many(8))).pages
    heights: list[float] = []

    page.extract_text(
        visitor_text=lambda text, cm, tm, font, size: heights.append(tm[5] + cm[5]) if "10:0" in text else None
    )

    assert len(heights) == 8
    distances = [abs(above - below) for above, below in pairwise(heights)]
    assert min(distances) >= 9 * MILLIMETRE - 0.1
    assert squares(page) == 8


def squares(page: Any) -> int:
    """Count closed rectangles of four equal sides of more than 4 mm."""
    content = page.get_contents().get_data().decode("latin-1")
    sides = re.findall(r"0 0 m ([\d.]+) 0 l \1 \1 l 0 \1 l\s+h", content)
    return len([side for side in sides if float(side) > 4 * MILLIMETRE])


def test_who_cancelled_gets_no_square():
    [page] = opened(make_list(make_attendee(), make_attendee(state="abgesagt", is_expected=False))).pages

    assert squares(page) == 1


def test_file_is_tagged_pdf_ua_with_language_and_title():
    reader = opened(make_list(make_attendee()))
    root = reader.root_object

    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean, not Python's
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Teilnahmeliste · Tag der offenen Tür"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_sheet_of_an_english_page_declares_english():
    app = Flask(__name__)
    Babel(app, locale_selector=lambda: "en")

    with app.test_request_context():
        reader = opened(make_list(make_attendee()))

    assert reader.root_object["/Lang"] == "en"
    assert "Monday 16 September 2024" in texts(reader)[0]


def test_tags_tell_headings_and_the_table_with_its_header_cells():
    found = kinds(opened(make_list(make_attendee(), make_attendee())))

    assert found[:2] == ["/Document", "/H1"]
    assert found.count("/H2") == found.count("/Table") == found.count("/THead") == 1
    assert found.count("/TH") == 7
    assert found.count("/TD") == 14


def test_days_are_apart():
    tuesday = make_attendee(starts_at=datetime(2024, 9, 16, 22, 30, tzinfo=UTC), ends_at=None)

    reader = opened(make_list(make_attendee(), tuesday))

    assert kinds(reader).count("/Table") == 2
    assert "Dienstag, 17. September 2024 Da Zeit Name Pers. Gruppe Status Hinweise 00:30" in texts(reader)[0]


def test_mode_is_said_only_where_there_are_two():
    [hybrid] = texts(opened(make_list(make_attendee(), make_attendee(mode="Online"))))
    [onsite] = texts(opened(make_list(make_attendee())))

    assert "Gäste · Vor Ort" in hybrid
    assert "Gäste · Online" in hybrid
    assert "Vor Ort" not in onsite


def test_fonts_come_with_the_file_and_not_from_the_machine():
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in opened(make_list(make_attendee(), make_attendee(name="Иван محمد"))).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert {name.partition("-")[0] for name in fonts} == {"AtkinsonHyperlegible", "NotoSans", "NotoSansArabic"}


@pytest.mark.parametrize("name", ["Иван Петров", "Văn Đặng", "O’Brien-Łukasiewicz", "Ğüler Ψ"])
def test_names_of_european_scripts_can_be_read_back(name: str):
    [page] = texts(opened(make_list(make_attendee(name=name))))

    assert name in page
    assert "�" not in page


@pytest.mark.parametrize("name", ["محمد علي", "علی‌رضا", "پژمان گل"])
def test_arabic_and_persian_names_are_drawn_in_full(name: str):
    [page] = texts(opened(make_list(make_attendee(name=name))))

    assert "�" not in page
    assert set(name) & set(page) - {" "}


@pytest.mark.parametrize("name", ["李小龍", "😀 Max", "አበበ", "a\u20dd"])
def test_character_without_a_glyph_is_marked_and_the_row_carries_its_number(name: str):
    [page] = texts(opened(make_list(make_attendee(name=name))))

    assert "�" in page
    assert "(K7QX2M)" in page
    assert "Es steht in der Excel-Datei" in page


@pytest.mark.parametrize(
    "text",
    [
        *FORMULAS,
        '#panic("x")',
        "$x$ *fett* _i_ `c` @ref <l> \\u{1F} // /* #",
        '#image("/etc/hosts")',
        "{page} von {pages}",
    ],
)
def test_text_is_text_and_never_markup(text: str):
    [page] = texts(opened(make_list(make_attendee(name=text, needs=text))))

    visible = re.sub(r"[\s\x00\x01\u200b\ufeff]+", "", text)
    without_missing = re.sub(r"[＝＋－＠﹦]", "�", visible)
    assert without_missing in page.replace(" ", "").replace("\u200b", "")


def test_text_that_turns_the_writing_direction_cannot_rewrite_its_neighbours():
    [page] = texts(opened(make_list(make_attendee(name="Kaya\u202eeduT\u2066 Ayşe"))))

    assert "KayaeduT Ayşe" in page


@pytest.mark.parametrize("char", ["X", "ü", "م"])
def test_endless_words_are_broken_into_lines_of_their_column(char: str):
    reader = opened(make_list(make_attendee(name=char * 500), make_attendee(needs=char * 5000)))

    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    drawn = [len(re.sub(rf"[^{char}]", "", unicodedata.normalize("NFKC", line))) for line in lines]
    assert sum(drawn) >= 5500
    assert max(drawn) <= 40


def test_part_of_the_list_says_which_part_it_is():
    [page] = texts(opened(make_list(make_attendee(), selection="Politik")))
    [whole] = texts(opened(make_list(make_attendee())))

    assert "Auswahl: Politik" in page
    assert "Auswahl" not in whole


def test_empty_list_says_so():
    [page] = texts(opened(make_list()))

    assert "Noch keine Buchung." in page


def test_same_list_is_the_same_file():
    listing = make_list(make_attendee())

    assert as_pdf(listing) == as_pdf(listing)


def test_failure_tells_no_names(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(attendee_pdf, "printable", lambda text: text)

    with pytest.raises(TypesettingError) as failure:
        as_pdf(make_list(make_attendee(name="Geheime Person 李")))

    assert "Geheime" not in repr(failure.value)
    assert failure.value.__cause__ is None


def test_two_thousand_rows_fit():
    reader = opened(make_list(*many(2000)))

    assert "Ayşe Kaya 1999" in texts(reader)[-1]


def test_marks_of_one_script_on_letters_of_another_do_not_stop_the_press():
    assert "�" in texts(opened(make_list(make_attendee(name="Kaya \u1ab2\u0651\u2e40\u08fe"))))[0]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=20, max_size=20))
def test_no_text_at_all_stops_the_press(names: list[str]):
    attendees: list[Attendee] = [make_attendee()._replace(name=name, needs=name) for name in names]

    assert as_pdf(make_list(*attendees)).startswith(b"%PDF-1.7")
