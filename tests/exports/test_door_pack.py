"""The door pack on paper: read back page by page."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask_babel import Babel
from pypdf import PdfReader

from openday.clock import UTC
from openday.exports.door_pack import DoorPack, PackGuest, PackTime, as_pdf, file_name
from tests.exports.attendees import FORMULAS
from tests.exports.test_attendee_pdf import MILLIMETRE, elements, kinds

TIMES = (
    PackTime(1, datetime(2024, 9, 16, 8, 30, tzinfo=UTC), datetime(2024, 9, 16, 9, 0, tzinfo=UTC), "Rundgang"),
    PackTime(2, datetime(2024, 9, 16, 12, 0, tzinfo=UTC), datetime(2024, 9, 16, 13, 0, tzinfo=UTC)),
)
HOUR = timedelta(hours=1)
KAYA = PackGuest(1, "Ayşe Kaya", "K7M-4PXQ", 2, "", "Schriftdolmetschung")
SOMMER = PackGuest(1, "Dr. Jürgen Sommer", "AAA-BBBB", 3, "Politik", "")
PACK = DoorPack(
    title="Tag der offenen Tür",
    organiser="MBE Leipzig",
    day=date(2024, 9, 16),
    place="Beispielstr. 12, 04109 Leipzig",
    directions="Der Eingang ist im Hof.",
    generated_at=datetime(2024, 9, 15, 16, 2, tzinfo=UTC),
    shred_on=date(2024, 9, 23),
    times=TIMES,
    guests=(KAYA, SOMMER),
)


@pytest.fixture(autouse=True)
def request_context():
    app = Flask("tests")
    Babel(app, default_locale="de", default_timezone="Europe/Berlin")
    with app.test_request_context("/"):
        yield


def opened(**overrides) -> PdfReader:
    return PdfReader(BytesIO(as_pdf(replace(PACK, **overrides))))


def texts(reader: PdfReader) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def test_time_table_list_four_signs_and_name_cards_in_this_order():
    programme, guests, *signs, cards = texts(opened())

    for fact in (
        "Am Eingang · Tag der offenen Tür",
        "Montag, 16. September 2024",
        "Beispielstr. 12, 04109 Leipzig",
        "Der Eingang ist im Hof.",
        "2 Buchungen, 5 Personen",
        "10:30 bis 11:00 Uhr Rundgang 2 5 3 Politik",
    ):
        assert fact in programme
    for fact in ("Da Name Pers. Gruppe Hinweise", "Ayşe Kaya 2 Schriftdolmetschung", "Dr. Jürgen Sommer 3 Politik"):
        assert fact in guests
    assert "14:00 bis 15:00 Uhr Noch keine Buchung." in guests
    for sign, words in zip(signs, ("Eingang", "links", "geradeaus", "rechts"), strict=True):
        assert sign.startswith("Offene Tür")
        assert words in sign
        assert "Mo., 16. September 2024, 10:30 bis 15:00 Uhr" in sign
        assert "Kaya" not in sign
    assert "Ayşe Kaya" in cards
    assert "K7M-4PXQ" not in cards


def test_pages_with_names_say_when_they_are_to_be_shredded():
    programme, guests, *_rest = texts(opened())

    for page in (programme, guests):
        assert "Vertraulich · vernichten bis 23.09.2024" in page


def test_it_is_tagged_has_a_title_a_language_and_headings():
    reader = opened()

    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "de"
    assert reader.metadata.title == "Am Eingang · Tag der offenen Tür"
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()
    found = kinds(reader)
    assert found.count("/H1") == 1
    assert found.count("/H2") == 7
    assert found.count("/Table") == 2
    assert {"/TH", "/TD"} <= set(found)
    assert len(elements(reader.root_object["/StructTreeRoot"])) > 50


def test_paper_is_a4_and_signs_lie_on_their_side():
    sizes = [
        (round(page.mediabox.width / MILLIMETRE), round(page.mediabox.height / MILLIMETRE)) for page in opened().pages
    ]

    assert sizes == [(210, 297)] * 2 + [(297, 210)] * 4 + [(210, 297)]


def test_who_is_not_confirmed_gets_no_card_and_is_named_as_such():
    _programme, guests, *_signs, cards = texts(opened(guests=(KAYA, replace(SOMMER, is_expected=False))))

    assert "noch nicht bestätigt" in guests
    assert "Sommer" not in cards


def test_a_name_that_can_not_be_printed_is_found_by_its_number_and_written_by_hand():
    programme, guests, *_signs, cards = texts(opened(guests=(replace(KAYA, name="李小龙"),)))

    assert "(K7M-4PXQ)" in guests
    assert "kann" in programme
    assert "\ufffd" not in cards


def test_markup_in_names_stays_text():
    hostile = [replace(KAYA, name=text, needs=text) for text in (*FORMULAS, "#panic()", "*x* $1/0$ ]]", "A" * 300)]

    pages = " ".join(texts(opened(guests=tuple(hostile))))

    assert "#panic()" in pages


def test_two_hundred_guests_repeat_the_header():
    many = tuple(replace(KAYA, name=f"Ayşe Kaya {number}") for number in range(200))

    pages = [page for page in texts(opened(guests=many)) if "Ayşe Kaya" in page and "Vertraulich" in page]

    assert len(pages) > 3
    assert all("Da Name Pers. Gruppe Hinweise" in page for page in pages)


def test_a_day_without_times_or_ends_leaves_them_out():
    assert "bis" not in texts(opened(times=(replace(TIMES[0], ends_at=None),)))[3]
    assert texts(opened(times=(), guests=()))


def test_the_file_is_named_by_the_day():
    assert file_name(PACK) == "eingang-tag-der-offenen-tuer-2024-09-16.pdf"


def test_the_strokes_for_those_without_a_booking_stand_on_the_sheet_of_their_time():
    begin = datetime(2024, 9, 16, 6, 0, tzinfo=UTC)
    times = tuple(PackTime(number, begin + number * HOUR, begin + (number + 1) * HOUR) for number in range(9))
    guests = tuple(replace(KAYA, time_id=number, name=f"Gast {number}") for number in range(9) for _one in range(4))

    sheets = [page for page in texts(opened(times=times, guests=guests)) if "ein Strich" in page]

    assert len(sheets) > 1
    for sheet in sheets:
        assert sheet.count("ein Strich") == len(re.findall(r"\d\d:00 bis \d\d:00 Uhr", sheet))
