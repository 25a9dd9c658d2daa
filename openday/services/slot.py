"""The times of an event: planned by a generator, taken over, given up. A booked time is never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from openday import clock, wording
from openday.errors import Refusal
from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, SeatPool, Slot
from openday.models.words import Attendance, Mode, PoolAudience, SlotState
from openday.services.availability import announce_event, announce_listing, recount
from openday.services.capacity import SeatPlan, new_pools
from openday.services.scope import Scope, editable_event, slot_in_scope
from openday.transaction import transaction

log = structlog.get_logger()

MOST_TIMES = 100
MODES = {
    Attendance.ONSITE: (Mode.ONSITE,),
    Attendance.ONLINE: (Mode.ONLINE,),
    Attendance.HYBRID: (Mode.ONSITE, Mode.ONLINE),
}


class SlotBooked(Refusal):
    """Somebody has booked this time, so it stays."""

    code = "slot_booked"
    message = _l("Diese Uhrzeit ist gebucht. Sagen Sie zuerst die Buchungen ab.")


class TooManyTimes(Refusal):
    """A plan nobody could look through."""

    code = "too_many_times"
    message = _l("Das sind mehr als %(most)s Uhrzeiten. Wählen Sie eine längere Dauer.", most=MOST_TIMES)


class NoSuchTime(Refusal):
    """A clock time in the hour that spring skips."""

    code = "no_such_time"
    message = _l("Diese Uhrzeit gibt es an dem Tag nicht, weil die Uhr vorgestellt wird")


@dataclass(frozen=True)
class SlotPlan:
    """What the generator is asked for: a Berlin day, clock times, minutes. Without ``length`` it is one time for all.

    ``seats`` has the capacity of each way to take part, None for no limit; ``kept`` of those on site, or online where
    there is no other way, are not for everybody.
    """

    day: date
    start: time
    end: time | None
    length: int | None
    pause: int
    seats: dict[Mode, int | None]
    kept: Mapping[PoolAudience, int] = field(default_factory=dict)

    def seat_plans(self, modes: tuple[Mode, ...]) -> dict[Mode, SeatPlan]:
        """Return the seats of each of the ways to take part."""
        return {mode: SeatPlan(self.seats.get(mode), self.kept if mode is modes[0] else {}) for mode in modes}


@dataclass(frozen=True)
class PlannedTime:
    """One time of a plan; ``clash`` is the existing time it repeats or overlaps, in words."""

    starts_at: datetime
    ends_at: datetime | None
    is_duplicate: bool = False
    clash: str = ""

    @property
    def key(self) -> str:
        """The name of its checkbox: the instant, unambiguous also in the hour that autumn repeats."""
        return self.starts_at.strftime("%Y%m%dT%H%MZ")


def modes_of(event: Event) -> tuple[Mode, ...]:
    """Return the ways to take part that need seats of their own."""
    return MODES.get(event.attendance, (Mode.ONSITE,)) if event.attendance else (Mode.ONSITE,)


def planned_times(plan: SlotPlan, existing: list[Slot]) -> list[PlannedTime]:
    """Return the times of a plan, none of which ends after its end; raises ``NoSuchTime`` and ``TooManyTimes``.

    Lengths are real time, so a day on which the clock changes gets neither a lost nor a doubled half hour.
    """
    try:
        starts_at = clock.from_berlin(plan.day, plan.start)
        until = clock.from_berlin(plan.day, plan.end) if plan.end else None
    except ValueError as error:
        raise NoSuchTime from error
    if plan.length is None or until is None:
        ends_at = until or (starts_at + timedelta(minutes=plan.length) if plan.length else None)
        return [with_clash(PlannedTime(starts_at, ends_at), existing)]
    length, step = timedelta(minutes=plan.length), timedelta(minutes=plan.length + plan.pause)
    times: list[PlannedTime] = []
    while starts_at + length <= until:
        if len(times) == MOST_TIMES:
            raise TooManyTimes
        times.append(with_clash(PlannedTime(starts_at, starts_at + length), existing))
        starts_at += step
    return times


def with_clash(planned: PlannedTime, existing: list[Slot]) -> PlannedTime:
    """Return the time with what stands in its way: the same start again, or an overlap."""
    for slot in existing:
        if slot.state is not SlotState.OPEN:
            continue
        is_same = slot.starts_at == planned.starts_at
        overlaps = slot.starts_at < (planned.ends_at or planned.starts_at) and planned.starts_at < (
            slot.ends_at or slot.starts_at
        )
        if is_same or overlaps:
            words = wording.times_in_words(slot.starts_at, slot.ends_at)
            return PlannedTime(planned.starts_at, planned.ends_at, is_duplicate=is_same, clash=words)
    return planned


@transaction
def take_times(scope: Scope, event_id: int, plan: SlotPlan, keys: set[str]) -> int:
    """Make the chosen times of a plan and return how many; one that exists already is left alone."""
    event = editable_event(scope, event_id)
    chosen = [one for one in planned_times(plan, event.slots) if one.key in keys and not one.is_duplicate]
    for planned in chosen:
        db.session.add(new_slot(event, planned, plan))
    db.session.flush()  # the versions are raised by statements of their own
    tell_times(event, scope, f"{len(chosen)} times added")
    return len(chosen)


def new_slot(event: Event, planned: PlannedTime, plan: SlotPlan) -> Slot:
    """Return a time with its seats; all of those on site are what the room holds."""
    plans = plan.seat_plans(modes_of(event))
    slot = Slot(event_id=event.id, starts_at=planned.starts_at, ends_at=planned.ends_at)
    slot.pools = new_pools(plans)
    slot.room_limit = plans[Mode.ONSITE].total if Mode.ONSITE in plans else None
    slot.reserves_open_at = reserves_open_at(planned.starts_at, event.reserve_hours)
    return slot


def reserves_open_at(starts_at: datetime, reserve_hours: int | None) -> datetime | None:
    """Return when kept seats are everybody's, None for never."""
    return None if reserve_hours is None else starts_at - timedelta(hours=reserve_hours)


@transaction
def remove_slot(scope: Scope, event_id: int, slot_id: int) -> None:
    """Delete a time nobody has booked, or call it off when its cancelled bookings are still kept.

    Raises ``SlotBooked``. The event's row is held first, as a booking does it: whoever books at the same moment is
    seen here, or finds the time gone.
    """
    slot = slot_in_scope(scope, event_id, slot_id)
    event = slot.event
    announce_event(event.id)
    if db.session.scalar(select(SeatPool.id).where(SeatPool.slot_id == slot.id, SeatPool.taken > 0).limit(1)):
        raise SlotBooked
    if db.session.scalar(select(Booking.id).where(Booking.slot_id == slot.id).limit(1)):
        slot.state = SlotState.CANCELLED
        db.session.flush()  # the listing is told by a statement of its own
    else:
        db.session.execute(delete(SeatPool).where(SeatPool.slot_id == slot.id))
        db.session.execute(delete(Slot).where(Slot.id == slot.id))
    tell_times(event, scope, "time removed")


def tell_times(event: Event, scope: Scope, detail: str) -> None:
    """Raise the versions kept pages hang on and write down who changed the times."""
    announce_event(event.id)
    recount(event.id, clock.now())
    announce_listing(event.campaign_id)
    db.session.add(
        AuditEntry(
            action="edited", actor_id=scope.user_id, object_type="event", object_id=event.id, detail=f"slots: {detail}"
        )
    )
    log.info("times changed", event_id=event.id)
