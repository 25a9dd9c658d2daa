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
    statement, row = insertion_of(thing)
    key: Any = connection().execute(statement, row).inserted_primary_key
    return int(key[0])


def insert_rows(things: Iterable[Base]) -> None:
    """Store things whose ids nobody asks for, those of a kind that say the same about themselves in one statement."""
    for (statement, _names), alike in groupby(map(insertion_of, things), key=lambda one: (one[0], one[1].keys())):
        connection().execute(statement, [row for _statement, row in alike])


def insertion_of(thing: Base) -> tuple[Insert, dict[str, Any]]:
    """Return the statement and what it is given: what nobody said is left to the default of its column."""
    statement, names = insertion_into(type(thing))
    return statement, {name: value for name, value in vars(thing).items() if value is not None and name in names}


@cache
def insertion_into(model: type[Base]) -> tuple[Insert, frozenset[str]]:
    """Return the statement that stores one of a model, and its columns but for a number of its own."""
    names = frozenset(model.__table__.columns.keys())
    return insert(model), names - {"id"}
