"""Professionals and groups: a head-count is enough, names only where the house must register its guests."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from openday.extensions import db
from openday.models import Booking, Event, Slot
from openday.models.words import BookingState, FieldOfWork, GuestKind
from openday.services.erasure import erase_due
from tests.factories import all_bookings, make_event, make_slot
from tests.web.public.test_hostile_input import KEPT, REFUSED

NONCE = re.compile(r'name="nonce"[^>]*value="([^"]+)"')
TYPED = {
    "name": "Lehrerin Sommer",
    "email": "klasse9b@schule.example.org",
    "party_size": "4",
    "organisation": "Gesamtschule Nord",
    "field_of_work": "school",
    "needs": "Stufenlos",
}


def make_group_event(**overrides: Any) -> Event:
    return make_event(**{"audiences": ("public", "professional"), "party_limit": 30, **overrides})


def path(slot: Slot) -> str:
    return f"/t/{slot.event.slug}/gruppe?slot={slot.id}"


def send(client: FlaskClient, slot: Slot, **overrides: Any) -> TestResponse:
    found = NONCE.search(client.get(path(slot)).text)
    assert found
    return client.post(path(slot), data={**TYPED, "nonce": found[1], **overrides})


def booked() -> Booking:
    [booking] = all_bookings()
    return booking


def test_a_team_books_with_organisation_and_field_of_work(client: FlaskClient) -> None:
    answer = send(client, make_slot(make_group_event()))

    booking = booked()
    assert (booking.guest_kind, booking.party_size) == (GuestKind.PROFESSIONAL, 4)
    assert (booking.organisation, booking.field_of_work) == ("Gesamtschule Nord", FieldOfWork.SCHOOL)
    assert (booking.needs, booking.companions, booking.state) == ("Stufenlos", None, BookingState.CONFIRMED)
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("left_out", ["organisation", "field_of_work", "needs"])
def test_what_is_optional_may_be_left_out(client: FlaskClient, left_out: str) -> None:
    assert send(client, make_slot(make_group_event()), **{left_out: ""}).status_code == 303


def test_a_school_class_comes_by_head_count_and_proves_its_mailbox(client: FlaskClient) -> None:
    slot = make_slot(make_group_event(), capacity=100)

    text = unescape(client.get(path(slot)).text)
    send(client, slot, party_size="28")

    assert "Für Schulklassen, Teams und Delegationen genügt die Zahl" in text
    assert 'name="companions"' not in text
    assert (booked().party_size, booked().state) == (28, BookingState.HELD)


def test_above_the_limit_the_page_names_the_phone(client: FlaskClient) -> None:
    slot = make_slot(make_group_event(contact_phone="0341 4711"), capacity=100)

    answer = send(client, slot, party_size="31")

    assert "Bis 30 Personen. Für größere Gruppen rufen Sie an: 0341 4711" in unescape(client.get(path(slot)).text)
    assert answer.status_code == 422
    assert "höchstens 30 Personen" in answer.text
    assert all_bookings() == []


def test_without_a_phone_the_page_names_the_limit_alone(client: FlaskClient) -> None:
    slot = make_slot(make_group_event(contact_phone=None))

    assert "rufen Sie an" not in client.get(path(slot)).text


def test_names_are_asked_for_only_where_the_house_must_register_and_go_after_seven_days(client: FlaskClient) -> None:
    slot = make_slot(make_group_event(registers_companions=True))

    refused = send(client, slot, party_size="3", companions="Eins")
    taken = send(client, slot, party_size="3", companions=" Eins \r\n\r\nZwei")

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert booked().companions == "Eins\nZwei"
    with time_machine.travel(slot.starts_at + timedelta(days=7, hours=12), tick=False):
        erase_due()
        db.session.expire_all()
        assert (booked().companions, booked().organisation) == (None, "Gesamtschule Nord")


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["organisation", "field_of_work", "needs", "companions"])
def test_unusable_values_are_refused_with_words(client: FlaskClient, field: str, value: str) -> None:
    slot = make_slot(make_group_event(registers_companions=True))

    answer = send(client, slot, party_size="2", **{"companions": "Eins", field: value})

    is_no_answer = not value.strip() and field != "companions"
    has_lines = "\r\n" in value and field == "needs"
    assert answer.status_code == (303 if is_no_answer or has_lines else 422)
    assert answer.status_code == 303 or 'value="Lehrerin Sommer"' in answer.text


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_organisations_of_any_name_are_taken_as_they_are(client: FlaskClient, value: str) -> None:
    assert send(client, make_slot(make_group_event()), organisation=value).status_code == 303
    assert booked().organisation == value
