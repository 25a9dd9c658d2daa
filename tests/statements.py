"""Counts what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from openday.extensions import db
from openday.services.quick_read import QuickRead

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

    past_sqlalchemy = QuickRead.rows

    def quick(read: QuickRead, **values: str) -> list[tuple[Any, ...]]:
        note(None, None, str(read.statement))
        return past_sqlalchemy(read, **values)

    event.listen(db.engine, "before_cursor_execute", note)
    with patch.object(QuickRead, "rows", quick):
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
