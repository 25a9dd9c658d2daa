"""The roll of a campaign: its events in the order of the lists, and for each word those it is true of.

Those are the bits of one number, the first event of the list being bit 0: two conditions are crossed by one ``&`` and
what is left is counted by one ``bit_count``, which of 25,000 events takes microseconds.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from heapq import heappop, heappush

Word = tuple[str, str | int]
"""What is said of an event: a field and its value."""
Key = tuple[bool, date, int, bool, time, int]
"""Where an event stands: dated before undated, sold out after what is free and called off behind both, timed first."""
Spot = tuple[float, float]
"""Latitude and longitude as far as everybody may know them."""
Placed = tuple[float, float, int]
"""A spot with its event."""

CELLS_PER_DEGREE = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of an event beside its words. ``turns_at``: when time alone may next change one of them."""

    id: int
    key: Key
    ends_on: date | None
    spots: tuple[Spot, ...]
    hosts: tuple[int, ...]
    turns_at: datetime | None


Line = tuple[Entry, frozenset[Word]]


class Roll:
    """The events and their words. Not safe for threads by itself."""

    def __init__(self, lines: Iterable[Line]) -> None:
        ordered = sorted(lines, key=lambda line: line[0].key)
        self.order: list[Key] = [entry.key for entry, _words in ordered]
        self.entries: dict[int, Entry] = {}
        self.words: dict[int, frozenset[Word]] = {}
        self.persons: Mapping[int, int] = {}
        self.hosts: Counter[int] = Counter()
        self.cells: dict[tuple[int, int], list[Placed]] = {}
        self.known_ranks: dict[int, int] = {}
        self.known_hosts: dict[int, int] = {}
        self.turns: list[tuple[datetime, int]] = []
        self.bits: dict[Word, int] = {}
        alike: dict[frozenset[Word], list[int]] = {}
        for rank, (entry, words) in enumerate(ordered):
            self.remember(entry, words)
            alike.setdefault(words, []).append(rank)
        for words, ranks in alike.items():
            self.bits |= {word: self.bits.get(word, 0) | bits for bits in [bits_of(ranks)] for word in words}

    def put(self, entry: Entry, words: frozenset[Word]) -> None:
        """Write an event down, or what is now true of it."""
        known = self.entries.get(entry.id)
        if known is not None and known.key == entry.key:
            changed = self.words[entry.id] ^ words
            rank = self.rank(entry.id)
            self.forget(known)
            if known.hosts != entry.hosts:
                self.known_hosts = {}
        else:
            self.drop(entry.id)
            changed = words | persons_words(self.persons.get(entry.id, 0))
            rank = bisect_left(self.order, entry.key)
            self.order.insert(rank, entry.key)
            self.known_ranks, self.known_hosts = {}, {}
            self.bits = {word: bits >> rank << rank + 1 | bits & below(rank) for word, bits in self.bits.items()}
        for word in changed:
            self.bits[word] = self.bits.get(word, 0) ^ 1 << rank
        self.remember(entry, words)

    def drop(self, event_id: int) -> None:
        """Strike an event off; one that is not there is no mistake."""
        known = self.entries.get(event_id)
        if known is None:
            return
        rank = self.rank(event_id)
        self.forget(known)
        del self.order[rank]
        self.known_ranks, self.known_hosts = {}, {}
        self.bits = {word: bits >> rank + 1 << rank | bits & below(rank) for word, bits in self.bits.items()}

    def remember(self, entry: Entry, words: frozenset[Word]) -> None:
        """Keep what is found without bits."""
        self.entries[entry.id] = entry
        self.words[entry.id] = words
        self.hosts.update(entry.hosts)
        for spot in entry.spots:
            self.cells.setdefault(cell_of(spot), []).append((*spot, entry.id))
        if entry.turns_at is not None:
            heappush(self.turns, (entry.turns_at, entry.id))

    def forget(self, entry: Entry) -> None:
        """Take back what was remembered; a turn that is left over finds nothing."""
        del self.entries[entry.id], self.words[entry.id]
        self.hosts.subtract(entry.hosts)
        for spot in entry.spots:
            self.cells[cell_of(spot)].remove((*spot, entry.id))

    def due(self, at: datetime) -> set[int]:
        """Return, once, the events of which time may have changed something."""
        found = set()
        while self.turns and self.turns[0][0] <= at:
            turns_at, event_id = heappop(self.turns)
            entry = self.entries.get(event_id)
            if entry is not None and entry.turns_at == turns_at:
                found.add(event_id)
        return found

    def count_persons(self, persons: Mapping[int, int]) -> None:
        """Keep how many people come to which event, digit by digit: sums of any choice are counts of bits then."""
        if persons == self.persons:
            return
        self.bits = {word: bits for word, bits in self.bits.items() if word[0] != "persons"}
        digits: dict[Word, list[int]] = {}
        for event_id in persons.keys() & self.entries.keys():
            for word in persons_words(persons[event_id]):
                digits.setdefault(word, []).append(event_id)
        self.bits |= {word: self.of(found) for word, found in digits.items()}
        self.persons = persons

    def persons_in(self, bits: int) -> int:
        """Return how many people come to a choice of events."""
        digits = ((word[1], found) for word, found in self.bits.items() if word[0] == "persons")
        return sum((bits & found).bit_count() << int(digit) for digit, found in digits)

    def having(self, field: str, *values: str | int) -> int:
        """Return the events of which one of these is said."""
        found = 0
        for value in values:
            found |= self.bits.get((field, value), 0)
        return found

    def values(self, field: str) -> set[str]:
        """Return everything that was ever said in a field of words."""
        return {str(word[1]) for word in self.bits if word[0] == field}

    @property
    def everything(self) -> int:
        """All events."""
        return below(len(self.order))

    def rank(self, event_id: int) -> int:
        """Return where an event stands."""
        return bisect_left(self.order, self.entries[event_id].key)

    def since(self, day: date) -> int:
        """Return the events that begin on a day or later, and those without a day."""
        return self.everything & ~below(self.first_of(day))

    def first_of(self, day: date) -> int:
        """Return where a day begins."""
        return bisect_left(self.order, (False, day))  # a shorter key comes before its days

    def on(self, day: date) -> int:
        """Return the events that begin on a day."""
        return below(self.first_of(date.fromordinal(day.toordinal() + 1))) & ~below(self.first_of(day))

    def running(self, day: date) -> int:
        """Return the events that began before a day and last until it."""
        earlier = ranks_of(self.having("lasting", "") & below(self.first_of(day)))
        return bits_of([rank for rank in earlier if (self.at(rank).ends_on or date.min) >= day])

    def at(self, rank: int) -> Entry:
        """Return the event that stands there."""
        return self.entries[self.order[rank][-1]]

    def of(self, event_ids: Iterable[int]) -> int:
        """Return these events as bits; where each stands is found out for all of them when anything has moved."""
        if not self.known_ranks:
            self.known_ranks = {key[-1]: rank for rank, key in enumerate(self.order)}
        return bits_of(map(self.known_ranks.__getitem__, event_ids))

    def cells_between(self, here: Spot, there: Spot) -> Iterator[tuple[list[Placed], list[Placed]]]:
        """Return the cells from a south-western to a north-eastern spot that have events: their corners and spots."""
        (south, west), (north, east) = cell_of(here), cell_of(there)
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                if spots := self.cells.get((row, column)):
                    yield corners_of(row, column), spots

    def hosts_in(self, bits: int) -> int:
        """Return how many Träger stand for a choice of events."""
        if bits not in self.known_hosts:
            found: set[int] = set()
            most = sum(events > 0 for events in self.hosts.values())
            for rank in each_rank(bits):
                found.update(self.at(rank).hosts)
                if len(found) == most:
                    break
            self.known_hosts = {bits: len(found)}
        return self.known_hosts[bits]

    def page(self, bits: int, first: int, size: int) -> list[int]:
        """Return the ids of so many events of a choice, in their order, leaving out the ``first``."""
        found: list[int] = []
        bits &= ~below(nth(bits, first))
        while bits and len(found) < size:
            rank = (bits & -bits).bit_length() - 1
            found.append(self.order[rank][-1])
            bits &= bits - 1
        return found


def below(rank: int) -> int:
    """Return the bits before a rank."""
    return (1 << rank) - 1


def bits_of(ranks: Iterable[int]) -> int:
    """Return the number with these bits."""
    found = list(ranks)
    flags = bytearray((max(found, default=0) >> 3) + 1)
    for rank in found:
        flags[rank >> 3] |= 1 << (rank & 7)
    return int.from_bytes(flags, "little")


def ranks_of(bits: int) -> list[int]:
    """Return which bits a number has."""
    return list(each_rank(bits))


def each_rank(bits: int) -> Iterator[int]:
    """Return them one after the other."""
    return (rank for rank, bit in enumerate(reversed(f"{bits:b}")) if bit == "1")


def nth(bits: int, number: int) -> int:
    """Return where the bit stands that has so many before it; behind all of them when there are no more."""
    low, high = 0, bits.bit_length()
    while low < high:
        middle = (low + high) // 2
        if (bits & below(middle + 1)).bit_count() > number:
            high = middle
        else:
            low = middle + 1
    return low


def persons_words(number: int) -> frozenset[Word]:
    """Return the binary digits of a number of people, as words."""
    return frozenset(("persons", digit) for digit in ranks_of(number))


def cell_of(spot: Spot) -> tuple[int, int]:
    """Return the cell of the map a spot lies in."""
    return int(spot[0] * CELLS_PER_DEGREE // 1), int(spot[1] * CELLS_PER_DEGREE // 1)


def corners_of(row: int, column: int) -> list[Placed]:
    """Return the corners of a cell, as spots of no event."""
    rows, columns = (row, row + 1), (column, column + 1)
    return [(north / CELLS_PER_DEGREE, east / CELLS_PER_DEGREE, 0) for north in rows for east in columns]
