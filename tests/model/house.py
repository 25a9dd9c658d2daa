"""A small pure model of one house's seats: what the real one must say after every step. No database, no clock.

It knows nothing of statements, locks and mails; a party is a number with a size, a kind, a time and a state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from openday.models.words import Awaits, BookingState, GuestKind, Mode, PoolAudience

Where = tuple[int, Mode, PoolAudience]
Share = dict[Where, int]
RESERVES = (PoolAudience.POLITICS, PoolAudience.PRESS)
OWN = {GuestKind.POLITICS: PoolAudience.POLITICS, GuestKind.PRESS: PoolAudience.PRESS}
SEATED = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)


@dataclass
class Pool:
    """Seats for one audience; ``is_saved``: kept for a party that waits."""

    capacity: int
    taken: int = 0
    is_saved: bool = False

    @property
    def left(self) -> int:
        """Free seats."""
        return self.capacity - self.taken


@dataclass
class Time:
    """One slot; ``reserves_open_at`` is when kept seats are everybody's."""

    starts_at: datetime
    reserves_open_at: datetime
    pools: dict[tuple[Mode, PoolAudience], Pool]


@dataclass
class Party:
    """People with, without or formerly with seats. ``time`` None: any time will do, but those in ``passed``."""

    number: int
    size: int
    kind: GuestKind
    mode: Mode
    state: BookingState
    time: int | None
    created_at: datetime
    awaits: Awaits | None = None
    held_until: datetime | None = None
    mail_sent_at: datetime | None = None
    waits_since: datetime | None = None
    is_any_time: bool = False
    takes_late: bool = False
    passed: set[int] = field(default_factory=set)
    overtaken: int = 0
    lapsed: int = 0
    shares: Share = field(default_factory=dict)


@dataclass
class House:
    """All times of one event and everybody who came by, in their order."""

    times: dict[int, Time]
    parties: dict[str, Party] = field(default_factory=dict)

    def order(self, time: int, mode: Mode, own: PoolAudience, at: datetime, *, has_waited: bool = False) -> Share:
        """Return the pools a party may sit in, in order, with their free seats."""
        slot = self.times[time]
        audiences = [own]
        if own is not PoolAudience.EVERYONE:
            audiences.append(PoolAudience.EVERYONE)
        if slot.reserves_open_at <= at:
            audiences += [one for one in RESERVES if one is not own]
        found: Share = {}
        for audience in audiences:
            pool = slot.pools.get((mode, audience))
            if pool is not None and (has_waited or not pool.is_saved):
                found[time, mode, audience] = pool.left
        return found

    def free(self, time: int, mode: Mode, kind: GuestKind, at: datetime) -> int:
        """Return how many of a kind find a seat together; none once it has begun."""
        if self.has_begun(time, at):
            return 0
        return sum(self.order(time, mode, own_of(kind), at).values())

    def sit(self, party: Party, time: int, at: datetime, *, seats: int | None = None, has_waited: bool = False) -> None:
        """Give a party its seats, or some more of them; asserts that they are there."""
        wanted = party.size if seats is None else seats
        for where, left in self.order(time, party.mode, own_of(party.kind), at, has_waited=has_waited).items():
            share = min(wanted, left)
            if share:
                self.pool(where).taken += share
                party.shares[where] = party.shares.get(where, 0) + share
                wanted -= share
        assert not wanted, "the model has no room"

    def rise(self, party: Party) -> None:
        """Give all seats of a party back."""
        for where, share in party.shares.items():
            self.pool(where).taken -= share
        party.shares = {}

    def shrink(self, party: Party, seats: int) -> None:
        """Give some seats back, in the reverse of the order in which they were taken."""
        own = own_of(party.kind)
        order = [own, *(one for one in (PoolAudience.EVERYONE, *RESERVES) if one is not own)]
        for where in sorted(party.shares, key=lambda where: order.index(where[2]), reverse=True):
            share = min(seats, party.shares[where])
            self.pool(where).taken -= share
            party.shares[where] -= share
            seats -= share
        party.shares = {where: share for where, share in party.shares.items() if share}

    def general(self, time: int, mode: Mode = Mode.ONSITE) -> Pool:
        """Return the pool of a time that everybody books."""
        return self.pool((time, mode, PoolAudience.EVERYONE))

    def pool(self, where: Where) -> Pool:
        """Return one pool."""
        time, mode, audience = where
        return self.times[time].pools[mode, audience]

    def has_begun(self, time: int | None, at: datetime) -> bool:
        """Whether a time has begun; no time has not."""
        return time is not None and self.times[time].starts_at <= at

    def held(self, time: int, at: datetime) -> int:
        """Return the seats of a time held for a mailbox or for the host's answer."""
        return sum(
            party.size
            for party in self.parties.values()
            if party.time == time
            and party.state is BookingState.HELD
            and party.held_until is not None
            and party.held_until > at
        )

    def budget(self, time: int, mode: Mode) -> int:
        """Return how many may be held: 30 % of the general seats, at least one."""
        return max(1, int(self.general(time, mode).capacity * 0.3))

    def expire(self, at: datetime) -> Iterable[Party]:
        """End every hold that ran out, earliest first, and requests nobody can grant; yields whoever frees seats."""
        due = [one for one in self.parties.values() if one.state is BookingState.HELD and is_due(one, at)]
        for party in sorted(due, key=lambda one: (one.held_until, one.number)):
            latest = party.created_at + timedelta(hours=6)
            later = min((party.mail_sent_at or at) + timedelta(minutes=20), latest)
            if party.awaits is Awaits.MAILBOX and later > at and not self.has_begun(party.time, at):
                party.held_until = later
                continue
            self.rise(party)
            party.state, party.held_until = BookingState.EXPIRED, None
            yield party
        for party in self.parties.values():
            if party.state is BookingState.REQUESTED and self.has_begun(party.time, at):
                party.state = BookingState.EXPIRED


def own_of(kind: GuestKind) -> PoolAudience:
    """Return the pool a kind of guest has for its own."""
    return OWN.get(kind, PoolAudience.EVERYONE)


def is_due(party: Party, at: datetime) -> bool:
    """Whether what was held for a party ends."""
    return party.held_until is not None and party.held_until <= at
