"""Booking a slot: the seats, the mail and the booking are one thing or nothing."""

import pytest
from sqlalchemy import select, update

from openday.errors import AlreadyBooked, SlotFull
from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, OutboxMessage, SeatPool
from openday.services.booking import book_slot
from openday.services.visit import visit_of_slot
from tests.factories import booking_request, make_slot


def test_booking_takes_the_seats_and_queues_one_confirmation(app):
    slot = make_slot(capacity=8)

    receipt = book_slot(booking_request(slot, party_size=3))

    booking = db.session.scalars(select(Booking)).one()
    assert booking.reference == receipt.reference
    assert db.session.get(SeatPool, booking.seats[0].seat_pool_id, populate_existing=True).taken == 3
    assert [mail.kind for mail in db.session.scalars(select(OutboxMessage))] == ["booking_confirmed"]


def test_full_slot_refuses_and_leaves_nothing_behind(app):
    slot = make_slot(capacity=2)
    book_slot(booking_request(slot, party_size=2))

    with pytest.raises(SlotFull) as refusal:
        book_slot(booking_request(slot, party_size=1))

    assert refusal.value.seats_left == 0
    assert len(db.session.scalars(select(Booking)).all()) == 1
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1


def test_the_same_form_sent_twice_is_one_booking(app):
    slot = make_slot(capacity=2)
    request = booking_request(slot)

    assert book_slot(request) == book_slot(request)

    assert len(db.session.scalars(select(Booking)).all()) == 1


def test_the_same_form_with_other_content_is_not_a_silent_second_booking(app):
    slot = make_slot(capacity=5)
    request = booking_request(slot, party_size=1)
    first = book_slot(request)

    with pytest.raises(AlreadyBooked) as refusal:
        book_slot(booking_request(slot, party_size=2, nonce=request.nonce))

    assert refusal.value.token == first.token
    assert len(db.session.scalars(select(Booking)).all()) == 1


def test_what_was_written_about_an_older_event_is_written_anew_and_nothing_of_it_stays(app):
    slot = make_slot()
    visit = visit_of_slot(slot.id)
    db.session.execute(update(Event).values(title="Ein neuer Titel", sequence=Event.sequence + 1))
    db.session.commit()

    receipt = book_slot(booking_request(slot), visit)

    assert [booking.reference for booking in db.session.scalars(select(Booking))] == [receipt.reference]
    (mail,) = db.session.scalars(select(OutboxMessage))
    assert "Ein neuer Titel" in mail.text
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "booked")).all()) == 1


def test_who_finds_the_seats_gone_only_at_the_claim_leaves_nothing_behind(app):
    slot = make_slot(capacity=2)
    visit = visit_of_slot(slot.id)
    book_slot(booking_request(slot, party_size=2))

    with pytest.raises(SlotFull):
        book_slot(booking_request(slot), visit)

    for left in (Booking, OutboxMessage, AuditEntry):
        assert len(db.session.scalars(select(left)).all()) == 1
