"""The page behind a check mail: it says nothing of the guest, changes nothing by itself, and has one button."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import OutboxMessage
from openday.models.words import BookingState, Confirmation, EventState
from openday.services.expiry import expire_holds
from tests.factories import make_event, make_slot
from tests.web.public.own import booked, only_booking


def checked_slot(**overrides):
    return make_slot(make_event(confirmation=Confirmation.ALWAYS), **overrides)


def test_the_form_answers_neutrally_and_the_mail_has_the_way_in(client):
    own = booked(checked_slot(), email="a.kaya@example.org")

    mail = db.session.scalars(select(OutboxMessage)).one()

    assert mail.kind == "please_confirm"
    assert own in mail.text
    assert "/keine-mails/" in mail.text


def test_the_page_shows_the_time_and_nothing_that_was_typed(client):
    own = booked(checked_slot(), name="Beschimpfung", needs="Gewinnspiel", email="opfer@example.org")

    page = client.get(own).text

    assert "Bestätigen Sie Ihre Buchung" in page
    assert "Wir halten den Platz bis" in page
    for typed in ("Beschimpfung", "Gewinnspiel", "opfer@example.org"):
        assert typed not in page


def test_the_button_confirms_and_shows_the_receipt(client):
    own = booked(checked_slot())

    opened = client.get(f"{own}/bestaetigen")
    unchanged = only_booking().state
    answer = client.post(f"{own}/bestaetigen")
    again = client.post(f"{own}/bestaetigen")

    assert opened.headers["Location"].endswith(own)
    assert unchanged is BookingState.HELD
    assert [answer.status_code, again.status_code] == [303, 303]
    assert "Ihr Platz ist reserviert" in client.get(own).text
    kinds = db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds == ["please_confirm", "booking_confirmed"]


def test_after_the_time_to_click_the_page_says_so_and_the_button_still_works(client, time_machine):
    own = booked(checked_slot())
    time_machine.move_to(clock.now() + timedelta(hours=7))
    expire_holds(clock.now())

    page = client.get(own).text

    assert "Die Frist zum Bestätigen ist vorbei" in page
    assert "Ist noch einer da, bekommen Sie ihn trotzdem." in page
    assert client.post(f"{own}/bestaetigen").status_code == 303
    assert only_booking().state is BookingState.CONFIRMED


def test_a_click_too_late_hears_which_times_are_free(client, time_machine):
    slot = checked_slot(capacity=1)
    other = make_slot(slot.event, capacity=4, starts_at=slot.starts_at + timedelta(hours=1))
    own = booked(slot)
    time_machine.move_to(clock.now() + timedelta(hours=7))
    expire_holds(clock.now())
    client.post(f"{booked(slot, email='schneller@example.org')}/bestaetigen")

    answer = client.post(f"{own}/bestaetigen")

    assert answer.status_code == 409
    assert "Diese Uhrzeit ist inzwischen ausgebucht" in answer.text
    assert f"slot={other.id}" in answer.text


@pytest.mark.parametrize("why", ["begun", "called off"])
def test_a_click_for_a_visit_that_does_not_come_is_refused(client, time_machine, why):
    slot = checked_slot()
    own = booked(slot)
    if why == "begun":
        time_machine.move_to(slot.starts_at + timedelta(minutes=1))
    else:
        db.session.merge(slot.event).state = EventState.CANCELLED
        db.session.commit()

    page, answer = client.get(own), client.post(f"{own}/bestaetigen")

    assert "bestaetigen" not in page.text
    assert answer.status_code == 409
    assert "Für Sie ist nichts reserviert." in answer.text


def test_where_seats_can_not_be_held_the_page_is_honest(client):
    slot = checked_slot(capacity=10)
    for _ in range(3):
        booked(slot)

    page = client.get(booked(slot)).text

    assert "Noch halten wir keinen Platz frei." in page


def test_an_approval_waits_for_the_host_and_can_be_withdrawn(client):
    own = booked(make_slot(make_event(confirmation=Confirmation.APPROVAL)))

    page = client.get(own).text

    assert "Ihre Anfrage ist angekommen" in page
    assert "höchstens bis" in page
    assert client.post(f"{own}/absagen").status_code == 303
    assert only_booking().state is BookingState.CANCELLED
