"""Own questions in every form that books: asked once, looked at on the server, kept with the booking."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from openday.extensions import db
from openday.models import Answer, Booking, Question
from openday.models.words import GuestKind, QuestionKind
from openday.services.moving import move_booking
from tests.factories import make_event, make_question, make_slot
from tests.web.office import COURSE, FOR_ALL, GUEST, Journey
from tests.web.public.test_hostile_input import KEPT, REFUSED

NONCE = re.compile(r'name="nonce"[^>]*value="([^"]+)"')
PRESS = {"organisation": "Stadtblatt", "plans": "text", "accepts_photo_rule": "y"}


def form_of(slot, way: str = "buchen") -> str:
    return f"/t/{slot.event.slug}/{way}?slot={slot.id}"


def send(client, slot, answers, way: str = "buchen", **overrides):
    nonce = NONCE.search(client.get(form_of(slot, way)).text)[1]
    person = {"name": "Ayşe Kaya", "email": "a.kaya@example.org", "party_size": "1", "nonce": nonce, **overrides}
    return client.post(
        form_of(slot, way), data={**person, **{f"frage_{one.id}": text for one, text in answers.items()}}
    )


def stored() -> dict[int, str]:
    db.session.rollback()
    return {one.question_id: one.value for one in db.session.scalars(select(Answer))}


def make_questions(event) -> list[Question]:
    """One of each kind; the choice from several is asked of those only who eat with us."""
    eats = make_question(event, kind=QuestionKind.YES_NO, label="Essen Sie mit?", is_required=True)
    dish = make_question(
        event,
        kind=QuestionKind.SEVERAL_OF,
        label="Was essen Sie?",
        options="Suppe\nSalat\nKuchen",
        is_required=True,
        shown_if_id=eats.id,
        shown_if_answer="yes",
        keep_days=2,
    )
    return [
        eats,
        dish,
        make_question(event, kind=QuestionKind.ONE_OF, label="Welche Führung?", options="Haus\nGarten"),
        make_question(event, kind=QuestionKind.NUMBER, label="Wie viele Kinder?"),
        make_question(event, kind=QuestionKind.SHORT_TEXT, label="Woher kennen Sie uns?"),
        make_question(event, kind=QuestionKind.LONG_TEXT, label="Was möchten Sie wissen?"),
    ]


def test_every_kind_is_asked_stored_with_its_day_and_shown_to_the_guest(client):
    slot = make_slot()
    eats, dish, tour, children, source, wish = make_questions(slot.event)

    page = client.get(form_of(slot)).text
    answer = send(
        client,
        slot,
        {eats: "yes", dish: ["Suppe", "Kuchen"], tour: "Garten", children: "2", source: "Rundbrief", wish: "A\r\nB"},
    )
    own = unescape(client.get(answer.headers["Location"]).text)

    assert "Wir nutzen Ihre Angaben nur für diesen Termin" in page
    assert "Nur wenn Sie bei „Essen Sie mit?“ „Ja“ antworten." in unescape(page)
    assert stored() == {
        eats.id: "yes", dish.id: "Suppe\nKuchen", tour.id: "Garten", children.id: "2", source.id: "Rundbrief",
        wish.id: "A\nB",
    }  # fmt: skip
    days = {one.question_id: one.erase_on - slot.berlin_day for one in db.session.scalars(select(Answer))}
    assert (days[eats.id], days[dish.id]) == (timedelta(days=30), timedelta(days=2))
    assert all(words in own for words in ("Essen Sie mit?", ">Ja<", "Suppe, Kuchen", "Rundbrief"))


def test_own_data_say_what_was_asked_and_what_for(client):
    slot = make_slot()
    question = make_question(slot.event)

    link = send(client, slot, {question: "Rundbrief"}).headers["Location"]
    data = client.get(f"{link}.json").get_json()

    [one] = data["answers"]
    assert (one["question"], one["value"], one["purpose"]) == (question.label, "Rundbrief", question.purpose)


def test_required_answer_is_missed_in_words_and_everything_else_is_kept(client):
    slot = make_slot()
    eats, _dish, _tour, _children, source, _wish = make_questions(slot.event)

    answer = send(client, slot, {source: "Rundbrief"})

    assert answer.status_code == 422
    assert "Beantworten Sie die Frage „Essen Sie mit?“" in unescape(answer.text)
    assert f'href="#frage_{eats.id}-0"' in answer.text
    assert 'value="Rundbrief"' in answer.text
    assert stored() == {}


@pytest.mark.parametrize(("eats_answer", "status"), [("yes", 422), ("no", 303)])
def test_condition_decides_on_the_server_whether_a_required_question_is_asked(client, eats_answer, status):
    slot = make_slot()
    eats, *_others = make_questions(slot.event)

    assert send(client, slot, {eats: eats_answer}).status_code == status


def test_answer_to_a_question_that_was_not_asked_is_not_kept(client):
    slot = make_slot()
    eats, dish, *_others = make_questions(slot.event)

    send(client, slot, {eats: "no", dish: ["Suppe"]})

    assert stored() == {eats.id: "no"}


def test_questions_of_another_event_are_none(client):
    slot = make_slot()
    foreign = make_question(make_event())

    assert send(client, slot, {foreign: "x"}).status_code == 303
    assert stored() == {}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("number", range(6))
def test_unusable_answers_are_refused_with_words(client, number, value):
    slot = make_slot()
    questions = make_questions(slot.event)
    good = {questions[0]: "yes", questions[1]: ["Salat"]}

    answer = send(client, slot, {**good, questions[number]: value})

    is_no_answer = not value.strip() and not questions[number].is_required
    has_lines = "\r\n" in value and questions[number].kind is QuestionKind.LONG_TEXT
    assert answer.status_code == (303 if is_no_answer or has_lines else 422)
    assert answer.status_code == 303 or 'value="Ayşe Kaya"' in answer.text


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_texts_of_every_kind_are_taken_as_they_are(client, value):
    slot = make_slot()
    question = make_question(slot.event)

    page = client.get(send(client, slot, {question: value}).headers["Location"]).text

    assert stored() == {question.id: value}
    assert "<script>alert" not in page
    assert "8641969" not in page


@pytest.mark.parametrize("number", ["-1", "1.5", "٣", "1000000", "9" * 5000, "zwei", "=1"])
def test_only_a_whole_number_is_a_number(client, number):
    slot = make_slot()
    question = make_question(slot.event, kind=QuestionKind.NUMBER)

    assert send(client, slot, {question: number}).status_code == 422


@pytest.mark.parametrize(
    ("way", "kind", "extra"),
    [("gruppe", GuestKind.PROFESSIONAL, {}), ("presse", GuestKind.PRESS, PRESS)],
)
def test_other_ways_of_booking_ask_too(client, way, kind, extra):
    slot = make_slot(make_event(audiences=("public", "press", "professional")))
    question = make_question(slot.event, is_required=True)

    refused = send(client, slot, {}, way, **extra)
    taken = send(client, slot, {question: "Rundbrief"}, way, **extra)

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert stored() == {question.id: "Rundbrief"}
    assert db.session.scalar(select(Booking.guest_kind)) is kind


def test_moving_to_another_day_changes_the_day_the_answer_goes(client):
    slot = make_slot()
    later = make_slot(slot.event, starts_at=slot.starts_at + timedelta(days=5))
    question = make_question(slot.event, keep_days=2)
    token = send(client, slot, {question: "Rundbrief"}).headers["Location"].rsplit("/", 1)[1]

    move_booking(token, later.id)

    assert db.session.scalar(select(Answer.erase_on)) == later.berlin_day + timedelta(days=2)


def test_an_office_is_asked_too_and_sees_the_answer_before_it_sends(client):
    slot = make_slot(make_event(audiences=FOR_ALL))
    question = make_question(slot.event, is_required=True)
    journey = Journey(client, slot.event).begin(slot)
    journey.send(**GUEST)

    assert journey.send(**COURSE).status_code == 422
    journey.send(**COURSE, **{f"frage_{question.id}": "Rundbrief"})
    assert "Rundbrief" in journey.page
    assert journey.send(art="buchen").status_code == 303
    assert stored() == {question.id: "Rundbrief"}
