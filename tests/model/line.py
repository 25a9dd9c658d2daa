"""The waiting list in the pure model: written down a second time, as plainly as it can be, to be compared."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from openday.models.words import Awaits, BookingState, Mode
from tests.model.house import SEATED, House, Party, Pool, is_due, own_of

DAY, SHORT = timedelta(hours=24), timedelta(hours=3)


@dataclass
class Line:
    """Who waits in a house; ``is_automatic`` books at once instead of offering."""

    house: House
    is_automatic: bool

    def waiting(self) -> list[Party]:
        """Return who waits, the next one first."""
        found = [one for one in self.house.parties.values() if one.state is BookingState.WAITING]
        return sorted(found, key=lambda one: (one.waits_since, one.number))

    def place(self, party: Party) -> int:
        """Return 1 for who is next among those who could take what this one waits for."""
        rivals = [
            one
            for one in self.waiting()
            if one.mode is party.mode and (party.time is None or one.time in (party.time, None))
        ]
        return 1 + rivals.index(party)

    def serve(self, at: datetime) -> None:
        """Give what is free to the next in line until nobody finds room, then save up for who waited too often."""
        saved: list[Pool] = []
        for pool in self.all_pools():
            pool.is_saved = False
        passers_by = {one.number: self.passers_by(one) for one in self.waiting()}
        line = self.waiting()
        for time, mode in self.places(at):
            blocked: list[Pool] = []
            while served := self.serve_one(line, time, mode, at, passers_by, blocked):
                line.remove(served)
            saved += blocked
        for pool in saved:
            pool.is_saved = True

    def serve_one(
        self,
        line: list[Party],
        time: int,
        mode: Mode,
        at: datetime,
        passers_by: dict[int, int],
        blocked: list[Pool],
    ) -> Party | None:
        """Seat the first who fits; nobody sits on what is kept for who was overtaken three times before."""
        blocked.clear()
        overtaken: list[Party] = []
        for party in line:
            if not self.wants(party, time, mode, at):
                continue
            own = [pool for pool in self.pools_for(party, time, at) if pool not in blocked]
            if party.size > sum(pool.capacity for pool in own):
                continue
            if party.size <= sum(pool.left for pool in own):
                for pool in blocked:
                    pool.is_saved = True
                self.seat(party, time, at)
                for pool in blocked:
                    pool.is_saved = False
                for other in overtaken:
                    other.overtaken += 1
                return party
            has_had_enough = party.overtaken + passers_by[party.number] >= 3
            is_early = self.house.times[time].starts_at - at > DAY
            if has_had_enough and is_early and time == self.best_time(party, at):
                blocked += own
            else:
                overtaken.append(party)
        return None

    def seat(self, party: Party, time: int, at: datetime) -> None:
        """Offer or book the seats."""
        self.house.sit(party, time, at)
        starts_at = self.house.times[time].starts_at
        if party.is_any_time:
            party.passed.add(time)
        party.time, party.mail_sent_at = time, None
        is_at_once = self.is_automatic or starts_at - at < SHORT
        if is_at_once and party.awaits is not Awaits.MAILBOX:
            self.take(party, time, at)
        else:
            party.state, party.held_until = BookingState.OFFERED, self.offer_end(time, at)

    def take(self, party: Party, time: int, at: datetime) -> None:
        """Make seats that were given a booking, or a request where the host has to say yes."""
        if party.awaits is Awaits.HOST:
            party.state, party.held_until = BookingState.HELD, min(at + 5 * DAY, self.house.times[time].starts_at)
        else:
            party.state, party.awaits, party.held_until = BookingState.CONFIRMED, None, None

    def offer_end(self, time: int, at: datetime) -> datetime:
        """Return how long an offer made now lasts."""
        return at + min(DAY, (self.house.times[time].starts_at - at) / 2)

    def wants(self, party: Party, time: int, mode: Mode, at: datetime) -> bool:
        """Whether a party could take that time."""
        starts_at = self.house.times[time].starts_at
        is_its = time == party.time or (party.time is None and time not in party.passed)
        return is_its and mode is party.mode and starts_at > at and (party.takes_late or starts_at - at >= SHORT)

    def best_time(self, party: Party, at: datetime) -> int | None:
        """Return the only time seats are saved up at for a party: the one with the most free seats."""
        best, most = None, -1
        for time, mode in self.places(at):
            pools = self.pools_for(party, time, at)
            is_early = self.house.times[time].starts_at - at > DAY
            could = party.size <= sum(pool.capacity for pool in pools)
            left = sum(pool.left for pool in pools)
            if self.wants(party, time, mode, at) and is_early and could and left > most:
                best, most = time, left
        return best

    def pools_for(self, party: Party, time: int, at: datetime) -> list[Pool]:
        """Return the pools a party may sit in, saved up or not."""
        wheres = self.house.order(time, party.mode, own_of(party.kind), at, has_waited=True)
        return [self.house.pool(where) for where in wheres]

    def passers_by(self, party: Party) -> int:
        """Return how many booked past a party since it came."""
        return sum(
            one.state in SEATED
            and one.waits_since is None
            and one.mode is party.mode
            and party.time in (None, one.time)
            and one.created_at > (party.waits_since or one.created_at)
            for one in self.house.parties.values()
        )

    def places(self, at: datetime) -> list[tuple[int, Mode]]:
        """Return the times that come, earliest first, once for each mode."""
        coming = sorted((slot.starts_at, time) for time, slot in self.house.times.items() if slot.starts_at > at)
        return [(time, mode) for _starts_at, time in coming for mode in Mode]

    def all_pools(self) -> list[Pool]:
        """Return every pool of the house."""
        return [pool for slot in self.house.times.values() for pool in slot.pools.values()]

    def go_back(self, party: Party) -> None:
        """Make an offer an entry again."""
        self.house.rise(party)
        party.state, party.held_until = BookingState.WAITING, None
        if party.is_any_time:
            party.time = None

    def lapse(self, at: datetime) -> None:
        """End the offers nobody took, the earliest first; one that was never sent is made once more."""
        due = [one for one in self.house.parties.values() if one.state is BookingState.OFFERED and is_due(one, at)]
        for party in sorted(due, key=lambda one: (one.held_until, one.number)):
            time = party.time
            assert time is not None
            if self.house.times[time].starts_at - at >= SHORT and party.mail_sent_at is None:
                party.held_until = self.offer_end(time, at)
                continue
            if party.lapsed == 1 or (not party.is_any_time and self.house.has_begun(time, at)):
                self.house.rise(party)
                party.state, party.awaits, party.held_until = BookingState.EXPIRED, None, None
            else:
                self.go_back(party)
                party.waits_since, party.overtaken, party.lapsed = at, 0, 1
                party.passed.discard(time)
            self.serve(at)

    def end(self, at: datetime) -> None:
        """End the entries there is nothing left to wait for."""
        is_anything_left = bool(self.places(at))
        for party in self.waiting():
            if self.house.has_begun(party.time, at) or (party.time is None and not is_anything_left):
                party.state, party.awaits = BookingState.EXPIRED, None
