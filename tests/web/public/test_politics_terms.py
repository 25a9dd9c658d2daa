"""An office accepts the terms of an event before it is sent, whether it books, proposes a day or waits."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from openday import clock
from openday.extensions import db
from openday.models import Slot
from openday.models.words import BookingState, DayPart
from tests.factories import all_bookings, make_slot
from tests.web.office import COURSE, GUEST, Journey, make_house

TERMS = "Aus dem Gespräch wird nicht zitiert.\nNamen bleiben im Raum."
DAY = clock.today() + timedelta(days=9)


def make_time(capacity: int = 8) -> Slot:
    """Make a house with terms and one time in nine days."""
    house = make_house(
        terms=TERMS, terms_version=3, starts_on=clock.today(), ends_on=clock.today() + timedelta(days=20)
    )
    return make_slot(house, capacity=capacity, starts_at=clock.now().replace(microsecond=0) + timedelta(days=9))


def at_the_check(client: FlaskClient, way: str) -> Journey:
    """Go to the last page on one of the three ways."""
    slot = make_time(capacity=0 if way == "warteliste" else 8)
    if way == "uhrzeit":
        return Journey(client, slot.event).to_check(slot)
    journey = Journey(client, slot.event).begin()
    journey.send(weg=way, wait_for="alle", day_1=f"{DAY:%Y-%m-%d}", part_1=DayPart.MORNING)
    journey.send(**GUEST)
    journey.send(**COURSE)
    return journey


WAYS = {
    "uhrzeit": BookingState.CONFIRMED,
    "vorschlag": BookingState.REQUESTED,
    "warteliste": BookingState.WAITING,
}


@pytest.mark.parametrize("way", WAYS)
def test_the_terms_are_read_and_accepted_on_the_last_page_and_stored_with_their_version(
    client: FlaskClient, way: str
) -> None:
    journey = at_the_check(client, way)
    assert "Aus dem Gespräch wird nicht zitiert." in journey.page

    without = journey.send(art="buchen")
    assert without.status_code == 422
    assert "Nehmen Sie die Bedingungen an" in without.text
    assert all_bookings() == []
    answer = journey.send(art="buchen", terms="3")

    assert answer.status_code == 303
    [booking] = all_bookings()
    assert (booking.state, booking.terms_version) == (WAYS[way], 3)
    assert booking.terms_accepted_at is not None


def test_terms_that_changed_meanwhile_have_to_be_read_again(client: FlaskClient) -> None:
    slot = make_time()
    journey = Journey(client, slot.event).to_check(slot)
    slot.event.terms, slot.event.terms_version = "Nichts darf zitiert werden.", 4
    db.session.commit()

    answer = journey.send(art="buchen", terms="3")

    assert answer.status_code == 422
    assert "Die Bedingungen haben sich geändert" in answer.text
    assert "Nichts darf zitiert werden." in answer.text
    assert all_bookings() == []


def test_a_house_without_terms_asks_for_no_yes(client: FlaskClient) -> None:
    slot = make_slot(make_house())

    assert 'name="terms"' not in Journey(client, slot.event).to_check(slot).page
