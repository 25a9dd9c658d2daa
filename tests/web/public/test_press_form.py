"""The form of the press on one page: its fields, its refusals, and an answer that tells nobody anything."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Event, SeatPool
from openday.models.words import (
    Awaits,
    BookingState,
    EventState,
    GuestKind,
    PhotoRule,
    PressProof,
)
from openday.services.visit_answer import accept_visit, decline_visit
from tests.factories import all_bookings, make_slot, make_user, save
from tests.web.newsroom import NONCE, TYPED, mails, make_press_event, path, send
from tests.web.public.test_hostile_input import KEPT, REFUSED


def test_everything_is_on_one_page_and_the_answer_tells_nobody_anything(client: FlaskClient) -> None:
    slot = make_slot(make_press_event())

    answer = send(client, slot)

    [booking] = all_bookings()
    assert (booking.guest_kind, booking.state, booking.awaits) == (
        GuestKind.PRESS,
        BookingState.HELD,
        Awaits.HOST,
    )
    assert (booking.organisation, booking.booker_phone, booking.needs) == ("Stadtblatt", "0170 000000", "Strom")
    press = booking.press
    assert press is not None
    assert (press.plans, press.talks_to) == (("photo", "video"), ("client",))
    assert (press.proof, press.deadline) == (PressProof.CARD, "heute, 18 Uhr")
    assert press.photo_rule_accepted_at is not None
    receipt = client.get(answer.headers["Location"]).text
    assert "Prüfen Sie Ihr Postfach" in receipt
    assert "Feder" not in receipt
    assert "Stadtblatt" not in receipt


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PhotoRule.OPEN, "Wer deutlich zu erkennen ist, muss einverstanden sein."),
        (PhotoRule.ON_REQUEST, "Aufnehmen dürfen Sie nur Personen, die der Träger Ihnen nennt."),
        (PhotoRule.NONE, "Das gilt für Foto, Film und Ton."),
    ],
)
def test_rule_of_the_time_is_the_condition_and_goes_before_that_of_the_event(
    client: FlaskClient, rule: PhotoRule, words: str
) -> None:
    slot = make_slot(make_press_event(photo_rule=PhotoRule.NONE), photo_rule=rule)

    assert words in unescape(client.get(path(slot)).text)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"accepts_photo_rule": ""}, "Bestätigen Sie die Foto-Regel"),
        ({"organisation": "  "}, "Geben Sie Ihr Medium ein oder „frei“"),
        ({"plans": []}, "Wählen Sie aus, was Sie planen"),
        ({"plans": ["drone"]}, "Es gibt ein Problem"),
        ({"proof": "scan"}, "Wählen Sie eine der Angaben aus"),
        ({"talks_to": ["clients'--"]}, "Es gibt ein Problem"),
        ({"party_size": "11"}, "rufen Sie an: 0341 000000"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client: FlaskClient, changed: dict[str, Any], words: str) -> None:
    answer = send(client, make_slot(make_press_event()), **changed)

    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert "heute, 18 Uhr" in answer.text
    assert all_bookings() == []


@pytest.mark.parametrize("left_out", ["phone", "proof", "talks_to", "deadline", "needs"])
def test_what_is_optional_may_be_left_out(client: FlaskClient, left_out: str) -> None:
    assert send(client, make_slot(make_press_event()), **{left_out: []}).status_code == 303


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["organisation", "phone", "deadline", "needs", "plans", "proof", "talks_to"])
def test_unusable_values_are_refused_with_words(client: FlaskClient, field: str, value: str) -> None:
    answer = send(client, make_slot(make_press_event()), **{field: value})

    is_no_answer = not value.strip() and field in {"phone", "deadline", "needs", "proof"}
    has_lines = "\r\n" in value and field == "needs"
    assert answer.status_code == (303 if is_no_answer or has_lines else 422)


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_a_medium_of_any_name_is_taken_as_it_is(client: FlaskClient, value: str) -> None:
    assert send(client, make_slot(make_press_event()), organisation=value).status_code == 303
    assert all_bookings()[0].organisation == value


def test_no_file_and_no_number_of_a_card_is_ever_asked_for(client: FlaskClient) -> None:
    text = client.get(path(make_slot(make_press_event()))).text

    assert "Der Träger bestätigt die Anmeldung." in text
    assert "Wir nutzen Ihre Angaben nur für diesen Termin" in text
    assert 'type="file"' not in text
    assert "multipart" not in text


def test_house_hears_at_once_and_its_yes_brings_the_mobile_number(client: FlaskClient) -> None:
    slot = make_slot(make_press_event(day_contact_name="Sam Vor-Ort", day_contact_phone="0170 4711"))
    send(client, slot)
    [booking] = all_bookings()
    host = make_user(slot.event.traeger)

    [news] = mails("request_for_host")
    assert (news.recipient, "Stadtblatt" in news.text, "Video oder TV" in news.text) == (
        "kontakt@beispiel.de",
        True,
        True,
    )
    [received] = mails("press_requested")
    assert received.recipient == TYPED["email"]

    assert accept_visit(booking.id, host.id)
    [confirmed] = mails("press_confirmed")
    assert "Sam Vor-Ort, 0170 4711" in confirmed.text
    assert "Fotos nur nach Absprache." in confirmed.text
    assert confirmed.calendar is not None


def test_a_no_frees_the_seats_and_says_why(client: FlaskClient) -> None:
    slot = make_slot(make_press_event())
    send(client, slot)
    [booking] = all_bookings()

    decline_visit(booking.id, make_user(slot.event.traeger).id, "An dem Tag sprechen Ratsuchende.")

    [mail] = mails("press_declined")
    assert "An dem Tag sprechen Ratsuchende." in mail.text
    assert "/presse" in mail.text
    assert db.session.scalar(select(SeatPool.taken)) == 0


@pytest.mark.parametrize(
    ("overrides", "status"),
    [({"state": EventState.CANCELLED}, 409), ({"booking_closes_at": "past"}, 409), ({}, 409)],
    ids=["cancelled", "closed", "full"],
)
def test_what_can_no_longer_be_booked_is_said(client: FlaskClient, overrides: dict[str, Any], status: int) -> None:
    slot = make_slot(make_press_event())
    found = NONCE.search(client.get(path(slot)).text)
    assert found
    event = db.session.get_one(Event, slot.event_id)
    if overrides.get("state"):
        event.state = EventState.CANCELLED
    elif overrides:
        event.booking_closes_at = clock.now() - timedelta(minutes=1)
    else:
        db.session.get_one(SeatPool, slot.pools[0].id).capacity = 0
    save(event)

    answer = client.post(path(slot), data={**TYPED, "nonce": found[1]})

    assert answer.status_code == status
    assert all_bookings() == []
