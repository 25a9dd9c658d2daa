"""Every column that can hold words says what of, what for and for how long; every term is kept by a rule."""

from sqlalchemy import Column, String, Text

import openday.models  # noqa: F401 - fills the metadata
from openday.extensions import Base
from openday.privacy import DataClass, Retention
from openday.services.erasure import RULES, WITH_THEIR_ACCOUNT, periods


def text_columns() -> list[Column]:
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    return [one for one in columns if isinstance(getattr(one.type, "impl_instance", one.type), String | Text)]


def test_every_text_column_says_class_purpose_and_retention():
    columns = text_columns()
    silent = [
        str(column)
        for column in columns
        if not (
            isinstance(column.info.get("data_class"), DataClass)
            and column.info.get("purpose")
            and isinstance(column.info.get("retention"), Retention)
        )
    ]

    assert len(columns) > 60
    assert silent == []


def test_every_term_is_kept_by_a_rule():
    terms = {
        (column.table.name, retention.since)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(retention := column.info.get("retention"), Retention) and retention.period is not None
    }

    assert terms - WITH_THEIR_ACCOUNT == {(rule.table.name, rule.since) for rule in RULES}
    assert all(periods(rule) for rule in RULES)


def test_contacts_of_guests_are_never_kept_as_long_as_their_row():
    kept = [
        str(column)
        for column in text_columns()
        if column.info["data_class"] is DataClass.CONTACT and column.info["retention"].period is None
    ]

    assert kept == []
