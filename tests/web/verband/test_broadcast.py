"""Writing to Träger in the browser: looked at with its count, then sent, however often one presses."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from openday.extensions import db
from openday.models import Broadcast, Membership, OutboxMessage, Verband
from openday.models.words import Role
from openday.services.broadcast import MOST_A_DAY
from tests.factories import make_coordinator, make_traeger, make_user, make_verband, save
from tests.web.staff import Browser, signed_in

FIELD = re.compile(r'name="(previewed|nonce)" type="hidden" value="([^"]*)"')
PATH = "/konto/verband/nachricht"
WORDS = {"subject": "Termine melden", "text": "Bitte bis Freitag."}


@pytest.fixture
def verband(app: Flask) -> Verband:
    verband = make_verband(name="AWO")
    for _ in range(2):
        make_user(make_traeger(verbaende=[verband]))
    return verband


@pytest.fixture
def desk(app: Flask, verband: Verband) -> Browser:
    return signed_in(app, make_coordinator(verband))


def words(verband: Verband, **overrides: str) -> dict[str, str]:
    return {**WORDS, "circle": f"verband-{verband.id}", **overrides}


def sent() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(OutboxMessage.kind == "broadcast")) or 0


def test_it_is_looked_at_then_sent_once_and_listed(desk: Browser, verband: Verband) -> None:
    shown = desk.send(PATH, words(verband))
    assert shown.status_code == 200
    assert "<b>2 E-Mails</b> an 2 Träger." in shown.text
    assert sent() == 0
    fields = {**words(verband), **dict(FIELD.findall(shown.text)), "action": "senden"}

    assert [desk.send(PATH, fields).status_code for _press in range(2)] == [303, 303]

    assert sent() == 2
    page = desk.get(PATH).text
    assert "An 2 Adressen gesendet." in page
    assert "Termine melden" in page


def test_what_was_changed_after_the_preview_is_shown_again_first(desk: Browser, verband: Verband) -> None:
    shown = desk.send(PATH, words(verband)).text
    fields = {**words(verband), **dict(FIELD.findall(shown)), "text": "Etwas anderes.", "action": "senden"}

    assert "Etwas anderes." in desk.send(PATH, fields).text
    assert sent() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"subject": ""}, "Geben Sie den Betreff ein"),
        ({"subject": "x" * 61}, "höchstens 60 gehen"),
        ({"subject": "a\r\nBcc: x@example.org"}, "Steuerzeichen"),
        ({"text": ""}, "Geben Sie die Nachricht ein"),
        ({"text": "x" * 4001}, "höchstens 4000 gehen"),
        ({"text": "a\x00b"}, "Steuerzeichen"),
        ({"circle": "alle"}, "An die Träger von"),
        ({"circle": "verband-999999"}, ""),
        ({"circle": "=1+1"}, ""),
    ],
)
def test_bad_input_is_said_in_a_sentence(
    desk: Browser, verband: Verband, fields: dict[str, str], sentence: str
) -> None:
    answer = desk.send(PATH, {**words(verband, **fields), "action": "senden"})

    assert answer.status_code == 422
    assert "Fehler:" in answer.text
    assert sentence in answer.text
    assert sent() == 0
    assert db.session.scalar(select(func.count()).select_from(Broadcast)) == 0


def test_a_person_with_two_circles_chooses(app: Flask, verband: Verband) -> None:
    user = make_coordinator(verband)
    save(Membership(user_id=user.id, land="BY", role=Role.COORDINATOR))
    desk = signed_in(app, user)

    assert "Bayern" in desk.get(PATH).text
    answer = desk.send(PATH, words(verband, circle="land-BY"))

    assert answer.status_code == 422
    assert "Hier gibt es noch keinen Träger mit E-Mail-Adresse" in answer.text


def test_after_enough_for_a_day_it_says_so(desk: Browser, verband: Verband) -> None:
    for number in range(MOST_A_DAY + 1):
        fields = words(verband, text=f"Nachricht {number}")
        shown = desk.send(PATH, fields)
        desk.send(PATH, {**fields, **dict(FIELD.findall(shown.text)), "action": "senden"})

    assert shown.status_code == 422
    assert "Schreiben Sie morgen wieder" in shown.text
    assert sent() == 2 * MOST_A_DAY
