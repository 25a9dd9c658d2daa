"""Moving times in the console: first who hears of it, then it is done; visitors read it everywhere."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Event, OutboxMessage, Slot
from openday.services.booking import book_slot
from openday.wording import day_in_table
from tests.factories import booking_request, make_event, make_slot, make_traeger, make_user
from tests.web.staff import Browser, signed_in

PREVIEWED = re.compile(r'name="previewed"[^>]*value="([^"]*)"')


@pytest.fixture
def slot(app: Flask) -> Slot:
    event = make_event(traeger=make_traeger(), starts_on=clock.today() + timedelta(days=10))
    start = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=10)
    slot, _other = make_slot(event, starts_at=start), make_slot(event, starts_at=start + timedelta(hours=2))
    book_slot(booking_request(slot, name="Ayşe Kaya", language="en"))
    return slot


@pytest.fixture
def staff(app: Flask, slot: Slot) -> Browser:
    return signed_in(app, make_user(slot.event.traeger))


def path(slot: Slot, tail: str) -> str:
    return f"/konto/termine/{slot.event_id}/uhrzeiten/{slot.id}/{tail}"


def wanted(slot: Slot, **fields: str) -> dict[str, str]:
    day = clock.to_berlin(slot.starts_at) + timedelta(days=1)
    return {"reach": "slot", "day": f"{day:%d.%m.%Y}", "start": "17:15", "reason": "Sitzung im Landtag", **fields}


def stored(slot: Slot) -> Slot:
    db.session.rollback()
    return db.session.get_one(Slot, slot.id, populate_existing=True)


def mails(kind: str) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


def moved(staff: Browser, slot: Slot, **fields: str) -> Slot:
    first = staff.send(path(slot, "verschieben"), wanted(slot, **fields)).text
    found = PREVIEWED.search(first)
    assert found
    done = staff.send(path(slot, "verschieben"), wanted(slot, previewed=found[1], action="senden", **fields))
    assert done.status_code == 303
    return stored(slot)


def test_the_preview_warns_of_a_time_that_is_already_there(staff: Browser, slot: Slot) -> None:
    day, start = clock.to_berlin(slot.starts_at), clock.to_berlin(slot.starts_at + timedelta(hours=2))
    onto = {"day": f"{day:%d.%m.%Y}", "start": f"{start:%H:%M}"}

    beside = staff.send(path(slot, "verschieben"), wanted(slot)).text
    page = staff.send(path(slot, "verschieben"), wanted(slot, **onto)).text

    assert "überschneidet sich" not in beside
    assert "Sie überschneidet sich mit einer anderen Uhrzeit:" in page
    assert f"<li>{day_in_table(day.date())}, {start:%H:%M}" in page
    assert moved(staff, slot, **onto).starts_at == start


def test_the_first_press_shows_who_hears_of_it_and_how(staff: Browser, slot: Slot) -> None:
    page = staff.send(path(slot, "verschieben"), wanted(slot)).text

    assert "<b>1 E-Mail</b>" in page
    assert "Ayşe Kaya" in page
    assert "Englisch" in page
    assert "Changed to" in page
    assert "Sitzung im Landtag" in page
    assert "/buchung/…" in page
    assert page.count('name="action"') == 2  # the buttons alone say which one was pressed
    assert stored(slot).moved_at is None
    assert mails("time_moved") == []


def test_the_second_press_does_it_and_says_so(staff: Browser, slot: Slot) -> None:
    assert f"{clock.to_berlin(moved(staff, slot).starts_at):%H:%M}" == "17:15"

    assert len(mails("time_moved")) == 1
    page = staff.get(f"/konto/termine/{slot.event_id}/plaetze").text
    assert "Verschoben. 1 E-Mail ist unterwegs." in page
    assert "17:15" in page


def test_what_was_changed_after_the_preview_is_shown_once_more(staff: Browser, slot: Slot) -> None:
    first = staff.send(path(slot, "verschieben"), wanted(slot)).text
    found = PREVIEWED.search(first)
    assert found

    page = staff.send(path(slot, "verschieben"), wanted(slot, start="18:00", previewed=found[1], action="senden")).text

    assert "Verschieben und E-Mails senden" in page
    assert stored(slot).moved_at is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": ""}, "Geben Sie den neuen Tag ein"),
        ({"day": "31.02.2027"}, "Geben Sie den Tag so ein"),
        ({"start": "25 Uhr"}, "Geben Sie die Uhrzeit so ein"),
        ({"day": "01.01.2020"}, "Die neue Zeit liegt in der Vergangenheit"),
        ({"end": "08:00"}, "Das Ende liegt vor dem Beginn"),
        ({"day": "28.03.2027", "start": "02:30"}, "weil die Uhr vorgestellt wird"),
        ({"reach": "welt"}, ""),
        ({"reason": "x" * 201}, ""),
        ({"reason": "a\x00b"}, ""),
    ],
)
def test_bad_input_is_said_in_a_sentence_and_kept(
    staff: Browser, slot: Slot, fields: dict[str, str], sentence: str
) -> None:
    answer = staff.send(path(slot, "verschieben"), wanted(slot, **fields))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Fehler:" in answer.text
    assert stored(slot).moved_at is None


def test_the_public_page_says_it_for_fourteen_days_in_the_reader_s_language(
    staff: Browser, client: FlaskClient, slot: Slot
) -> None:
    moved(staff, slot)

    german, english = client.get(f"/t/{slot.event.slug}").text, client.get(f"/en/t/{slot.event.slug}").text
    assert "Neue Uhrzeit: " in german
    assert "Sitzung im Landtag" in german
    assert "New time: " in english
    assert '<p lang="de">Sitzung im Landtag</p>' in english
    assert "17:15" in english
    event = db.session.get_one(Event, slot.event_id)
    slot = stored(slot)
    event.starts_on, event.ends_on = clock.today() + timedelta(days=40), None
    slot.starts_at, slot.ends_at = slot.starts_at + timedelta(days=30), None
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(days=13, hours=23), tick=False):
        assert "Neue Uhrzeit: " in client.get(f"/t/{slot.event.slug}").text
    with time_machine.travel(clock.now() + timedelta(days=14, hours=1), tick=False):
        later = client.get(f"/t/{slot.event.slug}").text
    assert "Neue Uhrzeit: " not in later
    assert "Sitzung im Landtag" not in later


def test_the_guest_s_own_page_shows_the_new_time_and_the_one_before(
    staff: Browser, client: FlaskClient, slot: Slot
) -> None:
    moved(staff, slot)
    [mail] = mails("time_moved")
    link = re.search(r"https://offene-tuer.example.org(/en/buchung/\S+)", mail.text)
    assert link

    page = client.get(link[1]).text

    assert "17:15" in page
    assert "New time. Before: " in page


def test_who_had_the_form_open_is_asked_again_before_booking_the_new_time(
    staff: Browser, client: FlaskClient, slot: Slot
) -> None:
    form = f"/t/{slot.event.slug}/buchen?slot={slot.id}"
    fields = {"name": "Kim Spät", "email": "kim@example.org", "party_size": "1"}
    fields |= dict(re.findall(r'name="(nonce|shown_start)" type="hidden" value="([^"]+)"', client.get(form).text))
    assert "shown_start" in fields
    moved(staff, slot)

    asked = client.post(form, data=fields)
    assert asked.status_code == 422
    assert "Die Uhrzeit hat sich geändert: jetzt" in asked.text
    assert "Kim Spät" in asked.text
    fields |= dict(re.findall(r'name="(nonce|shown_start)" type="hidden" value="([^"]+)"', asked.text))
    assert client.post(form, data=fields).status_code == 303


def test_one_time_and_a_day_are_called_off_after_a_look_at_who_hears_of_it(staff: Browser, slot: Slot) -> None:
    page = staff.get(path(slot, "absagen")).text
    assert "Möchten Sie diese Uhrzeit absagen?" in page
    assert "<b>1 E-Mail</b>" in page
    assert "Möchten Sie den ganzen Tag absagen?" in staff.get(path(slot, "absagen?umfang=day")).text
    assert staff.send(path(slot, "absagen"), {"reason": ""}).status_code == 422

    done = staff.send(path(slot, "absagen"), {"reason": "Sturm"})

    assert done.status_code == 303
    assert stored(slot).state == "cancelled"
    assert len(mails("booking_called_off")) == 1
    again = staff.send(path(slot, "absagen"), {"reason": "Sturm"})
    assert again.status_code == 303
    assert len(mails("booking_called_off")) == 1


def test_another_place_is_asked_about_before_it_is_stored(staff: Browser, slot: Slot) -> None:
    place = {"attendance": "onsite", "street": "Marktplatz 1", "postcode": "04109", "locality": "Leipzig"}
    ort = f"/konto/termine/{slot.event_id}/ort"

    shown = staff.send(ort, place)
    assert "Der Ort ändert sich für Ihre Gäste" in shown.text
    assert 'value="Marktplatz 1"' in shown.text
    assert mails("place_changed") == []

    done = staff.send(ort, {**place, "mitteilen": "1", "grund": "Umbau\x00" * 100})
    assert done.status_code == 303
    assert len(mails("place_changed")) == 1
