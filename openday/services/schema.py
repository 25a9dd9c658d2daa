"""Whether the database has the tables this release needs, and how it gets them.

For commands only: alembic takes 10 MB of a process.
"""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import Migrate
from sqlalchemy.exc import DBAPIError

from openday.extensions import db

migrate = Migrate(db=db, directory=str(Path(__file__).parent.parent / "migrations"), render_as_batch=True)


class Schema(StrEnum):
    """Where the tables stand; ``ahead`` means a newer release has been here."""

    UNREACHABLE = "unreachable"
    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"


def schema_state() -> Schema:
    """Compare the revision of the database with that of this release; changes nothing."""
    scripts = ScriptDirectory.from_config(migrate.get_config())
    if is_missing_file():
        return Schema.EMPTY
    try:
        with db.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_heads()
    except DBAPIError:
        return Schema.UNREACHABLE
    if not found:
        return Schema.EMPTY
    if set(found) == set(scripts.get_heads()):
        return Schema.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return Schema.BEHIND if set(found) <= known else Schema.AHEAD


def is_missing_file() -> bool:
    """Whether the database is an SQLite file that is not there yet: asking it would create it."""
    if db.engine.dialect.name != "sqlite":
        return False
    path = Path(str(db.engine.url.database))
    return path.parent.is_dir() and not path.exists()


def upgrade_schema() -> None:
    """Run the migrations that are missing, all or nothing."""
    db.session.remove()  # a reading transaction of this thread would be in the way of the migration
    command.upgrade(migrate.get_config(), "head")
