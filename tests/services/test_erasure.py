"""Forgetting on time: what is due goes on its day, nothing goes earlier, and what stays is noticed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.clock import UTC
from openday.extensions import Base, db
from openday.models import Answer, Booking, OutboxMessage, RateCounter, StaffSession
from openday.models.words import GuestKind, OutboxState
from openday.services.booking import book_slot
from openday.services.booking_request import PressFacts
from openday.services.erasure import erase_due
from openday.services.invariants import breaches
from openday.services.question import keep_answers_until
from tests.factories import booking_request, given, make_event, make_question, make_slot, make_user, save

DAY_OF_EVENT = date(2026, 9, 16)
CANARY = "Kanarienvogel"


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def make_old_booking() -> Booking:
    """A booking for the day of the event, made a week before it, every free field filled."""
    with time_machine.travel(at(DAY_OF_EVENT - timedelta(days=7)), tick=False):
        event = make_event(starts_on=DAY_OF_EVENT, room_url=f"https://raum.example.org/{CANARY}", room_dial_in=CANARY)
        slot = make_slot(event, starts_at=at(DAY_OF_EVENT))
        question = make_question(event, keep_days=3)
        request = booking_request(
            slot,
            name=CANARY,
            email=f"{CANARY}@example.org",
            needs=CANARY,
            companions=CANARY,
            guest_kind=GuestKind.PRESS,
            press=PressFacts(plans=("photo",), deadline=CANARY),
            answers=(given(question, CANARY),),
        )
        book_slot(request)
        booking = db.session.scalars(select(Booking)).one()
        booking.booker_phone = booking.guest_name = booking.organisation = CANARY
        for mail in db.session.scalars(select(OutboxMessage)):  # of the press the house hears at once
            mail.state, mail.sent_at = OutboxState.SENT, clock.now()
        return save(booking)


def columns_with(word: str) -> set[str]:
    """Return every column of the database that holds the word somewhere."""
    db.session.rollback()
    found = set()
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(table.select()).mappings():
            found |= {f"{table.name}.{name}" for name, value in row.items() if word in str(value)}
    return found


def erase_at(day: date) -> int:
    with time_machine.travel(at(day, 13), tick=False):
        return erase_due()


def breaches_at(day: date) -> list[str]:
    with time_machine.travel(at(day, 1), tick=False):
        return [line for line in breaches() if line.startswith("I7")]


def test_values_go_on_their_day_and_none_goes_earlier(app: Flask):
    make_old_booking()
    contact = {
        f"bookings.{name}" for name in ("booker_name", "booker_email", "booker_phone", "guest_name", "organisation")
    } | {"press_visits.deadline"}
    soon = {"bookings.needs", "bookings.companions"}
    room = {"events.room_url", "events.room_dial_in"}
    mail = {f"outbox_messages.{name}" for name in ("recipient", "reply_to", "subject", "text", "html", "calendar")}

    left = {}
    for days in (-1, 0, 2, 3, 6, 7, 29, 30):
        erase_at(DAY_OF_EVENT + timedelta(days=days))
        left[days] = columns_with(CANARY)

    assert left[-1] == contact | soon | room | mail | {"answers.value"}
    assert left[0] == left[2] == contact | soon | room | {"answers.value"}  # the mail went out seven days before
    assert left[3] == left[6] == contact | soon | room  # the organiser promised three days for the answer
    assert left[7] == left[29] == contact
    assert left[30] == set()
    booking = db.session.scalars(select(Booking)).one()
    assert (booking.guest_kind, booking.party_size, booking.payload_digest) == (GuestKind.PUBLIC, 1, "")


def test_answers_are_kept_as_long_after_a_moved_visit(app: Flask):
    booking = make_old_booking()

    keep_answers_until(Booking.id == booking.id, DAY_OF_EVENT + timedelta(days=10))
    db.session.commit()

    left = {}
    for days in (12, 13):
        erase_at(DAY_OF_EVENT + timedelta(days=days))
        left[days] = db.session.scalars(select(Answer.value)).all()
    assert left == {12: [CANARY], 13: []}
    erase_due()


def test_erasing_again_changes_nothing(app: Flask):
    make_old_booking()
    last_day = DAY_OF_EVENT + timedelta(days=30)

    assert erase_at(last_day) > 0
    assert erase_at(last_day) == 0


def test_what_is_a_day_late_breaks_an_invariant(app: Flask):
    make_old_booking()
    erase_at(DAY_OF_EVENT - timedelta(days=2))  # what counts how often somebody asked is gone the next day

    assert breaches_at(DAY_OF_EVENT) == []
    assert breaches_at(DAY_OF_EVENT + timedelta(days=31)) == [
        "I7: Löschfrist überschritten in bookings (1)",
        "I7: Löschfrist überschritten in bookings (1)",
        "I7: Löschfrist überschritten in press_visits (1)",
        "I7: Löschfrist überschritten in answers (1)",
        "I7: Löschfrist überschritten in events (1)",
        "I7: Löschfrist überschritten in outbox_messages (2)",
    ]
    erase_at(DAY_OF_EVENT + timedelta(days=31))
    assert breaches_at(DAY_OF_EVENT + timedelta(days=31)) == []


def test_a_mail_nobody_took_is_forgotten_too_and_one_on_its_way_is_kept(app: Flask):
    sent_long_ago = clock.now() - timedelta(days=8)
    values: dict[str, Any] = {
        "kind": "booking_cancelled",
        "recipient": CANARY,
        "subject": "",
        "text": CANARY,
        "html": "",
    }
    for state in (OutboxState.FAILED, OutboxState.WITHHELD, OutboxState.QUEUED):
        save(OutboxMessage(**values, state=state, message_id=f"<{state}@example.org>", due_at=sent_long_ago))

    erase_due()

    kept = db.session.scalars(select(OutboxMessage.state).where(OutboxMessage.text == CANARY)).all()
    assert kept == [OutboxState.QUEUED]


@pytest.mark.parametrize(("hours", "is_left"), [(23, True), (25, False)])
def test_sessions_and_counters_end_as_whole_rows(app: Flask, hours, is_left):
    then = clock.now() - timedelta(hours=hours)
    save(StaffSession(id_digest="d" * 64, user_id=make_user().id, content="{}", seen_at=then))
    save(RateCounter(key=f"LIMITS/{CANARY}", hits=3, expires_at=then.timestamp()))

    erase_due()

    assert len(db.session.scalars(select(StaffSession)).all()) == is_left
    assert len(db.session.scalars(select(RateCounter)).all()) == is_left
