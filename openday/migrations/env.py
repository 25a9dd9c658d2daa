"""Runs the migrations on the application's engine, all or nothing; on SQLite with foreign keys off, checked after."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine

import openday.models  # noqa: F401 - fills the metadata
from openday.extensions import Base, db, writer
from openday.models.types import Instant, Word, Words


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write plain column types into revisions: a released one must not change with the code."""
    if kind != "type":
        return False
    plain = {Instant: "sa.DateTime(timezone=True)", Word: "sa.String(length=32)", Words: "sa.String(length=255)"}
    return plain.get(type(item), False)


def migrate(connection: Connection) -> None:
    """Run all pending revisions in one transaction."""
    with connection.begin():
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            transactional_ddl=True,
        )
        context.run_migrations()


def migrate_sqlite(engine: Engine) -> None:
    """A batch migration copies and drops tables: with foreign keys on, the drop would delete their children."""
    with writer(engine) as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")  # ignored inside a transaction, so before it
        try:
            migrate(connection)
            if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError(f"migration left {len(broken)} dangling references")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


if db.engine.dialect.name == "sqlite":
    migrate_sqlite(db.engine)
else:
    with writer(db.engine) as connection:
        migrate(connection)
