"""Every field of the pages of a visit with what nobody should send: words and kept values, never a failure."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from openday import clock
from openday.services.rate_limit import BOOKINGS, Caller, spend
from tests.factories import all_bookings, make_slot
from tests.web.office import COURSE, GUEST, Journey, make_house

NEVER_TYPED = {
    "NUL": "a\x00b",
    "escape": "a\x1b[31mb",
    "direction override": "a\u202eb",
    "line separator": "a\u2028b",
    "ten thousand": "x" * 10_000,
}
ONE_LINE_ONLY = {"header": "a\r\nBcc: b@example.org"}
ODD = {
    "emoji": "👋🏽 Hallo",
    "Arabic": "عائشة كايا",
    "formula": '=HYPERLINK("http://evil.example")',
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7*1234567 }} {x.__class__} %s %(x)s",
    "quotes": "\"'><b>",
}
TEXTS = ("guest", "role", "constituency", "booker_name", "phone", "topics", "security_notes", "needs")
LONG = {"topics", "security_notes", "needs"}


@pytest.mark.parametrize("field", [*GUEST, *COURSE, "needs"])
def test_what_nobody_types_is_refused_in_words_and_nothing_is_stored(client: FlaskClient, field: str) -> None:
    slot = make_slot(make_house())
    hostile = NEVER_TYPED if field in LONG else NEVER_TYPED | ONE_LINE_ONLY

    for name, value in hostile.items():
        journey = Journey(client, slot.event).begin(slot)
        answer = journey.send(**(GUEST | {field: value} if field in GUEST else GUEST))
        if field not in GUEST:
            answer = journey.send(**{**COURSE, field: value})

        assert answer.status_code == 422, name
        assert "Es gibt ein Problem" in answer.text, name
    assert all_bookings() == []


@pytest.mark.parametrize("field", TEXTS)
def test_what_is_only_odd_travels_unharmed_and_is_shown_as_text(client: FlaskClient, field: str) -> None:
    slot = make_slot(make_house(), capacity=None)
    for number, value in enumerate(ODD.values()):
        journey = Journey(client, slot.event).begin(slot)
        pages = journey.send(**{**GUEST, field: value, "email": f"buero{number}@example.org"}).text
        pages += journey.send(**{**COURSE, field: value}).text
        answer = journey.send(art="buchen")

        assert answer.status_code == 303, value
        assert "<script>alert" not in pages
        assert "8641969" not in pages
    stored = [(one.guest_name, one.booker_name, one.booker_phone, one.needs) for one in all_bookings()]
    details = [(one.political.guest_role, one.political.constituency, one.political.topics,
                one.political.security_notes) for one in all_bookings() if one.political]  # fmt: skip
    assert all(value in (*who, *what) for value, who, what in zip(ODD.values(), stored, details, strict=True))


@pytest.mark.parametrize("data", [
    {"schritt": "nirgends"}, {"schritt": "pruefen"}, {"zu": "nirgends", "schritt": "zeit"}, {"schritt[]": "a"},
    {"slot": "9" * 40, "schritt": "zeit"}, {"slot": "-1", "schritt": "person"}, {"weg": "vorschlag"},
    {"weg": "x" * 5000, "slot": "1"}, {"schritt": "pruefen", "nonce": "x" * 5000},
])  # fmt: skip
def test_a_page_nobody_was_on_never_fails(client: FlaskClient, data: dict[str, str]) -> None:
    slot = make_slot(make_house())

    statuses = {client.post(f"/t/{slot.event.slug}/politik", data=data).status_code}
    statuses.add(client.post(f"/t/{slot.event.slug}/politik", data={**GUEST, **COURSE, **data}).status_code)

    assert statuses <= {200, 400, 404, 409, 422}
    assert all_bookings() == []


@pytest.mark.parametrize("where", ["%00", "x" * 5000, "'OR'1'='1", "99999999999999999999", "٠٤١٠٩", "<script>"])
def test_an_odd_search_is_answered(client: FlaskClient, where: str) -> None:
    make_house()

    page = client.get("/politik", query_string={"wo": where})

    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(("proposed", "words"), [
    ({}, "Geben Sie den Tag ein, an dem es passt"),
    ({"day_1": "2020-01-01", "part_1": "morning"}, "Wählen Sie einen Tag vom"),
    ({"day_1": "32.13.2026"}, "Geben Sie den Tag so ein"),
    ({"day_1": "+1"}, "Wählen Sie aus, wann es an dem Tag passt"),
    ({"day_1": "+1", "part_1": "genau"}, "Geben Sie die Uhrzeit ein"),
    ({"day_1": "+1", "part_1": "nachts"}, "Wählen Sie aus, wann es an dem Tag passt"),
    ({"day_1": "+1", "part_1": "morning", "day_2": "+1"}, "Wählen Sie aus, wann es an dem Tag passt"),
])  # fmt: skip
def test_a_proposal_that_can_not_be_read_says_what_is_missing(
    client: FlaskClient, proposed: dict[str, str], words: str
) -> None:
    event = make_house(starts_on=clock.today() + timedelta(days=10), ends_on=clock.today() + timedelta(days=12))
    typed = {
        name: (clock.today() + timedelta(days=11)).isoformat() if value == "+1" else value
        for name, value in proposed.items()
    }

    answer = Journey(client, event).begin().send(weg="vorschlag", **typed)

    assert answer.status_code == 422
    assert words in answer.text


def test_too_many_requests_from_one_network_keep_what_was_typed(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).to_check(slot)
    for _ in range(BOOKINGS.amount):
        spend(BOOKINGS, Caller.at("127.0.0.1"))

    answer = journey.send(art="buchen")

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Von Ihrem Anschluss kamen sehr viele Anfragen." in answer.text
    assert 'value="Dr. Kim Sommer"' in answer.text
    assert all_bookings() == []


def test_a_page_that_was_open_for_days_is_sent_once_more(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).to_check(slot)

    stale = journey.send(art="buchen", nonce="nie.ausgegeben")
    answer = journey.send(art="buchen")

    assert stale.status_code == 422
    assert "Die Seite war lange offen." in stale.text
    assert answer.status_code == 303
