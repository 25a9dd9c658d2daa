"""Counts what a database does for a block: steps of SQLite's machine, rows that PostgreSQL's plans look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from openday.extensions import db

WAYS_OF_SMALL_TABLES = ("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin")
"""What PostgreSQL prefers as long as all there is fits on a few pages."""


class Work:
    """How much was done so far."""

    def __init__(self) -> None:
        self.done = 0
        self.machines: list[Any] = []

    def step(self) -> int:
        """Count one step of SQLite's machine, and let it go on."""
        self.done += 1
        return 0

    def watch(self, connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        """Look at a statement before it is asked."""
        driver = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            driver.set_progress_handler(self.step, 1)
            self.machines.append(driver)
        elif statement.lstrip().upper().startswith(("SELECT", "WITH")):
            with driver.cursor() as cursor:
                for way in WAYS_OF_SMALL_TABLES:
                    cursor.execute(f"SET {way} = off")
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
                self.done += rows_in(cursor.fetchone()[0][0]["Plan"])
                cursor.execute("RESET ALL")


def rows_in(plan: dict[str, Any]) -> int:
    """Return how many rows of tables a plan looked at, those it threw away included."""
    seen = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) if "Relation Name" in plan else 0
    return round(seen * plan["Actual Loops"]) + sum(map(rows_in, plan.get("Plans", ())))


def let_it_count() -> None:
    """Let PostgreSQL count what it has, as it does by itself after a while."""
    if db.engine.name == "postgresql":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")


@contextmanager
def work() -> Iterator[Work]:
    """Count what is done in the block."""
    counted = Work()
    event.listen(db.engine, "before_cursor_execute", counted.watch)
    try:
        yield counted
    finally:
        event.remove(db.engine, "before_cursor_execute", counted.watch)
        for driver in counted.machines:
            driver.set_progress_handler(None, 0)
