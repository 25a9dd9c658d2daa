"""The helper's page: one secret, one day, one tap, and nothing that reaches a guest at home."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from openday import tokens
from openday.extensions import db
from openday.models import Booking, Event
from openday.models.words import Awaits, BookingState, GuestKind
from openday.services.door_link import door_links, revoke_door_link
from openday.services.rate_limit import DOOR_TAPS
from tests.door import DAY, at, book, fresh, helper_link, make_door_event, oclock, slots, taken, walk_ins
from tests.factories import make_user
from tests.statements import statements
from tests.web.public.test_door_delivery import delivered, tap


@pytest.fixture
def event(app: Flask) -> Event:
    return make_door_event()


@pytest.fixture
def guest(event: Event) -> Booking:
    return book(slots(event)[1], party_size=3, needs="Stuhl mit Lehne", email="a.kaya@example.org")


@pytest.fixture
def path(event: Event) -> str:
    return f"/tuer/{helper_link(event)}"


def tapped(client: FlaskClient, path: str, deed: str, number: object, **more: Any) -> Any:
    return client.post(path, data={"deed": deed, "number": str(number), **more})


def test_a_helper_sees_name_persons_kind_and_needs_and_no_way_to_reach_anybody(client, event, guest, path):
    guest.booker_phone, guest.organisation = "0341 123456", "Stadtbüro"
    db.session.commit()
    book(slots(event)[0], name="Büro Sommer", guest_name="Dr. Jürgen Sommer", guest_kind=GuestKind.POLITICS)

    with oclock(10, 24):
        answer = client.get(path)

    for seen in ("Ayşe Kaya", "3 Personen", "10:30", "Stuhl mit Lehne", "Dr. Jürgen Sommer", "Politik", "0 von 2 da"):
        assert seen in answer.text
    for hidden in ("@", "0341", "Stadtbüro", "Büro Sommer", "/buchung/"):
        assert hidden not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Door-Closes"] == at(0, 0, DAY + timedelta(days=1)).isoformat()
    assert '<meta name="robots" content="noindex">' in answer.text


def test_one_tap_ticks_and_comes_back_to_the_row(client, event, guest, path):
    with oclock(10, 24):
        answer = tapped(client, f"{path}?q=kaya", "here", guest.id)
        page = client.get(answer.location).text

    assert answer.status_code == 303
    assert answer.location == f"{path}?q=kaya#gast-{guest.id}"
    assert fresh(guest).came_at == at(10, 24)
    assert "1 von 1 da" in page
    assert "10:24 da" in page


def test_the_second_helper_is_told_since_when_they_are_there(client, event, guest, path):
    with oclock(10, 24):
        tapped(client, path, "here", guest.id)
    with oclock(10, 40):
        answer = tapped(client, f"/tuer/{helper_link(event)}", "here", guest.id)
        page = client.get(answer.location).text

    assert f"?schon={guest.id}#" in answer.location
    assert "Schon um 10:24 da" in page


def test_fewer_came_and_a_wrong_tap_is_taken_back_for_ten_minutes(client, guest, path):
    with oclock(10, 24):
        tapped(client, path, "here", guest.id)
        assert tapped(client, path, "count", guest.id, size=" 2 ").status_code == 303
    assert fresh(guest).came_size == 2
    with oclock(10, 34):
        assert "Rückgängig" in client.get(path).text
        assert tapped(client, path, "back", guest.id).status_code == 303
    assert fresh(guest).came_at is None

    with oclock(10, 35):
        tapped(client, path, "here", guest.id)
    with oclock(10, 46):
        late = tapped(client, path, "back", guest.id)
    assert late.status_code == 409
    assert "Zurücknehmen geht nur 10 Minuten lang." in late.text
    assert fresh(guest).came_at == at(10, 35)


@pytest.mark.parametrize("size", ["", "-1", "201", "2,5", "zwei", "١٢٣٤", "9" * 99])
def test_a_number_of_people_that_is_none_is_explained(client, guest, path, size):
    with oclock(10, 24):
        tapped(client, path, "here", guest.id)
        answer = tapped(client, path, "count", guest.id, size=size)

    assert answer.status_code == 422
    assert "Geben Sie eine Zahl von 0 bis 200 ein" in answer.text
    assert fresh(guest).came_size == 3


def test_people_without_a_booking_are_counted_until_no_seat_is_left(client, event, path):
    slot = slots(event)[0]
    slot.pools[0].capacity = 1
    db.session.commit()

    with oclock(10, 24):
        first = tapped(client, path, "walk_in", slot.id)
        full = tapped(client, path, "walk_in", slot.id)
        [person] = walk_ins()
        assert "1 ohne Anmeldung" in client.get(path).text
        back = tapped(client, path, "walk_in_back", person.id)

    assert (first.status_code, full.status_code, back.status_code) == (303, 409, 303)
    assert first.location.endswith("#ohne-anmeldung")
    assert "kein Platz mehr frei" in full.text
    assert taken(slot) == {"everyone": 0}


def test_search_works_without_javascript_by_name_number_or_scanned_link(client, event, guest, path):
    other = book(slots(event)[0], name="Ömer Şahin")

    def shown(query: str) -> list[int]:
        rows = client.get(f"{path}?{query}").text.split('<li id="gast-')[1:]
        return [int(row.split('"')[0]) for row in rows if " hidden>" not in row.split("<div")[0]]

    with oclock(9):
        assert shown("") == [other.id]
        assert shown("zeigen=alle") == [other.id, guest.id]
        assert shown("q=KAYA") == [guest.id]
        assert shown(f"q=https://offene-tuer.example.org/c/{other.reference}") == [other.id]
        assert shown("q=niemand") == []
        assert "Niemand gefunden" in client.get(f"{path}?q=%3Cb%3E%00").text


@pytest.mark.parametrize(
    ("days", "status", "words"), [(-1, 403, "Dieser Link öffnet die Liste am"), (1, 410, "Sie war nur am")]
)
def test_on_other_days_the_list_is_closed_and_names_nobody(client, guest, path, days, status, words):
    with oclock(10, 24, DAY + timedelta(days=days)):
        answers = [client.get(path), tapped(client, path, "here", guest.id)]

    for answer in answers:
        assert answer.status_code == status
        assert words in answer.text
        assert "Kaya" not in answer.text
    assert fresh(guest).came_at is None


def test_a_revoked_link_opens_nothing(client, event, guest, path):
    revoke_door_link(event.id, door_links(event.id)[0].id, make_user(event.traeger).id)

    with oclock(10, 24):
        assert client.get(path).status_code == 404
        assert tapped(client, path, "here", guest.id).status_code == 404
        assert delivered(client, path, tap("here", guest.id)).status_code == 404
    assert fresh(guest).came_at is None


def test_guests_of_another_door_can_not_be_ticked(client, path):
    other = book(slots(make_door_event())[0])

    with oclock(10, 24):
        answer = tapped(client, path, "here", other.id)

    assert answer.status_code == 409
    assert "steht nicht mehr auf der Liste" in answer.text
    assert fresh(other).came_at is None


def test_who_is_not_confirmed_stands_on_the_list_without_a_button(client, guest, path):
    guest.state, guest.awaits, guest.held_until = BookingState.HELD, Awaits.HOST, at(12)
    db.session.commit()

    with oclock(10, 24):
        page = client.get(path).text
        assert tapped(client, path, "here", guest.id).status_code == 409

    assert "noch nicht bestätigt" in page
    assert 'value="here"' not in page


def test_a_form_of_another_site_ticks_nobody(client, guest, path):
    with oclock(10, 24):
        answer = client.post(path, data={"deed": "here", "number": guest.id}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 400
    assert fresh(guest).came_at is None


def test_a_link_that_taps_without_end_is_slowed_down(client, app, guest, path, monkeypatch):
    monkeypatch.setattr(DOOR_TAPS, "amount", 2)
    with oclock(10, 24):
        statuses = [tapped(client, path, "here", guest.id).status_code for _tap in range(3)]
        seen = client.get(path).status_code

    assert statuses == [303, 303, 429]
    assert seen == 200


def test_unknown_links_are_not_found(client):
    for token in ("x", tokens.new_token(), "x" * 3_000, "%00"):
        assert client.get(f"/tuer/{token}").status_code == 404
        assert client.post(f"/tuer/{token}/nachtragen", json={"taps": []}).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_worker_rules_over_doors_only(client, prefix):
    answer = client.get(f"{prefix}/tuer/worker.js")

    assert answer.content_type == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in answer.headers
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_page_speaks_english(client, guest, path):
    with oclock(10, 24):
        page = client.get(f"/en{path}").text
        tapped(client, path, "here", guest.id)
        again = delivered(client, f"/en{path}", tap("here", guest.id, "b" * 16))

    for words in ("0 of 1 here", "Present", "3 people", "Someone without a booking?"):
        assert words in unescape(page)
    assert again.json["answers"][0]["words"] == "Here since 10:24"


@pytest.mark.parametrize("guests", [1, 8])
def test_the_list_takes_as_many_statements_however_long_it_is(client, event, path, guests):
    for number in range(guests):
        book(slots(event)[1], name=f"Gast {number}", email=f"gast{number}@example.org")

    with oclock(10, 24), statements() as seen:
        client.get(path)

    assert len(seen) == 5
