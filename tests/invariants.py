"""All invariants of design §3 as one statement, written once a day: they are asked after every test and every step."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest.mock import patch

from sqlalchemy import Select, literal, select, union_all

from openday import clock
from openday.extensions import db
from openday.services import invariants

statements: dict[tuple[str, date], tuple[str, Any]] = {}


def breached() -> list[str]:
    """Return what :func:`openday.services.invariants.breaches` would say, a sentence for each row."""
    key = (db.engine.dialect.name, clock.today())
    if key not in statements:
        statements[key] = all_checks()
    return list(db.session.connection().exec_driver_sql(*statements[key]).scalars())


def question(sentence: str, rows: Select[Any]) -> Select[Any]:
    """Return the sentence once for each row that breaks what must hold."""
    return select(literal(sentence)).select_from(rows.subquery())


def all_checks() -> tuple[str, Any]:
    """Return every question of the invariants in one, as the driver takes it."""
    questions: list[Select[Any]] = []

    def note(sentence: str, rows: Select[Any]) -> Iterator[str]:
        questions.append(question(sentence, rows))
        return iter(())

    questions += [question(f"I7: {table}", rows) for table, rows in invariants.overdue()]
    with patch.object(invariants, "report", note), patch.object(invariants, "overdue", tuple):
        invariants.breaches()
    compiled = union_all(*questions).compile(db.engine, compile_kwargs={"render_postcompile": True})
    values = {
        name: compiled._bind_processors[name](value) if name in compiled._bind_processors else value
        for name, value in compiled.params.items()
    }
    if compiled.positiontup is not None:
        return compiled.string, tuple(values[name] for name in compiled.positiontup)
    return compiled.string, values
