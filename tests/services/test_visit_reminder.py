"""What offices are reminded of: a visit a week and a day before, a provisional one three days before its end."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar

from openday import clock
from openday.extensions import db
from openday.models import Booking, Slot
from openday.models.words import Awaits, BookingState
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.duties import DUTIES, do_duties
from openday.services.guest_change import replace_guest
from openday.services.receipt import secret_of
from openday.services.visit_answer import make_certain
from openday.services.visit_reminder import remind_offices, remind_provisional
from tests.factories import all_bookings, make_slot
from tests.web.office import mails, make_house, taken, visit_wish

DAY = date(2027, 9, 20)
BOOKED_ON = DAY - timedelta(days=20)
UNTIL = DAY - timedelta(days=5)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.from_berlin(day, time(hour, minute))


def visited_slot(*, booked_on: date = BOOKED_ON, until: date | None = None, **event: object) -> tuple[Slot, str]:
    """A visit by politics at two in the afternoon of the day; returns its time and the secret of its link."""
    with time_machine.travel(at(booked_on, 12), tick=False):
        slot = make_slot(make_house(starts_on=DAY, **event), starts_at=at(DAY, 14))
        request = visit_wish(slot, provisional_until=at(until, 18) if until else None)
        book_slot(request)
    return slot, secret_of(request.nonce)


def on(moment: datetime, duty: object = remind_offices) -> int:
    with time_machine.travel(moment, tick=False):
        return int(duty(moment))  # type: ignore[operator]


def test_a_visit_is_confirmed_once_more_a_week_and_a_day_before(app: Flask) -> None:
    visited_slot()
    week, day = at(DAY - timedelta(days=7), 10), at(DAY - timedelta(days=1), 10)

    sent = [on(week - timedelta(minutes=1)), on(week), on(week), on(day - timedelta(minutes=1)), on(day), on(day)]

    assert sent == [0, 1, 0, 0, 1, 0]
    assert [mail.subject for mail in mails("visit_reminder")] == [
        "Am Mo., 20.09., 14:00 Uhr: Besuch Dr. Kim Sommer",
        "Morgen, 14:00 Uhr: Besuch Dr. Kim Sommer",
    ]
    assert {remind_offices, remind_provisional} <= set(DUTIES)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(DAY - timedelta(days=6), 10), "Der Besuch ist in 6 Tagen."),
        (at(DAY - timedelta(days=1), 22), "Der Besuch ist morgen."),
        (at(DAY, 9), "Der Besuch ist heute."),
    ],
)
def test_a_worker_that_was_down_makes_up_for_it_in_words_that_are_true(
    app: Flask, moment: datetime, words: str
) -> None:
    visited_slot()

    assert on(moment) == 1
    assert words in mails("visit_reminder")[0].text


@pytest.mark.parametrize("moment", [at(DAY - timedelta(days=3), 12), at(DAY, 14), at(DAY + timedelta(days=1), 12)])
def test_nobody_is_reminded_when_it_is_of_no_use(app: Flask, moment: datetime) -> None:
    visited_slot()

    assert on(moment) == 0


def test_a_visit_given_up_or_just_booked_is_not_reminded_of(app: Flask) -> None:
    _slot, token = visited_slot()
    visited_slot(booked_on=DAY - timedelta(days=7))
    visited_slot(sends_reminders=False)
    with time_machine.travel(at(BOOKED_ON, 13), tick=False):
        cancel_booking(token)

    assert on(at(DAY - timedelta(days=7), 13)) == 0


def test_a_guest_who_is_replaced_is_the_one_in_the_reminder_and_it_comes_once(app: Flask) -> None:
    _slot, token = visited_slot()
    week = at(DAY - timedelta(days=7), 10)
    on(week)
    with time_machine.travel(week, tick=False):
        replace_guest(token, "Robin Winter", "Büroleitung")

    assert on(week + timedelta(hours=1)) == 0
    assert on(at(DAY - timedelta(days=1), 10)) == 1
    assert "Robin Winter" in mails("visit_reminder")[-1].subject


def test_three_days_before_a_provisional_visit_ends_its_office_hears_of_it_once(app: Flask) -> None:
    slot, _token = visited_slot(until=UNTIL)
    moment = at(UNTIL - timedelta(days=3), 18)

    sent = [on(one, remind_provisional) for one in (moment - timedelta(minutes=1), moment, moment)]

    assert sent == [0, 1, 0]
    assert taken(slot) == 3
    [mail] = mails("visit_provisional_ends")
    assert mail.recipient == all_bookings()[0].booker_email
    assert mail.expires_at == at(UNTIL, 18)


def test_a_hold_that_is_younger_than_three_days_is_not_reminded_of(app: Flask) -> None:
    slot, _token = visited_slot(booked_on=UNTIL - timedelta(days=2), until=UNTIL)
    before = slot.event.version

    assert on(at(UNTIL - timedelta(days=1), 12), remind_provisional) == 0
    db.session.refresh(slot.event)
    assert slot.event.version == before


def test_a_provisional_visit_nobody_promises_frees_its_seats_also_when_the_worker_was_down(app: Flask) -> None:
    slot, _token = visited_slot(until=UNTIL)

    with time_machine.travel(at(UNTIL + timedelta(days=1), 20), tick=False):
        do_duties()

    assert taken(slot) == 0
    [booking] = all_bookings()
    assert booking.state is BookingState.EXPIRED
    assert mails("visit_provisional_ends") == []
    [mail] = mails("visit_declined")
    assert mail.calendar is not None
    assert "METHOD:CANCEL" in mail.calendar
    [told] = mails("visit_cancelled_for_host")
    assert told.subject.startswith("Nicht zugesagt: Dr. Kim Sommer")


def test_made_certain_it_is_the_same_entry_confirmed_under_a_higher_number(app: Flask) -> None:
    _slot, token = visited_slot(until=UNTIL)
    with time_machine.travel(at(BOOKED_ON, 15), tick=False):
        is_first, again = make_certain(token), make_certain(token)

    tentative, confirmed = (entry_of(mails(kind)[0].calendar) for kind in ("visit_provisional", "visit_confirmed"))

    assert (is_first, again) == (True, False)
    assert (str(tentative["STATUS"]), str(confirmed["STATUS"])) == ("TENTATIVE", "CONFIRMED")
    assert str(tentative["UID"]) == str(confirmed["UID"])
    assert int(confirmed["SEQUENCE"]) > int(tentative["SEQUENCE"])
    [booking] = all_bookings()
    assert (booking.state, booking.awaits, booking.held_until) == (BookingState.CONFIRMED, None, None)
    assert on(at(UNTIL - timedelta(days=3), 18), remind_provisional) == 0


def entry_of(calendar: str | None) -> dict[str, object]:
    assert calendar is not None
    return dict(Calendar.from_ical(calendar).walk("VEVENT")[0])


def test_what_waits_for_the_host_is_never_reminded_of_as_provisional(app: Flask) -> None:
    visited_slot(until=UNTIL)
    db.session.query(Booking).update({"awaits": Awaits.HOST})
    db.session.commit()

    assert on(at(UNTIL - timedelta(days=1), 12), remind_provisional) == 0
