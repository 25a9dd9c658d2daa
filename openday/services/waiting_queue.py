"""Who gets the seats that are free: the rule of the waiting list, without a database.

The line is in the order in which people joined; whoever let an offer lapse stands at its end. Seats go to the first
party they suffice for. A party they do not suffice for may be overtaken three times, by smaller parties behind it or by
guests who booked what was left. From then on the seats that become free are saved up for it: nobody behind it gets
them and no passer-by sees them, until they suffice, or until 24 hours before the start. A party larger than a time
could ever hold is passed by without a count; one that waits for any time has seats saved up at one time only, where
the most are free. From three hours before the start seats go only to those who said that short notice is fine with
them. Whoever lets two offers lapse leaves the line. Politics and press stand in the same line: they are given the seats
kept for them first, then everybody's, and where the host has to say yes a seat they take is held for its answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from openday.models.words import Mode, PoolAudience
from openday.services.seats import UNLIMITED, split, usable

MOST_OVERTAKINGS = 3
MOST_OFFERS = 2
NOT_SAVED_AFTER = timedelta(hours=24)
SHORT_NOTICE = timedelta(hours=3)
LONGEST_OFFER = timedelta(hours=24)


@dataclass
class Pool:
    """Seats of a time as the plan sees them; it takes and saves them up as it goes along."""

    id: int
    audience: PoolAudience
    capacity: int | None
    taken: int
    reserves_open_at: datetime | None = None
    is_saved: bool = False


@dataclass
class Time:
    """One coming time in one mode."""

    slot_id: int
    mode: Mode
    starts_at: datetime
    pools: list[Pool]


@dataclass(frozen=True)
class Party:
    """One entry of the line; ``slot_id`` None waits for any time but those in ``passed``."""

    id: int
    size: int
    slot_id: int | None
    mode: Mode = Mode.ONSITE
    audience: PoolAudience = PoolAudience.EVERYONE
    overtaken: int = 0
    takes_late: bool = False
    passed: frozenset[int] = frozenset()

    def wants(self, time: Time, at: datetime) -> bool:
        """Whether seats of that time could still be for this party."""
        is_its_time = time.slot_id == self.slot_id if self.slot_id else time.slot_id not in self.passed
        return is_its_time and time.mode is self.mode and is_in_reach(time.starts_at, at, takes_late=self.takes_late)

    def finds(self, time: Time, at: datetime) -> Sequence[Pool]:
        """Return the pools it may sit in, without what is saved up for somebody before it."""
        return usable(time.pools, self.audience, at)


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, and the seats of a time it gets, by their pools."""

    party_id: int
    slot_id: int
    seats: Mapping[int, int]


@dataclass
class Plan:
    """What happens next: whose turn it is, one after the other, who was overtaken how often, which pools are saved."""

    served: list[Turn] = field(default_factory=list)
    overtaken: dict[int, int] = field(default_factory=dict)
    saved: frozenset[int] = frozenset()


def offer_ends_at(at: datetime, starts_at: datetime) -> datetime:
    """Return how long seats offered now are held: a day, or half of the time that is left."""
    return min(at + LONGEST_OFFER, at + (starts_at - at) / 2)


def is_short_notice(starts_at: datetime, at: datetime) -> bool:
    """Whether there is no time left to think an offer over."""
    return starts_at - at < SHORT_NOTICE


def is_in_reach(starts_at: datetime, at: datetime, *, takes_late: bool) -> bool:
    """Whether somebody could still get seats of a time."""
    return starts_at > at and (takes_late or not is_short_notice(starts_at, at))


def plan(line: Sequence[Party], times: Sequence[Time], at: datetime) -> Plan:
    """Return what to do with the seats that are free, for a line in its order and the times in theirs."""
    made = Plan()
    waiting = list(line)
    for time in times:
        while turn := next_in_line(waiting, time, times, at, made.overtaken):
            made.served.append(turn)
            waiting = [party for party in waiting if party.id != turn.party_id]
    made.saved = frozenset(pool.id for time in times for pool in time.pools if pool.is_saved)
    return made


def next_in_line(
    line: Sequence[Party], time: Time, times: Sequence[Time], at: datetime, overtaken: dict[int, int]
) -> Turn | None:
    """Seat the first party there is room for and count whom it overtook; with none left, save up what has to be."""
    for pool in time.pools:
        pool.is_saved = False
    passed: list[Party] = []
    for party in line:
        if not party.wants(time, at) or party.size > most_seats(party.finds(time, at)):
            continue
        if shares := split(party.finds(time, at), party.size):
            count_taken(time, shares)
            for other in passed:
                overtaken[other.id] = overtaken.get(other.id, 0) + 1
            return Turn(party.id, time.slot_id, shares)
        has_waited_enough = party.overtaken + overtaken.get(party.id, 0) >= MOST_OVERTAKINGS
        if has_waited_enough and time is saving_time(party, times, at):
            for pool in party.finds(time, at):
                pool.is_saved = True
        else:
            passed.append(party)
    return None


def most_seats(pools: Sequence[Pool]) -> int:
    """Return how many seats there would be if nobody sat there."""
    return sum(UNLIMITED if pool.capacity is None else pool.capacity for pool in pools)


def free_seats(pools: Sequence[Pool]) -> int:
    """Return how many seats are free."""
    return sum(UNLIMITED if pool.capacity is None else pool.capacity - pool.taken for pool in pools)


def count_taken(time: Time, shares: Mapping[int, int]) -> None:
    """Count the seats of a party as taken."""
    for pool in time.pools:
        pool.taken += shares.get(pool.id, 0)


def saving_time(party: Party, times: Sequence[Time], at: datetime) -> Time | None:
    """Return the one time whose seats are saved up for a party: its own, or that with the most free ones."""
    wanted = [
        time
        for time in times
        if party.wants(time, at)
        and time.starts_at - at > NOT_SAVED_AFTER
        and party.size <= most_seats(usable(time.pools, party.audience, at, has_waited=True))
    ]
    return max(
        wanted, key=lambda time: free_seats(usable(time.pools, party.audience, at, has_waited=True)), default=None
    )
