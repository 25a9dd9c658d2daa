"""Two workers that each keep a roll: after whatever one does, both say what the database says."""

from datetime import timedelta
from typing import Any, ClassVar

from sqlalchemy import Engine, event, select

from openday import clock
from openday.extensions import db
from openday.models import Campaign
from openday.services.roll import Roll
from openday.services.rolls import Kept, Rolls, catch_up, read_anew
from tests.statements import uncounted

UNREAD = frozenset({"rate_counters", "staff_sessions", "audit_entries", "outbox_messages"})
"""The tables no list is read from: what is written there changes none."""


def said_by(roll: Roll) -> dict[str, Any]:
    """Return everything a roll says."""
    return {
        "order": roll.order,
        "entries": roll.entries,
        "words": roll.words,
        "bits": {word: bits for word, bits in roll.bits.items() if bits and word[0] != "persons"},
        "hosts": +roll.hosts,
        "spots": sorted(spot for spots in roll.cells.values() for spot in spots),
    }


def campaign_now() -> tuple[int, int]:
    """Return the newest campaign and its version as it is stored."""
    db.session.rollback()
    return tuple(db.session.execute(select(Campaign.id, Campaign.version).order_by(Campaign.year.desc())).first() or ())


def campaigns_now() -> dict[int, int]:
    """Return every campaign and its version as they are stored."""
    db.session.rollback()
    return {row.id: row.version for row in db.session.execute(select(Campaign.id, Campaign.version))}


class Watch:
    """A process that has looked just before somebody changes something, and looks again just after.

    While nothing was written, it has nothing to hear of, and who looks after it has seen the same.
    """

    written: ClassVar[int] = 0
    last: ClassVar["Watch | None"] = None

    def __init__(self) -> None:
        self.database, self.found, self.at = db.engine.url, Watch.written, clock.now()
        if (last := Watch.last) and last.is_current(self):
            self.kept = last.kept
        else:
            with uncounted():
                self.kept = {number: read_anew(number, version, self.at) for number, version in campaigns_now().items()}
        Watch.last = self

    def is_current(self, now: "Watch") -> bool:
        """Whether it would read the same again."""
        is_same = (self.database, self.found) == (now.database, now.found)
        return is_same and timedelta(0) <= now.at - self.at < timedelta(minutes=1)

    def problems(self) -> list[str]:
        """Return the campaigns whose change it would not have heard of; it goes on with what it has read anew."""
        if Watch.written == self.found:
            return []
        known, self.at = self.kept, clock.now()
        with uncounted():
            self.kept = {number: read_anew(number, version, self.at) for number, version in campaigns_now().items()}
            stale = [
                f"the roll of campaign {number} is stale"
                for number, anew in self.kept.items()
                if number in known and catch_up(known[number], number, anew.version, self.at)
                if said_by(known[number].roll) != said_by(anew.roll)
            ]
        self.found = Watch.written
        return stale


@event.listens_for(Engine, "before_cursor_execute")
def count_written(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Count what may have changed a list, of whatever database."""
    if not statement.startswith(("SELECT", "BEGIN", "PRAGMA")) and UNREAD.isdisjoint(statement.split(None, 3)[:3]):
        Watch.written += 1


class Worker:
    """Another process: what it keeps is its own."""

    def __init__(self) -> None:
        self.rolls = Rolls()

    def look(self) -> dict[str, Any]:
        """Say what this process would show."""
        with self.rolls.of(*campaign_now(), clock.now()) as roll:
            return said_by(roll)

    @property
    def kept(self) -> Kept:
        """What it keeps of the only campaign it was asked about."""
        [kept] = self.rolls.kept.values()
        return kept

    def catches_up(self) -> bool:
        """Whether it finds out what has changed without reading everything again."""
        return catch_up(self.kept, *campaign_now(), clock.now())


def said_by_the_database() -> dict[str, Any]:
    """Say what a process that has just begun would show."""
    return said_by(read_anew(*campaign_now(), clock.now()).roll)
