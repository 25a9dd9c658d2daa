"""What the visitors of a storm saw, written down by them, and the judge who compares it with the database.

A request is *invoked* and ends *ok*, *fail* (refused) or *info* (nobody knows: the connection broke, the server was
busy). An act that stays info may have happened or not; everything else is certain (after Jepsen's histories).
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

NEVER = float("inf")


class Outcome(StrEnum):
    """How a request ended; ``FULL`` is the refusal that claims something about the seats."""

    OK = "ok"
    FULL = "full"
    REFUSED = "refused"
    INFO = "info"


@dataclass(frozen=True)
class Answer:
    """One request: what was asked when, and what came back; instants in seconds of one monotonic clock."""

    act: str
    email: str
    slot_id: int
    seats: int
    invoked: float
    returned: float
    outcome: Outcome
    token_digest: str = ""


@dataclass(frozen=True)
class Stored:
    """One booking as the database has it afterwards."""

    email: str
    slot_id: int
    seats: int
    is_cancelled: bool
    token_digest: str


class History:
    """Keeps the answers of all visitors; each is on disk as a JSON line before the next request."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.answers: list[Answer] = []
        self.lock = Lock()

    def note(self, act: str, email: str, slot_id: int, seats: int) -> float:
        """Write down that a request begins; returns its instant."""
        invoked = time.monotonic()
        self.write({"type": "invoke", "act": act, "email": email, "slot_id": slot_id, "seats": seats, "at": invoked})
        return invoked

    def close(self, answer: Answer) -> Answer:
        """Write down how a request ended."""
        self.write({"type": answer.outcome, **asdict(answer)})
        with self.lock:
            self.answers.append(answer)
        return answer

    def write(self, line: dict[str, object]) -> None:
        """Append one line."""
        with self.lock, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


@dataclass(frozen=True)
class Party:
    """Everything one form went through: it may have been sent several times, and cancelled afterwards."""

    email: str
    slot_id: int
    seats: int
    bookings: tuple[Answer, ...]
    cancellations: tuple[Answer, ...]

    @property
    def acknowledged_at(self) -> float:
        """When the booking was certain, never if it was not."""
        return min((answer.returned for answer in self.bookings if answer.outcome is Outcome.OK), default=NEVER)

    @property
    def is_refused(self) -> bool:
        """Whether every answer was a refusal, so that nothing may be left."""
        return all(answer.outcome in (Outcome.FULL, Outcome.REFUSED) for answer in self.bookings)

    @property
    def is_cancelled(self) -> bool:
        """Whether a cancellation was acknowledged."""
        return any(answer.outcome is Outcome.OK for answer in self.cancellations)

    @property
    def tokens(self) -> set[str]:
        """The digests of the links that the answers gave."""
        return {answer.token_digest for answer in self.bookings if answer.outcome is Outcome.OK}

    def held_surely(self) -> tuple[float, float]:
        """From when to when it held its seats without doubt."""
        return self.acknowledged_at, min((answer.invoked for answer in self.cancellations), default=NEVER)

    def held_possibly(self) -> tuple[float, float]:
        """From when to when it can have held seats."""
        freed = [answer.returned for answer in self.cancellations if answer.outcome is Outcome.OK]
        return min(answer.invoked for answer in self.bookings), min(freed, default=NEVER)


def parties_of(answers: Iterable[Answer]) -> list[Party]:
    """Return the answers put together by the address, of which each form has its own."""
    by_email: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_email[answer.email].append(answer)
    return [
        Party(
            email,
            found[0].slot_id,
            found[0].seats,
            tuple(answer for answer in found if answer.act == "book"),
            tuple(answer for answer in found if answer.act == "cancel"),
        )
        for email, found in by_email.items()
    ]


def verdicts(answers: Iterable[Answer], stored: Iterable[Stored], capacity: dict[int, int]) -> list[str]:
    """Return one sentence per contradiction between what was answered and what is stored; empty when all is true."""
    parties, rows = parties_of(answers), list(stored)
    return [*wrong_rows(parties, rows), *oversold(parties, rows, capacity), *falsely_full(parties, rows, capacity)]


def wrong_rows(parties: list[Party], rows: list[Stored]) -> Iterator[str]:
    """I2: acknowledged is stored once with the same content, refused left nothing, repeated is the same."""
    known = {party.email: party for party in parties}
    by_email = {row.email: row for row in rows}
    for email, times in Counter(row.email for row in rows).items():
        if times > 1:
            yield f"duplicate: {email} is stored {times} times"
        if email not in known:
            yield f"phantom: nobody sent {email}"
    for party in parties:
        row = by_email.get(party.email)
        if row is None and party.acknowledged_at < NEVER:
            yield f"lost: {party.email} was acknowledged"
        if row is not None and party.is_refused:
            yield f"phantom: {party.email} was refused"
        if len(party.tokens) > 1:
            yield f"wavering: {party.email} got {len(party.tokens)} links for one form"
        if row is not None:
            yield from wrong_content(party, row)


def wrong_content(party: Party, row: Stored) -> Iterator[str]:
    """The stored booking says what was asked for, opens with the link that was given, and is cancelled if it was."""
    if (row.slot_id, row.seats) != (party.slot_id, party.seats):
        yield f"changed: {party.email} asked for {party.seats} in {party.slot_id}"
    if party.tokens and row.token_digest not in party.tokens:
        yield f"changed: the link of {party.email} does not open the booking"
    if party.is_cancelled and not row.is_cancelled:
        yield f"undone: {party.email} was cancelled"
    if row.is_cancelled and not party.cancellations:
        yield f"changed: nobody cancelled {party.email}"


def oversold(parties: list[Party], rows: list[Stored], capacity: dict[int, int]) -> Iterator[str]:
    """I1: never more seats than there are, neither in the end nor at any moment that is certain."""
    for slot_id, seats in capacity.items():
        final = sum(row.seats for row in rows if row.slot_id == slot_id and not row.is_cancelled)
        moments = []
        for party in parties:
            since, until = party.held_surely()
            if party.slot_id == slot_id and since < until:
                moments += [(since, party.seats), (until, -party.seats)]
        held = highest = 0
        for _at, change in sorted(moments):
            held += change
            highest = max(highest, held)
        if max(final, highest) > seats:
            yield f"oversold: slot {slot_id} has {seats} seats, {final} are taken, {highest} were taken at one moment"


def falsely_full(parties: list[Party], rows: list[Stored], capacity: dict[int, int]) -> Iterator[str]:
    """I8: "full" is true only if the party can't have fitted in at some moment of its request."""
    is_stored = {row.email for row in rows}
    holders: dict[int, list[Party]] = defaultdict(list)
    for party in parties:
        if party.email in is_stored:
            holders[party.slot_id].append(party)
    for party in parties:
        for answer in party.bookings:
            if answer.outcome is not Outcome.FULL:
                continue
            taken = 0
            for other in holders[party.slot_id]:
                since, until = other.held_possibly()
                if other is not party and since < answer.returned and until > answer.invoked:
                    taken += other.seats
            if taken + party.seats <= capacity[party.slot_id]:
                yield f"false full: {party.email} was refused, at most {taken} seats can have been taken"
