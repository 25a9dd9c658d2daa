"""The page „Anmeldung und Regeln“: what was saved is what it shows."""

import pytest
from flask import Flask

from openday.extensions import db
from openday.models import Event
from openday.models.words import Confirmation, EventKind, WaitingList
from tests.factories import make_event, make_user
from tests.web.staff import Browser, signed_in

VALUES = {"confirmation": "always", "waiting_list": "off", "change_until_hours": "24", "reserve_hours": ""}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def client(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path(event: Event) -> str:
    return f"/konto/termine/{event.id}/regeln"


def test_what_is_not_ticked_is_off_and_an_empty_reserve_never_opens(client: Browser, event: Event) -> None:
    assert client.send(path(event), VALUES).status_code == 303

    db.session.rollback()
    fresh = db.session.get_one(Event, event.id, populate_existing=True)
    assert (fresh.confirmation, fresh.waiting_list) == (Confirmation.ALWAYS, WaitingList.OFF)
    assert (fresh.change_until_hours, fresh.reserve_hours) == (24, None)
    assert (fresh.sends_reminders, fresh.registers_companions) == (False, False)
    page = client.get(path(event)).text
    assert 'checked id="confirmation-1"' in page
    assert 'id="sends_reminders" name="sends_reminders" type="checkbox"' in page


def test_the_defaults_are_ticked_on_a_new_event(client: Browser, event: Event) -> None:
    page = client.get(path(event)).text

    assert 'checked id="confirmation-0"' in page
    assert 'checked id="waiting_list-0"' in page
    assert 'name="reserve_hours" type="text" value="24"' in page


def test_a_talk_for_the_invited_is_not_asked_for_a_waiting_list(client: Browser, event: Event) -> None:
    event.kind = EventKind.BACKGROUND_TALK
    db.session.commit()

    assert "ausgebucht" not in client.get(path(event)).text
    assert client.send(path(event), VALUES).status_code == 303

    db.session.rollback()
    fresh = db.session.get_one(Event, event.id, populate_existing=True)
    assert (fresh.confirmation, fresh.waiting_list) == (Confirmation.ALWAYS, WaitingList.OFFER)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"change_until_hours": ""}, "0 heißt: bis zum Beginn"),
        ({"change_until_hours": "721"}, "Geben Sie eine Zahl von 0 bis 720 ein"),
        ({"reserve_hours": "bald"}, "Geben Sie eine Zahl von 0 bis 720 ein"),
        ({"confirmation": "never"}, "Es gibt ein Problem"),
        ({"waiting_list": ""}, "Es gibt ein Problem"),
    ],
)
def test_what_makes_no_sense_is_refused(client: Browser, event: Event, changed: dict[str, str], words: str) -> None:
    answer = client.send(path(event), {**VALUES, **changed})

    assert answer.status_code == 422
    assert words in answer.text
    db.session.rollback()
    assert db.session.get_one(Event, event.id, populate_existing=True).confirmation is Confirmation.AUTO
