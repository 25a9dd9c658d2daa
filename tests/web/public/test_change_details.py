"""Correcting what one said: every kind of guest its own fields, and the answers to the organiser's questions."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Answer, OutboxMessage, Question
from openday.models.words import (
    Awaits,
    BookingState,
    FieldOfWork,
    GuestKind,
    MayAnnounce,
    PressProof,
    QuestionKind,
    YesNoOpen,
)
from openday.services.booking import book_slot
from openday.services.booking_request import GivenAnswer, PressFacts
from openday.services.moving import move_booking
from openday.services.question import remove_question
from openday.services.receipt import secret_of
from openday.services.scope import Scope
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, make_event, make_question, make_slot, make_user
from tests.statements import statements
from tests.web.office import make_house, visit_wish
from tests.web.public.own import booked, only_booking

PERSON = {"name": "Ayşe Kaya", "language": "de"}


def make_meal(event: Any) -> tuple[Question, Question]:
    """Ask whether somebody eats with us, and whoever does what."""
    eats = make_question(event, kind=QuestionKind.YES_NO, label="Essen Sie mit?", is_required=True)
    dish = make_question(
        event, kind=QuestionKind.SEVERAL_OF, label="Was essen Sie?", options="Suppe\nSalat\nKuchen", is_required=True,
        shown_if_id=eats.id, shown_if_answer="yes", keep_days=2,
    )  # fmt: skip
    return eats, dish


def answers() -> dict[int, str]:
    db.session.rollback()
    db.session.expire_all()
    return {one.question_id: one.value for one in db.session.scalars(select(Answer))}


def kept_days(slot: Any) -> dict[int, int]:
    return {one.question_id: (one.erase_on - slot.berlin_day).days for one in db.session.scalars(select(Answer))}


def mails(kind: str) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)))


@pytest.fixture
def meal(app):
    """A booking whose guest eats soup and cake; returns time, questions and the booking's page."""
    slot = make_slot()
    eats, dish = make_meal(slot.event)
    given = (GivenAnswer(eats.id, "yes", 30), GivenAnswer(dish.id, "Suppe\nKuchen", 2))
    return slot, eats, dish, booked(slot, answers=given)


def test_the_page_shows_the_answers_and_keeps_those_nobody_touched(client, meal):
    slot, eats, dish, own = meal
    dish.keep_days = 9  # what was promised stands for what was answered then
    db.session.commit()

    page = client.get(f"{own}/angaben").text
    client.post(f"{own}/angaben", data={**PERSON, f"frage_{eats.id}": "yes", f"frage_{dish.id}": ["Suppe", "Kuchen"]})

    assert re.search(rf'<input checked[^>]*name="frage_{eats.id}"[^>]*value="yes"', page)
    assert re.findall(rf'<input checked[^>]*name="frage_{dish.id}"[^>]*value="(\w+)"', page) == ["Suppe", "Kuchen"]
    assert answers() == {eats.id: "yes", dish.id: "Suppe\nKuchen"}
    assert kept_days(slot) == {eats.id: 30, dish.id: 2}


def test_an_answer_is_corrected_and_the_organiser_reads_the_new_one(client, meal):
    slot, eats, dish, own = meal

    answer = client.post(f"{own}/angaben", data={**PERSON, f"frage_{eats.id}": "yes", f"frage_{dish.id}": ["Salat"]})

    assert answer.status_code == 303
    assert answers() == {eats.id: "yes", dish.id: "Salat"}
    assert kept_days(slot)[dish.id] == 2
    assert "Salat" in client.get(own).text


def test_an_answer_nobody_asks_for_any_more_is_gone(client, meal):
    _slot, eats, dish, own = meal

    client.post(f"{own}/angaben", data={**PERSON, f"frage_{eats.id}": "no", f"frage_{dish.id}": ["Salat"]})

    assert answers() == {eats.id: "no"}


def test_what_is_missing_is_asked_for_and_what_was_typed_kept(client, meal):
    _slot, eats, dish, own = meal

    answer = client.post(f"{own}/angaben", data={**PERSON, "phone": "030 9", f"frage_{eats.id}": "yes"})

    assert answer.status_code == 422
    assert "Beantworten Sie die Frage" in answer.text
    assert 'value="030 9"' in answer.text
    assert answers() == {eats.id: "yes", dish.id: "Suppe\nKuchen"}
    assert only_booking().booker_phone is None


def test_a_question_added_later_is_asked_and_one_that_went_is_not(client, meal):
    slot, eats, dish, own = meal
    owner = Scope(make_user().id, {slot.event.traeger_id: "owner"})
    remove_question(owner, slot.event_id, dish.id)
    later = make_question(slot.event, label="Woher kennen Sie uns?")

    page = unescape(client.get(f"{own}/angaben").text)
    client.post(f"{own}/angaben", data={**PERSON, f"frage_{eats.id}": "yes", f"frage_{later.id}": "Rundbrief"})

    assert "Woher kennen Sie uns?" in page
    assert "Was essen Sie?" not in page
    assert answers() == {eats.id: "yes", later.id: "Rundbrief"}


def test_a_corrected_answer_counts_from_the_day_of_the_visit(client, meal):
    slot, eats, dish, own = meal
    later = make_slot(slot.event, starts_at=slot.starts_at + timedelta(days=3))
    move_booking(own.rsplit("/", 1)[1], later.id)

    assert only_booking().erase_on == clock.to_berlin(later.ends_at).date() + timedelta(days=30)
    assert kept_days(later) == {eats.id: 30, dish.id: 2}
    client.post(f"{own}/angaben", data={**PERSON, f"frage_{eats.id}": "yes", f"frage_{dish.id}": ["Salat"]})
    answers()

    assert kept_days(later) == {eats.id: 30, dish.id: 2}


def test_who_waits_corrects_the_answers_too(client):
    slot = make_slot(capacity=0)
    question = make_question(slot.event)
    party = booking_request(slot, answers=(GivenAnswer(question.id, "Plakat", 30),))
    join_waiting_list(WaitingRequest(party, is_any_time=True))

    client.post(f"/buchung/{secret_of(party.nonce)}/angaben", data={**PERSON, f"frage_{question.id}": "Rundbrief"})

    assert answers() == {question.id: "Rundbrief"}


def test_a_team_corrects_where_it_works(client):
    own = booked(make_slot(), guest_kind=GuestKind.PROFESSIONAL, organisation="JMD Leipzg")

    page = client.get(f"{own}/angaben").text
    client.post(f"{own}/angaben", data={**PERSON, "organisation": "JMD Leipzig", "field_of_work": "counselling"})

    assert 'value="JMD Leipzg"' in page
    booking = only_booking()
    assert (booking.organisation, booking.field_of_work) == ("JMD Leipzig", FieldOfWork.COUNSELLING)


OFFICE = {
    "name": "Alex Büro",
    "language": "de",
    "level": "bundestag",
    "constituency": "Leipzig-Süd",
    "brings_press": "yes",
    "may_announce": "yes",
    "topics": "Wartezeiten",
    "security_notes": "",
}


def own_visit(**overrides: Any) -> str:
    return booked_as(visit_wish(make_slot(make_house()), **overrides))


def booked_as(wish: Any) -> str:
    book_slot(wish)
    db.session.rollback()
    return f"/buchung/{secret_of(wish.nonce)}"


def test_an_office_corrects_what_it_said_and_the_house_hears_it_at_once(client):
    own = own_visit()
    page = client.get(f"{own}/angaben").text

    answer = client.post(f"{own}/angaben", data=OFFICE)

    assert re.search(r'<input checked[^>]*name="may_announce"[^>]*value="ask"', page)
    assert "Hintereingang" in page
    assert answer.status_code == 303
    visit = only_booking().political
    assert (visit.constituency, visit.brings_press, visit.may_announce) == (
        "Leipzig-Süd", YesNoOpen.YES, MayAnnounce.YES,
    )  # fmt: skip
    assert (visit.topics, visit.security_notes, visit.is_for_guest) == ("Wartezeiten", None, True)
    assert only_booking().guest_name == "Dr. Kim Sommer"
    [told] = mails("visit_changed_for_host")
    assert "Ankündigen: Ja" in told.text
    client.post(f"{own}/angaben", data={**OFFICE, "language": "en"})
    assert len(mails("visit_changed_for_host")) == 1
    client.post(f"{own}/angaben", data={**OFFICE, "topics": "Haushalt"})
    assert "Haushalt" in mails("visit_changed_for_host")[1].text


def test_who_books_for_nobody_else_has_one_name(client):
    own = own_visit(name="Kim Somer", guest_name="Kim Somer")

    client.post(f"{own}/angaben", data={**OFFICE, "name": "Kim Sommer"})

    assert (only_booking().guest_name, only_booking().booker_name) == ("Kim Sommer", "Kim Sommer")


@pytest.mark.parametrize(
    "wrong", [{"level": "x"}, {"may_announce": ""}, {"brings_press": "\x00"}, {"topics": "x" * 301}, {"name": " "}]
)
def test_what_an_office_may_not_leave_out_is_asked_for(client, wrong):
    own = own_visit()

    answer = client.post(f"{own}/angaben", data={**OFFICE, **wrong})

    assert answer.status_code == 422
    assert only_booking().political.constituency != "Leipzig-Süd"


def test_the_press_corrects_its_plans_and_the_house_hears_it(client):
    slot = make_slot(make_event(audiences=("public", "press")))
    press = PressFacts(("photo",), PressProof.CARD, ("client",), "heute")
    wish = booking_request(slot, guest_kind=GuestKind.PRESS, organisation="Stadtblatt", press=press)
    own = booked_as(wish)

    answer = client.post(
        f"{own}/angaben",
        data={
            **PERSON,
            "organisation": "Stadtblatt",
            "plans": ["video", "live"],
            "proof": "assignment",
            "deadline": "",
        },
    )

    assert answer.status_code == 303
    booking = only_booking()
    assert (booking.state, booking.awaits) == (BookingState.HELD, Awaits.HOST)
    assert (booking.press.plans, booking.press.proof) == (("video", "live"), PressProof.ASSIGNMENT)
    assert (booking.press.talks_to, booking.press.deadline) == ((), None)
    assert booking.press.photo_rule_accepted_at is not None
    assert len(mails("visit_changed_for_host")) == 1
    assert client.post(f"{own}/angaben", data={**PERSON, "organisation": "", "plans": []}).status_code == 422


def test_twelve_questions_cost_no_more_statements_than_one(client):
    counts = []
    for number in (1, 12):
        slot = make_slot(make_event(slug=f"fragen-{number}"))
        questions = [make_question(slot.event, label=f"Frage {n}?") for n in range(number)]
        own = booked(slot, answers=tuple(GivenAnswer(one.id, "Ja", 30) for one in questions))
        typed = {**PERSON, **{f"frage_{one.id}": "Nein" for one in questions}}
        with statements() as seen:
            assert client.get(f"{own}/angaben").status_code == 200
            shown = len(seen)
            assert client.post(f"{own}/angaben", data=typed).status_code == 303
        counts.append((shown, len(seen)))

    assert counts[1][0] == counts[0][0] <= 9
    assert counts[1][1] == counts[0][1]
