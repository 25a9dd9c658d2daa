"""Calling an event off: everybody who booked is told once, and nobody slips in between."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from openday.errors import EventCancelled, NotAllowed, NotFound, SlotFull
from openday.extensions import db
from openday.models import AuditEntry, Booking, Campaign, Event, OutboxMessage, SeatPool, Slot
from openday.models.words import BookingState, CancelledBy, EventState, Role, SlotState
from openday.services import booking as booking_service
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.event_cancellation import cancel_event, told_by_cancelling
from openday.services.scope import Scope
from openday.services.slot import SlotBooked, remove_slot
from tests.chaos.together import Pause, at_once
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_traeger

STEPS = ["write_down", "take_seats"]  # of a booking: it is stored, nothing is claimed yet; it has its seats


def owner_of(event: Event, role: Role = Role.OWNER) -> Scope:
    return Scope(user_id=1, roles={event.traeger_id: role})


def called_off_mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "booking_called_off")))


def test_every_booking_is_cancelled_and_told_the_reason(app: Flask) -> None:
    event = make_event()
    slots = [make_slot(event), make_slot(event)]
    for slot in slots:
        book_slot(booking_request(slot, party_size=2, email=f"gast{slot.id}@example.org"))

    assert told_by_cancelling(event).persons == 4
    assert cancel_event(owner_of(event), event.id, "Wasserschaden") == 2

    assert {one.state for one in all_bookings()} == {BookingState.CANCELLED}
    assert {one.cancelled_by for one in all_bookings()} == {CancelledBy.ORGANISER}
    assert db.session.scalar(select(func.sum(SeatPool.taken))) == 0
    mails = called_off_mails()
    assert {mail.recipient for mail in mails} == {f"gast{slot.id}@example.org" for slot in slots}
    assert all("Wasserschaden" in mail.text for mail in mails)


def test_a_booking_given_up_before_hears_nothing_more(app: Flask) -> None:
    slot = make_slot()
    cancel_booking(book_slot(booking_request(slot)).token)

    assert cancel_event(owner_of(slot.event), slot.event_id, "Sturm") == 0

    assert called_off_mails() == []


def test_calling_off_twice_tells_once_and_keeps_the_first_reason(app: Flask) -> None:
    slot = make_slot()
    book_slot(booking_request(slot))
    cancel_event(owner_of(slot.event), slot.event_id, "Sturm")

    assert cancel_event(owner_of(slot.event), slot.event_id, "Doch nicht") == 0

    event = db.session.get_one(Event, slot.event_id, populate_existing=True)
    assert (event.state, event.cancel_reason) == (EventState.CANCELLED, "Sturm")
    assert len(called_off_mails()) == 1
    assert db.session.scalars(select(AuditEntry.detail).where(AuditEntry.object_type == "event")).all() == [
        "1 bookings told"
    ]


def test_it_is_news_for_calendars_and_kept_pages(app: Flask) -> None:
    event = make_event()
    listing = db.session.get_one(Campaign, event.campaign_id).version
    sequence, version = event.sequence, event.version

    cancel_event(owner_of(event), event.id, "Sturm")

    fresh = db.session.get_one(Event, event.id, populate_existing=True)
    assert (fresh.sequence, fresh.version) == (sequence + 1, version + 1)
    assert db.session.get_one(Campaign, event.campaign_id, populate_existing=True).version == listing + 1


def test_a_reader_may_not_and_a_stranger_does_not_find_it(app: Flask) -> None:
    event = make_event()

    with pytest.raises(NotAllowed):
        cancel_event(owner_of(event, Role.READER), event.id, "x")
    with pytest.raises(NotFound):
        cancel_event(Scope(user_id=2, roles={make_traeger().id: Role.OWNER}), event.id, "x")

    assert db.session.get_one(Event, event.id, populate_existing=True).state is EventState.PUBLISHED


@pytest.mark.chaos
def test_of_twenty_people_who_book_while_it_is_called_off_nobody_keeps_a_seat(app: Flask) -> None:
    slot = make_slot(capacity=30)
    scope, event_id = owner_of(slot.event), slot.event_id
    requests = [booking_request(slot, email=f"gast{number}@example.org") for number in range(20)]
    books = [lambda request=request: book_slot(request) for request in requests]

    answers = at_once(app, [*books[:10], lambda: cancel_event(scope, event_id, "Sturm"), *books[10:]])

    booked = [one for one in answers[:10] + answers[11:] if not isinstance(one, EventCancelled)]
    db.session.rollback()
    assert {one.state for one in all_bookings()} <= {BookingState.CANCELLED}
    assert len(booked) == answers[10] == len(called_off_mails())


@pytest.mark.chaos
@pytest.mark.parametrize("step", STEPS)
def test_a_booking_begun_before_the_event_is_called_off_is_told_or_refused(
    app: Flask, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    slot = make_slot()
    scope, event_id = owner_of(slot.event), slot.event_id
    pause = Pause()
    monkeypatch.setattr(booking_service, step, pause.behind(getattr(booking_service, step)))

    booked, told = at_once(
        app, [lambda: book_slot(booking_request(slot)), pause.meanwhile(lambda: cancel_event(scope, event_id, "Sturm"))]
    )

    db.session.rollback()
    assert isinstance(booked, EventCancelled) or told == 1
    assert {one.state for one in db.session.scalars(select(Booking))} <= {BookingState.CANCELLED}


@pytest.mark.chaos
@pytest.mark.parametrize("step", STEPS)
def test_a_time_that_is_booked_while_it_is_removed_is_kept_or_the_booking_is_refused(
    app: Flask, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    slot = make_slot()
    scope, event_id, slot_id = owner_of(slot.event), slot.event_id, slot.id
    pause = Pause()
    monkeypatch.setattr(booking_service, step, pause.behind(getattr(booking_service, step)))

    booked, removed = at_once(
        app,
        [lambda: book_slot(booking_request(slot)), pause.meanwhile(lambda: remove_slot(scope, event_id, slot_id))],
    )

    db.session.rollback()
    kept = list(db.session.scalars(select(Slot.state)))
    if isinstance(removed, SlotBooked):
        assert (len(all_bookings()), kept) == (1, [SlotState.OPEN])
    else:
        assert isinstance(booked, (SlotFull, NotFound))
        assert (all_bookings(), kept) == ([], [])
