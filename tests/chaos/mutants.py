"""Applications with a guard taken out, for the negative controls: a storm that does not convict them proves nothing."""

from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, event, true

from openday import tokens
from openday.app import create_served_app
from openday.extensions import db
from openday.services import booking, seats


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


def ignore_checks(connection: Any, _record: Any) -> None:
    """Let SQLite store what its constraints forbid."""
    connection.execute("PRAGMA ignore_check_constraints=ON")
