"""A small pure model of one house's seats: what the real one must say after every step. No database, no clock.

It knows nothing of statements, locks and mails; a party is a name with a size, a kind, a time and a state.
"""

from dataclasses import dataclass, field
from datetime import datetime

from openday.models.words import Awaits, BookingState, GuestKind, Mode, PoolAudience

Share = dict[tuple[int, Mode, PoolAudience], int]
RESERVES = (PoolAudience.POLITICS, PoolAudience.PRESS)
OWN = {GuestKind.POLITICS: PoolAudience.POLITICS, GuestKind.PRESS: PoolAudience.PRESS}
SEATED = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)


@dataclass
class Pool:
    """Seats for one audience; None means no limit. ``is_saved``: kept for a party that waits."""

    capacity: int | None
    taken: int = 0
    is_saved: bool = False

    @property
    def left(self) -> int:
        """Free seats; no limit is a million."""
        return 1_000_000 if self.capacity is None else self.capacity - self.taken


@dataclass
class Time:
    """One slot; ``reserves_open_at`` is when kept seats are everybody's."""

    starts_at: datetime
    reserves_open_at: datetime | None
    pools: dict[tuple[Mode, PoolAudience], Pool]


@dataclass
class Party:
    """People with, without or formerly with seats. ``time`` None: any time will do."""

    size: int
    kind: GuestKind
    mode: Mode
    state: BookingState
    time: int | None
    awaits: Awaits | None = None
    held_until: datetime | None = None
    takes_late_offer: bool = False
    shares: Share = field(default_factory=dict)


@dataclass
class House:
    """All times of one event and everybody who came by."""

    times: dict[int, Time]
    parties: dict[str, Party] = field(default_factory=dict)

    def order(self, time: int, mode: Mode, kind: GuestKind, at: datetime, *, has_waited: bool = False) -> Share:
        """Return the pools a party may sit in, in order, with their free seats."""
        own, slot = OWN.get(kind, PoolAudience.EVERYONE), self.times[time]
        audiences = [own]
        if own is not PoolAudience.EVERYONE:
            audiences.append(PoolAudience.EVERYONE)
        if slot.reserves_open_at is not None and slot.reserves_open_at <= at:
            audiences += [one for one in RESERVES if one is not own]
        found: Share = {}
        for audience in audiences:
            pool = slot.pools.get((mode, audience))
            if pool is not None and (has_waited or not pool.is_saved):
                found[time, mode, audience] = pool.left
        return found

    def free(self, time: int, mode: Mode, kind: GuestKind, at: datetime, *, has_waited: bool = False) -> int:
        """Return how many of a kind find a seat together; none once it has begun."""
        if self.times[time].starts_at <= at:
            return 0
        return sum(self.order(time, mode, kind, at, has_waited=has_waited).values())

    def sit(self, party: Party, time: int, at: datetime, *, seats: int | None = None, has_waited: bool = False) -> None:
        """Give a party its seats, or some more of them; asserts that they are there."""
        wanted = party.size if seats is None else seats
        for where, left in self.order(time, party.mode, party.kind, at, has_waited=has_waited).items():
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
        own = OWN.get(party.kind, PoolAudience.EVERYONE)
        order = [own, *(one for one in (PoolAudience.EVERYONE, *RESERVES) if one is not own)]
        for where in sorted(party.shares, key=lambda where: order.index(where[2]), reverse=True):
            share = min(seats, party.shares[where])
            self.pool(where).taken -= share
            party.shares[where] -= share
            seats -= share
        party.shares = {where: share for where, share in party.shares.items() if share}

    def pool(self, where: tuple[int, Mode, PoolAudience]) -> Pool:
        """Return one pool."""
        time, mode, audience = where
        return self.times[time].pools[mode, audience]

    def held(self, time: int) -> int:
        """Return the seats of a time held for the mailbox or the host."""
        return sum(
            party.size
            for party in self.parties.values()
            if party.time == time and party.state is BookingState.HELD and party.awaits in (Awaits.MAILBOX, Awaits.HOST)
        )

    def budget(self, time: int, mode: Mode, kind: GuestKind) -> int:
        """Return how many may be held: 30 % of the general seats, at least one, and all of the kind's own."""
        pools = self.times[time].pools
        general, own = pools.get((mode, PoolAudience.EVERYONE)), OWN.get(kind)
        share = max(1, int((general.capacity or 0) * 0.3)) if general else 1
        kept = pools.get((mode, own)) if own else None
        return share + (kept.capacity or 0 if kept else 0)
