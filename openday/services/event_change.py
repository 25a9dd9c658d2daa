"""What an event's own page says about a change of the last fourteen days."""

from dataclasses import dataclass
from datetime import datetime

from openday.services.catalogue_cards import AnyRow
from openday.services.event_slots import MOVED_FOR, SlotTime, SlotTimes


@dataclass(frozen=True)
class RecentChange:
    """``moved`` are the first times to come that have another time now, ``others`` how many more there are; ``note`` is
    what the house said about it."""

    note: str
    moved: tuple[SlotTime, ...]
    others: int


def recent_change(event: AnyRow, times: SlotTimes, at: datetime) -> RecentChange | None:
    """Return what changed of late, None when there is nothing to say (any more)."""
    is_noted = event.changed_at is not None and event.changed_at > at - MOVED_FOR and event.change_note
    if not times.moved and not is_noted:
        return None
    return RecentChange(event.change_note if is_noted else "", times.moved, times.moved_count - len(times.moved))
