"""The judge of the storms is judged first: a true history is acquitted, each kind of wrong one is convicted."""

import json
from dataclasses import replace

import pytest

from tests.chaos.history import Answer, History, Outcome, Stored, verdicts

pytestmark = pytest.mark.chaos

CAPACITY = {1: 2}


def booked(email, at=0.0, outcome=Outcome.OK, seats=1, act="book"):
    digest = f"link of {email}" if outcome is Outcome.OK and act == "book" else ""
    return Answer(act, email, 1, seats, at, at + 1, outcome, digest)


def row(email, seats=1, **changes):
    return replace(Stored(email, 1, seats, False, f"link of {email}"), **changes)


def kinds(answers, rows):
    return [verdict.split(":")[0] for verdict in verdicts(answers, rows, CAPACITY)]


TRUE = [booked("a"), booked("b"), booked("c", at=2, outcome=Outcome.FULL), booked("d", at=2, outcome=Outcome.INFO)]


def test_a_true_history_is_acquitted():
    assert kinds(TRUE, [row("a"), row("b")]) == []


def test_what_nobody_knows_may_have_happened_or_not():
    unknown = [booked("a"), booked("d", outcome=Outcome.INFO)]

    assert kinds(unknown, [row("a")]) == []
    assert kinds(unknown, [row("a"), row("d")]) == []


def test_a_form_sent_again_after_an_unknown_end_is_one_booking():
    answers = [booked("a", outcome=Outcome.INFO), booked("a", at=2), booked("a", at=4)]

    assert kinds(answers, [row("a")]) == []


def test_a_seat_given_back_may_be_taken_again():
    answers = [booked("a", seats=2), booked("a", at=2, seats=2, act="cancel"), booked("b", at=4, seats=2)]

    assert kinds(answers, [row("a", seats=2, is_cancelled=True), row("b", seats=2)]) == []


@pytest.mark.parametrize(
    ("kind", "answers", "rows"),
    [
        ("lost", TRUE, [row("a")]),
        ("duplicate", TRUE, [row("a"), row("b"), row("b", is_cancelled=True)]),
        ("phantom", [booked("c", outcome=Outcome.REFUSED)], [row("c")]),
        ("phantom", [], [row("x")]),
        ("changed", [booked("a")], [row("a", seats=2)]),
        ("changed", [booked("a")], [row("a", slot_id=7)]),
        ("changed", [booked("a")], [row("a", token_digest="another")]),
        ("changed", [booked("a")], [row("a", is_cancelled=True)]),
        ("wavering", [booked("a"), replace(booked("a", at=2), token_digest="another")], [row("a")]),
        ("undone", [booked("a"), booked("a", at=2, act="cancel")], [row("a")]),
        ("oversold", [booked("a"), booked("b"), booked("c")], [row("a"), row("b"), row("c")]),
        ("false full", [booked("a"), booked("c", at=2, outcome=Outcome.FULL)], [row("a")]),
    ],
)
def test_a_wrong_history_is_convicted(kind, answers, rows):
    assert kind in kinds(answers, rows)


def test_seats_that_were_oversold_for_a_moment_only_are_found():
    answers = [booked(name) for name in "abc"] + [booked("c", at=5, act="cancel")]

    assert kinds(answers, [row("a"), row("b"), row("c", is_cancelled=True)]) == ["oversold"]


def test_full_is_no_lie_while_a_cancellation_is_on_its_way():
    answers = [
        booked("a", seats=2),
        booked("a", at=2, seats=2, act="cancel"),
        booked("b", at=2.5, outcome=Outcome.FULL),
    ]

    assert kinds(answers, [row("a", seats=2, is_cancelled=True)]) == []


def test_full_is_a_lie_once_the_seats_are_given_back():
    answers = [booked("a", seats=2), booked("a", at=2, seats=2, act="cancel"), booked("b", at=4, outcome=Outcome.FULL)]

    assert kinds(answers, [row("a", seats=2, is_cancelled=True)]) == ["false full"]


def test_a_history_is_on_disk_line_by_line(tmp_path):
    history = History(tmp_path / "history.jsonl")

    invoked = history.note("book", "a@example.org", 1, 2)
    history.close(Answer("book", "a@example.org", 1, 2, invoked, invoked + 1, Outcome.FULL))

    lines = [json.loads(line) for line in history.path.read_text().splitlines()]
    assert [line["type"] for line in lines] == ["invoke", "full"]
