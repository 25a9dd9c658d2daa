"""Writers of SQLite queue, whichever process they are in: none asks again and again."""

from collections.abc import Callable
from fcntl import LOCK_EX, flock
from threading import Event, Thread
from time import sleep

import pytest
from flask import Flask

from openday.errors import Busy
from openday.extensions import db
from openday.transaction import _first_in_line, transaction

PATIENCE = 0.2  # seconds


@pytest.fixture
def begun_by(app: Flask) -> Callable[[], Event]:
    """Let somebody else write, and return what is set once they have begun."""

    def start() -> Event:
        begun = Event()

        def write() -> None:
            with app.app_context():
                transaction(begun.set)()

        Thread(target=write).start()
        return begun

    return start


def test_a_writer_waits_while_another_process_writes(begun_by):
    if db.engine.name != "sqlite":
        pytest.skip("PostgreSQL has a queue for each row")
    with open(f"{db.engine.url.database}-queue", "ab") as other_process:
        flock(other_process, LOCK_EX)
        begun = begun_by()
        was_early = begun.wait(PATIENCE)

    assert not was_early
    assert begun.wait(10)


def test_only_the_first_waits_longer_than_its_patience(begun_by, monkeypatch):
    if db.engine.name != "sqlite":
        pytest.skip("PostgreSQL has a queue for each row")
    monkeypatch.setattr("openday.transaction.PATIENCE", PATIENCE)
    with open(f"{db.engine.url.database}-queue", "ab") as other_process:
        flock(other_process, LOCK_EX)
        first = begun_by()
        while not _first_in_line.locked():
            sleep(0.01)

        with pytest.raises(Busy):
            transaction(Event)()

    assert first.wait(10)


def test_a_writer_gives_its_turn_back_whatever_happens(app, begun_by):
    @transaction
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert begun_by().wait(10)
