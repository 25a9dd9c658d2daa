"""The reminder of the day before: once, in time, and only to those whose last mail is not a fresh one."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, OutboxMessage, SeatPool, Slot
from openday.models.words import Attendance, BookingState, EventState, GuestKind, Mode, PoolAudience, SlotState
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.duties import DUTIES
from openday.services.receipt import secret_of
from openday.services.reminder import remind_guests
from tests.chaos.together import at_once
from tests.factories import booking_request, make_event, make_slot, save
from tests.statements import statements

DAY = date(2027, 9, 15)
BOOKED = clock.from_berlin(DAY - timedelta(days=10), time(12))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.from_berlin(day, time(hour, minute))


TEN = at(DAY - timedelta(days=1), 10)


def booked_slot(event: Event | None = None, start: datetime | None = None, **wish) -> Slot:
    """A time on the day, booked ten days before it."""
    with time_machine.travel(BOOKED, tick=False):
        event = event or make_event(starts_on=DAY)
        slot = make_slot(event, starts_at=start or at(DAY, 14), capacity=500)
        book_slot(booking_request(slot, **wish))
    return slot


def remind(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return remind_guests(moment)


def reminders() -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "reminder")))


def test_it_goes_out_at_ten_the_day_before_and_not_a_minute_earlier(app: Flask) -> None:
    booked_slot()

    assert remind(TEN - timedelta(minutes=1)) == 0
    assert remind(TEN) == 1

    [mail] = reminders()
    assert mail.subject.startswith("Morgen, 14:00 Uhr: ")
    assert mail.expires_at == at(DAY, 0)
    assert mail.booking_id is not None


def test_it_is_a_duty_of_the_worker_and_goes_out_once(app: Flask) -> None:
    booked_slot()

    assert remind_guests in DUTIES
    assert [remind(TEN), remind(TEN), remind(TEN + timedelta(hours=3))] == [1, 0, 0]
    assert len(reminders()) == 1


@pytest.mark.parametrize(("hours", "reminded"), [(25, 1), (23, 0)])
def test_who_booked_within_a_day_of_it_has_a_fresh_mail(app: Flask, hours: int, reminded: int) -> None:
    with time_machine.travel(TEN - timedelta(hours=hours), tick=False):
        book_slot(booking_request(make_slot(make_event(starts_on=DAY), starts_at=at(DAY, 14))))

    assert remind(TEN) == reminded
    assert remind(TEN + timedelta(hours=12)) == 0


def test_a_worker_that_was_down_makes_up_for_it_in_true_words_until_two_hours_before(app: Flask) -> None:
    booked_slot()

    assert remind(at(DAY, 9)) == 1

    [mail] = reminders()
    assert mail.subject.startswith("Heute, 14:00")


@pytest.mark.parametrize("hour", [13, 15, 20])
def test_nobody_is_reminded_of_what_begins_or_is_over(app: Flask, hour: int) -> None:
    booked_slot()

    assert remind(at(DAY, hour)) == 0


def test_the_event_s_switch_turns_it_off(app: Flask) -> None:
    with time_machine.travel(BOOKED, tick=False):
        booked_slot(make_event(starts_on=DAY, sends_reminders=False))

    assert remind(TEN) == 0


@pytest.mark.parametrize(
    "what", ["cancelled booking", "cancelled time", "cancelled event", "politics", "guest is there"]
)
def test_who_does_not_come_or_hears_elsewhere_is_left_alone(app: Flask, what: str) -> None:
    slot = booked_slot()
    booking = db.session.scalars(select(Booking)).one()
    if what == "cancelled time":
        slot.state = SlotState.CANCELLED
    if what == "cancelled event":
        slot.event.state = EventState.CANCELLED
    if what == "politics":
        booking.guest_kind = GuestKind.POLITICS
    if what == "guest is there":
        booking.came_at = TEN
    db.session.commit()
    if what == "cancelled booking":
        with time_machine.travel(BOOKED, tick=False):
            cancel_booking(secret_of(booking.nonce))

    assert remind(TEN) == 0


def test_an_online_guest_gets_the_way_to_the_own_page_and_never_the_room(app: Flask) -> None:
    with time_machine.travel(BOOKED, tick=False):
        event = make_event(starts_on=DAY, attendance=Attendance.ONLINE, room_url="https://room.example.org/x")
        slot = Slot(event_id=event.id, starts_at=at(DAY, 14), ends_at=at(DAY, 15))
        slot.pools = [SeatPool(mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=9)]
        book_slot(booking_request(save(slot)))

    assert remind(TEN) == 1

    [mail] = reminders()
    assert "/teilnahme" in mail.text
    assert "13:45" in mail.text
    assert "room.example.org" not in mail.text + mail.html


def test_a_time_moved_to_another_day_is_reminded_of_once_more(app: Flask) -> None:
    slot = booked_slot()
    remind(TEN)
    slot = db.session.get_one(Slot, slot.id)
    slot.starts_at, slot.ends_at = at(DAY + timedelta(days=5), 14), None
    slot.moved_at = TEN
    db.session.commit()

    assert remind(TEN + timedelta(days=5)) == 1
    assert len(reminders()) == 2


@pytest.mark.parametrize(("day", "utc_hour"), [(date(2027, 10, 31), 8), (date(2027, 3, 28), 9)])
def test_ten_is_ten_in_berlin_the_day_before_the_clocks_change(app: Flask, day: date, utc_hour: int) -> None:
    with time_machine.travel(clock.from_berlin(day - timedelta(days=9), time(12)), tick=False):
        book_slot(booking_request(make_slot(make_event(starts_on=day), starts_at=at(day, 14))))
    due = datetime(day.year, day.month, day.day, utc_hour, tzinfo=clock.UTC) - timedelta(days=1)

    assert remind(due - timedelta(seconds=1)) == 0
    assert remind(due) == 1
    assert "14:00" in reminders()[0].subject


def test_a_hundred_guests_cost_as_many_statements_as_three(app: Flask) -> None:
    counts = []
    for guests in (3, 40):
        slot = booked_slot()
        with time_machine.travel(BOOKED, tick=False):
            for _ in range(guests - 1):
                book_slot(booking_request(slot))
        with statements() as seen:
            assert remind(TEN) == guests
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12
    with statements() as seen:
        remind(TEN + timedelta(minutes=1))
    assert len(seen) <= 2


def test_a_booking_given_up_while_reminders_are_written_is_not_reminded(app: Flask) -> None:
    booked_slot()
    booking = db.session.scalars(select(Booking)).one()
    booking.state, booking.cancelled_at = BookingState.CANCELLED, TEN
    db.session.query(OutboxMessage).update({"kind": "booking_cancelled"})
    db.session.execute(SeatPool.__table__.update().values(taken=0))
    for seats in booking.seats:
        db.session.delete(seats)
    db.session.commit()

    assert remind(TEN) == 0


@pytest.mark.chaos
def test_workers_at_the_same_moment_remind_once(app: Flask) -> None:
    booked_slot()

    with time_machine.travel(TEN, tick=False):
        reminded = at_once(app, [lambda: remind_guests(TEN)] * 3)

    assert sorted(reminded) == [0, 0, 1]
    assert len(reminders()) == 1
