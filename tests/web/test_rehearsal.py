"""Whoever comes first after a start is served like everybody after them."""

import gc
from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import Environment

from openday.app import create_served_app
from openday.extensions import db
from openday.settings import Settings
from tests.factories import make_slot


@pytest.fixture
def served(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application as a web server gets it, on the database of the tests."""
    make_slot()
    for name, value in {
        "MODE": "testing",
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": settings.public_url,
        "INSTANCE_PATH": str(settings.instance_path),
    }.items():
        monkeypatch.setenv(f"OPENDAY_{name}", value)
    yield create_served_app()
    gc.unfreeze()


def test_the_first_visitor_waits_for_no_template_to_be_read(served, monkeypatch):
    slot, read, compiled = make_slot(), [], Environment.compile

    def noted(environment, source, name, *rest):
        read.append(name)
        return compiled(environment, source, name, *rest)

    monkeypatch.setattr(Environment, "compile", noted)
    for path in ("/", "/termine", f"/t/{slot.event.slug}", f"/t/{slot.event.slug}/buchen?slot={slot.id}"):
        assert served.test_client().get(path, base_url="https://offene-tuer.example.org").status_code == 200

    assert read == []


def test_no_connection_is_shared_with_the_processes_that_are_forked_next(served):
    with served.app_context():
        assert db.engine.pool.checkedin() == db.engine.pool.checkedout() == 0
