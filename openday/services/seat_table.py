"""All seats of a time in one picture, seen and set by the organiser."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from openday import clock
from openday.extensions import db
from openday.models import Event, Slot
from openday.models.words import Mode, PhotoRule, PoolAudience, SlotState
from openday.services.availability import announce_event
from openday.services.capacity import SeatPlan, fit_pools, plan_of
from openday.services.scope import Scope, editable_event, one_of, refuse_called_off
from openday.services.seats import SILENT
from openday.services.slot import modes_of, tell_times
from openday.services.waiting_list import serve_waiting
from openday.transaction import transaction


class Reach(StrEnum):
    """Which times a table is meant for: the one it stands at, those of its day, or all that are to come."""

    SLOT = "slot"
    DAY = "day"
    EVENT = "event"


@dataclass(frozen=True)
class SeatTable:
    """What was said about a time. Label and photo moment are its own, the rest is for every time in ``reach``."""

    plans: Mapping[Mode, SeatPlan]
    reach: Reach
    photo_rule: PhotoRule | None
    is_photo_moment: bool
    label: str | None


def table_modes(event: Event, slot: Slot) -> tuple[Mode, ...]:
    """Return the ways to take part whose seats can be set: those of the event, and those the slot has besides."""
    known = {*modes_of(event), *(pool.mode for pool in slot.pools)}
    return tuple(mode for mode in Mode if mode in known)


@transaction
def change_seats(scope: Scope, event_id: int, slot_id: int, table: SeatTable) -> int:
    """Set the seats of one time or of several and return of how many; with one that is too full nothing changes.

    Raises ``SeatsTaken``, and ``NotFound`` for a time of another event.
    """
    event = editable_event(scope, event_id)
    chosen = one_of(event.slots, slot_id)
    announce_event(event_id)
    refuse_called_off(event)
    at = clock.now()
    slots = slots_within(chosen, table.reach, at)
    is_told_anew = any(slot.photo_rule is not table.photo_rule for slot in slots)
    for slot in slots:
        fit_pools(slot, table.plans)
        slot.photo_rule = table.photo_rule
        if slot.id == slot_id:
            slot.label, slot.is_photo_moment = table.label, table.is_photo_moment
    db.session.flush()  # the versions are raised by statements of their own
    if is_told_anew:  # mails name the rule: a booking must not be confirmed with the old one
        rise = update(Event).where(Event.id == event_id).values(sequence=Event.sequence + 1)
        db.session.execute(rise, execution_options=SILENT)
    tell_times(event, scope, f"seats of {len(slots)} times")
    serve_waiting(event_id, at)
    return len(slots)


def slots_within(chosen: Slot, reach: Reach, at: datetime) -> list[Slot]:
    """Return the times a table is meant for, as they are now: the chosen one, the others if they are to come."""
    slots = db.session.scalars(
        select(Slot)
        .where(Slot.event_id == chosen.event_id, Slot.state == SlotState.OPEN)
        .options(joinedload(Slot.pools))
        .order_by(Slot.starts_at, Slot.id)
        .execution_options(populate_existing=True)
    ).unique()
    return [slot for slot in slots if slot.id == chosen.id or (slot.starts_at > at and is_meant(slot, chosen, reach))]


def is_meant(slot: Slot, chosen: Slot, reach: Reach) -> bool:
    """Whether the table of the chosen time is for another one too."""
    return reach is Reach.EVENT or (reach is Reach.DAY and slot.berlin_day == chosen.berlin_day)


def seats_in_words(slot: Slot) -> str:
    """Return ``12 vor Ort, davon 2 Politik, 1 Presse, 2 für Gäste ohne Anmeldung; 70 digital``."""
    plans = {mode: plan_of(slot, mode) for mode in Mode}
    return "; ".join(mode_in_words(mode, plan) for mode, plan in plans.items() if plan is not None)


def mode_in_words(mode: Mode, plan: SeatPlan) -> str:
    """Return the seats of one mode in words."""
    if plan.total is None:
        words = _("vor Ort ohne Grenze") if mode is Mode.ONSITE else _("digital ohne Grenze")
    else:
        count = plan.total
        words = _("%(count)s vor Ort", count=count) if mode is Mode.ONSITE else _("%(count)s digital", count=count)
    kept = [kept_in_words(audience, seats) for audience, seats in plan.kept.items() if seats]
    return f"{words}, {_('davon %(kept)s', kept=', '.join(kept))}" if kept else str(words)


def kept_in_words(audience: PoolAudience, count: int) -> str:
    """Return for whom how many seats are kept."""
    if audience is PoolAudience.POLITICS:
        return str(_("%(count)s Politik", count=count))
    if audience is PoolAudience.PRESS:
        return str(_("%(count)s Presse", count=count))
    return str(_("%(count)s für Gäste ohne Anmeldung", count=count))
