"""Guests without a booking: a seat each, from the pool kept for them, then from what is everybody's."""

from datetime import timedelta

import pytest

from openday.errors import NotFound, SlotFull
from openday.extensions import db
from openday.models import Event
from openday.models.words import EventState, PoolAudience
from openday.services.check_in import UndoOver
from openday.services.door_link import DoorClosed
from openday.services.door_list import DoorFilter, door_list
from openday.services.walk_in import count_walk_in, undo_walk_in
from tests.door import DAY, add_pool, at, door_of, make_door_event, oclock, slots, taken, tap, walk_ins
from tests.factories import make_slot


@pytest.fixture
def event(app):
    return make_door_event()


@pytest.fixture
def slot(event):
    return slots(event)[1]


def fill(pool, number):
    """Leave so many seats, as an organiser who plans fewer."""
    pool.capacity = number
    db.session.commit()


def test_seats_come_from_the_pool_of_walk_ins_then_from_everybodys_then_from_opened_reserves(event, slot):
    fill(slot.pools[0], 1)
    add_pool(slot, PoolAudience.WALK_IN, 1)
    add_pool(slot, PoolAudience.POLITICS, 1)
    slot.reserves_open_at = at(10)
    db.session.commit()

    seen = []
    with oclock(10, 24):
        for _person in range(3):
            count_walk_in(door_of(event), slot.id, tap())
            seen.append(taken(slot))

    assert seen == [
        {"everyone": 0, "walk_in": 1, "politics": 0},
        {"everyone": 1, "walk_in": 1, "politics": 0},
        {"everyone": 1, "walk_in": 1, "politics": 1},
    ]
    with oclock(10, 24), pytest.raises(SlotFull):
        count_walk_in(door_of(event), slot.id, tap())
    assert len(walk_ins()) == 3


def test_a_reserve_that_is_still_kept_is_for_those_it_is_kept_for(event, slot):
    fill(slot.pools[0], 0)
    add_pool(slot, PoolAudience.PRESS, 1)
    slot.reserves_open_at = at(10, 29)
    db.session.commit()

    with oclock(10, 28), pytest.raises(SlotFull):
        count_walk_in(door_of(event), slot.id, tap())
    with oclock(10, 29):
        count_walk_in(door_of(event), slot.id, tap())
    assert taken(slot) == {"everyone": 0, "press": 1}


def test_people_still_walk_in_when_the_time_has_begun(event, slot):
    with oclock(10, 45):
        count_walk_in(door_of(event), slot.id, tap())

    assert taken(slot) == {"everyone": 1}


def test_what_is_saved_for_the_waiting_list_is_free_once_nobody_can_wait_any_more(event, slot):
    slot.pools[0].is_saved = True
    db.session.commit()

    with oclock(10, 24), pytest.raises(SlotFull):
        count_walk_in(door_of(event), slot.id, tap())
    with oclock(10, 30):
        count_walk_in(door_of(event), slot.id, tap())
    assert taken(slot) == {"everyone": 1}


def test_the_same_tap_twice_is_the_same_person(event, slot):
    with oclock(10, 24):
        once = tap()
        assert count_walk_in(door_of(event), slot.id, once) == count_walk_in(door_of(event), slot.id, once)

    assert len(walk_ins()) == 1
    assert taken(slot) == {"everyone": 1}


def test_the_same_number_at_another_event_is_another_person(event, slot):
    other = make_door_event()
    with oclock(10, 24):
        count_walk_in(door_of(event), slot.id, tap(nonce="same"))
        count_walk_in(door_of(other), slots(other)[0].id, tap(nonce="same"))

    assert len(walk_ins()) == 2


def test_taking_back_frees_the_seat_once(event, slot):
    with oclock(10, 24):
        number = count_walk_in(door_of(event), slot.id, tap())
    with oclock(10, 34):
        assert [undo_walk_in(door_of(event), number, tap()) for _click in range(2)] == [True, False]

    assert taken(slot) == {"everyone": 0}
    assert [one.undone_at for one in walk_ins()] == [at(10, 34)]


def test_after_ten_minutes_nothing_is_taken_back(event, slot):
    with oclock(10, 24):
        number = count_walk_in(door_of(event), slot.id, tap())
    with oclock(10, 35), pytest.raises(UndoOver):
        undo_walk_in(door_of(event), number, tap())

    assert taken(slot) == {"everyone": 1}


def test_times_of_other_events_and_days_are_not_at_this_door(event, slot):
    other = make_door_event()
    next_day = make_slot(event, starts_at=at(10) + timedelta(days=1))
    with oclock(10, 24):
        number = count_walk_in(door_of(other), slots(other)[0].id, tap())
        for slot_id in (slots(other)[0].id, next_day.id, 999_999):
            with pytest.raises(NotFound):
                count_walk_in(door_of(event), slot_id, tap())
        for walk_in_id in (number, 999_999):
            with pytest.raises(NotFound):
                undo_walk_in(door_of(event), walk_in_id, tap())
    assert len(walk_ins()) == 1


def test_before_the_day_nobody_walks_in(event, slot):
    with oclock(12, 0, DAY - timedelta(days=1)), pytest.raises(DoorClosed):
        count_walk_in(door_of(event), slot.id, tap())


def test_the_public_page_and_the_listing_hear_of_the_seat(event, slot):
    for one in slots(event):
        fill(one.pools[0], 1 if one.id == slot.id else 0)
    before = db.session.get_one(Event, event.id).version
    campaign = event.campaign.version

    with oclock(10, 24):
        count_walk_in(door_of(event), slot.id, tap())
    db.session.rollback()
    db.session.refresh(event)
    db.session.refresh(event.campaign)

    assert event.version > before
    assert event.is_sold_out
    assert event.campaign.version > campaign


def test_the_list_counts_them_by_time_and_offers_the_newest_to_be_taken_back(event, slot):
    with oclock(10, 24):
        count_walk_in(door_of(event), slots(event)[0].id, tap())
        newest = count_walk_in(door_of(event), slot.id, tap())
        count_walk_in(door_of(event), slot.id, tap(at(10, 23)))
        listing = door_list(door_of(event), DoorFilter())
    with oclock(10, 40):
        later = door_list(door_of(event), DoorFilter())

    assert [time.walk_ins for time in listing.times] == [1, 2]
    assert (listing.walk_ins, listing.last_walk_in, later.last_walk_in) == (3, newest, None)


def test_an_event_without_a_limit_takes_everybody(event, slot):
    slot.pools[0].capacity = None
    event.state = EventState.PUBLISHED
    db.session.commit()

    with oclock(10, 24):
        for _person in range(12):
            count_walk_in(door_of(event), slot.id, tap())
    assert taken(slot) == {"everyone": 12}
