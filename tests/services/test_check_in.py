"""Ticking guests: once, by whoever is first, and back for ten minutes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from openday.errors import NotFound
from openday.extensions import db
from openday.models import AuditEntry, SeatPool
from openday.models.words import Awaits, BookingState, GuestKind, Mode
from openday.services.attendee_list import AttendeeFilter, attendee_list
from openday.services.cancellation import cancel_for_visitor
from openday.services.check_in import NotExpected, NotHere, UndoOver, check_in, count_party, undo_check_in
from openday.services.door_link import Door, DoorClosed
from openday.services.door_list import DoorFilter, door_list
from tests.door import DAY, at, book, door_of, fresh, make_door_event, oclock, slots, tap
from tests.factories import make_slot


@pytest.fixture
def event(app):
    return make_door_event()


@pytest.fixture
def guest(event):
    return book(slots(event)[1], party_size=3)


def test_one_tap_notes_when_the_whole_party_came_and_who_noted_it(event, guest):
    with oclock(10, 24):
        arrival = check_in(Door(event.id, DAY, actor_id=7), guest.id, tap())

    assert (arrival.came_at, arrival.came_size, arrival.is_first) == (at(10, 24), 3, True)
    assert (fresh(guest).came_at, fresh(guest).came_size) == (at(10, 24), 3)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "checked_in")).one()
    assert (entry.object_id, entry.actor_id) == (guest.id, 7)


def test_the_second_tick_says_since_when_they_are_there(event, guest):
    with oclock(10, 24):
        check_in(door_of(event), guest.id, tap())
    with oclock(10, 40):
        again = check_in(door_of(event), guest.id, tap())

    assert (again.is_first, again.came_at) == (False, at(10, 24))
    assert fresh(guest).came_at == at(10, 24)


def test_fewer_or_more_may_really_have_come(event, guest):
    with oclock(10, 24):
        check_in(door_of(event), guest.id, tap())
        assert [count_party(door_of(event), guest.id, tap(), size) for size in (1, 5, 0)] == [1, 5, 0]

    assert (fresh(guest).came_size, fresh(guest).party_size) == (0, 3)


def test_nobody_is_counted_who_is_not_ticked(event, guest):
    with oclock(10, 24), pytest.raises(NotHere):
        count_party(door_of(event), guest.id, tap(), 2)


@pytest.mark.parametrize(("minutes", "is_undone"), [(0, True), (10, True), (11, False)])
def test_a_tick_is_taken_back_for_ten_minutes(event, guest, minutes, is_undone):
    with oclock(10, 24):
        check_in(door_of(event), guest.id, tap())
    with oclock(10, 24 + minutes):
        if is_undone:
            assert undo_check_in(door_of(event), guest.id, tap())
        else:
            with pytest.raises(UndoOver):
                undo_check_in(door_of(event), guest.id, tap())

    assert (fresh(guest).came_at is None) is is_undone
    assert (fresh(guest).came_size is None) is is_undone


def test_taking_back_what_was_never_ticked_changes_nothing(event, guest):
    with oclock(10, 24):
        assert undo_check_in(door_of(event), guest.id, tap()) is False


def test_a_tap_sent_again_does_not_undo_what_others_did_since(event, guest):
    """The answer got lost; meanwhile another helper took the tick back."""
    with oclock(10, 24):
        lost = tap()
        check_in(door_of(event), guest.id, lost)
        undo_check_in(Door(event.id, DAY, link_id=2), guest.id, tap())

        assert check_in(door_of(event), guest.id, lost) is None

    assert fresh(guest).came_at is None


def test_a_whole_queue_sent_twice_ends_where_it_ended_the_first_time(event, guest):
    with oclock(10, 24):
        ticked, back, again = tap(), tap(), tap()
        for _sending in range(2):
            check_in(door_of(event), guest.id, ticked)
            undo_check_in(door_of(event), guest.id, back)
            check_in(door_of(event), guest.id, again)
            count_party(door_of(event), guest.id, tap(nonce="count"), 2)

    assert (fresh(guest).came_at, fresh(guest).came_size) == (at(10, 24), 2)
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.object_type == "booking")).all()
    assert actions.count("checked_in") == 2
    assert actions.count("party_counted") == actions.count("check_in_undone") == 1


def test_what_was_tapped_without_a_net_carries_its_own_time(event, guest):
    with oclock(11):
        check_in(door_of(event), guest.id, tap(at(10, 24)))
        assert undo_check_in(door_of(event), guest.id, tap(at(10, 30)))
        check_in(door_of(event), guest.id, tap(at(10, 31)))

    assert fresh(guest).came_at == at(10, 31)


@pytest.mark.parametrize(
    ("claimed", "noted"), [(at(23, 0), at(11)), (at(10) - timedelta(days=9), at(0)), (at(10, 24), at(10, 24))]
)
def test_a_wrong_clock_moves_nobody_out_of_the_day(event, guest, claimed, noted):
    with oclock(11):
        check_in(door_of(event), guest.id, tap(claimed))

    assert fresh(guest).came_at == noted


def test_a_cancelled_booking_can_not_be_ticked(event, guest):
    cancel_for_visitor(guest.id, 1)

    with oclock(10, 24), pytest.raises(NotExpected):
        check_in(door_of(event), guest.id, tap())
    assert fresh(guest).came_at is None


def test_a_booking_that_waits_for_somebody_can_not_be_ticked(event, guest):
    guest.state, guest.awaits, guest.held_until = BookingState.HELD, Awaits.HOST, at(12)
    db.session.commit()

    with oclock(10, 24):
        with pytest.raises(NotExpected):
            check_in(door_of(event), guest.id, tap())
        [shown] = door_list(door_of(event), DoorFilter()).guests

    assert not shown.is_tickable


def test_guests_of_other_events_other_days_and_the_digital_room_are_not_at_this_door(event, guest):
    other = book(slots(make_door_event())[0])
    next_day = book(make_slot(event, starts_at=at(10) + timedelta(days=1)))
    db.session.add(SeatPool(slot_id=guest.slot_id, mode=Mode.ONLINE, capacity=5))
    db.session.commit()
    online = book(slots(event)[1], mode=Mode.ONLINE)
    elsewhere = [other, next_day, online]

    with oclock(10, 24):
        for booking in elsewhere:
            for act in (check_in, undo_check_in):
                with pytest.raises(NotFound):
                    act(door_of(event), booking.id, tap())
            with pytest.raises(NotFound):
                count_party(door_of(event), booking.id, tap(), 1)
    assert [fresh(booking).came_at for booking in elsewhere] == [None] * 3


def test_before_the_day_nobody_is_there(event, guest):
    with oclock(23, 59, DAY - timedelta(days=1)), pytest.raises(DoorClosed):
        check_in(door_of(event), guest.id, tap())


def test_the_list_shows_those_of_now_and_finds_all_by_name_or_number(event, guest):
    sommer = book(slots(event)[0], name="Büro Sommer", guest_name="Dr. Jürgen Sommer", guest_kind=GuestKind.PUBLIC)
    late = book(make_slot(event, starts_at=at(15)), name="Ömer Şahin", needs="Stuhl")

    def shown(**wanted):
        return [guest.id for guest in door_list(door_of(event), DoorFilter(**wanted)).guests if guest.is_shown]

    with oclock(10, 24):
        assert shown() == [sommer.id, guest.id]
        assert shown(shows_all=True) == [sommer.id, guest.id, late.id]
        assert shown(search="sahin") == [late.id]
        assert shown(search="juergen") == [sommer.id]
        assert shown(search=late.reference.lower().replace("-", "")) == [late.id]
        assert shown(search="niemand") == []
    with oclock(12):
        assert shown() == [late.id]
    with oclock(20):
        assert shown() == [late.id]


def test_the_list_counts_parties_and_people(event, guest):
    book(slots(event)[0], name="Ömer Şahin", party_size=2)
    with oclock(10, 24):
        check_in(door_of(event), guest.id, tap())
        count_party(door_of(event), guest.id, tap(), 2)
        listing = door_list(door_of(event), DoorFilter())

    assert (listing.parties_here, len(listing.expected)) == (1, 2)
    assert (listing.persons_here, listing.persons, listing.walk_ins) == (2, 5, 0)
    assert (listing.title, listing.day) == (event.title, DAY)


def came(event):
    """Return what the attendee list says about who came, by name."""
    return {one.name: one.came_size for one in attendee_list(event.id, AttendeeFilter()).attendees}


def test_the_attendee_list_knows_who_came_and_after_the_day_who_did_not(event, guest):
    book(slots(event)[0], name="Ömer Şahin")
    gone = book(slots(event)[0], name="Dr. Sommer")
    cancel_for_visitor(gone.id, 1)
    with oclock(10, 24):
        check_in(door_of(event), guest.id, tap())
        count_party(door_of(event), guest.id, tap(), 2)
        assert came(event) == {"Ayşe Kaya": 2, "Ömer Şahin": None, "Dr. Sommer": None}

    with oclock(0, 0, DAY + timedelta(days=1)):
        assert came(event) == {"Ayşe Kaya": 2, "Ömer Şahin": 0, "Dr. Sommer": None}
        summary = attendee_list(event.id, AttendeeFilter()).summary

    assert summary.groups == (("gekommen", 1), ("nicht gekommen", 1), ("abgesagt", 1))


def test_where_nobody_was_ticked_nobody_is_said_to_have_stayed_away(event, guest):
    with oclock(0, 0, DAY + timedelta(days=1)):
        assert came(event) == {"Ayşe Kaya": None}


def test_a_tick_corrected_to_nobody_is_somebody_who_did_not_come(event, guest):
    with oclock(10, 24):
        check_in(door_of(event), guest.id, tap())
        count_party(door_of(event), guest.id, tap(), 0)

    summary = attendee_list(event.id, AttendeeFilter()).summary
    assert summary.groups == (("nicht gekommen", 1),)
