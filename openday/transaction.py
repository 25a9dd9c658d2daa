"""One thing people can do is one transaction: begun by the outermost service, committed when it returns."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from fcntl import LOCK_EX, flock
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from openday.errors import Busy
from openday.extensions import begin_to_write, db

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 4
RETRIED_SQLSTATES = frozenset({"40001", "40P01"})  # serialisation failure, deadlock
BUSY_SQLSTATES = frozenset({"55P03", "57014", "53300"})  # lock timeout, cancelled statement, too many connections

_running: ContextVar[Connection | None] = ContextVar("openday_transaction", default=None)
_first_in_line = threading.Lock()
PATIENCE = 8.0  # seconds until a writer of SQLite gives up: as long as SQLite's own ``busy_timeout``


def transaction(service: Callable[P, R]) -> Callable[P, R]:
    """Commit when the outermost decorated call returns, roll back when it raises; services may call services.

    A deadlock or serialisation failure is tried again from the start, so a service must not act outside the
    database. Raises :class:`openday.errors.Busy` when the database had no room in time.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            return service(*args, **kwargs)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _run_once(service, *args, **kwargs)
            except DBAPIError as error:
                if not _is_worth_retrying(error) or attempt == ATTEMPTS:
                    raise _as_refusal(error) from error
                time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - jitter, no secret
        raise AssertionError("unreachable")

    return run


def connection() -> Connection:
    """Return the connection of the running transaction; outside of one that of the session, which is asked for it."""
    return _running.get() or db.session.connection()


def _run_once(service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    db.session.rollback()  # what was read before is read again inside; nobody keeps a connection while waiting
    with turn_to_write() if db.engine.dialect.name == "sqlite" else nullcontext():
        outside = _running.set(None)
        try:
            running = db.session.connection()
            _running.set(running)
            begin_to_write(running)
            result = service(*args, **kwargs)
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _running.reset(outside)
        return result


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait for one's turn to write to SQLite: behind the threads of this process, then behind the other processes.

    SQLite itself would ask every now and then: nobody writes in between, and who is unlucky asks for seconds.
    Raises :class:`openday.errors.Busy` when the line does not move; only its first keeps a thread for longer.
    """
    if not _first_in_line.acquire(timeout=PATIENCE):
        raise Busy
    try:
        with open(f"{db.engine.url.database}-queue", "ab") as line:
            flock(line, LOCK_EX)  # until it is closed, by whatever end
            yield
    finally:
        _first_in_line.release()


def _sqlstate(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


def _is_worth_retrying(error: DBAPIError) -> bool:
    return _sqlstate(error) in RETRIED_SQLSTATES


def _as_refusal(error: DBAPIError) -> Exception:
    is_locked = isinstance(error, OperationalError) and "locked" in str(error.orig)
    if is_locked or _sqlstate(error) in BUSY_SQLSTATES | RETRIED_SQLSTATES or error.connection_invalidated:
        return Busy()
    return error
