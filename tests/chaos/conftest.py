"""A worker with little patience, pointed at a peer of the test's own."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace

import pytest
from flask import Flask

from openday import transaction
from openday.extensions import db
from tests.chaos.smtp_peer import Manners, Peer

TIMEOUT = 0.25  # seconds; one byte every 0.1 s never trips it, only the deadline of the whole does


def point_at(app: Flask, port: int, monkeypatch: pytest.MonkeyPatch, timeout: float = TIMEOUT) -> None:
    """Let the application submit its mails to a port on this machine."""
    settings = app.extensions["openday.settings"]
    patient = replace(settings, mail=replace(settings.mail, timeout=timeout))
    monkeypatch.setitem(app.extensions, "openday.settings", patient)
    mail = app.extensions["mail"]
    for name, value in {"server": "127.0.0.1", "port": port, "use_tls": False, "use_ssl": False}.items():
        monkeypatch.setattr(mail, name, value)


@pytest.fixture
def peer_with(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Manners], Peer]]:
    """Start a peer with given manners and point the application at it."""
    started: list[Peer] = []

    def start(manners: Manners) -> Peer:
        peer = Peer(manners)
        started.append(peer)
        point_at(app, peer.port, monkeypatch)
        return peer

    yield start
    for peer in started:
        peer.close()


@pytest.fixture
def side_by_side(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Let two transactions read before either writes, on SQLite too."""
    if db.engine.dialect.name == "sqlite":
        monkeypatch.setattr(transaction, "turn_to_write", nullcontext)
        monkeypatch.setattr(transaction, "begin_to_write", lambda _connection: None)
    return app
