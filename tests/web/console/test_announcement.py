"""Writing to guests in the console: looked at with its count, then sent, however often one presses."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from openday.extensions import db
from openday.models import Announcement, Event, OutboxMessage
from openday.models.words import GuestKind, Role
from openday.services.booking import book_slot
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_traeger, make_user
from tests.web.staff import Browser, signed_in

FIELD = re.compile(r'name="(previewed|nonce)" type="hidden" value="([^"]*)"')
WORDS = {"slot": "", "kind": "", "stage": "", "subject": "Eingang im Hof", "text": "Bitte klingeln."}


@pytest.fixture
def event(app: Flask) -> Event:
    event = make_event(traeger=make_traeger(), room_url="https://room.example.org/geheim")
    slot = make_slot(event)
    for name in ("a", "b"):
        book_slot(booking_request(slot, email=f"{name}@example.org"))
    all_bookings()[0].guest_kind = GuestKind.PROFESSIONAL
    db.session.commit()
    return event


@pytest.fixture
def staff(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path(event: Event) -> str:
    return f"/konto/termine/{event.id}/nachricht"


def sent() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(OutboxMessage.kind == "announcement")) or 0


def test_it_is_looked_at_then_sent_once_and_listed(staff: Browser, event: Event) -> None:
    shown = staff.send(path(event), WORDS).text
    assert "<b>2 E-Mails</b>" in shown
    assert "Bitte klingeln." in shown
    assert sent() == 0
    fields = {**WORDS, **dict(FIELD.findall(shown)), "action": "senden"}

    answers = [staff.send(path(event), fields).status_code for _press in range(2)]

    assert answers == [303, 303]
    assert sent() == 2
    page = staff.get(path(event)).text
    assert "An 2 Personen gesendet." in page
    assert "Eingang im Hof" in page
    assert "an 2 Personen" in page


def test_a_part_of_the_guests(staff: Browser, event: Event) -> None:
    shown = staff.send(path(event), {**WORDS, "kind": "professional", "stage": "booked"}).text

    assert "<b>1 E-Mail</b>" in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"subject": ""}, "Geben Sie den Betreff ein"),
        ({"subject": "x" * 61}, ""),
        ({"subject": "a\r\nBcc: x@example.org"}, ""),
        ({"text": ""}, "Geben Sie die Nachricht ein"),
        ({"text": "x" * 4001}, ""),
        ({"text": "a\x00b"}, ""),
        ({"text": "Hier: https://room.example.org/geheim"}, "Der Raum-Link gehört nicht in eine E-Mail"),
        ({"stage": "waiting"}, "Zu dieser Auswahl gibt es niemanden"),
        ({"slot": "999999"}, ""),
        ({"slot": "1e3"}, ""),
        ({"kind": "=1+1"}, ""),
    ],
)
def test_bad_input_is_said_in_a_sentence_and_kept(
    staff: Browser, event: Event, fields: dict[str, str], sentence: str
) -> None:
    answer = staff.send(path(event), {**WORDS, **fields, "action": "senden"})

    assert answer.status_code == 422
    assert "Fehler:" in answer.text
    assert sentence in answer.text
    assert sent() == 0
    assert db.session.scalar(select(func.count()).select_from(Announcement)) == 0


def test_a_reader_sees_no_way_to_write(app: Flask, event: Event) -> None:
    page = signed_in(app, make_user(event.traeger, role=Role.READER)).get(f"/konto/termine/{event.id}").text

    assert "/nachricht" not in page
