"""The page of a time's seats: what was typed is kept, what is wrong is said where it stands."""

import pytest
from flask import Flask

from openday.extensions import db
from openday.models import Slot
from openday.models.words import Attendance, PoolAudience, SlotState
from openday.services.booking import book_slot
from tests.factories import booking_request, make_event, make_slot, make_user
from tests.web.staff import Browser, signed_in

VALUES = {
    "onsite_total": "12", "onsite_politics": "2", "onsite_press": "1", "onsite_walk_in": "2", "online_total": "70",
    "online_politics": "", "online_press": "", "photo_rule": "", "reach": "slot", "label": "Führung",
}  # fmt: skip


@pytest.fixture
def slot(app: Flask) -> Slot:
    return make_slot(make_event(attendance=Attendance.HYBRID))


@pytest.fixture
def client(app: Flask, slot: Slot) -> Browser:
    return signed_in(app, make_user(slot.event.traeger))


def path(slot: Slot) -> str:
    return f"/konto/termine/{slot.event_id}/uhrzeiten/{slot.id}/plaetze"


def overview(slot: Slot) -> str:
    return f"/konto/termine/{slot.event_id}/plaetze"


def general_seats(slot: Slot) -> int | None:
    db.session.rollback()
    fresh = db.session.get_one(Slot, slot.id, populate_existing=True)
    return next(pool.capacity for pool in fresh.pools if pool.audience is PoolAudience.EVERYONE)


def test_the_picture_that_was_set_is_shown_on_both_pages(client: Browser, slot: Slot) -> None:
    answer = client.send(path(slot), VALUES)
    assert answer.location == overview(slot)

    page = client.get(overview(slot)).text
    assert "12 vor Ort, davon 2 Politik, 1 Presse, 2 für Gäste ohne Anmeldung; 70 digital" in page
    assert "Führung" in page
    assert "Gespeichert für 1 Uhrzeit." in page
    form = client.get(path(slot)).text
    for name in ("onsite_total", "onsite_politics", "onsite_press", "onsite_walk_in", "online_total"):
        assert f'name="{name}" type="text" value="{VALUES[name]}"' in form, name


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"onsite_total": "4"}, "Sie halten 5 Plätze frei, es gibt aber nur 4"),
        ({"onsite_total": ""}, "Geben Sie an, wie viele Plätze es insgesamt sind"),
        ({"onsite_total": "zwölf"}, "Geben Sie eine Zahl von 0 bis 100000 ein"),
        ({"online_politics": "71"}, "Sie halten 71 Plätze frei, es gibt aber nur 70"),
        ({"onsite_press": "-1"}, "Geben Sie eine Zahl von 0 bis 100000 ein"),
        ({"reach": "always"}, "Es gibt ein Problem"),
    ],
)
def test_an_impossible_table_is_refused_in_words(
    client: Browser, slot: Slot, changed: dict[str, str], words: str
) -> None:
    answer = client.send(path(slot), {**VALUES, **changed})

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Führung"' in answer.text
    assert general_seats(slot) == 8


def test_taken_seats_are_a_conflict_said_at_the_field(client: Browser, slot: Slot) -> None:
    book_slot(booking_request(slot, party_size=5))

    answer = client.send(path(slot), {**VALUES, "onsite_total": "8"})

    assert answer.status_code == 409
    assert 'href="#onsite_total">Von den Plätzen für alle sind schon 5 vergeben, es blieben nur 3.' in answer.text
    assert general_seats(slot) == 8


def test_of_another_time_that_is_too_full_the_page_names_the_moment(client: Browser, slot: Slot) -> None:
    other = make_slot(slot.event)
    book_slot(booking_request(other, party_size=5))

    answer = client.send(path(slot), {**VALUES, "onsite_total": "8", "reach": "event"})

    assert answer.status_code == 409
    assert "Uhr: Von den Plätzen für alle" in answer.text.replace("\u00a0", " ")


def test_an_event_on_site_asks_for_no_seats_online(app: Flask) -> None:
    slot = make_slot()
    page = signed_in(app, make_user(slot.event.traeger)).get(path(slot)).text

    assert 'name="onsite_total"' in page
    assert "online_total" not in page


def test_a_time_called_off_has_no_seats_to_set(client: Browser, slot: Slot) -> None:
    db.session.get_one(Slot, slot.id).state = SlotState.CANCELLED
    db.session.commit()

    assert client.get(path(slot)).status_code == 303
    assert "Plätze ändern" not in client.get(overview(slot)).text
