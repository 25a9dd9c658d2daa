"""The worker: it outlives every fault, ends when asked to, and takes up what a killed one left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from openday import clock
from openday.extensions import db, writer
from openday.mailing.outbox import LEASE
from openday.models import OutboxMessage
from openday.models.words import OutboxState
from openday.services.booking import book_slot
from openday.services.worker import LONGEST_PAUSE, Rhythm, turn, work
from openday.settings import Mode
from tests.chaos.smtp_peer import DOT, HANG, Manners, Peer
from tests.factories import booking_request, make_slot

LATER = clock.now().replace(microsecond=0) + timedelta(days=3)  # far enough that no house hears of tomorrow
PROGRAM = """
from openday.app import create_app
from openday.services.worker import work
with create_app().app_context():
    work()
"""


@pytest.fixture
def demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = app.extensions["openday.settings"]
    monkeypatch.setitem(app.extensions, "openday.settings", replace(settings, mode=Mode.DEMO))


def states() -> list[OutboxState]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)))


def rename(before: str, after: str) -> None:
    with writer(db.engine) as connection, connection.begin():
        connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))


def start_worker(app: Flask, peer: Peer) -> subprocess.Popen[bytes]:
    settings = app.extensions["openday.settings"]
    environment = os.environ | {
        "OPENDAY_MODE": "testing",
        "OPENDAY_DATABASE_URL": settings.database_url,
        "OPENDAY_INSTANCE_PATH": str(settings.instance_path),
        "OPENDAY_SECRET_KEY": settings.secret_key,
        "OPENDAY_PUBLIC_URL": settings.public_url,
        "OPENDAY_MAIL_SERVER": "127.0.0.1",
        "OPENDAY_MAIL_PORT": str(peer.port),
        "OPENDAY_MAIL_USE_TLS": "off",
        "OPENDAY_MAIL_SENDER": "openday@example.org",
        "OPENDAY_MAIL_TIMEOUT": "10",
    }
    return subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stderr=subprocess.DEVNULL)


def wait_until(is_true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < until, "nothing happened in time"
        time.sleep(0.05)


def test_once_sends_everything_that_is_due_and_returns(app: Flask, demo):
    slot = make_slot(capacity=50, starts_at=LATER)
    for number in range(25):
        book_slot(booking_request(slot, email=f"gast{number}@example.org"))

    work(once=True)

    assert states() == [OutboxState.SENT] * 25


def test_a_broken_database_ends_no_round_and_the_next_one_works(app: Flask, demo):
    book_slot(booking_request(make_slot(starts_at=LATER)))
    rhythm = Rhythm(pause=0.01)
    rhythm.stop.set()  # so that no round waits

    rename("outbox_messages", "outbox_elsewhere")
    try:
        turn(rhythm)
    finally:
        rename("outbox_elsewhere", "outbox_messages")
    assert rhythm.pause == 0.02
    turn(rhythm)

    assert states() == [OutboxState.SENT]


def test_pauses_grow_while_the_server_is_away_and_are_short_again_after(app: Flask):
    slot = make_slot(capacity=50)
    for number in range(9):
        book_slot(booking_request(slot, email=f"gast{number}@example.org"))
    rhythm = Rhythm()
    rhythm.stop.set()

    pauses = []
    for _round in range(6):
        turn(rhythm)
        pauses.append(rhythm.pause)

    assert pauses == [2, 4, 8, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert db.session.scalar(select(func.sum(OutboxMessage.attempts))) == 6  # one probe a round


def test_sigterm_ends_the_worker_with_its_work_done(app: Flask):
    book_slot(booking_request(make_slot(starts_at=LATER)))
    peer = Peer()
    worker = start_worker(app, peer)
    try:
        wait_until(lambda: states() == [OutboxState.SENT])
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    finally:
        worker.kill()
        peer.close()


def test_what_a_killed_worker_held_is_taken_up_with_the_same_message_id(app: Flask):
    book_slot(booking_request(make_slot(starts_at=LATER), email="a.kaya@example.org"))
    (message_id,) = db.session.scalars(select(OutboxMessage.message_id))
    peer = Peer(Manners({DOT: HANG}, times=1))
    worker = start_worker(app, peer)
    try:
        assert peer.is_hung.wait(20)
    finally:
        worker.kill()
        worker.wait()
    assert states() == [OutboxState.SENDING]

    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=True):
        second = start_in_process(app, peer)

    assert second == [OutboxState.SENT]
    assert peer.arrived() == {"a.kaya@example.org": [message_id, message_id]}
    peer.close()


def start_in_process(app: Flask, peer: Peer) -> list[OutboxState]:
    mail = app.extensions["mail"]
    before = mail.server, mail.port, mail.use_tls
    mail.server, mail.port, mail.use_tls = "127.0.0.1", peer.port, False
    try:
        work(once=True)
    finally:
        mail.server, mail.port, mail.use_tls = before
    return states()
