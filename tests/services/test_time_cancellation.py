"""Calling off one time or a day: the others stay, and everybody concerned hears of it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from openday.errors import NotAllowed, NotFound
from openday.models.words import BookingState, Role, SlotState
from openday.services.booking import book_slot
from openday.services.event_cancellation import cancel_times, told_by_cancelling
from openday.services.seat_table import Reach
from openday.services.slot import SlotBooked, remove_slot
from tests.factories import all_bookings, booking_request, make_event, make_slot
from tests.services.house import DAY, at, fresh_slots, house, mails, owner_of, waiting


def test_one_time_called_off_leaves_the_others_and_offers_them(app: Flask) -> None:
    event, [slot, other] = house(10, 11)
    book_slot(booking_request(slot, email="a@example.org"))
    book_slot(booking_request(other, email="b@example.org"))
    in_line = waiting(slot, event)
    assert len(told_by_cancelling(event, slot.id, Reach.SLOT).mails) == 2

    assert cancel_times(owner_of(event), event.id, slot.id, Reach.SLOT, "Beraterin krank") == 2

    seat, entry = mails("booking_called_off")
    assert seat.recipient == "a@example.org"
    assert f"/t/{event.slug}" in seat.text
    assert "Beraterin krank" in seat.text
    assert seat.calendar_method == "CANCEL"
    assert (entry.booking_id, "Ihr Eintrag auf der Warteliste ist gelöscht" in entry.text) == (in_line.id, True)
    assert [one.state for one in fresh_slots()] == [SlotState.CANCELLED, SlotState.OPEN]
    assert {one.booker_email: one.state for one in all_bookings()}["b@example.org"] is BookingState.CONFIRMED


def test_a_day_called_off_takes_its_times_alone_and_not_those_that_were(app: Flask) -> None:
    event, slots = house(10, 11)
    make_slot(event, starts_at=at(10, day=DAY + timedelta(days=1)))
    for slot in slots:
        book_slot(booking_request(slot))
    with time_machine.travel(at(10, 30), tick=False):
        assert cancel_times(owner_of(event), event.id, slots[1].id, Reach.DAY, "Sturm") == 1

    assert [one.state for one in fresh_slots()] == [SlotState.OPEN, SlotState.CANCELLED, SlotState.OPEN]


def test_a_time_somebody_waits_for_is_called_off_with_a_mail_and_never_in_silence(app: Flask) -> None:
    event, [slot, other] = house(10, 11)
    waiting(slot, event)

    with pytest.raises(SlotBooked):
        remove_slot(owner_of(event), event.id, slot.id)
    remove_slot(owner_of(event), event.id, other.id)

    assert [(one.id, one.state) for one in fresh_slots()] == [(slot.id, SlotState.OPEN)]


def test_a_reader_may_not_and_a_stranger_does_not_find_it(app: Flask) -> None:
    event, [slot] = house(10)

    with pytest.raises(NotAllowed):
        cancel_times(owner_of(event, Role.READER), event.id, slot.id, Reach.SLOT, "x")
    with pytest.raises(NotFound):
        cancel_times(owner_of(make_event()), event.id, slot.id, Reach.SLOT, "x")
