"""The code for the entrance: to strangers every number looks the same."""

import re

import pytest
from sqlalchemy import select

from openday.exports.qr import qr_code
from openday.extensions import db
from openday.models import OutboxMessage, SeatPool
from openday.models.words import Mode
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from tests.door import book, make_door_event, slots
from tests.factories import booking_request
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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_booking_shows_the_code_and_never_its_own_secret_in_it(client, app, prefix):
    receipt = book_slot(booking_request(slots(make_door_event())[0]))

    page = client.get(f"{prefix}/buchung/{receipt.token}").text

    assert qr_code(f"https://offene-tuer.example.org{prefix}/c/{receipt.reference}").path in page


def test_who_cancelled_or_comes_online_has_no_code(client, app):
    event = make_door_event()
    gone = book_slot(booking_request(slots(event)[0]))
    cancel_booking(gone.token)
    db.session.add(SeatPool(slot_id=slots(event)[0].id, mode=Mode.ONLINE, capacity=5))
    db.session.commit()
    online = book_slot(booking_request(slots(event)[0], mode=Mode.ONLINE))

    for receipt in (gone, online):
        assert '<svg class="qr"' not in client.get(f"/buchung/{receipt.token}").text


def test_the_confirmation_leads_to_the_code_without_the_secret(app):
    receipt = book_slot(booking_request(slots(make_door_event())[0]))

    [mail] = db.session.scalars(select(OutboxMessage)).all()

    for part in (mail.text, mail.html):
        assert f"https://offene-tuer.example.org/c/{receipt.reference}" in part
        assert "<img" not in part
