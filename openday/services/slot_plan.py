"""The generator of times: a rule of days and clock times becomes a list, without a database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from flask_babel import lazy_gettext as _l

from openday import clock, wording
from openday.errors import Refusal
from openday.models import Slot
from openday.models.words import Mode, PoolAudience, SlotState
from openday.services.capacity import SeatPlan

MOST_TIMES = 200


class TooManyTimes(Refusal):
    """A plan nobody could look through."""

    code = "too_many_times"
    message = _l(
        "Das sind mehr als %(most)s Uhrzeiten. Wählen Sie eine längere Dauer oder weniger Tage", most=MOST_TIMES
    )


class NoSuchTime(Refusal):
    """A clock time in the hour that spring skips."""

    code = "no_such_time"
    message = _l("Diese Uhrzeit gibt es an dem Tag nicht, weil die Uhr vorgestellt wird")


@dataclass(frozen=True)
class SlotPlan:
    """What the generator is asked for: Berlin days, clock times, minutes. Without ``length`` it is one time for all.

    No time reaches into ``rest``, the break in the middle of a day; the next one begins after it. ``groups`` are the
    names of what goes on side by side, each with seats of its own. ``seats`` has the capacity of each way to take part,
    None for no limit; ``kept`` of those on site, or online where there is no other way, are not for everybody. One
    that ``replaces`` gives up the free times of its days first.
    """

    days: tuple[date, ...]
    start: time
    end: time | None
    length: int | None
    pause: int
    seats: dict[Mode, int | None]
    kept: Mapping[PoolAudience, int] = field(default_factory=dict)
    rest: tuple[time, time] | None = None
    groups: tuple[str, ...] = ()
    replaces: bool = False

    def seat_plans(self, modes: tuple[Mode, ...]) -> dict[Mode, SeatPlan]:
        """Return the seats of each of the ways to take part."""
        return {mode: SeatPlan(self.seats.get(mode), self.kept if mode is modes[0] else {}) for mode in modes}


@dataclass(frozen=True)
class PlannedTime:
    """One time of a plan; ``clash`` is the existing time it repeats or overlaps, in words."""

    starts_at: datetime
    ends_at: datetime | None
    label: str | None = None
    group: int = 0
    is_duplicate: bool = False
    clash: str = ""

    @property
    def key(self) -> str:
        """The name of its checkbox: the instant, unambiguous also in the hour that autumn repeats, and the group."""
        return f"{self.starts_at:%Y%m%dT%H%MZ}" + (f"-{self.group}" if self.label else "")

    @property
    def day(self) -> date:
        """The Berlin day it begins on."""
        return clock.to_berlin(self.starts_at).date()


def planned_times(plan: SlotPlan, existing: Sequence[Slot]) -> list[PlannedTime]:
    """Return the times of a plan, none of which ends after its end; raises ``NoSuchTime`` and ``TooManyTimes``.

    Lengths are real time, so a day on which the clock changes gets neither a lost nor a doubled half hour.
    """
    times: list[PlannedTime] = []
    for day in plan.days:
        for starts_at, ends_at in times_of_day(plan, day):
            for group, label in enumerate(plan.groups or (None,)):
                if len(times) == MOST_TIMES:
                    raise TooManyTimes
                times.append(with_clash(PlannedTime(starts_at, ends_at, label, group), existing))
    return times


def times_of_day(plan: SlotPlan, day: date) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield beginning and end of the times of one day."""
    starts_at, until = instant(day, plan.start), instant(day, plan.end) if plan.end else None
    if plan.length is None or until is None:
        yield starts_at, until or (starts_at + timedelta(minutes=plan.length) if plan.length else None)
        return
    rest = (instant(day, plan.rest[0]), instant(day, plan.rest[1])) if plan.rest else None
    length, step = timedelta(minutes=plan.length), timedelta(minutes=plan.length + plan.pause)
    while starts_at + length <= until:
        if rest and starts_at < rest[1] and rest[0] < starts_at + length:
            starts_at = rest[1]
            continue
        yield starts_at, starts_at + length
        starts_at += step


def instant(day: date, at: time) -> datetime:
    """Return the UTC instant of a Berlin clock time; raises ``NoSuchTime``."""
    try:
        return clock.from_berlin(day, at)
    except ValueError as error:
        raise NoSuchTime from error


def with_clash(planned: PlannedTime, existing: Sequence[Slot]) -> PlannedTime:
    """Return the time with what stands in its way: the same start again, or an overlap."""
    for slot in existing:
        if slot.state is not SlotState.OPEN or is_beside(planned, slot):
            continue
        is_same = slot.starts_at == planned.starts_at
        overlaps = slot.starts_at < (planned.ends_at or planned.starts_at) and planned.starts_at < (
            slot.ends_at or slot.starts_at
        )
        if is_same or overlaps:
            words = wording.times_in_words(slot.starts_at, slot.ends_at)
            return replace(planned, is_duplicate=is_same, clash=words)
    return planned


def is_beside(planned: PlannedTime, slot: Slot) -> bool:
    """Whether both have names that differ: tours side by side."""
    return bool(planned.label and slot.label and planned.label != slot.label)
