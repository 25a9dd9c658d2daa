"""What can not be changed is said in our words, and never as something it is not."""

import pytest
from sqlalchemy import update

from openday.extensions import db
from openday.models import Event
from openday.models.words import EventState
from openday.services.receipt import secret_of
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, make_slot
from tests.web.public.own import booked


@pytest.mark.parametrize("number", ["abc", "1e3", "2.5", "-1", ""])
def test_what_is_no_number_of_people_is_said_in_our_words(client, number):
    own = booked(make_slot())

    answer = client.post(f"{own}/personen", data={"party_size": number})

    assert answer.status_code == 422
    assert "Geben Sie an, wie viele Personen kommen" in answer.text
    assert "gültig" not in answer.text


def test_who_waits_has_no_page_for_another_address_and_is_not_told_to_have_cancelled(client):
    party = booking_request(make_slot(capacity=0))
    join_waiting_list(WaitingRequest(party))
    own = f"/buchung/{secret_of(party.nonce)}"

    assert client.get(f"{own}/adresse").headers["Location"] == own
    refused = client.post(f"{own}/adresse", data={"email": "b@example.org"})

    assert refused.status_code == 409
    assert "abgesagt" not in refused.text


def test_nobody_is_asked_to_cancel_or_to_choose_what_was_called_off(client):
    slot = make_slot()
    own = booked(slot)
    db.session.execute(update(Event).values(state=EventState.CANCELLED))
    db.session.commit()

    assert client.get(f"{own}/absagen").headers["Location"] == own
    assert client.get(f"/t/{slot.event.slug}/buchen").headers["Location"] == f"/t/{slot.event.slug}"
