"""What the random lives need: assertions that say what they saw, and a database that thinks of each question once."""

from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event

from openday.extensions import db

pytest.register_assert_rewrite("tests.model.life", "tests.model.machine", "tests.model.guests", "tests.model.waiting")


@pytest.fixture(autouse=True)
def keep_plans(app: Flask) -> Iterator[None]:
    """Let PostgreSQL plan a statement once: after each refusal (``ROLLBACK``) the driver would have all planned anew.

    For these lives alone: what is planned for ten rows must never meet three thousand.
    """
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", keep)
    yield
    event.remove(db.engine, "connect", keep)
    db.session.remove()
    db.engine.dispose()


def keep(connection: object, _record: object) -> None:
    if isinstance(connection, psycopg.Connection):
        connection.prepare_threshold, connection.prepared_max = 1, 1000
        connection._prepared.clear = lambda: False  # type: ignore[method-assign]
