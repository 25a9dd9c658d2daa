"""Links for helpers: made, shown once, revoked."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import DoorLink, Event
from openday.models.words import Role
from tests.door import DAY, book, make_door_event, oclock, slots
from tests.factories import make_user
from tests.web.staff import Browser, signed_in


@pytest.fixture
def event(app: Flask) -> Event:
    return make_door_event()


@pytest.fixture
def client(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path(event: Event) -> str:
    return f"/konto/termine/{event.id}/einlass"


def link_in(page: str) -> str:
    found = re.search(r'href="https://offene-tuer\.example\.org(/tuer/[\w-]{27})"', page)
    assert found
    return found[1]


def test_a_new_link_is_shown_once_as_words_and_as_a_code_to_scan(app: Flask, client: Browser, event: Event) -> None:
    book(slots(event)[0])

    made = client.send(path(event), {"day": DAY.isoformat()})
    link = link_in(made.text)
    later = client.get(path(event)).text

    assert '<svg class="qr"' in made.text
    assert link.removeprefix("/tuer/") not in later
    assert "gültig" in later
    with oclock(10, 24):
        assert "Ayşe Kaya" in app.test_client().get(link).text


def test_a_revoked_link_opens_nothing_any_more(app: Flask, client: Browser, event: Event) -> None:
    link = link_in(client.send(path(event), {"day": DAY.isoformat()}).text)
    number = db.session.scalars(select(DoorLink.id)).one()

    answer = client.send(f"{path(event)}/links/{number}/beenden")

    assert "beendet" in client.get(answer.location).text
    with oclock(10, 24):
        assert app.test_client().get(link).status_code == 404


@pytest.mark.parametrize("day", ["", "heute", "2020-01-01", "2026-02-30", "\x00", "9" * 5_000])
def test_a_day_without_a_time_gets_no_link(client: Browser, event: Event, day: str) -> None:
    answer = client.send(path(event), {"day": day})

    assert answer.status_code == 422
    assert db.session.scalars(select(DoorLink)).all() == []


def test_a_day_that_is_over_gets_no_link(app: Flask, event: Event) -> None:
    with oclock(9, 0, DAY + timedelta(days=1)):
        client = signed_in(app, make_user(event.traeger))
        assert "Link anlegen" not in client.get(path(event)).text
        assert client.send(path(event), {"day": DAY.isoformat()}).status_code == 422


def test_who_only_reads_gets_the_days_and_no_links(app: Flask, event: Event) -> None:
    client = signed_in(app, make_user(event.traeger, role=Role.READER))

    page = client.get(path(event)).text

    assert "Liste ansehen" in page
    assert "Link anlegen" not in page
    assert client.send(path(event), {"day": DAY.isoformat()}).status_code == 403


def test_an_event_without_times_has_no_entrance_yet(app: Flask, client: Browser, event: Event) -> None:
    for slot in slots(event):
        db.session.delete(slot)
    db.session.commit()

    assert "Noch keine Uhrzeit." in client.get(path(event)).text
