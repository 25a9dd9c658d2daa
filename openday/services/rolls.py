"""The rolls this process keeps. Before one is used, it reads what has changed since: exact, whichever worker did it.

Every change that shows in a list raises its campaign's version and says which event it was about, in its own
transaction (``listing_change.announce_listing``). The versions of a campaign are committed one after the other, so
whoever has read one knows everything up to it. What time alone changes is read again when its time has come.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from sqlalchemy import Engine, bindparam, select

from openday.extensions import db
from openday.models import Campaign, Event, ListingChange
from openday.services.roll import Line, Roll
from openday.services.roll_lines import FACTS, SHOWN_STATES, Details, details_of, line_of, persons_of, with_owner

MOST_AT_ONCE = 500  # more changes than that, and reading everything is quicker
READ_AT_ONCE = 1000  # events
MOST_KEPT = 4  # campaigns
PERSONS_FOR = timedelta(minutes=1)
A_WAIT = timedelta(seconds=30)
"""So long somebody may wait for the others of this process, and then ask for less than the roll knows already."""


@dataclass
class Kept:
    """A roll, up to which version and since when it is true, and until when its people are counted well enough."""

    roll: Roll
    version: int
    at: datetime
    persons_until: datetime | None = None


class Rolls:
    """The rolls of one process, by campaign."""

    def __init__(self) -> None:
        self.kept: dict[tuple[Engine, int], Kept] = {}
        self.lock = RLock()

    @contextmanager
    def of(self, campaign_id: int, version: int, at: datetime, *, with_persons: bool = False) -> Iterator[Roll]:
        """Lend the roll of a campaign whose version was just read, as it is at this moment; not within a transaction.

        The people who come may be those of a minute ago: they are shown roughly anyway.
        """
        with self.lock:
            key = db.engine, campaign_id
            kept = self.kept.pop(key, None)  # gone when anything goes wrong
            if kept is None or not catch_up(kept, campaign_id, version, at):
                kept = read_anew(campaign_id, version, at)
            if with_persons and (kept.persons_until is None or kept.persons_until <= at):
                kept.roll.count_persons(persons_of(campaign_id))
                kept.persons_until = at + PERSONS_FOR
            self.kept[key] = kept
            if len(self.kept) > MOST_KEPT:
                del self.kept[next(iter(self.kept))]
            yield kept.roll


rolls = Rolls()

VERSION = select(Campaign.version).where(Campaign.id == bindparam("campaign"))
EVENTS = with_owner(select(*FACTS).select_from(Event))
CHANGES = with_owner(
    select(ListingChange.version, ListingChange.event_id, *FACTS).outerjoin(Event, Event.id == ListingChange.event_id)
).order_by(ListingChange.version)


def read_anew(campaign_id: int, version: int, at: datetime) -> Kept:
    """Read a whole campaign."""
    return Kept(Roll(lines_of_campaign(campaign_id, at)), version, at)


def lines_of_campaign(campaign_id: int, at: datetime) -> Iterator[Line]:
    """Read some events at a time: what is read of them weighs more than what is kept."""
    last = 0
    while True:
        shown = (Event.campaign_id == campaign_id, Event.state.in_(SHOWN_STATES), Event.id > last)
        found = details_of(select(Event.id).where(*shown).order_by(Event.id).limit(READ_AT_ONCE))
        some = EVENTS.where(*shown).order_by(Event.id).limit(READ_AT_ONCE)
        events = db.session.execute(some, {"at": at}).all()
        yield from (line_of(event, found.get(event.id, Details()), at) for event in events)
        if len(events) < READ_AT_ONCE:
            return
        last = events[-1].id


def catch_up(kept: Kept, campaign_id: int, version: int, at: datetime) -> bool:
    """Read again what has changed; False when nobody said what it was, or it is too much.

    Whoever read the version and waited finds a roll that others brought further: it is true. A clock or a database
    that was set back is told from that.
    """
    if at < kept.at - A_WAIT:
        return False
    at = max(at, kept.at)
    if version < kept.version:
        version = db.session.scalar(VERSION, {"campaign": campaign_id}) or 0
    if version < kept.version:
        return False
    rows: dict[int, Any] = {}
    if version > kept.version:
        later = (ListingChange.campaign_id == campaign_id, ListingChange.version > kept.version)
        told = db.session.execute(CHANGES.where(*later).limit(MOST_AT_ONCE), {"at": at}).all()
        if not told or told[-1].version < version or len(told) != told[-1].version - kept.version:
            return False
        kept.version = told[-1].version
        rows = {row.event_id: row for row in told}
    due = kept.roll.due(at) - rows.keys()
    kept.at = at
    if len(due) > MOST_AT_ONCE:
        return False
    if due:
        turned = db.session.execute(EVENTS.where(Event.id.in_(due)), {"at": at})
        rows |= dict.fromkeys(due) | {row.id: row for row in turned}
    write_down(kept.roll, campaign_id, rows, at)
    return True


def write_down(roll: Roll, campaign_id: int, rows: Mapping[int, Any], at: datetime) -> None:
    """Put what was read of some events into the roll; those that are gone, or shown no more, are struck off."""
    shown = {
        event_id
        for event_id, row in rows.items()
        if row is not None and row.campaign_id == campaign_id and row.state in SHOWN_STATES
    }
    found = details_of(select(Event.id).where(Event.id.in_(shown))) if shown else {}
    for event_id, row in rows.items():
        if event_id in shown:
            roll.put(*line_of(row, found.get(event_id, Details()), at))
        else:
            roll.drop(event_id)
