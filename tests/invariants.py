"""All invariants of design §3 as one statement, written once a day: they are asked after every test and every step."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest.mock import patch

from sqlalchemy import Select, literal, select, union_all

from openday import clock
from openday.extensions import db
from openday.services import invariants
from tests.driver import driver, in_full

statements: dict[tuple[str, date], str] = {}


def breached() -> list[str]:
    """Return what :func:`openday.services.invariants.breaches` would say, a sentence for each row."""
    with driver() as connection:
        return said_to(connection)


def said_to(connection: Any) -> list[str]:
    """Return the same to a connection of the driver."""
    key = (db.engine.dialect.name, clock.today())
    if key not in statements:
        statements[key] = all_checks()
    return [sentence for (sentence,) in connection.execute(statements[key])]


def question(sentence: str, rows: Select[Any]) -> Select[Any]:
    """Return the sentence once for each row that breaks what must hold."""
    return select(literal(sentence)).select_from(rows.subquery())


def all_checks() -> str:
    """Return every question of the invariants in one."""
    questions: list[Select[Any]] = []

    def note(sentence: str, rows: Select[Any]) -> Iterator[str]:
        questions.append(question(sentence, rows))
        return iter(())

    questions += [question(f"I7: {table}", rows) for table, rows in invariants.overdue()]
    with patch.object(invariants, "report", note), patch.object(invariants, "overdue", tuple):
        invariants.breaches()
    return in_full(union_all(*questions))
