"""What the random lives need: assertions that say what they saw, and databases that need not survive a power cut."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from openday.extensions import db

pytest.register_assert_rewrite("tests.model.life", "tests.model.machine", "tests.model.guests", "tests.model.waiting")
RELAXED = {"sqlite": "PRAGMA synchronous=OFF", "postgresql": "SET synchronous_commit = off"}


@pytest.fixture
def quick_app(app: Flask) -> Iterator[Flask]:
    """The application on a database that confirms without waiting for the disk."""
    statement = RELAXED[db.engine.dialect.name]

    def relax(connection, _record) -> None:
        connection.cursor().execute(statement)
        if db.engine.dialect.name == "postgresql":
            connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", relax)
    yield app
    event.remove(db.engine, "connect", relax)
    db.session.remove()
    db.engine.dispose()
