"""New rows past the unit of work: before it writes one, it looks through all that could be related to it."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Insert, insert

from openday.extensions import Base
from openday.transaction import connection


def insert_row(thing: Base) -> int:
    """Store a thing without what belongs to it, and return the id it gets."""
    key: Any = connection().execute(insertion_into(type(thing)), row_of(thing)).inserted_primary_key
    return int(key[0])


def insert_rows(things: Iterable[Base]) -> None:
    """Store things whose ids nobody asks for, those of a kind that say the same about themselves in one statement."""
    rows = [(type(thing), row_of(thing)) for thing in things]
    for (model, _names), alike in groupby(rows, key=lambda one: (one[0], one[1].keys())):
        connection().execute(insertion_into(model, is_numbered=False), [row for _model, row in alike])


def row_of(thing: Base) -> dict[str, Any]:
    """Return what a new thing says of itself: the rest is left to the defaults of its columns."""
    names = columns_of(type(thing))
    return {name: value for name, value in vars(thing).items() if value is not None and name in names}


@cache
def insertion_into(model: type[Base], *, is_numbered: bool = True) -> Insert:
    """Return the statement that stores one of a model, and asks for its id if it ``is_numbered``."""
    return insert(model) if is_numbered else insert(model).inline()


@cache
def columns_of(model: type[Base]) -> frozenset[str]:
    """Return the columns of a model but for a number of its own."""
    return frozenset(model.__table__.columns.keys()) - {"id"}
