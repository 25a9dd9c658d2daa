"""Forgetting on time. What, and when, is read from the columns themselves (``privacy.py``); this only knows since when.

The same rules say what is overdue (invariant I7). Running it twice changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Column, ColumnElement, Select, Table, and_, delete, func, or_, select, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from openday import clock
from openday.extensions import Base, db
from openday.models import (
    Answer,
    Booking,
    Event,
    OutboxMessage,
    PoliticalVisit,
    PressVisit,
    RateCounter,
    StaffSession,
    Suppression,
    TeamInvitation,
)
from openday.models.words import OutboxState
from openday.privacy import AFTER_EVENT, Retention
from openday.transaction import transaction

log = structlog.get_logger()

GRACE = timedelta(days=1)
Condition = Callable[[timedelta, datetime], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """Since when a table's values are counted; ``drops_rows`` where a row is nothing without them."""

    table: Table
    since: str
    is_over: Condition
    drops_rows: bool = False


def booking_is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
    """``erase_on`` is the day of the longest period; shorter ones end so many days before it."""
    early = timedelta(days=AFTER_EVENT.days or 0) - period
    return Booking.erase_on <= clock.to_berlin(at).date() + early


def visit_is_over(table: Table) -> Condition:
    """What hangs on a booking ends with it."""

    def is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
        return table.c.booking_id.in_(select(Booking.id).where(booking_is_over(period, at)))

    return is_over


def answer_is_over(_period: timedelta, at: datetime) -> ColumnElement[bool]:
    """The organiser has set how long an answer is kept."""
    return Answer.erase_on <= clock.to_berlin(at).date()


def wish_is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
    """A wish to get no mail holds for so long."""
    return Suppression.created_at <= at - period


def event_is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
    """An event ends with its last day; one without a day has not begun."""
    return func.coalesce(Event.ends_on, Event.starts_on) <= clock.to_berlin(at).date() - period


def mail_is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
    """Counted from sending, for what was never sent from the last day it could have been."""
    is_finished = OutboxMessage.state.in_((OutboxState.SENT, OutboxState.FAILED, OutboxState.WITHHELD))
    return and_(is_finished, func.coalesce(OutboxMessage.sent_at, OutboxMessage.due_at) <= at - period)


def invitation_is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
    """An invitation ends when it expires, used or not."""
    return TeamInvitation.expires_at <= at - period


def session_is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
    """A session nobody has used for so long has ended."""
    return StaffSession.seen_at <= at - period


def counter_is_over(period: timedelta, at: datetime) -> ColumnElement[bool]:
    """A counter is counted from the end of its window."""
    return RateCounter.expires_at <= (at - period).timestamp()


def table_of(model: type[Base]) -> Table:
    """Return the table of a model."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - narrows the type
    return table


RULES = (
    Rule(table_of(Booking), "event_end", booking_is_over),
    Rule(table_of(PoliticalVisit), "event_end", visit_is_over(table_of(PoliticalVisit))),
    Rule(table_of(PressVisit), "event_end", visit_is_over(table_of(PressVisit))),
    Rule(table_of(Answer), "answer_end", answer_is_over, drops_rows=True),
    Rule(table_of(Suppression), "wish", wish_is_over, drops_rows=True),
    Rule(table_of(Event), "event_end", event_is_over),
    Rule(table_of(OutboxMessage), "sent", mail_is_over),
    Rule(table_of(TeamInvitation), "invitation_end", invitation_is_over, drops_rows=True),
    Rule(table_of(StaffSession), "session_end", session_is_over, drops_rows=True),
    Rule(table_of(RateCounter), "session_end", counter_is_over, drops_rows=True),
)
WITH_THEIR_ACCOUNT = frozenset({("users", "account_end")})  # the row goes when the account is closed


def retention_of(column: Column[Any]) -> Retention | None:
    """Return how long a column's values are kept, None when it says nothing."""
    found = column.info.get("retention")
    return found if isinstance(found, Retention) else None


def periods(rule: Rule) -> dict[timedelta, list[Column[Any]]]:
    """Return the columns of a rule's table that end by it, by how long they are kept."""
    found: dict[timedelta, list[Column[Any]]] = {}
    for column in rule.table.columns:
        retention = retention_of(column)
        if retention and retention.period is not None and retention.since == rule.since:
            found.setdefault(retention.period, []).append(column)
    return found


def blank(column: Column[Any]) -> Any:
    """Return what a column holds when it says nothing about anybody."""
    if column.nullable:
        return None
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else ""


def still_holds(column: Column[Any]) -> ColumnElement[bool]:
    """Return the condition of a value that has not been erased."""
    empty = blank(column)
    return column.is_not(None) if empty is None else column != empty


def due(at: datetime) -> Iterator[tuple[Rule, list[Column[Any]], ColumnElement[bool]]]:
    """Yield what is over at an instant: the rule, its columns and the condition of the rows that still hold them."""
    for rule in RULES:
        for period, columns in periods(rule).items():
            is_kept = or_(*(still_holds(column) for column in columns))
            yield rule, columns, and_(rule.is_over(period, at), is_kept)


@transaction
def erase_due() -> int:
    """Erase every personal value past its time and return the number of rows that changed."""
    erased = 0
    for rule, columns, condition in due(clock.now()):
        if rule.drops_rows:
            statement: Any = delete(rule.table).where(condition)
        else:
            statement = update(rule.table).where(condition).values({column: blank(column) for column in columns})
        rows = int(db.session.connection().execute(statement).rowcount)
        if rows:
            log.info("personal values erased", table=rule.table.name, rows=rows)
        erased += rows
    return erased


def overdue() -> Iterator[tuple[str, Select[Any]]]:
    """Yield per table the rows whose values are more than a day past their time."""
    for rule, _columns, condition in due(clock.now() - GRACE):
        key = next(iter(rule.table.primary_key.columns))
        yield rule.table.name, select(key).where(condition)
