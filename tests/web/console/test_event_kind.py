"""Kinds of events are asked for what makes sense for them, and nothing that was said is lost."""

import pytest
from flask import Flask

from openday.extensions import db
from openday.models import Event
from openday.models.words import Admission, Attendance, EventKind, EventState
from openday.services.booking import book_slot
from tests.factories import booking_request, make_event, make_slot, make_user
from tests.web.staff import Browser, signed_in


def draft(kind: EventKind, **overrides: object) -> Event:
    return make_event(kind=kind, state=EventState.DRAFT, published_at=None, admission=None, **overrides)


def owner(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def fresh(event: Event) -> Event:
    db.session.rollback()
    return db.session.get_one(Event, event.id, populate_existing=True)


def test_a_market_stand_is_asked_neither_for_seats_nor_for_a_room(app: Flask) -> None:
    event = draft(EventKind.INFO_STAND)
    client = owner(app, event)
    path = f"/konto/termine/{event.id}"

    when, where = client.get(f"{path}/zeiten").text, client.get(f"{path}/ort").text
    assert 'name="starts_on"' in when
    assert not [name for name in ("admission", "party_limit", "closes_on") if f'name="{name}"' in when]
    assert 'name="locality"' in where
    assert not [name for name in ("attendance", "room_url") if f'name="{name}"' in where]
    assert "/uhrzeiten" not in client.get(path).text

    assert client.send(f"{path}/zeiten", {"starts_on": "2099-09-16", "start_time": "10:00"}).status_code == 303
    assert client.send(f"{path}/ort", {"locality": "Mayen"}).status_code == 303
    saved = fresh(event)
    assert (saved.admission, saved.attendance) == (Admission.OPEN, Attendance.ONSITE)
    assert saved.places[0].locality == "Mayen"


def test_a_digital_action_is_not_asked_for_a_street(app: Flask) -> None:
    event = draft(EventKind.DIGITAL, attendance=Attendance.ONLINE)
    event.places = []
    db.session.commit()
    client = owner(app, event)
    path = f"/konto/termine/{event.id}/ort"

    page = client.get(path).text
    assert 'name="room_url"' in page
    assert 'name="street"' not in page

    assert client.send(path, {"attendance": "", "room_url": ""}).status_code == 303
    assert (fresh(event).attendance, fresh(event).places) == (None, [])


def test_a_way_that_guests_have_booked_stays_and_the_page_says_the_way_out(app: Flask) -> None:
    event = make_event(attendance=Attendance.HYBRID)
    book_slot(booking_request(make_slot(event)))
    path = f"/konto/termine/{event.id}/ort"

    answer = owner(app, event).send(path, {"attendance": "online", "room_url": ""})

    assert answer.status_code == 422
    assert "1 Gast ist noch für „Vor Ort“ angemeldet. Wählen Sie „Vor Ort und digital“" in answer.text
    assert fresh(event).attendance is Attendance.HYBRID


def test_what_was_said_before_the_kind_changed_can_still_be_mended(app: Flask) -> None:
    event = draft(EventKind.INFO_STAND)
    make_slot(event)
    client = owner(app, event)

    assert 'name="admission"' in client.get(f"/konto/termine/{event.id}/zeiten").text
    assert "/uhrzeiten" in client.get(f"/konto/termine/{event.id}").text


@pytest.mark.parametrize("kind", [EventKind.TOUR, EventKind.PANEL, EventKind.OTHER])
def test_all_other_kinds_are_asked_for_everything(app: Flask, kind: EventKind) -> None:
    event = draft(kind)
    client = owner(app, event)

    assert 'name="admission"' in client.get(f"/konto/termine/{event.id}/zeiten").text
    assert 'name="room_url"' in client.get(f"/konto/termine/{event.id}/ort").text


def test_a_date_is_said_back_with_its_weekday(app: Flask) -> None:
    event = draft(EventKind.OPEN_DAY)
    client = owner(app, event)
    path = f"/konto/termine/{event.id}/zeiten"
    client.send(path, {"starts_on": "2099-09-16", "admission": "open", "party_limit": "10"})

    assert "Mittwoch, 16.\u00a0September 2099" in client.get(path).text
