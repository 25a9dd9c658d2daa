"""„Wie letztes Jahr“: from last year's event to online in three screens."""

from datetime import date, datetime

import pytest
import time_machine
from flask import Flask

from openday import clock
from openday.extensions import db
from openday.models import Event
from openday.models.words import EventState, PhotoRule
from tests.factories import make_campaign, make_event, make_slot, make_user
from tests.web.staff import Browser, signed_in

SUMMER = time_machine.travel(datetime(2027, 6, 1, 10, tzinfo=clock.UTC), tick=True)


@pytest.fixture
def event(app: Flask) -> Event:
    event = make_event(
        campaign=make_campaign(year=2026, starts_on=date(2026, 9, 14)),
        starts_on=date(2026, 9, 15),
        photo_rule=PhotoRule.NONE,
    )
    make_slot(event, starts_at=datetime(2026, 9, 15, 8, tzinfo=clock.UTC))
    make_campaign(year=2027, starts_on=date(2027, 9, 13))
    return event


@pytest.fixture
def client(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


@SUMMER
def test_the_returning_organiser_is_online_in_three_screens(app: Flask, event: Event) -> None:
    client = signed_in(app, make_user(event.traeger))
    path = f"/konto/termine/{event.id}/kopieren"
    assert path in client.get("/konto/").text

    first = client.get(path).text
    assert 'name="starts_on" type="date" value="2027-09-14"' in first
    assert "<h1>Wie letztes Jahr</h1>" in first
    check = client.send(path, {"starts_on": "2027-09-14", "with_places": "y", "with_slots": "y", "with_contact": "y"})
    second = client.get(check.location).text
    assert "Alles Nötige ist da." in second
    online = client.send(check.location)
    third = client.get(online.location).text

    assert "Ist online" in third
    db.session.rollback()
    copy = db.session.query(Event).filter(Event.id != event.id).one()
    assert (copy.state, copy.starts_on, len(copy.slots)) == (EventState.PUBLISHED, date(2027, 9, 14), 1)
    assert event.title in client.get("/termine").text


@SUMMER
@pytest.mark.parametrize(
    ("typed", "words"),
    [("1.5.2027", "Dieser Tag ist vorbei"), ("31.2.2027", "Geben Sie den Tag so ein"), ("=1+1", "Geben Sie den Tag")],
)
def test_a_day_that_cannot_be_is_said_and_kept(app: Flask, event: Event, typed: str, words: str) -> None:
    client = signed_in(app, make_user(event.traeger))

    answer = client.send(f"/konto/termine/{event.id}/kopieren", {"starts_on": typed})

    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.query(Event).count() == 1


def test_an_event_of_this_year_is_copied_too(client: Browser, event: Event) -> None:
    coming = make_event(traeger=event.traeger)

    page = client.get(f"/konto/termine/{coming.id}/kopieren").text

    assert "<h1>Termin kopieren</h1>" in page
