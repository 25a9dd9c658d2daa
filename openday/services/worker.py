"""The process behind the outbox: sends what is due, erases at night, and ends when it is asked to."""

import signal
import threading
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import FrameType

import structlog
from sqlalchemy import func, select

from openday import clock
from openday.extensions import db
from openday.mailing.delivery import deliver_due
from openday.models import OutboxMessage
from openday.models.words import OutboxState
from openday.services.duties import do_duties
from openday.services.erasure import erase_due

log = structlog.get_logger()

HEARTBEAT = timedelta(minutes=1)
SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 15.0
LATE = timedelta(minutes=10)
BETWEEN_DUTIES = timedelta(seconds=5)


@dataclass
class Rhythm:
    """When the worker last did what it does now and then; ``pause`` in seconds grows while nothing can be sent."""

    erased_on: date | None = None
    beat_at: datetime | None = None
    duties_at: datetime | None = None
    pause: float = SHORTEST_PAUSE
    stop: threading.Event = field(default_factory=threading.Event)


def work(once: bool = False) -> None:
    """Run inside an application context until SIGTERM or SIGINT; with ``once`` send and erase what is due and return.

    A mail that is being handed over is finished first; what else was claimed is given back.
    """
    rhythm = Rhythm()
    if once:
        do_duties()
        while deliver_due():
            pass
        erase_due()
        return
    listen_for_the_end(rhythm.stop)
    log.info("worker started")
    while not rhythm.stop.is_set():
        turn(rhythm)
    log.info("worker stopped")


def turn(rhythm: Rhythm) -> None:
    """Do one round; whatever goes wrong is logged and the next round comes."""
    try:
        erase_at_night(rhythm)
        do_duties_now_and_then(rhythm)
        is_idle = deliver_due() == 0
        beat(rhythm)
        rhythm.pause = next_pause(rhythm.pause) if is_idle and is_something_due() else SHORTEST_PAUSE
    except Exception:
        log.exception("worker round failed")
        is_idle = True
        rhythm.pause = next_pause(rhythm.pause)
    finally:
        release_session()
    if is_idle:
        rhythm.stop.wait(rhythm.pause)


def release_session() -> None:
    """Give the database connection back, also when it broke: the next round gets a new one."""
    try:
        db.session.remove()
    except Exception:
        log.exception("database session not released")


def next_pause(pause: float) -> float:
    """Return a longer pause: a server in trouble is not helped by knocking every second."""
    return min(pause * 2, LONGEST_PAUSE)


def erase_at_night(rhythm: Rhythm) -> None:
    """Erase once per Berlin day, first when the worker starts: a missed night is made up for."""
    if rhythm.erased_on != clock.today():
        erase_due()
        rhythm.erased_on = clock.today()


def do_duties_now_and_then(rhythm: Rhythm) -> None:
    """Do what time brings every few seconds: offers that end, holds that run out, reminders."""
    at = clock.now()
    if rhythm.duties_at is None or not timedelta(0) <= at - rhythm.duties_at < BETWEEN_DUTIES:
        do_duties()
        rhythm.duties_at = at


def beat(rhythm: Rhythm) -> None:
    """Say once a minute that the worker lives and how much waits; a warning when a mail waits for too long."""
    at = clock.now()
    if rhythm.beat_at is not None and at - rhythm.beat_at < HEARTBEAT:
        return
    rhythm.beat_at = at
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(OutboxMessage.created_at)).where(
            OutboxMessage.state.in_((OutboxState.QUEUED, OutboxState.SENDING))
        )
    ).one()
    is_late = oldest is not None and at - oldest > LATE
    (log.warning if is_late else log.info)("worker alive", waiting=waiting, is_late=is_late)


def is_something_due() -> bool:
    """Whether a mail could be sent now but was not: then the server is in trouble."""
    due = select(OutboxMessage.id).where(OutboxMessage.state == OutboxState.QUEUED, OutboxMessage.due_at <= clock.now())
    return db.session.scalar(due.limit(1)) is not None


def listen_for_the_end(stop: threading.Event) -> None:
    """Let SIGTERM and SIGINT end the loop; outside of the main thread nobody may set handlers."""
    if threading.current_thread() is not threading.main_thread():
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
