"""The outbox: who may send what and when, and what is left of a mail afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.mailing import outbox
from openday.mailing.delivery import deliver_due
from openday.mailing.submission import Fate, Outcome
from openday.mailing.suppression import address_digest
from openday.models import OutboxMessage, Suppression
from openday.models.words import OutboxState
from openday.services.booking import book_slot
from openday.settings import Mode
from tests.factories import booking_request, make_slot, save

LATER = Outcome(Fate.DEFERRED, "451")


def make_mail(**overrides) -> OutboxMessage:
    values = {
        "kind": "booking_cancelled",
        "message_id": f"<{clock.now().timestamp()}-{overrides.get('kind', '')}@example.org>",
        "recipient": "a.kaya@example.org",
        "subject": "Abgesagt",
        "text": "https://offene-tuer.example.org/buchung/geheim",
        "html": "<p>geheim</p>",
        "calendar": "BEGIN:VCALENDAR",
    }
    return save(OutboxMessage(**{**values, **overrides}))


def stored(mail: OutboxMessage) -> OutboxMessage:
    return db.session.get(OutboxMessage, mail.id, populate_existing=True)


@pytest.fixture
def demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = app.extensions["openday.settings"]
    monkeypatch.setitem(app.extensions, "openday.settings", replace(settings, mode=Mode.DEMO))


def test_each_failure_waits_longer_and_after_five_days_it_is_given_up(app: Flask):
    waits = []
    with time_machine.travel(clock.now(), tick=False) as traveller:
        mail = make_mail()
        while stored(mail).state is OutboxState.QUEUED:
            (letter,) = outbox.claim(5)
            outbox.settle([(letter, LATER)])
            due_at = stored(mail).due_at
            waits.append((due_at - clock.now()) / timedelta(minutes=1))
            traveller.move_to(due_at)
            outbox.withhold_outdated()

    assert waits[:7] == [1, 5, 15, 30, 60, 120, 120]
    assert 60 < len(waits) < 70
    assert stored(mail).state is OutboxState.FAILED
    assert stored(mail).last_answer == "451"


def test_what_came_too_late_is_withheld_and_forgotten(app: Flask):
    mail = make_mail(kind="sign_in_code", expires_at=clock.now() - timedelta(seconds=1))

    assert deliver_due() == 0

    assert (stored(mail).state, stored(mail).text, stored(mail).subject) == (OutboxState.WITHHELD, "", "")


def test_what_was_tried_in_vain_until_its_time_ran_out_has_failed(app: Flask):
    mail = make_mail(attempts=3, last_answer="452 4.2.2", expires_at=clock.now() - timedelta(seconds=1))

    assert deliver_due() == 0

    left = stored(mail)
    assert (left.state, left.last_answer, left.text) == (OutboxState.FAILED, "452 4.2.2", "")


def test_a_claimed_mail_belongs_to_nobody_else_until_its_lease_ends(app: Flask):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        make_mail()
        (first,) = outbox.claim(5)
        assert outbox.claim(5) == []

        traveller.shift(outbox.LEASE + timedelta(seconds=1))
        (second,) = outbox.claim(5)

    assert second.id == first.id
    assert second.message_id == first.message_id


def test_a_worker_whose_lease_ended_can_change_nothing(app: Flask):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        mail = make_mail()
        (late,) = outbox.claim(5)
        traveller.shift(outbox.LEASE + timedelta(seconds=1))
        (current,) = outbox.claim(5)

        outbox.settle([(late, Outcome(Fate.REFUSED, "550"))])
        outbox.release([late])
        assert stored(mail).state is OutboxState.SENDING

        outbox.settle([(current, Outcome(Fate.SENT, "250"))])
    assert stored(mail).state is OutboxState.SENT


def test_a_released_mail_is_due_at_once_and_not_charged(app: Flask):
    make_mail()

    outbox.release(outbox.claim(5))

    (again,) = outbox.claim(5)
    assert again.attempts == 0


def test_sign_in_codes_go_first_then_who_waits_longest(app: Flask):
    at = clock.now()
    for minutes in (1, 3, 2):
        make_mail(message_id=f"<{minutes}@example.org>", due_at=at - timedelta(minutes=minutes))
    make_mail(message_id="<code@example.org>", kind="sign_in_code", due_at=at)

    order = [letter.message_id.strip("<>").partition("@")[0] for letter in outbox.claim(3)]

    assert order == ["code", "3", "2"]


def test_a_sent_mail_keeps_no_word_and_no_address(app: Flask):
    mail = make_mail(reply_to="kontakt@beispiel.de")
    (letter,) = outbox.claim(5)

    outbox.settle([(letter, Outcome(Fate.SENT, "250"))])

    left = stored(mail)
    assert (left.recipient, left.reply_to, left.subject, left.text, left.html, left.calendar) == (
        "",
        None,
        "",
        "",
        "",
        None,
    )
    assert left.sent_at is not None


def test_the_demo_delivers_into_its_own_mailbox(app: Flask, demo):
    receipt = book_slot(booking_request(make_slot(), email="a.kaya@example.org"))

    assert deliver_due() == 1

    (mail,) = db.session.scalars(select(OutboxMessage).execution_options(populate_existing=True))
    assert mail.state is OutboxState.SENT
    assert receipt.token in mail.text
    assert mail.recipient == "a.kaya@example.org"


def test_an_address_nobody_can_mail_fails_without_asking_the_server(app: Flask):
    mail = make_mail(recipient="a@b, c@d")

    assert deliver_due() == 1

    assert (stored(mail).state, stored(mail).last_answer) == (OutboxState.FAILED, "unmailable address")


def test_what_nobody_asked_for_never_reaches_an_address_that_wants_silence(app: Flask):
    unasked, asked = make_mail(kind="seat_offered", is_unasked=True), make_mail(kind="booking_confirmed")
    save(Suppression(address_digest=address_digest("A.Kaya@example.org")))

    claimed = outbox.claim(5)

    assert [letter.id for letter in claimed] == [asked.id]
    left = stored(unasked)
    assert (left.state, left.recipient, left.text) == (OutboxState.WITHHELD, "", "")
