"""Guests who change at the same moment: a seat is never lost, never given twice, and nobody has two."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from openday.errors import BookingClosed, SlotFull
from openday.extensions import db
from openday.models import OutboxMessage, SeatPool, Slot
from openday.models.words import BookingState, Confirmation
from openday.services import moving, seats
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.invariants import breaches
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.moving import move_booking, resize_booking
from openday.services.receipt import secret_of
from tests.chaos.mutants import unasked
from tests.chaos.together import Pause, at_once
from tests.factories import all_bookings, booking_request, make_event, make_slot

pytestmark = pytest.mark.chaos


def book(slot: Slot, **overrides: Any) -> str:
    request = booking_request(slot, **overrides)
    book_slot(request)
    return secret_of(request.nonce)


def taken(slot: Slot) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(SeatPool.taken).where(SeatPool.slot_id == slot.id)) or 0)


def two_times(capacity: int, **event: Any) -> tuple[Slot, Slot]:
    first = make_slot(make_event(**event), capacity=20)
    return first, make_slot(first.event, capacity=capacity, starts_at=first.starts_at + timedelta(hours=1))


def test_of_twelve_guests_who_move_three_get_the_three_seats_and_the_rest_keep_theirs(app):
    old, new = two_times(capacity=3)
    guests = [book(old) for _ in range(12)]

    answers = at_once(app, [lambda token=token: move_booking(token, new.id) for token in guests])

    assert sum(isinstance(answer, SlotFull) for answer in answers) == 9
    assert (taken(old), taken(new)) == (9, 3)
    moved = [booking for booking in all_bookings() if booking.slot_id == new.id]
    assert len(moved) == 3
    assert db.session.query(OutboxMessage).filter_by(kind="booking_changed").count() == 3


def test_the_control_without_the_guard_gives_more_seats_than_there_are(app, monkeypatch):
    """With the condition of the claim taken out the same moves oversell, or the database has to refuse."""
    old, new = two_times(capacity=3)
    guests = [book(old) for _ in range(12)]
    monkeypatch.setattr(seats, "has_room", unasked)
    monkeypatch.setattr(seats, "CLAIM_SEATS", seats.seats_claim())

    answers = at_once(app, [lambda token=token: move_booking(token, new.id) for token in guests])

    assert not any(isinstance(answer, SlotFull) for answer in answers)
    assert any("taken_within_capacity" in str(answer) for answer in answers)


def test_eight_clicks_on_one_move_are_one_move(app):
    old, new = two_times(capacity=8)
    token = book(old, party_size=2)

    answers = at_once(app, [lambda: move_booking(token, new.id)] * 8)

    assert {type(answer) for answer in answers} <= {type(None), BookingClosed}
    assert (taken(old), taken(new)) == (0, 2)
    assert db.session.query(OutboxMessage).filter_by(kind="booking_changed").count() == 1


def test_moving_and_cancelling_at_once_leave_no_seat_behind(app, monkeypatch):
    old, new = two_times(capacity=8)
    token = book(old, party_size=2)
    pause = Pause()
    monkeypatch.setattr(moving, "changeable_visit", pause.behind(moving.changeable_visit))

    moved, cancelled = at_once(
        app, [lambda: move_booking(token, new.id), pause.meanwhile(lambda: cancel_booking(token))]
    )

    assert cancelled is True
    assert moved is None or isinstance(moved, BookingClosed)
    assert [booking.state for booking in all_bookings()] == [BookingState.CANCELLED]
    assert (taken(old), taken(new)) == (0, 0)


def test_more_people_by_many_at_once_never_pass_the_seats(app):
    slot = make_slot(capacity=10)
    guests = [book(slot) for _ in range(6)]

    answers = at_once(app, [lambda token=token: resize_booking(token, 3) for token in guests])

    assert sum(answer is None for answer in answers) == 2
    assert taken(slot) == 10
    assert breaches() == []


def test_a_click_in_the_mailbox_sent_ten_times_is_one_booking_and_one_mail(app):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=9)
    token = book(slot, party_size=2)

    answers = at_once(app, [lambda: confirm_mailbox(token)] * 10)

    assert set(answers) == {BookingState.CONFIRMED}
    assert taken(slot) == 2
    assert db.session.query(OutboxMessage).filter_by(kind="booking_confirmed").count() == 1
