"""What every kept page asks for: written once for each database, and past all that costs more than the answer."""

from typing import Any

from sqlalchemy import Select

from openday.extensions import db


class QuickRead:
    """A statement whose rows are used as the driver returns them: whole numbers, words, whether there is a value."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self.written: dict[str, tuple[str, list[str] | None]] = {}

    def rows(self, **values: str) -> list[tuple[Any, ...]]:
        """Return the rows. What a kept connection fails at, as after a restart of the database, is asked as usual."""
        engine = db.engine
        text, order = self.written.get(engine.name) or self.write()
        connection = engine.raw_connection()
        try:
            given = values if order is None else [values[name] for name in order]
            return list(connection.driver_connection.execute(text, given).fetchall())  # type: ignore[union-attr]
        except engine.dialect.loaded_dbapi.Error:
            connection.invalidate()
            engine.dispose()  # after a restart the others are lost as well
        finally:
            connection.close()
        with engine.connect() as usual:
            return [tuple(row) for row in usual.execute(self.statement, values)]

    def write(self) -> tuple[str, list[str] | None]:
        """Return the statement as this database reads it, and the order of its values where they have no names."""
        compiled = self.statement.compile(db.engine)
        order = getattr(compiled, "positiontup", None)
        return self.written.setdefault(db.engine.name, (str(compiled), order))
