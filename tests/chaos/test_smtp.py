"""No lost mail: whatever the mail server does, every mail arrives at least once, or its failure can be seen."""

import socket
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from openday import clock
from openday.extensions import db
from openday.mailing import delivery
from openday.mailing.delivery import deliver_due
from openday.mailing.outbox import LONGEST_PAUSE
from openday.models import Booking, OutboxMessage
from openday.models.words import OutboxState
from openday.services.booking import book_slot
from tests.chaos.conftest import point_at
from tests.chaos.smtp_peer import BANNER, BODY, CRAWL, DATA, DOT, DROP, EHLO, HANG, MAIL, RCPT, Manners, Peer
from tests.factories import booking_request, make_slot, save

pytestmark = pytest.mark.chaos

MAILS = 4
ROUNDS = 12
TRANSIENT = {
    "banner 421": {BANNER: "421 4.3.2 busy"},
    "banner never": {BANNER: HANG},
    "greeting dropped": {EHLO: DROP},
    "sender deferred": {MAIL: "451 4.3.0 later"},
    "sender refused": {MAIL: "550 5.7.1 who are you"},
    "recipient greylisted": {RCPT: "450 4.2.0 greylisted"},
    "recipient 421": {RCPT: "421 4.3.2 closing"},
    "recipient hangs": {RCPT: HANG},
    "data 451": {DATA: "451 4.3.0 later"},
    "drop inside data": {BODY: DROP},
    "content 452": {DOT: "452 4.3.1 full"},
    "drop after the final dot": {DOT: DROP},
    "hang after the final dot": {DOT: HANG},
}
CODE = {"kind": "sign_in_code", "message_id": "<1@example.org>", "subject": "Ihr Code", "text": "123456", "html": ""}
AMBIGUOUS = {"drop after the final dot", "hang after the final dot"}


def queue_mails(number: int = MAILS) -> list[OutboxMessage]:
    slot = make_slot(capacity=50, starts_at=clock.now() + timedelta(days=10))
    for index in range(number):
        book_slot(booking_request(slot, email=f"gast{index}@example.org"))
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def deliver_all(traveller: time_machine.Traveller) -> None:
    """Work like the worker does, with the waiting time left out."""
    for _round in range(ROUNDS):
        while deliver_due():
            pass
        if not waiting():
            return
        traveller.shift(LONGEST_PAUSE + timedelta(minutes=1))


def waiting() -> int:
    open_states = (OutboxState.QUEUED, OutboxState.SENDING)
    return db.session.scalar(select(func.count()).where(OutboxMessage.state.in_(open_states))) or 0


def states() -> list[tuple[OutboxState, str | None]]:
    db.session.rollback()
    rows = db.session.execute(select(OutboxMessage.state, OutboxMessage.last_answer).order_by(OutboxMessage.id))
    return [(row.state, row.last_answer) for row in rows]


@pytest.mark.parametrize("case", TRANSIENT)
def test_every_mail_arrives_once_a_server_has_recovered(app: Flask, peer_with, case: str) -> None:
    expected = {mail.recipient: mail.message_id for mail in queue_mails()}
    peer = peer_with(Manners(TRANSIENT[case], times=3))

    with time_machine.travel(clock.now(), tick=True) as traveller:
        deliver_all(traveller)

    arrived = peer.arrived()
    assert {recipient: set(ids) for recipient, ids in arrived.items()} == {to: {i} for to, i in expected.items()}
    copies = sum(len(ids) for ids in arrived.values())
    assert copies == MAILS + (3 if case in AMBIGUOUS else 0)
    assert states() == [(OutboxState.SENT, "250")] * MAILS


def test_nothing_is_lost_while_nobody_listens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {mail.recipient: [mail.message_id] for mail in queue_mails()}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    point_at(app, port, monkeypatch)

    with time_machine.travel(clock.now(), tick=True) as traveller:
        assert [deliver_due() for _round in range(3)] == [0, 0, 0]
        assert set(states()) == {(OutboxState.QUEUED, "unreachable"), (OutboxState.QUEUED, None)}
        peer = Peer(port=port)
        deliver_all(traveller)

    peer.close()
    assert peer.arrived() == expected


@pytest.mark.parametrize("verb", [BANNER, EHLO, RCPT, DATA])
def test_a_server_that_sends_a_byte_at_a_time_does_not_hold_the_worker(app: Flask, peer_with, verb: str) -> None:
    expected = {mail.recipient: [mail.message_id] for mail in queue_mails()}
    peer = peer_with(Manners({verb: CRAWL}))
    with time_machine.travel(clock.now(), tick=True) as traveller:
        began = time.perf_counter()
        assert deliver_due() == 0
        assert time.perf_counter() - began < 3

        peer.manners = Manners()
        deliver_all(traveller)

    assert peer.arrived() == expected


def test_a_refused_recipient_is_a_visible_failure_and_stops_nobody_else(app: Flask, peer_with) -> None:
    mails = queue_mails()
    peer = peer_with(Manners({RCPT: "550 5.1.1 no such user gast1@example.org"}, only_for="gast1@example.org"))

    while deliver_due():
        pass

    assert set(peer.arrived()) == {"gast0@example.org", "gast2@example.org", "gast3@example.org"}
    sent = (OutboxState.SENT, "250")
    assert states() == [sent, (OutboxState.FAILED, "550 5.1.1"), sent, sent]
    kept = db.session.get(OutboxMessage, mails[1].id, populate_existing=True)
    assert kept.recipient == "gast1@example.org"


def test_refused_content_is_a_visible_failure(app: Flask, peer_with) -> None:
    queue_mails(1)
    peer_with(Manners({DOT: "552 5.3.4 too big"}))

    assert deliver_due() == 1

    assert states() == [(OutboxState.FAILED, "552 5.3.4")]


def test_a_mail_that_upsets_the_server_does_not_hold_up_the_others(app: Flask, peer_with) -> None:
    queue_mails()
    peer = peer_with(Manners({BODY: DROP}, only_for="gast0@example.org"))

    assert deliver_due() == MAILS - 1

    assert "gast0@example.org" not in peer.arrived()
    assert states()[0] == (OutboxState.QUEUED, "disconnected")


def test_booking_is_as_fast_as_ever_while_the_mail_server_hangs(app: Flask, peer_with) -> None:
    queue_mails(1)
    slot = make_slot(capacity=50)
    peer = peer_with(Manners({RCPT: HANG}))
    point_slowly = threading.Thread(target=deliver_in_thread, args=(app,))
    point_slowly.start()
    assert peer.is_hung.wait(5)

    began = time.perf_counter()
    for number in range(10):
        book_slot(booking_request(slot, email=f"neu{number}@example.org"))
    elapsed = time.perf_counter() - began

    point_slowly.join()
    assert elapsed < 2
    assert db.session.scalar(select(func.count()).select_from(Booking)) == 11


def deliver_in_thread(app: Flask) -> None:
    with app.app_context():
        deliver_due()
        db.session.remove()


def test_two_workers_send_every_mail_exactly_once(app: Flask, peer_with) -> None:
    expected = {mail.recipient: [mail.message_id] for mail in queue_mails(8)}
    peer = peer_with(Manners())
    workers = [threading.Thread(target=drain_in_thread, args=(app,)) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert peer.arrived() == expected


def drain_in_thread(app: Flask) -> None:
    with app.app_context():
        while deliver_due(limit=2):
            pass
        db.session.remove()


def test_the_whole_queue_goes_over_one_kept_connection(app: Flask, peer_with) -> None:
    queue_mails(8)
    peer = peer_with(Manners())

    assert deliver_due() == 8

    assert peer.connections == 1
    assert peer.hellos == ["offene-tuer.example.org"]


def test_a_sign_in_code_waits_for_a_turn_and_not_for_all_the_mails_of_a_slow_server(app, peer_with, monkeypatch):
    monkeypatch.setattr(delivery, "TURN", 0.0)
    queue_mails()
    peer = peer_with(Manners())
    assert deliver_due() == 1
    save(OutboxMessage(**CODE, recipient="leitung@example.org"))

    assert deliver_due() == 1

    assert list(peer.arrived()) == ["gast0@example.org", "leitung@example.org"]
    assert states()[1:4] == [(OutboxState.QUEUED, None)] * 3


@pytest.mark.parametrize("wish", [{"use_tls": True}, {"username": "openday", "password": "geheim"}])
def test_a_server_that_cannot_keep_a_secret_gets_no_mail(app: Flask, peer_with, monkeypatch, wish) -> None:
    queue_mails(1)
    peer = peer_with(Manners())  # offers neither STARTTLS nor AUTH
    for name, value in wish.items():
        monkeypatch.setattr(app.extensions["mail"], name, value)

    assert deliver_due() == 0

    assert peer.mails == []
    assert states() == [(OutboxState.QUEUED, "not supported")]
