"""The row of a booking says of it what its entities say."""

from datetime import timedelta

import pytest

from openday import clock
from openday.extensions import db
from openday.models import Booking, Place, SeatPool, Slot
from openday.models.words import BookingState, Mode, PoolAudience
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.own_answers import answers_in_words
from openday.services.own_booking import OwnBooking, booking_by_token, own_booking
from openday.services.receipt import secret_of
from openday.services.stored_booking import booking_of_link
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, given, make_event, make_question, make_slot
from tests.statements import statements


def entity_of(token: str, *, has_answers: bool = False) -> OwnBooking:
    db.session.remove()
    return own_booking(booking_of_link(token), has_answers=has_answers)


def rich_slot() -> Slot:
    """A time with pools of each kind, moved once, of an event in two places."""
    event = make_event(
        place={"position": 1, "name": "Zweiter Ort"}, photo_note="Nur von hinten.", room_url="https://r.de"
    )
    event.places.append(Place(event_id=event.id, position=0, name="Erster Ort", directions="Links", locality="Halle"))
    at = clock.now()
    slot = make_slot(event, capacity=5, reserves_open_at=at, moved_at=at, previous_starts_at=at - timedelta(days=1))
    slot.pools += [
        SeatPool(mode=Mode.ONLINE, capacity=None),
        SeatPool(mode=Mode.ONSITE, audience=PoolAudience.POLITICS, capacity=2, is_saved=True),
    ]
    db.session.commit()
    return slot


@pytest.fixture
def still(monkeypatch):
    """Nothing is later than it was: seats and deadlines depend on the clock."""
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)


def test_the_row_says_what_the_entities_say(app, still):
    token = book_slot(booking_request(rich_slot(), phone="0341 1", needs="Rampe")).token

    found = booking_by_token(token)

    assert found == entity_of(token)
    assert found.visit.address.startswith("Erster Ort")
    assert [(pool.mode, pool.seats_left) for pool in found.visit.pools] == [
        (Mode.ONSITE, 4), (Mode.ONLINE, None), (Mode.ONSITE, 0),
    ]  # fmt: skip


def test_so_it_does_without_place_and_pools(app, still):
    slot = make_slot()
    token = book_slot(booking_request(slot)).token
    cancel_booking(token)
    slot.event.places = []
    slot.pools = []
    db.session.commit()

    found = booking_by_token(token)

    assert found == entity_of(token)
    assert (found.state, found.visit.pools, found.visit.address) == (BookingState.CANCELLED, (), None)


def test_so_it_does_without_a_time(app, still):
    party = booking_request(make_slot(capacity=0))
    join_waiting_list(WaitingRequest(party, is_any_time=True))
    token = secret_of(party.nonce)

    found = booking_by_token(token)

    assert found == entity_of(token)
    assert (found.state, found.visit, found.wait.place) == (BookingState.WAITING, None, 1)


def test_answers_are_read_where_there_are_some(app):
    slot = make_slot()
    question = make_question(slot.event, label="Was führt Sie her?")
    token = book_slot(booking_request(slot, answers=(given(question, "Ja, gern"),))).token
    silent = book_slot(booking_request(slot, email="b@example.org")).token

    assert booking_by_token(token) == entity_of(token, has_answers=True)
    assert answers_in_words(booking_by_token(token)) == [("Was führt Sie her?", "Ja, gern")]
    with statements() as asked:
        assert answers_in_words(booking_by_token(silent)) == []
    assert len(asked) == 1


def test_a_strange_link_finds_nothing(app):
    book_slot(booking_request(make_slot()))

    assert booking_by_token("x" * 27) is None
    assert db.session.query(Booking).count() == 1
