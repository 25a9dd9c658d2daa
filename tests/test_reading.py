"""Where a transaction begins: in services that write, never for what a page reads."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import Campaign
from openday.transaction import transaction


def is_in_transaction() -> bool:
    """Whether the connection of the session has begun one."""
    driver: Any = db.session.connection().connection.driver_connection
    if db.engine.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return driver.info.transaction_status.name != "IDLE"


def test_reading_begins_no_transaction(app: Flask):
    db.session.scalars(select(Campaign)).all()

    assert not is_in_transaction()


def test_a_service_begins_one_and_leaves_nothing_when_it_raises(app: Flask):
    @transaction
    def add_and_fail() -> None:
        assert is_in_transaction()
        db.session.add(Campaign(year=2031, name="Aktionswoche 2031"))
        db.session.flush()  # it is in the database when the service fails
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()

    assert db.session.scalars(select(Campaign)).all() == []
