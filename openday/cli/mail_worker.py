"""The loop that empties the outbox."""

import signal
import time
from types import FrameType

import structlog
from flask import Flask

from openday.mailing.delivery import deliver_due

log = structlog.get_logger()

PAUSE = 1.0
PAUSE_AFTER_ERROR = 10.0
TICK = 0.2


class Stop:
    """Whether somebody asked the worker to end."""

    is_wanted = False

    def want(self, _number: int, _frame: FrameType | None) -> None:
        """Note it; the mail that is being sent is finished first."""
        self.is_wanted = True

    def wait(self, seconds: float) -> None:
        """Sleep, but not longer than until the stop."""
        until = time.monotonic() + seconds
        while not self.is_wanted and time.monotonic() < until:
            time.sleep(TICK)


def work(app: Flask, *, once: bool) -> None:
    """Send what is due, again and again; survives every exception, because nobody else sends these mails."""
    stop = Stop()
    signal.signal(signal.SIGTERM, stop.want)
    signal.signal(signal.SIGINT, stop.want)
    with app.app_context():
        if once:
            deliver_due()
            return
        while not stop.is_wanted:
            try:
                pause = 0.0 if deliver_due() else PAUSE
            except Exception:
                log.exception("mail delivery failed")
                pause = PAUSE_AFTER_ERROR
            stop.wait(pause)
