"""Whether one can still come: one word for the listing, the cards and the event page."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from openday import clock
from openday.models.words import Admission, EventState
from openday.services.availability import FEW


class Standing(StrEnum):
    """How an event stands for a visitor; the templates have the words and the shape of the door."""

    CANCELLED = "cancelled"
    PAST = "past"
    PLANNED = "planned"
    INVITATION = "invitation"
    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    FULL = "full"
    WAITING = "waiting"
    FEW = "few"
    FREE = "free"
    WELCOME = "welcome"
    REQUIRED = "required"
    UNKNOWN = "unknown"


SHUT = frozenset(
    {Standing.CANCELLED, Standing.PAST, Standing.INVITATION, Standing.CLOSED, Standing.FULL, Standing.WAITING}
)


@dataclass(frozen=True)
class Facts:
    """What decides the standing; ``seats_left`` is None when no bookable time is to come."""

    state: EventState
    admission: Admission | None
    last_day: date
    end_time: time | None
    opens_at: datetime | None
    closes_at: datetime | None
    seats_left: int | None
    has_waiting_list: bool = False


def standing_of(facts: Facts, at: datetime) -> Standing:
    """Return the first word that is true, from the one that ends every question to the one that answers none."""
    answers = (
        (facts.state is EventState.CANCELLED, Standing.CANCELLED),
        (is_past(facts.last_day, facts.end_time, at), Standing.PAST),
        (facts.state is EventState.PLANNED, Standing.PLANNED),
        (facts.admission is Admission.INVITATION, Standing.INVITATION),
        (facts.admission is Admission.OPEN, Standing.OPEN),
        (facts.opens_at is not None and facts.opens_at > at, Standing.NOT_YET),
        (facts.closes_at is not None and facts.closes_at <= at, Standing.CLOSED),
        (facts.seats_left == 0 and facts.has_waiting_list, Standing.WAITING),
        (facts.seats_left is not None, step(facts.seats_left or 0)),
        (facts.admission is Admission.WELCOME, Standing.WELCOME),
        (facts.admission is Admission.REQUIRED, Standing.REQUIRED),
    )
    return next((standing for is_so, standing in answers if is_so), Standing.UNKNOWN)


def step(seats_left: int) -> Standing:
    """Return the step a number of free seats stands on."""
    if seats_left <= 0:
        return Standing.FULL
    return Standing.FEW if seats_left <= FEW else Standing.FREE


def last_day(event: Any) -> date:
    """Return the last day of a row with ``year``, the campaign's: what never got a day is over with its year."""
    return event.ends_on or event.starts_on or date(event.year, 12, 31)


def is_past(last_day: date, end_time: time | None, at: datetime) -> bool:
    """Whether the last day, or its last hour where one is known, is over in Berlin."""
    here = clock.to_berlin(at)
    if last_day != here.date():
        return last_day < here.date()
    return end_time is not None and end_time <= here.time()
