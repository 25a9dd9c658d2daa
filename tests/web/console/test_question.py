"""The editor of own questions: ask, ask differently, in another order, no more; and a second look at what is asked."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import Event, Question
from openday.models.words import QuestionKind
from openday.services.booking import book_slot
from tests.factories import booking_request, given, make_event, make_question, make_slot, make_user
from tests.web.staff import Browser, signed_in

VALUES = {
    "label": "Wie viele Stühle?",
    "kind": "number",
    "options": "",
    "hint": "Rollbare Hocker zählen auch",
    "condition": "",
    "purpose": "damit genug da sind",
    "keep_days": "30",
}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def client(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path(event: Event, tail: object = "neu") -> str:
    return f"/konto/termine/{event.id}/fragen/{tail}"


def stored(event: Event) -> list[Question]:
    db.session.rollback()
    asked = select(Question).where(Question.event_id == event.id).order_by(Question.position)
    return list(db.session.scalars(asked.execution_options(populate_existing=True)))


def labels(event: Event) -> list[str]:
    return [one.label for one in stored(event)]


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_a_question_of_every_kind_is_stored_and_shown_again_as_it_was(
    client: Browser, event: Event, kind: QuestionKind
) -> None:
    values = {**VALUES, "kind": kind.value, "options": "Ein\r\n\r\n Zwei ", "is_required": "y", "keep_days": "7"}

    assert client.send(path(event), values).status_code == 303

    [question] = stored(event)
    chooses = kind in (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF)
    assert (question.kind, question.keep_days, question.is_required) == (kind, 7, True)
    assert question.options == ("Ein\nZwei" if chooses else "")
    page = unescape(client.get(path(event, question.id)).text)
    assert f'value="{kind.value}"' in page
    assert 'value="Wie viele Stühle?"' in page
    assert "Gelöscht 7 Tage nach dem Termin" in unescape(client.get(f"/konto/termine/{event.id}/fragen").text)


def test_thirty_days_are_the_default(client: Browser, event: Event) -> None:
    assert re.search(r'name="keep_days"[^>]*value="30"', client.get(path(event)).text)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"label": " "}, "Geben Sie die Frage ein"),
        ({"purpose": ""}, "wofür Sie die Antwort brauchen"),
        ({"kind": "essay"}, "Wählen Sie aus, wie geantwortet wird"),
        ({"kind": "one_of", "options": "Eine"}, "mindestens zwei verschiedene"),
        ({"kind": "one_of", "options": "Eine\nEine"}, "mindestens zwei verschiedene"),
        ({"kind": "several_of", "options": "\n".join(map(str, range(21)))}, "Höchstens 20"),
        ({"kind": "one_of", "options": "a\n" + "b" * 201}, "höchstens 200 Zeichen"),
        ({"keep_days": "366"}, "von 0 bis 365"),
        ({"keep_days": ""}, "Geben Sie die Tage ein"),
        ({"condition": "999:0"}, "Es gibt ein Problem"),
        ({"label": "a\x00b"}, "Steuerzeichen"),
        ({"hint": "x" * 301}, "höchstens 300"),
        ({"purpose": "a\u202eb"}, "Steuerzeichen"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_rest_kept(
    client: Browser, event: Event, changed: dict[str, str], words: str
) -> None:
    answer = client.send(path(event), {**VALUES, **changed})

    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert VALUES["hint"] in answer.text or "hint" in changed
    assert stored(event) == []


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Haben Sie eine Krankheit?", "Gesundheit"),
        ("Welche Allergien haben Sie?", "Gesundheit"),
        ("Aus welchem Herkunftsland kommen Sie?", "Herkunft"),
        ("Ihre Staatsangehörigkeit", "Herkunft"),
        ("Welche RELIGION?", "Religion"),
        ("Aufenthaltsstatus", "Aufenthalt"),
        ("Sind Sie geflüchtet?", "Aufenthalt"),
        ("In welcher Partei sind Sie?", "Partei"),
        ("Auf\u00adent\u00adhalts\u00adtitel", "Aufenthalt"),
    ],
)
def test_a_question_for_what_harms_people_is_stored_only_after_a_second_yes(
    client: Browser, event: Event, label: str, reason: str
) -> None:
    warned = client.send(path(event), {**VALUES, "label": label})

    assert warned.status_code == 422
    assert "Brauchen Sie das wirklich?" in warned.text
    assert f"Die Frage klingt nach {reason}" in unescape(warned.text)
    assert labels(event) == []
    assert client.send(path(event), {**VALUES, "label": label, "trotzdem": "1"}).status_code == 303
    assert labels(event) == [label]
    assert f"Die Frage klingt nach {reason}" in unescape(client.get(f"/konto/termine/{event.id}/fragen").text)


@pytest.mark.parametrize(
    "label", ["Wie viele Stühle?", "Welche Führung?", "In welcher Sprache?", "Kommen Sie mit Rad?"]
)
def test_a_harmless_question_is_stored_at_once(client: Browser, event: Event, label: str) -> None:
    assert client.send(path(event), {**VALUES, "label": label}).status_code == 303


def test_choices_and_hints_are_looked_at_too(client: Browser, event: Event) -> None:
    asked = {**VALUES, "kind": "one_of", "options": "evangelisch\nreligionslos"}

    assert "nach Religion" in client.send(path(event), asked).text


def test_a_second_yes_does_not_excuse_a_fault(client: Browser, event: Event) -> None:
    assert client.send(path(event), {**VALUES, "purpose": "", "trotzdem": "1"}).status_code == 422


def test_a_question_may_depend_on_an_earlier_answer_only(client: Browser, event: Event) -> None:
    first = make_question(event, kind=QuestionKind.YES_NO, label="Essen Sie mit?")
    client.send(path(event), {**VALUES, "condition": f"{first.id}:0"})

    second = stored(event)[1]
    assert (second.shown_if_id, second.shown_if_answer) == (first.id, "yes")
    assert client.send(path(event, first.id), {**VALUES, "condition": f"{second.id}:0"}).status_code == 422
    assert "„Essen Sie mit?“: Ja" in unescape(client.get(path(event, second.id)).text)
    for what in (f"{first.id}/loeschen", f"{first.id}/verschieben/runter", f"{second.id}/verschieben/hoch"):
        refused = client.send(path(event, what))
        assert (refused.status_code, labels(event)) == (409, ["Essen Sie mit?", "Wie viele Stühle?"])
    assert client.send(path(event, first.id), {**VALUES, "kind": "number"}).status_code == 422


def test_order_is_changed_step_by_step_and_ends_do_nothing(client: Browser, event: Event) -> None:
    one, _two, three = (make_question(event, label=name) for name in ("Eins", "Zwei", "Drei"))

    client.send(path(event, f"{three.id}/verschieben/hoch"))
    assert labels(event) == ["Eins", "Drei", "Zwei"]
    client.send(path(event, f"{one.id}/verschieben/hoch"))
    client.send(path(event, f"{one.id}/verschieben/runter"))
    assert labels(event) == ["Drei", "Eins", "Zwei"]


def test_deleting_asks_first_and_takes_the_answers_along(client: Browser, event: Event) -> None:
    slot, question = make_slot(event), make_question(event)
    book_slot(booking_request(slot, answers=(given(question, "Rundbrief"),)))

    asked = client.get(path(event, f"{question.id}/loeschen")).text
    assert "1 Antwort ist dann weg." in asked
    assert labels(event) == [question.label]

    assert client.send(path(event, f"{question.id}/loeschen")).status_code == 303
    assert labels(event) == []


def test_kind_of_an_answered_question_stays(client: Browser, event: Event) -> None:
    slot, question = make_slot(event), make_question(event)
    book_slot(booking_request(slot, answers=(given(question, "Rundbrief"),)))

    refused = client.send(path(event, question.id), {**VALUES, "kind": "number"})

    assert refused.status_code == 422
    assert "Gäste haben schon geantwortet" in refused.text
    assert stored(event)[0].kind is QuestionKind.SHORT_TEXT


def test_twelve_questions_are_enough(client: Browser, event: Event) -> None:
    for number in range(12):
        make_question(event, label=f"Frage {number}")

    assert client.send(path(event), VALUES).status_code == 409
    assert len(stored(event)) == 12


def test_arrays_and_markup_never_fail(client: Browser, event: Event) -> None:
    odd: dict[str, Any] = {name: ["<script>alert(1)</script>", "x" * 10_000] for name in VALUES}
    assert client.send(path(event), odd).status_code == 422

    client.send(path(event), {**VALUES, "label": "<script>alert(1)</script>"})
    for page in (f"/konto/termine/{event.id}/fragen", path(event, stored(event)[0].id)):
        assert "<script>alert" not in client.get(page).text
