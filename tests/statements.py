"""Counts what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from openday.extensions import db

paused: list[bool] = []


@contextmanager
def uncounted() -> Iterator[None]:
    """Let the tests themselves ask something in between."""
    paused.append(True)
    try:
        yield
    finally:
        paused.pop()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements of the block; session settings and transaction marks do not count."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not paused and statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
