"""An event lasts as long as its times: behind its last day nobody could book what was just made."""

from datetime import UTC, datetime, time, timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import EventChange
from openday.services.booking import book_slot
from openday.services.event_page import event_page
from openday.services.slot import copy_day, take_times
from openday.services.slot_plan import planned_times
from tests.factories import booking_request, make_event, make_slot
from tests.services.test_slot import COMING, owner_of, plan, slots


def test_the_event_lasts_as_long_as_its_new_times_and_guests_of_the_last_day_find_it_open(app: Flask) -> None:
    event = make_event(starts_on=COMING, start_time=time(10), end_time=time(12))
    days = tuple(COMING + timedelta(days=number) for number in (0, 1, 7))
    evening = plan(days=days, start=time(9), end=time(18), length=60)
    sequence = event.sequence

    take_times(owner_of(event), event.id, evening, {one.key for one in planned_times(evening, [])})

    db.session.expire_all()
    assert (event.starts_on, event.ends_on) == (COMING, COMING + timedelta(days=7))
    assert (event.start_time, event.end_time) == (time(9), time(18))
    assert event.sequence > sequence, "a confirmation would tell the old days"
    assert [change.fact for change in db.session.scalars(select(EventChange))] == ["day", "time"]
    with time_machine.travel(slots()[-1].starts_at - timedelta(minutes=5), tick=False):
        page = event_page(event.slug)
        assert page is not None
        assert page.standing != "past"
        book_slot(booking_request(slots()[-1]))


def test_copied_times_are_held_by_the_event_too_but_a_day_in_words_stays(app: Flask) -> None:
    dated = make_event(starts_on=COMING)
    open_day = make_event(starts_on=None, date_words="Mitte September", campaign=dated.campaign)
    for event in (dated, open_day):
        make_slot(event, starts_at=datetime(2099, 9, 16, 8, tzinfo=UTC))

        copy_day(owner_of(event), event.id, COMING, COMING - timedelta(days=2))

    db.session.expire_all()
    assert (dated.starts_on, dated.ends_on) == (COMING - timedelta(days=2), COMING)
    assert (open_day.starts_on, open_day.ends_on) == (None, None)


def test_a_time_without_an_end_after_the_hours_of_the_event_can_still_be_booked(app: Flask) -> None:
    event = make_event(starts_on=COMING, start_time=time(10), end_time=time(12))
    late = plan(days=(COMING,), start=time(18), end=None, length=None)

    take_times(owner_of(event), event.id, late, {one.key for one in planned_times(late, [])})

    with time_machine.travel(slots()[0].starts_at - timedelta(minutes=5), tick=False):
        assert event_page(event.slug).standing == "free"
