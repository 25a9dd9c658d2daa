"""What can not be changed is said in our words, and never as something it is not."""

import pytest
from sqlalchemy import update

from openday.extensions import db
from openday.models import Event
from openday.models.words import EventState
from tests.factories import make_slot
from tests.web.public.own import booked


@pytest.mark.parametrize("number", ["abc", "1e3", "2.5", "-1", ""])
def test_what_is_no_number_of_people_is_said_in_our_words(client, number):
    own = booked(make_slot())

    answer = client.post(f"{own}/personen", data={"party_size": number})

    assert answer.status_code == 422
    assert "Geben Sie an, wie viele Personen kommen" in answer.text
    assert "gültig" not in answer.text


def test_nobody_is_asked_to_cancel_or_to_choose_what_was_called_off(client):
    slot = make_slot()
    own = booked(slot)
    db.session.execute(update(Event).values(state=EventState.CANCELLED))
    db.session.commit()

    assert client.get(f"{own}/absagen").headers["Location"] == own
    assert client.get(f"/t/{slot.event.slug}/buchen").headers["Location"] == f"/t/{slot.event.slug}"
