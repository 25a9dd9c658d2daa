"""The slot generator: never past the end, never lost in the clock change, never on top of what is booked."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import AuditEntry, Campaign, Event, SeatPool, Slot
from openday.models.words import Attendance, Mode, PoolAudience, Role, SlotState
from openday.services.booking import book_slot
from openday.services.scope import Scope
from openday.services.slot import SlotBooked, TakenTimes, copy_day, remove_slot, staying, take_times
from openday.services.slot_plan import MOST_TIMES, NoSuchTime, SlotPlan, TooManyTimes, planned_times
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_user

DAY = date(2026, 9, 16)
COMING = date(2099, 9, 16)


def plan(**overrides: object) -> SlotPlan:
    values = {"days": (DAY,), "start": time(10), "end": time(14), "length": 30, "pause": 0, "seats": {Mode.ONSITE: 8}}
    return SlotPlan(**{**values, **overrides})  # type: ignore[arg-type]


def starts(given_plan: SlotPlan) -> list[str]:
    return [f"{clock.to_berlin(one.starts_at):%H:%M}" for one in planned_times(given_plan, [])]


def owner_of(event: Event) -> Scope:
    return Scope(make_user().id, {event.traeger_id: Role.OWNER})


def slots() -> list[Slot]:
    db.session.rollback()
    return list(db.session.scalars(select(Slot).order_by(Slot.starts_at).execution_options(populate_existing=True)))


def test_four_hours_of_half_hours_are_eight_times() -> None:
    assert starts(plan()) == ["10:00", "10:30", "11:00", "11:30", "12:00", "12:30", "13:00", "13:30"]


def test_a_pause_is_between_two_times() -> None:
    assert starts(plan(length=45, pause=15)) == ["10:00", "11:00", "12:00", "13:00"]


def test_a_time_that_would_end_after_the_end_is_left_out() -> None:
    times = planned_times(plan(end=time(11, 50), length=40), [])

    assert [f"{clock.to_berlin(one.ends_at or one.starts_at):%H:%M}" for one in times] == ["10:40", "11:20"]


def test_a_length_longer_than_the_whole_gives_nothing() -> None:
    assert starts(plan(end=time(10, 20))) == []


def test_without_a_length_there_is_one_time_for_all() -> None:
    [only] = planned_times(plan(length=None), [])

    assert only.ends_at is not None
    assert only.ends_at - only.starts_at == timedelta(hours=4)


def test_without_an_end_the_one_time_has_none() -> None:
    [only] = planned_times(plan(length=None, end=None), [])

    assert only.ends_at is None


def test_the_night_the_clock_goes_back_has_an_hour_more() -> None:
    times = planned_times(plan(days=(date(2026, 10, 25),), start=time(1), end=time(4), length=60), [])

    assert len(times) == 4
    assert len({one.key for one in times}) == 4


def test_the_night_the_clock_goes_forward_has_an_hour_less() -> None:
    times = planned_times(plan(days=(date(2027, 3, 28),), start=time(1), end=time(4), length=60), [])

    assert [f"{clock.to_berlin(one.starts_at):%H:%M}" for one in times] == ["01:00", "03:00"]


def test_a_time_in_the_skipped_hour_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        planned_times(plan(days=(date(2027, 3, 28),), start=time(2, 30)), [])


def test_a_plan_nobody_could_look_through_is_refused() -> None:
    with pytest.raises(TooManyTimes):
        planned_times(plan(start=time(0), end=time(23), length=5), [])

    assert MOST_TIMES < 23 * 12


def test_no_time_reaches_into_the_break_and_the_next_one_begins_after_it() -> None:
    times = starts(plan(start=time(10), end=time(15), length=45, pause=0, rest=(time(12), time(13))))

    assert times == ["10:00", "10:45", "13:00", "13:45"]


def test_a_rule_makes_the_same_times_on_each_of_its_days() -> None:
    times = planned_times(plan(days=(DAY, DAY + timedelta(days=2)), end=time(11)), [])

    assert [(one.day, f"{clock.to_berlin(one.starts_at):%H:%M}") for one in times] == [
        (DAY, "10:00"),
        (DAY, "10:30"),
        (DAY + timedelta(days=2), "10:00"),
        (DAY + timedelta(days=2), "10:30"),
    ]


def test_groups_are_side_by_side_and_each_has_a_checkbox_of_its_own() -> None:
    times = planned_times(plan(end=time(10, 30), groups=("Haus A", "Haus B")), [])

    assert [(one.label, one.starts_at) for one in times] == [
        ("Haus A", times[0].starts_at),
        ("Haus B", times[0].starts_at),
    ]
    assert len({one.key for one in times}) == 2


@settings(max_examples=300, deadline=None)
@given(
    day=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    first=st.times(),
    last=st.times(),
    length=st.integers(15, 720),
    pause=st.integers(0, 720),
)
def test_no_plan_ever_runs_past_its_end_or_over_itself(
    day: date, first: time, last: time, length: int, pause: int
) -> None:
    try:
        times = planned_times(plan(days=(day,), start=first, end=last, length=length, pause=pause), [])
        end = clock.from_berlin(day, last)
    except (NoSuchTime, ValueError):
        return
    for one in times:
        assert one.ends_at is not None
        assert one.ends_at <= end
        assert one.ends_at - one.starts_at == timedelta(minutes=length)
    for before, after in pairwise(times):
        assert after.starts_at - (before.ends_at or before.starts_at) == timedelta(minutes=pause)


def test_taking_over_makes_only_the_ticked_times_and_raises_the_versions(app: Flask) -> None:
    event = make_event()
    before = (event.version, db.session.get_one(Campaign, event.campaign_id).version)
    keys = {one.key for one in planned_times(plan(), [])[:2]}

    assert take_times(owner_of(event), event.id, plan(), keys).added == 2

    assert [f"{clock.to_berlin(slot.starts_at):%H:%M}" for slot in slots()] == ["10:00", "10:30"]
    assert [(pool.mode, pool.capacity) for slot in slots() for pool in slot.pools] == [(Mode.ONSITE, 8)] * 2
    fresh = db.session.get_one(Event, event.id, populate_existing=True)
    assert (fresh.version, db.session.get_one(Campaign, event.campaign_id, populate_existing=True).version) > before
    assert db.session.scalars(select(AuditEntry.detail)).all() == ["slots: 2 times added, 0 removed"]


def test_taking_the_same_plan_over_twice_makes_nothing_twice(app: Flask) -> None:
    event = make_event()
    keys = {one.key for one in planned_times(plan(), [])}
    take_times(owner_of(event), event.id, plan(), keys)

    assert take_times(owner_of(event), event.id, plan(), keys).added == 0

    assert len(slots()) == 8


def test_a_hybrid_event_gets_seats_on_site_and_online(app: Flask) -> None:
    event = make_event(attendance=Attendance.HYBRID)
    seats = plan(seats={Mode.ONSITE: 30, Mode.ONLINE: None}, length=None)
    take_times(owner_of(event), event.id, seats, {planned_times(seats, [])[0].key})

    [slot] = slots()
    assert {pool.mode: pool.capacity for pool in slot.pools} == {Mode.ONSITE: 30, Mode.ONLINE: None}


def test_seats_kept_for_politics_press_and_the_door_come_with_each_time(app: Flask) -> None:
    event = make_event(attendance=Attendance.HYBRID, reserve_hours=6)
    kept = {PoolAudience.POLITICS: 2, PoolAudience.PRESS: 0, PoolAudience.WALK_IN: 1}
    seats = plan(seats={Mode.ONSITE: 8, Mode.ONLINE: 50}, kept=kept, length=None)
    take_times(owner_of(event), event.id, seats, {planned_times(seats, [])[0].key})

    [slot] = slots()
    assert [(pool.mode, pool.audience, pool.capacity) for pool in slot.pools] == [
        (Mode.ONSITE, PoolAudience.EVERYONE, 5),
        (Mode.ONSITE, PoolAudience.POLITICS, 2),
        (Mode.ONSITE, PoolAudience.WALK_IN, 1),
        (Mode.ONLINE, PoolAudience.EVERYONE, 50),
    ]
    assert slot.room_limit == 8
    assert slot.reserves_open_at == slot.starts_at - timedelta(hours=6)


def test_a_key_that_is_not_in_the_plan_makes_nothing(app: Flask) -> None:
    event = make_event()

    assert take_times(owner_of(event), event.id, plan(), {"20260916T0317Z", "=1+1", ""}).added == 0


def test_an_overlap_with_an_existing_time_is_named(app: Flask) -> None:
    event = make_event()
    make_slot(event, starts_at=datetime(2026, 9, 16, 8, 15, tzinfo=UTC))

    clashes = [one.clash.replace("\u00a0", " ") for one in planned_times(plan(end=time(11)), slots())]

    assert clashes == ["10:15 bis 10:45 Uhr", "10:15 bis 10:45 Uhr"]


def test_a_booked_time_is_never_removed(app: Flask) -> None:
    slot = make_slot()
    book_slot(booking_request(slot))

    with pytest.raises(SlotBooked):
        remove_slot(owner_of(slot.event), slot.event_id, slot.id)

    assert [one.state for one in slots()] == [SlotState.OPEN]
    assert slots()[0].pools[0].capacity == 8
    assert len(all_bookings()) == 1


def taken(event: Event, given_plan: SlotPlan) -> TakenTimes:
    """Take over every time of a plan."""
    return take_times(owner_of(event), event.id, given_plan, {one.key for one in planned_times(given_plan, [])})


def test_groups_are_stored_with_their_names_and_seats_and_only_once(app: Flask) -> None:
    event = make_event()
    side_by_side = plan(end=time(10, 30), groups=("Haus A", "Haus B"))

    assert (taken(event, side_by_side).added, taken(event, side_by_side).added) == (2, 0)

    assert sorted((slot.label, slot.pools[0].capacity) for slot in slots()) == [("Haus A", 8), ("Haus B", 8)]


def test_a_plan_that_replaces_gives_up_free_times_and_names_the_booked_ones(app: Flask) -> None:
    event = make_event()
    free = make_slot(event, starts_at=clock.from_berlin(COMING, time(9)))
    booked = make_slot(event, starts_at=clock.from_berlin(COMING, time(10, 15)))
    other_day = make_slot(event, starts_at=clock.from_berlin(COMING + timedelta(days=1), time(9)))
    book_slot(booking_request(booked))
    new = plan(days=(COMING,), end=time(11, 30), replaces=True)
    db.session.rollback()
    event = db.session.get_one(Event, event.id)
    ticked = {one.key for one in planned_times(new, staying(event.slots, new)) if not one.clash}
    free_id, booked_id, other_id = free.id, booked.id, other_day.id

    result = take_times(owner_of(event), event.id, new, ticked)

    assert (result.added, result.removed, [slot.id for slot in result.booked]) == (1, 1, [booked_id])
    standing = {slot.id for slot in slots()}
    assert free_id not in standing
    assert {booked_id, other_id} < standing
    assert [f"{clock.to_berlin(slot.starts_at):%d %H:%M}" for slot in slots()] == ["16 10:15", "16 11:00", "17 09:00"]


def test_a_day_is_made_like_another_one_without_its_guests(app: Flask) -> None:
    event = make_event()
    booked = make_slot(event, starts_at=clock.from_berlin(COMING, time(10)), label="Führung", room_limit=8)
    booked.pools.append(SeatPool(audience=PoolAudience.PRESS, capacity=1))
    db.session.commit()
    book_slot(booking_request(booked))
    make_slot(event, starts_at=clock.from_berlin(COMING, time(14)))
    next_day = COMING + timedelta(days=1)
    make_slot(event, starts_at=clock.from_berlin(next_day, time(14, 15)))

    assert copy_day(owner_of(event), event.id, COMING, next_day).added == 1
    assert copy_day(owner_of(event), event.id, COMING, next_day).added == 0

    twin = next(slot for slot in slots() if slot.starts_at == clock.from_berlin(next_day, time(10)))
    assert (twin.label, twin.room_limit, twin.ends_at) == ("Führung", 8, twin.starts_at + timedelta(minutes=30))
    assert [(pool.audience, pool.capacity, pool.taken) for pool in twin.pools] == [
        (PoolAudience.EVERYONE, 8, 0),
        (PoolAudience.PRESS, 1, 0),
    ]


def test_a_day_whose_times_spring_skips_is_not_copied(app: Flask) -> None:
    event = make_event()
    make_slot(event, starts_at=clock.from_berlin(date(2027, 3, 27), time(2, 30)))

    with pytest.raises(NoSuchTime):
        copy_day(owner_of(event), event.id, date(2027, 3, 27), date(2027, 3, 28))

    assert len(slots()) == 1
