"""The days and hours an event says it takes place: wide enough for its times, else guests would find it over."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple, Protocol

from openday import clock
from openday.models import Event


class Days(NamedTuple):
    """When an event takes place, as far as that is known."""

    starts_on: date | None
    ends_on: date | None
    start_time: time | None
    end_time: time | None


class Span(Protocol):
    """What begins at an instant, and may end at one."""

    @property
    def starts_at(self) -> datetime:
        """The first instant."""

    @property
    def ends_at(self) -> datetime | None:
        """The instant behind the last, None while the end is open."""


def days_of(event: Event) -> Days:
    """Return when an event takes place."""
    return Days(*(getattr(event, name) for name in Days._fields))


def hold_times(event: Event, times: Sequence[Span]) -> None:
    """Widen the days of an event, and its hours where it says any, so that they hold these times.

    They are days and hours of Europe/Berlin. An event whose day is said in words alone has none to widen.
    """
    begins = [clock.to_berlin(one.starts_at) for one in times]
    if event.starts_on is None or not begins:
        return
    ends = [clock.to_berlin(one.ends_at).time() for one in times if one.ends_at]
    first = min(event.starts_on, *(moment.date() for moment in begins))
    last = max(event.last_day or first, *(moment.date() for moment in begins))
    event.starts_on, event.ends_on = first, last if last > first else None
    event.start_time = event.start_time and min(event.start_time, *(moment.time() for moment in begins))
    event.end_time = event.end_time and max([event.end_time, *(moment.time() for moment in begins), *ends])
