"""One event in the database and the same one in the pure model: how they begin, what must agree, how they end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import Any, ClassVar

import time_machine
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from sqlalchemy import select

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.models import Booking, SeatPool, Slot
from openday.models.words import Awaits, BookingState, GuestKind, Mode, PoliticalLevel, PoolAudience, Role, WaitingList
from openday.services.booking_request import BookingRequest, PoliticalFacts, PressFacts
from openday.services.rolls import rolls
from openday.services.scope import Scope
from tests.conftest import empty_tables
from tests.driver import driver
from tests.factories import make_event, make_user
from tests.invariants import said_to
from tests.model.beginning import guests, settle
from tests.model.house import SEATED, House, Party, Pool, Time
from tests.model.line import Line
from tests.rolls import Worker, said_by_the_database

BEGIN = datetime.fromisoformat("2026-09-14T08:00:00Z")
ROOM = "https://raum.example.org/geheim"
POOLS = {
    (Mode.ONSITE, PoolAudience.POLITICS): 1,
    (Mode.ONSITE, PoolAudience.PRESS): 1,
    (Mode.ONSITE, PoolAudience.WALK_IN): 1,
    (Mode.ONLINE, PoolAudience.EVERYONE): 1,
}
KINDS = st.sampled_from([GuestKind.PUBLIC, GuestKind.PUBLIC, GuestKind.PUBLIC, GuestKind.POLITICS])
WAITERS = st.sampled_from([GuestKind.PUBLIC, GuestKind.PUBLIC, GuestKind.POLITICS, GuestKind.PRESS])
SIZES = st.sampled_from([1, 1, 2, 2, 3, 4])
MODES = st.sampled_from([Mode.ONSITE, Mode.ONSITE, Mode.ONSITE, Mode.ONLINE])
PICK = st.integers(0, 999)
nonces = count(1)
pool, party = SeatPool.__table__.c, Booking.__table__.c
ALL_POOLS = str(select(pool.slot_id, pool.mode, pool.audience, pool.capacity, pool.taken, pool.is_saved))
ALL_PARTIES = str(
    select(
        *(party.nonce, party.state, party.slot_id, party.party_size, party.awaits, party.held_until),
        *(party.waits_since, party.overtaken, party.offers_lapsed),
    ).order_by(party.id)
)


class Life(RuleBasedStateMachine):
    """Two times of one event; the clock stands still between the jumps."""

    app: Flask
    lengths: ClassVar[list[int]] = []

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0
        self.traveller = time_machine.travel(BEGIN, tick=False)
        self.clock = self.traveller.start()

    def teardown(self) -> None:
        self.lengths.append(self.steps - 1)
        try:
            if hasattr(self, "worker"):
                assert self.worker.look() == said_by_the_database(), "a process would show something else"
        finally:
            self.end()

    def end(self) -> None:
        self.traveller.stop()
        db.session.rollback()
        empty_tables()
        db.session.remove()
        for shelf in self.app.extensions["openday.pages"].values():
            shelf.pages.clear()
        rolls.kept.clear()

    @initialize(
        is_automatic=st.sampled_from([False, False, True]),
        seats=st.sampled_from([3, 4, 7]),
        hours=st.sampled_from([6, 12, 26]),
        overtaken=st.integers(0, 3),
        lapsed=st.integers(0, 1),
        is_read=st.booleans(),
    )
    def publish(self, is_automatic: bool, seats: int, hours: int, **past: Any) -> None:
        """An event sold out on site: a time tomorrow and one in two days, whose reserves open some hours before."""
        event = make_event(
            starts_on=(BEGIN + timedelta(hours=28)).date(),
            room_url=ROOM,
            waiting_list=WaitingList.AUTOMATIC if is_automatic else WaitingList.OFFER,
        )
        slots: list[Slot] = []
        for starts_at, general in ((BEGIN + timedelta(hours=28), 3), (BEGIN + timedelta(hours=52), seats)):
            capacities = {**POOLS, (Mode.ONSITE, PoolAudience.EVERYONE): general}
            slot = Slot(event_id=event.id, starts_at=starts_at, reserves_open_at=starts_at - timedelta(hours=hours))
            slot.pools = [SeatPool(mode=mode, audience=who, capacity=size) for (mode, who), size in capacities.items()]
            slots.append(slot)
        db.session.add_all(slots)
        db.session.flush()  # the model knows them by their ids
        self.event_id, self.slug = event.id, event.slug
        self.scope = Scope(make_user().id, {event.traeger_id: Role.OWNER})
        self.house = House({slot.id: time_of(slot) for slot in slots})
        self.line = Line(self.house, is_automatic)
        self.walk_ins: list[tuple[int, tuple[int, Mode, PoolAudience], datetime]] = []
        for party in guests(self.house, **past):
            self.enter(f"model-{next(nonces):026}", party)
            if party.state in SEATED:
                assert party.time is not None
                self.house.sit(party, party.time, self.at)
        self.line.serve(self.at)
        settle(self.house, slots)
        self.worker = Worker()
        self.worker.look()

    @invariant()
    def both_agree(self) -> None:
        """Every pool and every party is as the model has it, and nothing is breached."""
        if not hasattr(self, "house"):
            return
        self.steps += 1
        db.session.rollback()
        with driver() as connection:
            pools, parties, found = stored_pools(connection), stored_parties(connection), said_to(connection)
        assert pools == {
            (time, *where): (pool.capacity, pool.taken, pool.is_saved)
            for time, slot in self.house.times.items()
            for where, pool in slot.pools.items()
        }
        assert parties == [
            (
                nonce,
                one.state,
                one.time,
                one.size,
                one.awaits,
                one.held_until,
                one.waits_since,
                one.overtaken,
                one.lapsed,
            )
            for nonce, one in self.house.parties.items()
        ]
        assert found == []

    # small questions

    @property
    def at(self) -> datetime:
        return clock.now()

    def time(self, which: int) -> int:
        return sorted(self.house.times)[which % len(self.house.times)]

    def request(self, which: int, kind: GuestKind, size: int, mode: Mode, **more: Any) -> BookingRequest:
        number = next(nonces)
        politics = PoliticalFacts(PoliticalLevel.LANDTAG) if kind is GuestKind.POLITICS else None
        press = PressFacts(("text",)) if kind is GuestKind.PRESS else None
        return BookingRequest(
            slot_id=self.time(which),
            name="Ayşe Kaya",
            email=f"gast{number}@example.org",
            party_size=size,
            nonce=f"model-{number:026}",
            mode=mode,
            guest_kind=kind,
            politics=politics,
            press=press,
            **more,
        )

    def welcome(self, request: BookingRequest, state: BookingState, awaits: Awaits | None = None) -> Party:
        """Write a new party down in the model."""
        size, kind, mode = request.party_size, request.guest_kind, request.mode
        assert mode is not None
        return self.enter(request.nonce, Party(0, size, kind, mode, state, request.slot_id, self.at, awaits))

    def enter(self, nonce: str, party: Party) -> Party:
        """Give a party its number and its place among the others."""
        party.number = len(self.house.parties) + 1
        self.house.parties[nonce] = party
        return party

    def find(self, *states: BookingState, awaits: Awaits | None = None) -> list[tuple[str, Party]]:
        return [
            (nonce, party)
            for nonce, party in self.house.parties.items()
            if party.state in states and (awaits is None or party.awaits is awaits)
        ]

    def clicks(self, act: Callable[[], Any], **again: Any) -> Any:
        """Do something, every third time twice, as impatient people do; ``again`` is the answer to the second click."""
        first = self.outcome(act)
        if self.steps % 3 == 0 and not isinstance(first, Refusal):
            assert self.outcome(act) == again.get("again", first)
        return first

    def outcome(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refusal as refusal:
            return refusal


def time_of(slot: Slot) -> Time:
    """Return a time of the model that is like a stored one."""
    assert slot.reserves_open_at is not None
    pools = {(pool.mode, pool.audience): Pool(pool.capacity or 0) for pool in slot.pools}
    return Time(slot.starts_at, slot.reserves_open_at, pools)


def stored_pools(connection: Any) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return every pool, its words as their text."""
    return {row[:3]: row[3:] for row in connection.execute(ALL_POOLS)}


def stored_parties(connection: Any) -> list[tuple[Any, ...]]:
    """Return every party, the one that came first at the head."""
    return [(*row[:5], *map(instant, row[5:7]), *row[7:]) for row in connection.execute(ALL_PARTIES)]


@lru_cache
def instant(stored: Any) -> datetime | None:
    """Return a point in time as aware UTC; SQLite keeps text."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored
