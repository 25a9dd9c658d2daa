"""Other times for somebody whose slot just filled up."""

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, or_, select, union

from openday import clock
from openday.extensions import db
from openday.mailing.visit import Visit
from openday.models import SeatPool, Slot
from openday.models.words import Mode, PoolAudience, SlotState
from openday.services.event_slots import ALL_AT_ONCE
from openday.services.seats import LEFT_TO_ALL, open_to_all
from openday.services.visit import visits_of_event

NEAREST = 3


def nearest_free(
    visit: Visit, party_size: int, mode: Mode | None, audience: PoolAudience = PoolAudience.EVERYONE
) -> list[Visit]:
    """Return the free times of the same event that fit the whole party, nearest to the wanted one first."""
    wanted = mode or (visit.modes[0] if visit.modes else Mode.ONSITE)
    free = select(Slot.id).where(
        Slot.event_id == visit.event_id, Slot.id != visit.slot_id, *fits(party_size, wanted, audience)
    )
    before = free.where(Slot.starts_at < visit.starts_at).order_by(Slot.starts_at.desc()).limit(NEAREST).subquery()
    after = free.where(Slot.starts_at >= visit.starts_at).order_by(Slot.starts_at).limit(NEAREST).subquery()
    found = times_with_ids(visit.event_id, union(select(before.c.id), select(after.c.id)))
    found.sort(key=lambda other: (abs(other.starts_at - visit.starts_at), other.starts_at))
    return sorted(found[:NEAREST], key=lambda other: other.starts_at)


def first_times(event_id: int, *conditions: ColumnElement[bool]) -> list[Visit]:
    """Return the first times of an event with some conditions, no more than a page shows."""
    ids = select(Slot.id).where(Slot.event_id == event_id, *conditions).order_by(Slot.starts_at).limit(ALL_AT_ONCE)
    return times_with_ids(event_id, ids)


def times_with_ids(event_id: int, ids: Select[int] | CompoundSelect[int]) -> list[Visit]:
    """Return the times a statement finds: as its condition it would have all times of the event looked at."""
    return visits_of_event(event_id, Slot.id.in_(db.session.scalars(ids).all()))


def fits(party_size: int, mode: Mode, audience: PoolAudience = PoolAudience.EVERYONE) -> list[ColumnElement[bool]]:
    """Return the conditions of a time to come at which a party of that audience finds room in that mode."""
    at = clock.now()
    seats = select(func.coalesce(func.sum(LEFT_TO_ALL), 0)).where(
        SeatPool.slot_id == Slot.id, SeatPool.mode == mode, or_(open_to_all(at), SeatPool.audience == audience)
    )
    has_room = seats.correlate(Slot).scalar_subquery() >= party_size
    return [Slot.state == SlotState.OPEN, Slot.starts_at > at, has_room]
