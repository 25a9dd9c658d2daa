"""Of many times a page shows those of one day, and the other days as links."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from openday.models import Slot
from openday.services.event_slots import ALL_AT_ONCE

AT_A_DESK = 100  # times, of which whoever works with them wants to see more
Time = TypeVar("Time", bound=Any)


@dataclass(frozen=True)
class ShownTimes(Generic[Time]):
    """The times on a page; ``day`` is the only one shown, of the ``days`` to choose from, None when all are."""

    times: Sequence[Time]
    days: tuple[date, ...] = ()
    day: date | None = None


def shown_times(times: Sequence[Time], is_free: Callable[[Time], bool], *wishes: date | None) -> ShownTimes[Time]:
    """Return all of a few times, which have a ``day``; of many those of the first wished day with a free one, else of
    the first such day."""
    if len(times) <= ALL_AT_ONCE:
        return ShownTimes(times)
    by_day: dict[date, list[Time]] = {}
    for one in times:
        by_day.setdefault(one.day, []).append(one)
    return of_one_day(by_day, [day for day, found in by_day.items() if any(map(is_free, found))] or by_day, *wishes)


def slots_at_desk(slots: Sequence[Slot], at: datetime, wanted: date | None) -> ShownTimes[Slot]:
    """Return all slots of an event; of many those of the wanted day, else of the first that is to come."""
    if len(slots) <= AT_A_DESK:
        return ShownTimes(slots)
    by_day: dict[date, list[Slot]] = {}
    for slot in slots:
        by_day.setdefault(slot.berlin_day, []).append(slot)
    return of_one_day(by_day, by_day, wanted, *(slot.berlin_day for slot in slots if slot.starts_at > at))


def of_one_day(by_day: Mapping[date, Sequence[Time]], days: Collection[date], *wishes: date | None) -> ShownTimes[Time]:
    """Return the times of the first wished day among some, else of the first of those."""
    day = next((wish for wish in wishes if wish is not None and wish in days), next(iter(days)))
    return ShownTimes(by_day[day], tuple(days), day)
