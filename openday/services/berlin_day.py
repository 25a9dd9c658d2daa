"""Berlin days in statements, the same on both databases; SQLite has the functions from :mod:`openday.extensions`."""

from typing import Any

from sqlalchemy import ColumnElement, Date, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from openday.models.types import Instant

ZONE = "Europe/Berlin"


class EndOfDay(GenericFunction[Any]):
    """The midnight that ends the Berlin day of an instant."""

    name = "end_of_day"
    type = Instant()
    inherit_cache = True


@compiles(EndOfDay, "postgresql")
def _end_of_day(element: EndOfDay, compiler: SQLCompiler, **values: Any) -> str:
    [instant] = element.clauses
    day = func.date_trunc("day", func.timezone(ZONE, instant))
    return compiler.process(func.timezone(ZONE, day + literal_column("interval '1 day'")), **values)


def day_of(instant: Any) -> ColumnElement[Any]:
    """Return the Berlin day of an instant."""
    return func.date(func.timezone(ZONE, instant), type_=Date)
