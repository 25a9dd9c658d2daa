"""Whatever is typed: words that help, values kept, never a 500, nothing half stored."""

import re

import pytest
from sqlalchemy import select

from openday.extensions import db
from openday.models import Booking
from tests.factories import make_slot

REFUSED = {
    "nul": "Ay\x00se",
    "line breaks": "Ayse\r\nBcc: opfer@example.org",
    "escape": "Ay\x1b[31mse",
    "line separator": "Ay\u2028se",
    "direction override": "Ay\u202ese",
    "10,000 letters": "x" * 10_000,
    "blank": " \t ",
}
KEPT = {
    "right to left": "عائشة كايا",
    "emoji": "Ayşe 🌻",
    "formula": '=HYPERLINK("http://evil.example";"x")',
    "at sign": "@SUM(1)",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7*1234567 }} %s {0.__class__}",
    "quotes": 'O\'Brien "Ö" & Söhne',
}


def url(slot) -> str:
    return f"/t/{slot.event.slug}/buchen?slot={slot.id}"


def typed(client, slot, **overrides):
    nonce = re.search(r'name="nonce"[^>]*value="([^"]+)"', client.get(url(slot)).text).group(1)
    return {"name": "Ayşe Kaya", "email": "a.kaya@example.org", "party_size": "1", "nonce": nonce, **overrides}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["name", "email", "party_size", "nonce", "mode"])
def test_unusable_values_are_refused_with_words(client, field, value):
    slot = make_slot()

    answer = client.post(url(slot), data=typed(client, slot, **{field: value}))

    if field == "mode":  # not asked at this event, so it is ignored
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert 'value="Ayşe Kaya"' in answer.text or field == "name"
    assert db.session.scalars(select(Booking)).all() == []


@pytest.mark.parametrize("name", KEPT.values(), ids=KEPT)
def test_names_of_every_kind_are_taken_as_they_are(client, name):
    slot = make_slot()

    answer = client.post(url(slot), data=typed(client, slot, name=name))
    page = client.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    assert db.session.scalar(select(Booking.booker_name)) == name
    assert "<script>alert" not in page
    assert "8641969" not in page


@pytest.mark.parametrize(
    "email",
    [
        "a@b",
        "a@b@c.de",
        "a@example.org, b@example.org",
        "<a@example.org>",
        "a b@example.org",
        "=1+1@",
        "ä@",
        "a@-x.de",
        '"a\r\nBcc: x"@example.org',
        "a@example.org\r\nBcc: b@example.org",
    ],
)
def test_only_one_complete_address_is_taken(client, email):
    slot = make_slot()

    answer = client.post(url(slot), data=typed(client, slot, email=email))

    assert answer.status_code == 422
    assert db.session.scalars(select(Booking)).all() == []


@pytest.mark.parametrize("party_size", ["0", "-1", "11", "1.5", "zwei", "9" * 5_000, "1e3", "٣٣٣", "=1"])
def test_only_a_possible_number_of_people_is_taken(client, party_size):
    slot = make_slot(capacity=None)

    answer = client.post(url(slot), data=typed(client, slot, party_size=party_size))

    assert answer.status_code == 422
    assert 'value="a.kaya@example.org"' in answer.text
    assert db.session.scalars(select(Booking)).all() == []


def test_arrays_and_strange_bodies_never_break_the_form(client):
    slot = make_slot()
    data = typed(client, slot)

    twice = client.post(
        url(slot), data={**data, "name": ["Erste", "Zweite"], "email": ["a@example.org", "b@example.org"]}
    )
    brackets = client.post(url(slot), data={"name[]": "x", "email[0]": "y", "party_size[a]": "1"})
    json = client.post(url(slot), json={"name": ["x"]})
    garbage = client.post(url(slot), data=b"\xff\xfe%00&&&===", content_type="application/x-www-form-urlencoded")
    multipart = client.post(url(slot), data=b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")

    assert twice.status_code == 303
    assert db.session.scalars(select(Booking.booker_name)).all() == ["Erste"]
    assert {answer.status_code for answer in (brackets, json, garbage, multipart)} <= {400, 413, 415, 422}


@pytest.mark.parametrize(
    "tail", ["%00", "%F0%9F%8C%BB", "..%2F..%2Fetc", "x" * 5_000, "%0d%0aSet-Cookie:a=b", "'OR'1'='1"]
)
def test_strange_links_are_simply_not_found(client, tail):
    for path in (
        f"/buchung/{tail}",
        f"/buchung/{tail}/absagen",
        f"/buchung/{tail}.ics",
        f"/t/{tail}",
        f"/t/{tail}/buchen",
    ):
        assert client.get(path).status_code in {301, 308, 404}
