"""The times of one event as visitors pick them: what is true of all, and those that are on the page.

One statement (:mod:`openday.services.times_of_page`), whose rows are the days and the times that are shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from openday.extensions import db
from openday.models.words import Admission, EventState, Mode, SlotState
from openday.services.availability import FEW
from openday.services.catalogue_cards import AnyRow
from openday.services.seats import UNLIMITED
from openday.services.standing import Standing, step
from openday.services.times_of_page import FREE, FULL, MOST_MOVED, OVER, TIMES_OF_PAGE

WITHOUT_BOOKING = (Admission.OPEN, Admission.INVITATION)
ALL_AT_ONCE = 16  # times; more than these are shown day by day
MOVED_FOR = timedelta(days=14)


@dataclass(frozen=True)
class ModeSeats:
    """Free seats in one way to take part; None means there is no limit."""

    mode: Mode
    left: int | None


@dataclass(frozen=True)
class SlotTime:
    """One time; ``is_bookable`` is what the picker offers, the booking decides for itself."""

    id: int
    starts_at: datetime
    ends_at: datetime | None
    label: str | None
    is_cancelled: bool
    is_to_come: bool
    is_bookable: bool
    is_moved: bool
    modes: tuple[ModeSeats, ...]
    previous_starts_at: datetime | None
    previous_ends_at: datetime | None

    @property
    def seats_left(self) -> int:
        """Free seats over all modes; no limit counts as a million."""
        return sum(UNLIMITED if mode.left is None else mode.left for mode in self.modes)

    @property
    def has_full_mode(self) -> bool:
        """Whether it is to come and somebody finds no seat in one way to take part."""
        return self.is_to_come and any(mode.left == 0 for mode in self.modes)

    @property
    def step(self) -> Standing:
        """Free, few or full."""
        return step(self.seats_left)


@dataclass(frozen=True)
class SlotDay:
    """A Berlin day, whether any of its times can be booked, and those of them that are shown."""

    day: date
    is_open: bool
    slots: tuple[SlotTime, ...]


@dataclass(frozen=True)
class SlotTimes:
    """All times of an event. ``seats_left`` is None when none is to come, and counted no further than it takes to tell
    the step; ``has_full`` where a whole day is full, or a time that is shown.

    ``chosen`` is the only day shown, None when all are; ``is_cut`` when it has more times than those. ``moved`` are the
    first that had another time of late, ``moved_count`` is how many had. ``listing`` is the version of the campaign
    that is on when they were read, None when there are no times.
    """

    days: tuple[SlotDay, ...] = ()
    chosen: date | None = None
    is_cut: bool = False
    seats_left: int | None = None
    has_full: bool = False
    moved: tuple[SlotTime, ...] = ()
    moved_count: int = 0
    listing: int | None = None

    @property
    def is_bookable(self) -> bool:
        """Whether any of them can be booked at this moment."""
        return any(day.is_open for day in self.days)

    def without_seats(self) -> "SlotTimes":
        """Return whether there are times, and the days on which some can be booked."""
        days = tuple(replace(day, slots=()) for day in self.days)
        return SlotTimes(days, seats_left=None if self.seats_left is None else 0)

    @property
    def shown(self) -> tuple[SlotDay, ...]:
        """The days whose times are on the page."""
        return tuple(day for day in self.days if self.chosen in (None, day.day))


def slot_times(event: AnyRow, at: datetime, wanted: date | None, most: int) -> SlotTimes:
    """Return the times of an event: of more than ``most`` only the wanted day's, or the first of the next free day."""
    values = {
        "event": event.id,
        "at": at,
        "moved_since": at - MOVED_FOR,
        "may_have_moved": event.changed_at is not None and event.changed_at > at - MOVED_FOR,  # moving says so
        "wanted": wanted,
        "most": most,
        "enough": FEW + 1,
        "most_of_day": UNLIMITED if wanted else most + 1,
    }
    rows = db.session.connection().execute(TIMES_OF_PAGE, values).all()
    if not rows:
        return SlotTimes()
    is_taking = is_booking_open(event, at)
    by_day = [(day, list(group)) for day, group in groupby(rows, lambda row: row.day)]
    times = {day: times_from(group, is_taking=is_taking) for day, group in by_day}
    states = {day: group[0].of_day for day, group in by_day}
    chosen = rows[0].chosen
    is_cut = chosen not in (None, wanted) and len(times[chosen]) > most
    days = tuple(
        SlotDay(
            day,
            states[day] == FREE and is_taking,
            shown_of(found, most if is_cut else None) if chosen in (None, day) else (),
        )
        for day, found in times.items()
    )
    return SlotTimes(
        days=days,
        chosen=chosen,
        is_cut=is_cut,
        seats_left=None if set(states.values()) == {OVER} else int(rows[0].left_to_come or 0),
        has_full=FULL in states.values() or any(time.has_full_mode for day in days for time in day.slots),
        moved=tuple(time for found in times.values() for time in found if time.is_moved)[:MOST_MOVED],
        moved_count=rows[0].moved,
        listing=rows[0].current_version,
    )


def is_booking_open(event: AnyRow, at: datetime) -> bool:
    """Whether the event takes bookings at this moment."""
    return (
        event.state is EventState.PUBLISHED
        and event.admission not in WITHOUT_BOOKING
        and (event.booking_opens_at is None or event.booking_opens_at <= at)
        and (event.booking_closes_at is None or event.booking_closes_at > at)
    )


def shown_of(times: tuple[SlotTime, ...], most: int | None) -> tuple[SlotTime, ...]:
    """Return the times of a day that are shown: where there are more than fit, its first free ones."""
    free = tuple(time for time in times if time.is_bookable)
    return times if most is None else (free or times)[:most]


def times_from(rows: Iterable[AnyRow], *, is_taking: bool) -> tuple[SlotTime, ...]:
    """Return times from their rows, one for each open pool; a day of which none is read has an empty one."""
    by_time = groupby(rows, lambda row: row.id)
    return tuple(time_from(list(group), is_taking=is_taking) for slot_id, group in by_time if slot_id)


def time_from(rows: Sequence[AnyRow], *, is_taking: bool) -> SlotTime:
    """Return one time; what is saved for the waiting list is not free."""
    slot = rows[0]
    left: dict[Mode, int] = {}
    for row in rows:
        if row.mode:
            left[row.mode] = left.get(row.mode, 0) + row.left
    return SlotTime(
        id=slot.id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        label=slot.label,
        is_cancelled=slot.state is SlotState.CANCELLED,
        is_to_come=slot.is_to_come,
        is_bookable=is_taking and slot.is_to_come and any(left.values()),
        is_moved=bool(slot.is_moved and slot.is_to_come),
        modes=tuple(ModeSeats(mode, None if seats >= UNLIMITED else seats) for mode, seats in left.items()),
        previous_starts_at=slot.previous_starts_at,
        previous_ends_at=slot.previous_ends_at,
    )
