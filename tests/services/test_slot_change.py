"""Moving times: seats stay, everybody concerned hears of it once, and nobody books the old time."""

from datetime import date, time, timedelta

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from openday import clock
from openday.errors import EventCancelled, NotAllowed, NotFound
from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, VisitProposal
from openday.models.words import Awaits, BookingState, Role, SlotState
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.event_cancellation import cancel_times
from openday.services.mail_plan import HIDDEN, rehearse
from openday.services.moving import move_booking
from openday.services.receipt import secret_of
from openday.services.scope import Scope
from openday.services.seat_table import Reach
from openday.services.slot_change import MovedIntoPast, NothingMoves, TimeOver, move_times
from openday.services.slot_plan import NoSuchTime
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_traeger, save
from tests.services.house import DAY, at, fresh_slots, house, mails, move_of, owner_of, waiting
from tests.statements import statements


def test_a_moved_time_keeps_its_bookings_and_tells_them_in_their_language(app: Flask) -> None:
    event, [slot, other] = house(10, 11)
    book_slot(booking_request(slot, language="en", email="a@example.org"))
    book_slot(booking_request(slot, email="b@example.org"))
    book_slot(booking_request(other, email="c@example.org"))

    assert move_times(owner_of(event), event.id, move_of(slot, day=DAY + timedelta(days=1))) == 2

    moved, untouched = fresh_slots()
    assert (moved.starts_at, moved.ends_at) == (
        at(17, day=DAY + timedelta(days=1)),
        at(17, 30, DAY + timedelta(days=1)),
    )
    assert (moved.previous_starts_at, moved.previous_ends_at) == (at(10), at(10, 30))
    assert untouched.moved_at is None
    english, german = mails()
    assert {english.recipient, german.recipient} == {"a@example.org", "b@example.org"}
    assert (english.language, german.language) == ("en", "de")
    assert "Do., 16. September 2027, 17:00 bis 17:30" in german.text.replace("\u00a0", " ")
    assert "Mi., 15. September 2027, 10:00 bis 10:30" in german.text.replace("\u00a0", " ")
    assert "Sitzung" in german.text
    assert {one.state for one in all_bookings()} == {BookingState.CONFIRMED}
    assert moved.pools[0].taken == 2


def test_the_calendar_entry_is_replaced_under_its_uid_with_a_higher_sequence(app: Flask) -> None:
    event, [slot] = house(10)
    book_slot(booking_request(slot))
    [first] = mails("booking_confirmed")
    move_times(owner_of(event), event.id, move_of(slot))
    [second] = mails()

    before, after = (Calendar.from_ical(mail.calendar).walk("VEVENT")[0] for mail in (first, second))
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt == at(17)
    assert second.calendar_method == "REQUEST"
    assert "/buchung/" not in second.calendar


def test_a_whole_day_and_all_times_move_by_the_same_step(app: Flask) -> None:
    event, slots = house(10, 11)
    later = make_slot(event, starts_at=at(10, day=DAY + timedelta(days=1)))

    move_times(owner_of(event), event.id, move_of(slots[0], reach=Reach.DAY, start=time(12)))
    assert [one.starts_at for one in fresh_slots()] == [at(12), at(13), at(10, day=DAY + timedelta(days=1))]

    move_times(owner_of(event), event.id, move_of(later, reach=Reach.EVENT, day=DAY + timedelta(days=3), start=time(9)))
    assert [one.starts_at for one in fresh_slots()] == [
        at(11, day=DAY + timedelta(days=2)),
        at(12, day=DAY + timedelta(days=2)),
        at(9, day=DAY + timedelta(days=3)),
    ]


def test_the_event_s_own_day_and_hours_go_along_when_all_times_move(app: Flask) -> None:
    event, slots = house(10, 11)
    move_times(
        owner_of(event), event.id, move_of(slots[0], reach=Reach.DAY, day=DAY + timedelta(days=2), start=time(11))
    )

    fresh = db.session.get_one(Event, event.id, populate_existing=True)
    assert (fresh.starts_on, fresh.ends_on) == (DAY + timedelta(days=2), None)
    assert (fresh.start_time, fresh.end_time) == (time(11), time(17))


def test_the_event_reaches_as_far_as_a_single_moved_time(app: Flask) -> None:
    event, [slot, _other] = house(10, 11)
    move_times(owner_of(event), event.id, move_of(slot, day=DAY + timedelta(days=2)))

    fresh = db.session.get_one(Event, event.id, populate_existing=True)
    assert (fresh.starts_on, fresh.ends_on) == (DAY, DAY + timedelta(days=2))
    assert (fresh.start_time, fresh.end_time) == (time(10), time(17, 30))


def test_whoever_waits_is_told_and_keeps_the_place_in_the_line(app: Flask) -> None:
    event, [slot, _other] = house(10, 11, capacity=0)
    for_this, for_any = waiting(slot, event), waiting(None, event)

    assert move_times(owner_of(event), event.id, move_of(slot)) == 1
    assert [mail.booking_id for mail in mails()] == [for_this.id]
    assert "Sie stehen weiter auf der Warteliste." in mails()[0].text
    assert mails()[0].calendar is None

    move_times(owner_of(event), event.id, move_of(slot, reach=Reach.EVENT, day=DAY + timedelta(days=1)))
    assert [mail.booking_id for mail in mails()][1:] == [for_this.id, for_any.id]
    assert {one.state for one in all_bookings()} == {BookingState.WAITING}


def test_an_office_that_was_offered_the_time_is_told_and_only_of_that(app: Flask) -> None:
    event, [slot, other] = house(10, 11)
    asked = waiting(None, event, state=BookingState.REQUESTED, awaits=Awaits.BOOKER)
    save(VisitProposal(booking_id=asked.id, is_by_host=True, position=0, slot_id=other.id))

    assert move_times(owner_of(event), event.id, move_of(slot)) == 0
    assert move_times(owner_of(event), event.id, move_of(other, start=time(18))) == 1

    [mail] = mails()
    assert "Eine der Zeiten, die Ihnen die Einrichtung anbietet, hat sich geändert." in mail.text
    assert "18:00" in mail.text
    assert mail.calendar is None


def test_a_hold_ends_with_the_new_start_at_the_latest_and_data_are_kept_from_the_new_day_on(app: Flask) -> None:
    event, [slot] = house(10)
    book_slot(booking_request(slot))
    booking = all_bookings()[0]
    booking.state, booking.held_until = BookingState.HELD, at(9, 30)
    db.session.commit()

    move_times(owner_of(event), event.id, move_of(slot, day=DAY - timedelta(days=1), start=time(9)))

    booking = db.session.get_one(Booking, booking.id, populate_existing=True)
    assert booking.held_until == at(9, day=DAY - timedelta(days=1))
    assert booking.erase_on == DAY + timedelta(days=29)


def test_a_dry_run_says_who_and_in_which_language_and_changes_nothing(app: Flask) -> None:
    event, [slot] = house(10)
    receipt = book_slot(booking_request(slot, language="en", party_size=2))
    waiting(slot, event)
    version = db.session.get_one(Event, event.id, populate_existing=True).version

    plan = rehearse(move_times, owner_of(event), event.id, move_of(slot))

    assert [(mail.stage, mail.language, mail.persons, mail.kind) for mail in plan.mails] == [
        ("seat", "en", 2, "time_moved"),
        ("waiting", "de", 1, "time_moved"),
    ]
    assert plan.languages == {"de": 1, "en": 1}
    assert plan.persons == 3
    assert all(receipt.token not in sample.text and HIDDEN in sample.text for sample in plan.samples)
    assert fresh_slots()[0].starts_at == at(10)
    assert mails() == []
    assert db.session.get_one(Event, event.id, populate_existing=True).version == version


def test_a_moved_guest_may_take_another_time_or_cancel_though_the_deadline_has_passed(app: Flask) -> None:
    event, [slot, other] = house(10, 11, change_until_hours=720)
    book_slot(booking_request(slot))
    token = secret_of(all_bookings()[0].nonce)
    with time_machine.travel(at(8), tick=False):
        move_times(owner_of(event), event.id, move_of(slot))
        move_booking(token, other.id)
        assert all_bookings()[0].slot_id == other.id
        assert cancel_booking(token)


def test_moving_twice_tells_twice_and_the_page_names_the_last_time_before(app: Flask) -> None:
    event, [slot] = house(10)
    book_slot(booking_request(slot))
    move_times(owner_of(event), event.id, move_of(slot))
    move_times(owner_of(event), event.id, move_of(slot, start=time(18)))

    assert len(mails()) == 2
    assert len({mail.message_id for mail in mails()}) == 2
    assert fresh_slots()[0].previous_starts_at == at(17)
    details = db.session.scalars(select(AuditEntry.detail).where(AuditEntry.object_type == "event")).all()
    assert details == ["slots: 1 times moved"] * 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"start": time(10)}, NothingMoves),
        ({"day": date(2020, 1, 1)}, MovedIntoPast),
        ({"day": date(2028, 3, 26), "start": time(2, 30)}, NoSuchTime),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(app: Flask, changes: dict, refusal: type) -> None:
    event, [slot] = house(10)
    book_slot(booking_request(slot))

    with pytest.raises(refusal):
        move_times(owner_of(event), event.id, move_of(slot, **changes))

    assert fresh_slots()[0].starts_at == at(10)
    assert mails() == []


def test_a_time_that_has_begun_or_is_called_off_stays(app: Flask) -> None:
    event, [begun, off] = house(10, 11)
    off.state = SlotState.CANCELLED
    db.session.commit()

    with time_machine.travel(at(10, 5), tick=False), pytest.raises(TimeOver):
        move_times(owner_of(event), event.id, move_of(begun))
    with pytest.raises(EventCancelled):
        move_times(owner_of(event), event.id, move_of(off))


def test_a_reader_may_not_and_a_stranger_does_not_find_it(app: Flask) -> None:
    event, [slot] = house(10)
    for change in (
        lambda scope: move_times(scope, event.id, move_of(slot)),
        lambda scope: cancel_times(scope, event.id, slot.id, Reach.SLOT, "x"),
    ):
        with pytest.raises(NotAllowed):
            change(owner_of(event, Role.READER))
        with pytest.raises(NotFound):
            change(Scope(user_id=2, roles={make_traeger().id: Role.OWNER}))


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 10, 31), 2), (date(2028, 3, 26), 1)])
def test_a_move_onto_the_day_the_clocks_change_keeps_clock_time_and_real_length(
    app: Flask, day: date, hours: int
) -> None:
    event = make_event(starts_on=DAY)
    slot = make_slot(event, starts_at=at(1), ends_at=at(1) + timedelta(hours=2))
    book_slot(booking_request(slot))

    move_times(owner_of(event), event.id, move_of(slot, day=day, start=time(1)))

    moved = fresh_slots()[0]
    assert moved.ends_at - moved.starts_at == timedelta(hours=2)
    assert f"{clock.to_berlin(moved.starts_at):%H:%M}" == "01:00"
    assert f"{clock.to_berlin(moved.ends_at):%H:%M}" == ("02:00" if hours == 2 else "04:00")


def test_forty_guests_cost_as_many_statements_as_three(app: Flask) -> None:
    counts = []
    for guests in (3, 40):
        event, [slot] = house(10)
        for _ in range(guests):
            book_slot(booking_request(slot))
        with statements() as seen:
            assert move_times(owner_of(event), event.id, move_of(slot)) == guests
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 45
