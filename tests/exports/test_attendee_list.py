import pytest

from openday.exports.attendee_list import COLUMNS, file_name, writable
from openday.exports.glyphs import font_directories, printable
from tests.exports.attendees import make_list


def test_file_name_can_stand_in_a_header():
    assert file_name(make_list(), "csv") == "teilnahmeliste-tag-der-offenen-tuer-2024-09-15.csv"


@pytest.mark.parametrize("title", ["../../etc/passwd", 'a"\r\nX: 1', "李小龍", "", "ß" * 300])
def test_no_title_reaches_a_path_or_a_header_line(title: str):
    name = file_name(make_list(event_title=title), "pdf")

    assert name.isascii()
    assert not set(name) & set('/\\"\r\n; ')
    assert len(name) < 100


def test_headers_are_different_from_each_other():
    headers = [str(column.header) for column in COLUMNS]

    assert len(set(headers)) == len(headers)


def test_writable_text_keeps_its_lines():
    assert writable("a\r\nb\rc\nd\te\x00") == "a\nb\nc\nd\te"


def test_all_font_packages_are_there():
    assert [path.parent.name for path in font_directories()] == [
        "fontpkg_atkinson_hyperlegible",
        "fontpkg_noto_sans",
        "fontpkg_noto_sans_arabic",
    ]


def test_decomposed_umlaut_is_put_together():
    assert printable("Mu\u0308ller") == "Müller"


def test_joiner_inside_a_persian_name_stays_and_invisible_signs_go():
    assert printable("علی\u200cرضا") == "علی\u200cرضا"
    assert printable("Ka\u00adya\u202e \ufeffAy\u2066şe\ufe0f") == "Kaya Ayşe"
