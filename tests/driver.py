"""Asks past SQLAlchemy what is asked after every test and every step: it must not cost more than what it checks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Select
from sqlalchemy.sql import CompoundSelect

from openday.extensions import db


@contextmanager
def driver() -> Iterator[Any]:
    """Lend the driver's own connection: it finds what is committed, and whoever used it has written nothing."""
    connection = db.engine.raw_connection()
    try:
        yield connection.driver_connection
    finally:
        connection.close()


def in_full(statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> str:
    """Return a statement with its values in it.

    SQLite plans one with a ``LIKE`` anew each time a value is bound to it, and psycopg reads a long one letter by
    letter to find out where they belong.
    """
    dialect = db.engine.dialect
    text = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    return text if dialect.paramstyle == "qmark" else text.replace("%%", "%")
