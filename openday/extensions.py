"""The Flask extensions, made once and bound in ``openday.app``."""

import sqlite3
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import Babel
from flask_compress import Compress
from flask_mail import Mail
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase

from openday.clock import BERLIN, UTC

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WAL_RESET_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


class Base(DeclarativeBase):
    """Base of all models; constraints get the same names on every database."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
mail = Mail()
security = Security()


def has_safe_wal(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (sqlite.org/wal.html#walresetbug)."""
    if version >= WAL_RESET_FIXED[0]:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_RESET_FIXED[1:])


def tune_sqlite(engine: Engine, synchronous: str) -> None:
    """Make SQLite keep what it confirmed, and read as PostgreSQL does: each statement sees what is committed.

    A page that is still being written therefore holds no lock that would keep writers waiting.
    """
    journal = "WAL" if has_safe_wal(sqlite3.sqlite_version_info) else "TRUNCATE"

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"  # for writes outside a service; those inside one begin below
        for pragma in (
            "foreign_keys=ON",
            "busy_timeout=8000",
            f"journal_mode={journal}",
            f"synchronous={synchronous}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("timezone", 2, wall_clock, deterministic=True)
        connection.create_function("end_of_day", 1, end_of_day, deterministic=True)


@lru_cache(4096)
def wall_clock(zone: str, stored: str) -> str:
    """Return the wall clock of a time zone at a stored UTC instant: PostgreSQL's ``timezone(zone, instant)``."""
    instant = datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(" ")


@lru_cache(4096)
def end_of_day(stored: str | None) -> str | None:
    """Return the stored UTC instant of the midnight that ends the Berlin day of another one."""
    if stored is None:
        return None
    day = datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(BERLIN).date() + timedelta(days=1)
    midnight = datetime.combine(day, time(0), tzinfo=BERLIN).astimezone(UTC)
    return f"{midnight:%Y-%m-%d %H:%M:%S.%f}"


def tune_postgresql(engine: Engine) -> None:
    """Bound every wait: a lock 2 s, a statement 30 s, so that a busy database answers 503 instead of hanging."""

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'; SET statement_timeout = '30s'; SET timezone = 'UTC'")
        connection.commit()


def begin_to_write(connection: Connection) -> None:
    """Begin a transaction at once; without it each statement is one. On SQLite nobody else begins one meanwhile."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else "BEGIN")


def writer(engine: Engine) -> Connection:
    """Return a connection whose transactions all begin to write; an engine that listened would slow all statements."""
    connection = engine.connect()
    event.listen(connection, "begin", begin_to_write)
    return connection


def tune_engine(engine: Engine, synchronous: str = "FULL") -> None:
    """Attach the listeners that fit the engine's database."""
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine, synchronous)
    else:
        tune_postgresql(engine)
