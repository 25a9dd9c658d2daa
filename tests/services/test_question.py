"""Answers to own questions: stored while the question is asked, erased counted from the day of the visit as it is."""

from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from openday import clock, tokens
from openday.extensions import db
from openday.models import Answer, VisitProposal
from openday.models.words import Awaits, BookingState, WaitingList
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.moving import move_booking
from openday.services.question import remove_question
from openday.services.receipt import secret_of
from openday.services.slot_change import move_times
from openday.services.visit_answer import accept_proposal, pick_time
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from openday.services.waiting_offer import pass_on
from tests.factories import booking_request, given, make_event, make_question, make_slot, make_user, save
from tests.services.house import DAY, at, house, move_of, owner_of, waiting

KEPT = timedelta(days=5)
LATER = DAY + timedelta(days=3)


def erased_on() -> date:
    return db.session.scalars(select(Answer.erase_on)).one()


def asked(slot, **overrides):
    """A request with one answer that is kept five days."""
    question = make_question(slot.event, keep_days=KEPT.days)
    return booking_request(slot, answers=(given(question, "Rundbrief"),), **overrides)


def request_for_later(event, awaits: Awaits):
    """A visit whose time has yet to be found, with an answer kept from today on."""
    question = make_question(event, keep_days=KEPT.days)
    digest = tokens.digest("office")
    booking = waiting(None, event, state=BookingState.REQUESTED, awaits=awaits, token_digest=digest)
    save(Answer(booking_id=booking.id, question_id=question.id, value="Rundbrief", erase_on=clock.today()))
    return booking


def test_a_question_that_goes_while_the_form_is_sent_takes_its_answer_along(app: Flask) -> None:
    slot = make_slot()
    stays, request = make_question(slot.event, label="Woher?"), asked(slot)
    request = booking_request(slot, answers=(*request.answers, given(stays, "Rundbrief")))
    remove_question(owner_of(slot.event), slot.event_id, request.answers[0].question_id)

    book_slot(request)

    assert db.session.scalars(select(Answer.question_id)).all() == [stays.id]


def test_the_guest_takes_another_day(app: Flask) -> None:
    event, [slot] = house(10)
    later = make_slot(event, starts_at=slot.starts_at + timedelta(days=3))
    request = asked(slot)
    book_slot(request)

    move_booking(secret_of(request.nonce), later.id)

    assert erased_on() == LATER + KEPT


def test_the_organiser_moves_the_day(app: Flask) -> None:
    event, [slot] = house(10)
    book_slot(asked(slot))

    move_times(owner_of(event), event.id, move_of(slot, day=LATER))

    assert erased_on() == LATER + KEPT


def test_the_host_takes_a_day_that_was_proposed(app: Flask) -> None:
    event, _slots = house(10)
    booking = request_for_later(event, Awaits.HOST)
    save(VisitProposal(booking_id=booking.id, is_by_host=False, position=0, day=LATER, start_time=time(11)))

    accept_proposal(booking.id, make_user().id, 0, time(11), 30)

    assert erased_on() == LATER + KEPT


def test_the_office_picks_a_day_that_was_offered(app: Flask) -> None:
    event, [slot] = house(10)
    later = make_slot(event, starts_at=slot.starts_at + timedelta(days=3))
    booking = request_for_later(event, Awaits.BOOKER)
    save(VisitProposal(booking_id=booking.id, is_by_host=True, position=0, slot_id=later.id))

    pick_time("office", 0)

    assert erased_on() == LATER + KEPT


@pytest.mark.parametrize("passes_on", [False, True])
def test_who_waits_for_any_time_is_offered_one_and_may_pass_it_on(app: Flask, passes_on: bool) -> None:
    event = make_event(waiting_list=WaitingList.OFFER, starts_on=DAY, ends_on=LATER)
    slot = make_slot(event, starts_at=at(10), capacity=1)
    first = booking_request(slot)
    book_slot(first)
    request = asked(slot)
    join_waiting_list(WaitingRequest(request, is_any_time=True))
    assert erased_on() == LATER + KEPT

    cancel_booking(secret_of(first.nonce))
    if passes_on:
        pass_on(secret_of(request.nonce))

    assert erased_on() == (LATER if passes_on else DAY) + KEPT
