"""Both workers are asked, and what waits for one that dies is answered by the one that comes after it."""

import os
import select
import signal
import socket
import time
from contextlib import ExitStack

import pytest

from openday.settings import MailSettings, Mode, Settings
from openday.web.listeners import CAN_DIVIDE
from tests.conftest import TEST_KEY
from tests.served import Server, serving

CLIENTS = 24

pytestmark = pytest.mark.skipif(not CAN_DIVIDE, reason="only Linux divides connections")


def both_workers(server: Server) -> list[int]:
    while len(found := server.workers()) < 2:
        time.sleep(0.05)
    return found


def asking(server: Server) -> socket.socket:
    asked = socket.create_connection(("127.0.0.1", server.port))
    asked.sendall(b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return asked


def unanswered(asked: set[socket.socket], patience: float) -> set[socket.socket]:
    """Return those that hear nothing, when nobody has heard anything for some seconds."""
    waiting = set(asked)
    while waiting and (answered := select.select(waiting, [], [], patience)[0]):
        assert all(one.recv(1 << 16).startswith(b"HTTP/1.1 200 ") for one in answered)
        waiting.difference_update(answered)
    return waiting


def test_connections_are_divided_among_the_workers_and_outlive_a_killed_one(tmp_path):
    settings = Settings(
        Mode.TESTING, tmp_path, f"sqlite:///{tmp_path / 'openday.sqlite'}", TEST_KEY, "http://127.0.0.1", MailSettings()
    )
    with serving(settings, tmp_path) as server, ExitStack() as connections:
        still, _awake = both_workers(server)
        os.kill(still, signal.SIGSTOP)
        asked = {connections.enter_context(asking(server)) for _ in range(CLIENTS)}

        waiting = unanswered(asked, 0.5)
        os.kill(still, signal.SIGKILL)

        assert 0 < len(waiting) < CLIENTS
        assert not unanswered(waiting, 20)
