"""Applications with a guard taken out, for the negative controls: a storm that does not convict them proves nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import CheckConstraint, ColumnElement, event, true
from sqlalchemy.schema import AddConstraint, DropConstraint

from openday import tokens
from openday.app import create_served_app
from openday.extensions import db
from openday.models import SeatPool
from openday.services import booking, seats
from openday.services.availability import announce_event
from tests.conftest import empty_tables


def without_guard() -> Flask:
    """Look whether there are seats, then take them: the update asks nothing, and SQLite does not check either."""
    seats.has_room = unasked
    seats.CLAIM_SEATS = seats.seats_claim()
    app = create_served_app()
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", ignore_checks)
    return app


def without_idempotency() -> Flask:
    """Take every form for a new one."""
    draft = booking.draft_booking

    def forgetful(*facts: Any) -> Any:
        made = draft(*facts)
        made.nonce = tokens.new_token()
        made.token_digest = tokens.digest(made.nonce)
        return made

    booking.draft_booking = forgetful
    return create_served_app()


def unasked(_seats: ColumnElement[int]) -> ColumnElement[bool]:
    """Say that there is room."""
    return true()


def claim_whatever_it_became(event_id: int, _known_sequence: int) -> bool:
    """Claim an event although it changed after it was read."""
    announce_event(event_id)
    return True


def ignore_checks(connection: Any, _record: Any) -> None:
    """Let SQLite store what its constraints forbid."""
    connection.execute("PRAGMA ignore_check_constraints=ON")


@contextmanager
def unchecked() -> Iterator[None]:
    """Let the tables hold what their constraint forbids, until the rows that break it are gone."""
    checks = [
        constraint
        for constraint in SeatPool.__table__.constraints
        if isinstance(constraint, CheckConstraint) and str(constraint.name).endswith("taken_within_capacity")
    ]
    is_sqlite = db.engine.dialect.name == "sqlite"
    if is_sqlite:
        event.listen(db.engine, "connect", ignore_checks)
        reconnect()
    else:
        change_table(*[DropConstraint(check) for check in checks])
    try:
        yield
    finally:
        db.session.rollback()
        empty_tables()
        if is_sqlite:
            event.remove(db.engine, "connect", ignore_checks)
            reconnect()
        else:
            change_table(*[AddConstraint(check) for check in checks])


def reconnect() -> None:
    """Let new connections be made."""
    db.session.remove()
    db.engine.dispose()


def change_table(*statements: Any) -> None:
    """Change the table in a transaction of its own."""
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
