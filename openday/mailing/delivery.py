"""The way from the outbox to the mail server. At least once, never a mail lost, and no exception ends the work."""

import time
from datetime import timedelta

import structlog

from openday import clock
from openday.mailing import outbox
from openday.mailing.envelope import Letter
from openday.mailing.submission import Fate, Outcome, Submission, longest_wait, submission
from openday.settings import current_settings

log = structlog.get_logger()

BATCH = 200  # each costs two commits and a greeting
TURN = 5.0  # seconds a batch may last: sign-in codes that came meanwhile go first in the next
TROUBLES_TO_STOP = 3  # one mail may upset a server; three in a row are the server's own trouble
UNWRITTEN = 1.0  # seconds: what was handed over since may be sent a second time after a crash


def deliver_due(limit: int = BATCH) -> int:
    """Send up to ``limit`` due mails over one connection and return how many got a final answer or were sent.

    When the server is in trouble, only the mails that met it wait longer; the others stay due.
    """
    letters = outbox.take(limit)
    if not letters:
        return 0
    if current_settings().is_demo:
        return deliver_into_mailbox(letters)
    return deliver_by_smtp(letters)


def deliver_into_mailbox(letters: list[Letter]) -> int:
    """Call the mails sent and keep their content: the demo's mailbox page shows the rows themselves."""
    outbox.settle([(letter, Outcome(Fate.SENT, "demo")) for letter in letters], keeps_content=True)
    return len(letters)


def deliver_by_smtp(letters: list[Letter]) -> int:
    """Send claimed mails one after the other; what is not tried is given back.

    Outcomes are written down together, as a commit for each costs more than the mail; with a slow server nearly each.
    """
    connection = submission()
    tried: list[tuple[Letter, Outcome]] = []
    began = written_at = time.monotonic()
    done = troubles = 0
    try:
        while letters:
            if troubles == TROUBLES_TO_STOP or not has_time_for(letters[0]):
                break
            letter = letters.pop(0)
            outcome = attempt(connection, letter)
            tried.append((letter, outcome))
            if time.monotonic() - written_at > UNWRITTEN:
                outbox.settle(tried)
                tried, written_at = [], time.monotonic()
            done += outcome.fate is not Fate.DEFERRED
            troubles = troubles + 1 if outcome.is_server_trouble else 0
            if outcome.is_server_trouble and connection.open() is not None:
                break  # not even a greeting: trying the others would only make them wait longer
            if time.monotonic() - began > TURN:
                break
    finally:
        outbox.put_back(tried, letters)
        connection.part()
    return done


def attempt(connection: Submission, letter: Letter) -> Outcome:
    """Try one mail; an exception nobody foresaw defers it, so that a mended worker sends it later."""
    try:
        outcome = connection.hand_over(letter)
    except Exception:
        log.exception("mail attempt broke", message=letter.id)
        connection.hang_up()
        outcome = Outcome(Fate.DEFERRED, "internal error")
    log.info("mail attempted", message=letter.id, kind=letter.kind, fate=outcome.fate.value, answer=outcome.answer)
    return outcome


def has_time_for(letter: Letter) -> bool:
    """Whether the lease outlasts the longest attempt, greeting included; else another worker might send it too."""
    return clock.now() + timedelta(seconds=2 * longest_wait()) < letter.lease_until
