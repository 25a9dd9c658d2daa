"""The code for the entrance: to strangers every number looks the same."""

import re

import pytest

from tests.door import book, make_door_event, slots
from tests.statements import statements


def told(page: str, number: str) -> str:
    """Return what a page says beside the number and its picture."""
    return re.sub(r'<svg class="qr".*?</svg>', "", page).replace(number, "")


def test_a_stranger_can_not_tell_a_booking_from_a_number_made_up(client, app):
    booking = book(slots(make_door_event())[0])
    made_up = "AAA-AAAA"

    real = client.get(f"/c/{booking.reference}").text
    other = client.get(f"/c/{made_up}").text

    for page in (real, other):
        assert "Zeigen Sie diesen Code am Eingang." in page
        assert "/buchung/" not in page
    assert told(real, booking.reference) == told(other, made_up)
    assert "Kaya" not in real


def test_nothing_is_looked_up(client, app):
    with statements() as asked:
        client.get("/c/AAA-AAAA")

    assert asked == []


@pytest.mark.parametrize("code", ["aaaaaaa", "AAAAAAA", "aaa-aaaa"])
def test_a_typed_code_is_the_same_code(client, code):
    assert 'data-code="AAA-AAAA"' in client.get(f"/c/{code}").text


@pytest.mark.parametrize(
    "code", ["A", "AAA-AAAI", "AAA-AAA0", "AAA AAAA", "<b>", "a" * 3_000, "ＡＡＡ-AAAA", "ſſſ-ſſſſ"]
)
def test_what_is_no_code_is_not_found(client, code):
    assert client.get(f"/c/{code}").status_code == 404


def test_the_page_speaks_english(client):
    page = client.get("/en/c/AAA-AAAA").text

    assert "Show this code at the entrance." in page
    assert 'href="/en/konto/eingang/AAA-AAAA"' in page
