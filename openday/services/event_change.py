"""What an event page says about a change of the last fourteen days: facts, so that each language has its words."""

from dataclasses import dataclass
from datetime import datetime

from openday import clock
from openday.models import Event
from openday.models.words import ChangedFact
from openday.services.catalogue_cards import AnyRow
from openday.services.event_days import Days
from openday.services.event_slots import MOVED_FOR, SlotTime, SlotTimes


@dataclass(frozen=True)
class RecentChange:
    """``fact`` is what changed, ``before`` the days and hours it had until then; ``moved`` are the first times to come
    that have another time now, ``others`` how many more there are; ``note`` is what the house said about it."""

    fact: ChangedFact | None
    before: Days
    note: str
    moved: tuple[SlotTime, ...]
    others: int


def recent_change(event: AnyRow, times: SlotTimes, at: datetime) -> RecentChange | None:
    """Return what changed of late, None when there is nothing to say (any more)."""
    is_recent = event.changed_at is not None and event.changed_at > at - MOVED_FOR
    fact, note = (event.changed_fact, event.change_note or "") if is_recent else (None, "")
    if not times.moved and not fact and not note:
        return None
    before = Days(*(getattr(event, f"previous_{name}") for name in Days._fields))
    return RecentChange(fact, before, note, times.moved, times.moved_count - len(times.moved))


def say_change(event: Event, fact: ChangedFact | None, words: str, before: Days | None = None) -> None:
    """Say a change on the public page, in place of any earlier one; ``words`` are the house's own."""
    event.changed_at, event.changed_fact, event.change_note = clock.now(), fact, words or None
    for name, value in zip(Days._fields, before or (None,) * len(Days._fields), strict=True):
        setattr(event, f"previous_{name}", value)
