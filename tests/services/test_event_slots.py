"""The times on the page of an event: few are read, all are counted."""

from datetime import date, datetime, time, timedelta

import pytest

from openday import clock
from openday.extensions import db
from openday.models import Event, SeatPool
from openday.models.words import PoolAudience, SlotState
from openday.services.availability import FEW
from openday.services.event_change import say_change
from openday.services.event_page import event_page
from openday.services.standing import Standing
from tests.factories import make_event, make_slot, save


def at(hour, minute=0, days=1):
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, minute), tzinfo=clock.BERLIN)


def make_times(event: Event, days: int, each: int, **values):
    """Make times of many days, twenty minutes apart from eight o'clock."""
    return [
        make_slot(event, starts_at=at(8, 0, day) + timedelta(minutes=20 * number), **values)
        for day in range(1, days + 1)
        for number in range(each)
    ]


def test_of_many_times_one_day_is_read_and_the_others_are_counted(app):
    event = make_event()
    make_times(event, days=5, each=12, capacity=7)

    times = event_page(event.slug).times

    assert [len(day.slots) for day in times.days] == [12, 0, 0, 0, 0]
    assert all(day.is_open for day in times.days)
    assert FEW < times.seats_left <= 5 * 12 * 7


@pytest.mark.parametrize("left", [0, 1, FEW, FEW + 1])
def test_free_seats_are_counted_over_all_days_until_the_step_is_certain(app, left):
    event = make_event()
    slots = make_times(event, days=4, each=10, capacity=0)
    for slot in slots[-left:] if left else []:
        slot.pools[0].capacity = 1
    db.session.commit()

    assert event_page(event.slug).times.seats_left == left


def test_the_first_day_with_a_free_time_is_chosen_and_its_free_times_come_first(app):
    event = make_event()
    make_times(event, days=1, each=20, capacity=0)
    full = [make_slot(event, starts_at=at(8, number, 2), capacity=0) for number in range(18)]
    free = make_slot(event, starts_at=at(9, 0, 2))

    times = event_page(event.slug).times
    whole_day = event_page(event.slug, wanted=times.chosen).times

    assert times.chosen == clock.today() + timedelta(days=2)
    assert [slot.id for slot in times.shown[0].slots] == [free.id]
    assert times.is_cut
    assert times.has_full
    assert len(whole_day.shown[0].slots) == len(full) + 1
    assert not whole_day.is_cut


def test_a_time_after_midnight_is_of_its_berlin_day(app):
    event = make_event()
    make_slot(event, starts_at=at(23, 45, 1), ends_at=None)
    make_slot(event, starts_at=at(0, 15, 2), ends_at=None)

    days = event_page(event.slug).times.days

    assert [day.day for day in days] == [clock.today() + timedelta(days=1), clock.today() + timedelta(days=2)]


def test_a_moved_time_of_a_day_that_is_not_shown_is_told(app):
    event = make_event()
    slots = make_times(event, days=3, each=10)
    for slot in slots[-5:]:
        slot.moved_at, slot.previous_starts_at = clock.now(), slot.starts_at
    slots[0].state, slots[0].moved_at = SlotState.CANCELLED, clock.now()
    say_change(event, None, "")
    db.session.commit()

    change = event_page(event.slug).change

    assert change is not None
    assert [slot.id for slot in change.moved] == [slot.id for slot in slots[-5:-2]]
    assert change.others == 2


@pytest.mark.parametrize(("full", "has_full"), [([], False), ([0], True), ([15], False), ([10, 11, 12, 13, 14], True)])
def test_a_full_time_is_told_where_one_can_see_it_or_a_whole_day_is_full(app, full, has_full):
    event = make_event()
    slots = make_times(event, days=4, each=5, capacity=2)
    for number in full:
        slots[number].pools[0].capacity = 0
    db.session.commit()

    assert event_page(event.slug).times.has_full is has_full
    assert event_page(event.slug, wanted=slots[-1].berlin_day).times.has_full is (15 in full or len(full) == 5)


def test_a_day_of_hundreds_of_times_is_cut_and_shown_whole_on_demand(app):
    event = make_event()
    slots = [make_slot(event, starts_at=at(8) + timedelta(minutes=number), capacity=number % 2) for number in range(60)]

    cut, whole = event_page(event.slug).times, event_page(event.slug, wanted=slots[0].berlin_day).times

    assert [slot.id for slot in cut.shown[0].slots] == [slot.id for slot in slots[1:32:2]]
    assert cut.is_cut
    assert [slot.id for slot in whole.shown[0].slots] == [slot.id for slot in slots]
    assert not whole.is_cut


def test_a_day_whose_only_free_seats_are_kept_for_others_is_full_until_they_open(app):
    event = make_event()
    make_times(event, days=1, each=16)
    slot = make_slot(event, starts_at=at(8, 0, 2), capacity=0, reserves_open_at=clock.now() + timedelta(hours=1))
    save(SeatPool(slot_id=slot.id, audience=PoolAudience.POLITICS, capacity=3))

    before = event_page(event.slug).times
    slot.reserves_open_at = clock.now()
    db.session.commit()

    assert [day.is_open for day in before.days] == [True, False]
    assert [day.is_open for day in event_page(event.slug).times.days] == [True, True]


def test_each_day_of_the_year_ends_at_its_own_midnight(app):
    event = make_event()
    midnight = datetime.combine(date(2027, 3, 28), time(0), tzinfo=clock.BERLIN)
    for hours in range(-1, 24, 8):  # the clocks go forward that night
        make_slot(event, starts_at=midnight.astimezone(clock.UTC) + timedelta(hours=hours), ends_at=None)

    days = event_page(event.slug).times.days

    assert [(day.day.day, len(day.slots)) for day in days] == [(27, 1), (28, 2), (29, 1)]


def test_an_event_whose_times_are_all_over_has_none_to_come(app):
    event = make_event(starts_on=clock.today())
    make_slot(event, starts_at=clock.now() - timedelta(minutes=5))

    page = event_page(event.slug)

    assert page.times.seats_left is None
    assert page.standing is not Standing.FULL
    assert not page.is_bookable


def test_a_preview_shows_every_time(app):
    event = make_event()
    make_times(event, days=3, each=10)

    times = event_page(event.slug, is_preview=True).times

    assert sum(len(day.slots) for day in times.shown) == 30
    assert times.chosen is None
