"""The times of one event as visitors pick them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from openday import wording
from openday.extensions import db
from openday.models import SeatPool, Slot
from openday.models.words import Admission, EventState, Mode, PhotoRule, SlotState
from openday.services.catalogue_cards import AnyRow
from openday.services.seats import UNLIMITED, open_to_all
from openday.services.standing import Standing, step

WITHOUT_BOOKING = (Admission.OPEN, Admission.INVITATION)


@dataclass(frozen=True)
class ModeSeats:
    """Free seats in one way to take part; None means there is no limit."""

    mode: Mode
    left: int | None


@dataclass(frozen=True)
class SlotTime:
    """One time; ``is_bookable`` is what the picker offers, the booking decides for itself.

    ``photo_rule`` is None where the event's own holds.
    """

    id: int
    starts_at: datetime
    ends_at: datetime | None
    label: str | None
    is_cancelled: bool
    is_to_come: bool
    is_bookable: bool
    modes: tuple[ModeSeats, ...]
    photo_rule: PhotoRule | None = None
    is_photo_moment: bool = False
    moved_at: datetime | None = None
    previous_starts_at: datetime | None = None
    previous_ends_at: datetime | None = None

    @property
    def seats_left(self) -> int:
        """Free seats over all modes; no limit counts as a million."""
        return sum(UNLIMITED if mode.left is None else mode.left for mode in self.modes)

    @property
    def step(self) -> Standing:
        """Free, few or full."""
        return step(self.seats_left)


@dataclass(frozen=True)
class SlotDay:
    """The times of one Berlin day."""

    day: date
    slots: tuple[SlotTime, ...]

    @property
    def is_open(self) -> bool:
        """Whether any time of the day can be booked."""
        return any(slot.is_bookable for slot in self.slots)


def slot_times(event: AnyRow, at: datetime) -> tuple[SlotTime, ...]:
    """Return all times of an event with their seats, in one statement; events without booking have none to pick."""
    rows = db.session.execute(
        select(
            Slot.id,
            Slot.starts_at,
            Slot.ends_at,
            Slot.label,
            Slot.state,
            Slot.photo_rule,
            Slot.is_photo_moment,
            Slot.moved_at,
            Slot.previous_starts_at,
            Slot.previous_ends_at,
            SeatPool.mode,
            SeatPool.capacity,
            SeatPool.taken,
            SeatPool.is_saved,
        )
        .outerjoin(SeatPool, (SeatPool.slot_id == Slot.id) & open_to_all(at))
        .where(Slot.event_id == event.id)
        .order_by(Slot.starts_at, Slot.id, SeatPool.id)
    ).all()
    grouped: dict[int, list[AnyRow]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    takes_bookings = is_booking_open(event, at)
    return tuple(slot_from(group, at, takes_bookings=takes_bookings) for group in grouped.values())


def is_booking_open(event: AnyRow, at: datetime) -> bool:
    """Whether the event takes bookings at this moment."""
    return (
        event.state is EventState.PUBLISHED
        and event.admission not in WITHOUT_BOOKING
        and (event.booking_opens_at is None or event.booking_opens_at <= at)
        and (event.booking_closes_at is None or event.booking_closes_at > at)
    )


def slot_from(rows: Sequence[AnyRow], at: datetime, *, takes_bookings: bool) -> SlotTime:
    """Return one time from its rows, one for each mode."""
    slot = rows[0]
    modes = seats_by_mode(rows)
    is_cancelled = slot.state is SlotState.CANCELLED
    is_to_come = slot.starts_at > at and not is_cancelled
    has_room = any(mode.left is None or mode.left > 0 for mode in modes)
    return SlotTime(
        id=slot.id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        label=slot.label,
        is_cancelled=is_cancelled,
        is_to_come=is_to_come,
        is_bookable=takes_bookings and is_to_come and has_room,
        modes=modes,
        photo_rule=slot.photo_rule,
        is_photo_moment=slot.is_photo_moment,
        moved_at=slot.moved_at,
        previous_starts_at=slot.previous_starts_at,
        previous_ends_at=slot.previous_ends_at,
    )


def seats_by_mode(rows: Sequence[AnyRow]) -> tuple[ModeSeats, ...]:
    """Return the free seats of each mode over its open pools; what is saved for the waiting list is not free."""
    left: dict[Mode, int | None] = {}
    for row in rows:
        if row.mode is None:
            continue
        free = 0 if row.is_saved else None if row.capacity is None else row.capacity - row.taken
        known = left.get(row.mode, 0)
        left[row.mode] = None if known is None or free is None else known + free
    return tuple(ModeSeats(mode, number) for mode, number in left.items())


def days_of(slots: Sequence[SlotTime]) -> tuple[SlotDay, ...]:
    """Return the times grouped by Berlin day, in order."""
    grouped: dict[date, list[SlotTime]] = {}
    for slot in slots:
        grouped.setdefault(wording.berlin_day(slot.starts_at), []).append(slot)
    return tuple(SlotDay(day, tuple(times)) for day, times in grouped.items())
