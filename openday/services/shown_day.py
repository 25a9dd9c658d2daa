"""Of many times a page shows those of one day, and the other days as links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from openday.services.event_slots import ALL_AT_ONCE

Time = TypeVar("Time", bound=Any)
"""Whatever has a ``day``."""


@dataclass(frozen=True)
class ShownTimes(Generic[Time]):
    """The times on a page; ``day`` is the only one shown, of the ``days`` to choose from, None when all are."""

    times: Sequence[Time]
    days: tuple[date, ...] = ()
    day: date | None = None


def shown_times(times: Sequence[Time], is_free: Callable[[Time], bool], *wishes: date | None) -> ShownTimes[Time]:
    """Return all of a few times; of many those of the first wished day with a free one, else of the first such day."""
    if len(times) <= ALL_AT_ONCE:
        return ShownTimes(times)
    by_day: dict[date, list[Time]] = {}
    for one in times:
        by_day.setdefault(one.day, []).append(one)
    days = tuple(day for day, found in by_day.items() if any(map(is_free, found))) or tuple(by_day)
    day = next((wish for wish in wishes if wish in days), days[0])
    return ShownTimes(by_day[day], days, day)
