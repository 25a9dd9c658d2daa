"""What happens when during a visit of politics, and by when a house answers an office."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from openday import clock, wording
from openday.mailing.visit import Visit
from openday.models.words import Mode
from openday.working_days import last_working_day_before, working_day_after

USUAL = timedelta(minutes=30)
ROUND = 5  # minutes
WORKING_DAYS_TO_ANSWER = 3


@dataclass(frozen=True)
class Step:
    """One part of a visit: ``10:40`` and its name."""

    at: str
    words: str


def running_order(visit: Visit, mode: Mode | None = None) -> tuple[Step, ...]:
    """Return the usual order: a welcome, a tour where there is a house to see, and the talk, half of the time."""
    length = visit.ends_at - visit.starts_at if visit.ends_at else USUAL
    talk = length / 2
    parts = [(timedelta(0), _("Begrüßung")), (length / 6, _("Rundgang")), (talk, _("Gespräch"))]
    if mode is Mode.ONLINE:
        parts = [(timedelta(0), _("Begrüßung")), (length / 6, _("Gespräch"))]
    return tuple(Step(wording.clock_time(visit.starts_at + rounded(start)), str(words)) for start, words in parts)


def rounded(span: timedelta) -> timedelta:
    """Return a span in whole steps of five minutes."""
    return timedelta(minutes=round(span.total_seconds() / 60 / ROUND) * ROUND)


def answer_day(asked_at: datetime, region: str | None, visit_day: date | None = None) -> date:
    """Return the third working day after a request in a Land, a Berlin day; at the latest the one before the visit."""
    asked_on = clock.to_berlin(asked_at).date()
    day = working_day_after(asked_on, WORKING_DAYS_TO_ANSWER, region)
    return day if visit_day is None else min(day, max(asked_on, last_working_day_before(visit_day, region)))
