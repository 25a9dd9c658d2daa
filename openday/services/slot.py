"""The times of an event: taken over from a plan, copied, given up. A booked time is never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, SeatPool, Slot
from openday.models.words import OPEN_STATES, Attendance, Mode, SlotState
from openday.services.availability import announce_event, recount
from openday.services.capacity import new_pools
from openday.services.event import note_change, told_facts
from openday.services.event_days import Days, Span, days_of, hold_times
from openday.services.event_history import note_changes, snapshot
from openday.services.listing_change import announce_listing
from openday.services.scope import Scope, editable_event, slot_in_scope
from openday.services.slot_plan import PlannedTime, SlotPlan, instant, planned_times, with_clash
from openday.transaction import transaction

log = structlog.get_logger()

MODES = {
    Attendance.ONSITE: (Mode.ONSITE,),
    Attendance.ONLINE: (Mode.ONLINE,),
    Attendance.HYBRID: (Mode.ONSITE, Mode.ONLINE),
}


class SlotBooked(Refusal):
    """Somebody has booked this time, asks or waits for it, so it stays."""

    code = "slot_booked"
    message = _l("Diese Uhrzeit ist gebucht, oder jemand wartet auf sie. Sagen Sie sie ab, dann wissen es alle.")


def modes_of(event: Event) -> tuple[Mode, ...]:
    """Return the ways to take part that need seats of their own."""
    return MODES.get(event.attendance, (Mode.ONSITE,)) if event.attendance else (Mode.ONSITE,)


@dataclass(frozen=True)
class TakenTimes:
    """How many times were made and how many gave way to them; ``booked`` stood in the way and stay.

    ``days`` are those of the event where it had to be longer for the times.
    """

    added: int
    removed: int = 0
    booked: tuple[Slot, ...] = ()
    days: Days | None = None


def staying(slots: Sequence[Slot], plan: SlotPlan) -> list[Slot]:
    """Return the times that stay when a plan is taken over: all of them, or where it replaces, the booked ones."""
    return [slot for slot in slots if not (plan.replaces and slot.berlin_day in plan.days and not is_booked(slot))]


def is_booked(slot: Slot) -> bool:
    """Whether somebody has a seat."""
    return any(pool.taken for pool in slot.pools)


@transaction
def take_times(scope: Scope, event_id: int, plan: SlotPlan, keys: set[str]) -> TakenTimes:
    """Make the chosen times of a plan; one that exists already is left alone, a booked one always.

    The event's row is held first, as a booking does it: a time booked a moment ago is seen as booked here.
    """
    editable_event(scope, event_id)
    announce_event(event_id)
    event = editable_event(scope, event_id)
    stay = staying(event.slots, plan)
    chosen = [one for one in planned_times(plan, stay) if one.key in keys and not one.is_duplicate]
    given_up = [slot for slot in event.slots if slot not in stay and slot.state is SlotState.OPEN and give_up(slot)]
    for planned in chosen:
        db.session.add(new_slot(event, planned, plan))
    days = take_in(event, chosen, scope)
    tell_times(event, scope, f"{len(chosen)} times added, {len(given_up)} removed")
    booked = [slot for slot in stay if plan.replaces and slot.berlin_day in plan.days and slot.state is SlotState.OPEN]
    return TakenTimes(len(chosen), len(given_up), tuple(booked), days)


@transaction
def copy_day(scope: Scope, event_id: int, source: date, target: date) -> TakenTimes:
    """Make the times of one Berlin day on another one too, with all their seats; what exists there is left alone.

    Raises ``NoSuchTime``.
    """
    event = editable_event(scope, event_id)
    announce_event(event_id)
    originals = [slot for slot in event.slots if slot.berlin_day == source and slot.state is SlotState.OPEN]
    twins = []
    for slot in originals:
        starts_at = instant(target, clock.to_berlin(slot.starts_at).time())
        ends_at = starts_at + (slot.ends_at - slot.starts_at) if slot.ends_at else None
        if not with_clash(PlannedTime(starts_at, ends_at, slot.label), event.slots).clash:
            twins.append(twin_of(slot, event, starts_at, ends_at))
    db.session.add_all(twins)
    days = take_in(event, twins, scope)
    tell_times(event, scope, f"{len(twins)} times copied")
    return TakenTimes(len(twins), days=days)


def take_in(event: Event, times: Sequence[Span], scope: Scope) -> Days | None:
    """Let the event's days hold new times, in its history too; return them when they are other ones.

    Behind its last day an event is over for guests, whatever times it has.
    """
    before, told, known = days_of(event), told_facts(event), snapshot(event)
    hold_times(event, times)
    note_change(event, told)
    note_changes(event, known, scope.user_id)
    return days_of(event) if days_of(event) != before else None


def twin_of(slot: Slot, event: Event, starts_at: datetime, ends_at: datetime | None) -> Slot:
    """Return a time like another one, with all its seats free."""
    twin = Slot(
        event_id=event.id,
        starts_at=starts_at,
        ends_at=ends_at,
        label=slot.label,
        room_limit=slot.room_limit,
        photo_rule=slot.photo_rule,
        is_photo_moment=slot.is_photo_moment,
        reserves_open_at=reserves_open_at(starts_at, event.reserve_hours),
    )
    twin.pools = [SeatPool(mode=pool.mode, audience=pool.audience, capacity=pool.capacity) for pool in slot.pools]
    return twin


def new_slot(event: Event, planned: PlannedTime, plan: SlotPlan) -> Slot:
    """Return a time with its seats; all of those on site are what the room holds."""
    plans = plan.seat_plans(modes_of(event))
    slot = Slot(event_id=event.id, starts_at=planned.starts_at, ends_at=planned.ends_at, label=planned.label)
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
    if not give_up(slot):
        raise SlotBooked
    tell_times(event, scope, "time removed")


def give_up(slot: Slot) -> bool:
    """Delete a time without seats taken, or call it off when its cancelled bookings are still kept.

    False for one that somebody waits for or has asked for: that is called off with a mail, never in silence.
    """
    states = set(db.session.scalars(select(Booking.state).where(Booking.slot_id == slot.id).distinct()))
    if states & set(OPEN_STATES):
        return False
    if states:
        slot.state = SlotState.CANCELLED
        db.session.flush()  # the listing is told by a statement of its own
    else:
        db.session.execute(delete(SeatPool).where(SeatPool.slot_id == slot.id))
        db.session.execute(delete(Slot).where(Slot.id == slot.id))
    return True


def tell_times(event: Event, scope: Scope, detail: str) -> None:
    """Raise the versions kept pages hang on and write down who changed the times."""
    announce_event(event.id)
    recount(event.id, clock.now())
    announce_listing(event.campaign_id, event.id)
    db.session.add(
        AuditEntry(
            action="edited", actor_id=scope.user_id, object_type="event", object_id=event.id, detail=f"slots: {detail}"
        )
    )
    log.info("times changed", event_id=event.id)
