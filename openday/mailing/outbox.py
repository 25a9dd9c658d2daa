"""Who holds which row of the outbox: claims with a lease, outcomes, and what is not worth sending any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Update, and_, case, literal, or_, select, update

from openday import clock
from openday.extensions import db
from openday.mailing.envelope import Letter
from openday.mailing.messages import SIGN_IN_CODE
from openday.mailing.submission import Fate, Outcome
from openday.mailing.suppression import address_digest
from openday.models import OutboxMessage, Suppression
from openday.models.words import OutboxState
from openday.transaction import transaction

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
PATIENCE = timedelta(days=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
LONGEST_PAUSE = timedelta(hours=2)
FAILED = literal(OutboxState.FAILED, OutboxMessage.state.type)
WITHHELD = literal(OutboxState.WITHHELD, OutboxMessage.state.type)
SILENT = {"synchronize_session": False}
EMPTIED: dict[str, Any] = {"recipient": "", "reply_to": None, "subject": "", "text": "", "html": "", "calendar": None}
LETTER_COLUMNS = (
    OutboxMessage.id,
    OutboxMessage.kind,
    OutboxMessage.message_id,
    OutboxMessage.recipient,
    OutboxMessage.reply_to,
    OutboxMessage.language,
    OutboxMessage.is_unasked,
    OutboxMessage.subject,
    OutboxMessage.text,
    OutboxMessage.html,
    OutboxMessage.calendar,
    OutboxMessage.calendar_method,
    OutboxMessage.attempts,
    OutboxMessage.created_at,
    OutboxMessage.lease_until,
)


def is_claimable(at: datetime) -> ColumnElement[bool]:
    """Return the condition of a row that is due and nobody's, a lease that ran out included."""
    return or_(
        and_(OutboxMessage.state == OutboxState.QUEUED, OutboxMessage.due_at <= at),
        and_(OutboxMessage.state == OutboxState.SENDING, OutboxMessage.lease_until < at),
    )


def withhold(mail: OutboxMessage) -> None:
    """Keep a mail from going out before it is stored: its row says that there was one, and no word of it."""
    for name, value in {**EMPTIED, "state": OutboxState.WITHHELD}.items():
        setattr(mail, name, value)


@transaction
def take(limit: int) -> list[Letter]:
    """Withhold what is outdated and claim what is due, in one transaction: each costs a write to the disk."""
    withhold_outdated()
    return claim(limit)


@transaction
def put_back(tried: Iterable[tuple[Letter, Outcome]], untried: list[Letter]) -> None:
    """Store the outcomes of a batch and give back what was not tried."""
    settle(tried)
    release(untried)


@transaction
def claim(limit: int) -> list[Letter]:
    """Take up to ``limit`` due mails for the length of a lease, sign-in codes first, then the longest waiting."""
    at = clock.now()
    due = (
        select(OutboxMessage.id)
        .where(is_claimable(at))
        .order_by(OutboxMessage.kind != SIGN_IN_CODE, OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
    )
    taken = db.session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(due.scalar_subquery()), is_claimable(at))  # asked again: another worker may win
        .values(state=OutboxState.SENDING, lease_until=at + LEASE)
        .returning(OutboxMessage.id),
        execution_options=SILENT,
    ).all()
    rows = db.session.execute(
        select(*LETTER_COLUMNS)
        .where(OutboxMessage.id.in_(taken))
        .order_by(OutboxMessage.kind != SIGN_IN_CODE, OutboxMessage.due_at, OutboxMessage.id)
    )
    return without_silenced([Letter(**row._mapping) for row in rows])


def without_silenced(letters: list[Letter]) -> list[Letter]:
    """Return the letters that may go out: what nobody asked for never reaches an address that wants silence (T4)."""
    wanting = {address_digest(letter.recipient) for letter in letters if letter.is_unasked}
    if not wanting:
        return letters
    is_wish = Suppression.address_digest.in_(wanting)
    silent = set(db.session.scalars(select(Suppression.address_digest).where(is_wish)))
    stopped = [one for one in letters if one.is_unasked and address_digest(one.recipient) in silent]
    update_if_ours(stopped, EMPTIED | {"state": OutboxState.WITHHELD, "lease_until": None})
    return [letter for letter in letters if letter not in stopped]


@transaction
def settle(tried: Iterable[tuple[Letter, Outcome]], keeps_content: bool = False) -> None:
    """Store the outcomes unless somebody else took a row over; what was sent keeps no word of its content."""
    alike: dict[tuple[Outcome, int], list[Letter]] = {}
    for letter, outcome in tried:
        alike.setdefault((outcome, letter.attempts + 1), []).append(letter)
    for (outcome, attempts), letters in alike.items():
        update_if_ours(letters, values_of(outcome, attempts, keeps_content=keeps_content))


def values_of(outcome: Outcome, attempts: int, *, keeps_content: bool) -> dict[str, Any]:
    """Return what an outcome writes down after so many attempts."""
    values: dict[str, Any] = {"attempts": attempts, "lease_until": None, "last_answer": outcome.answer[:120]}
    at = clock.now()
    if outcome.fate is Fate.SENT:
        return values | {"state": OutboxState.SENT, "sent_at": at} | ({} if keeps_content else EMPTIED)
    if outcome.fate is Fate.REFUSED:
        return values | {"state": OutboxState.FAILED}
    return values | {"state": OutboxState.QUEUED, "due_at": at + pause_after(attempts)}


@transaction
def release(letters: list[Letter]) -> None:
    """Give claimed mails back that were not tried; they are due as before."""
    update_if_ours(letters, {"state": OutboxState.QUEUED, "lease_until": None})


def update_if_ours(letters: list[Letter], values: dict[str, Any]) -> None:
    """Change rows only while their lease is the letters' own."""
    for lease_until, same in groupby(letters, key=lambda letter: letter.lease_until):
        db.session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id.in_([letter.id for letter in same]),
                OutboxMessage.state == OutboxState.SENDING,
                OutboxMessage.lease_until == lease_until,
            )
            .values(**values),
            execution_options=SILENT,
        )


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 1, 5, 15, 30 minutes, 1 hour, then 2 hours."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else LONGEST_PAUSE


@transaction
def withhold_outdated() -> int:
    """Stop what came too late and give up what nobody took for five days; return how many rows that were.

    What was tried before its time ran out has failed: somebody has to hear of it.
    """
    at = clock.now()
    waits = or_(
        OutboxMessage.state == OutboxState.QUEUED,
        and_(OutboxMessage.state == OutboxState.SENDING, OutboxMessage.lease_until < at),
    )
    is_late, is_old = OutboxMessage.expires_at <= at, OutboxMessage.created_at <= at - PATIENCE
    if db.session.scalar(select(OutboxMessage.id).where(waits, or_(is_late, is_old)).limit(1)) is None:
        return 0  # as nearly always: with thousands in the queue each look takes as long as sending some
    too_late = changed(
        update(OutboxMessage)
        .where(waits, is_late)
        .values(
            state=case((OutboxMessage.attempts > 0, FAILED), else_=WITHHELD),
            lease_until=None,
            **EMPTIED,
        )
    )
    given_up = changed(update(OutboxMessage).where(waits, is_old).values(state=OutboxState.FAILED, lease_until=None))
    if too_late or given_up:
        log.warning("mails given up", too_late=too_late, after_five_days=given_up)
    return too_late + given_up


def changed(statement: Update) -> int:
    """Run an update of the outbox and return the number of its rows."""
    return len(db.session.scalars(statement.returning(OutboxMessage.id), execution_options=SILENT).all())
