"""What an event's own page says about a change of the last fourteen days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from openday.services.catalogue_cards import AnyRow
from openday.services.event_slots import SlotTime

SHOWN_FOR = timedelta(days=14)
MOST = 3


@dataclass(frozen=True)
class RecentChange:
    """``moved`` are the first times to come that have another time now, ``others`` how many more there are; ``note`` is
    what the house said about it."""

    note: str
    moved: tuple[SlotTime, ...]
    others: int


def recent_change(event: AnyRow, slots: Sequence[SlotTime], at: datetime) -> RecentChange | None:
    """Return what changed of late, None when there is nothing to say (any more)."""
    since = at - SHOWN_FOR
    moved = [slot for slot in slots if slot.is_to_come and slot.moved_at is not None and slot.moved_at > since]
    is_noted = event.changed_at is not None and event.changed_at > since and event.change_note
    if not moved and not is_noted:
        return None
    return RecentChange(event.change_note if is_noted else "", tuple(moved[:MOST]), max(0, len(moved) - MOST))
