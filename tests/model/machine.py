"""Random lives of one house: every step is done by the real services and by the pure model, and both must agree."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from openday import clock, tokens
from openday.errors import BookingClosed, Refusal, SlotFull
from openday.extensions import db
from openday.models import Booking, SeatPool, Slot
from openday.models.words import Awaits, BookingState, GuestKind, Mode, PoliticalLevel, PoolAudience
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest, PoliticalFacts
from openday.services.cancellation import cancel_booking
from openday.services.expiry import expire_holds
from openday.services.invariants import breaches
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.moving import move_booking, resize_booking
from openday.services.receipt import secret_of
from tests.conftest import empty_tables
from tests.factories import make_event, save
from tests.model.house import SEATED, House, Party, Pool, Time

BEGIN = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
POOLS = {
    (Mode.ONSITE, PoolAudience.EVERYONE): 5,
    (Mode.ONSITE, PoolAudience.POLITICS): 2,
    (Mode.ONSITE, PoolAudience.PRESS): 1,
    (Mode.ONLINE, PoolAudience.EVERYONE): 3,
}
KINDS = st.sampled_from([GuestKind.PUBLIC, GuestKind.PUBLIC, GuestKind.PUBLIC, GuestKind.POLITICS])
SIZES = st.integers(1, 4)
MODES = st.sampled_from([Mode.ONSITE, Mode.ONSITE, Mode.ONLINE])
PICK = st.integers(0, 10_000)


class SeatMachine(RuleBasedStateMachine):
    """Two times of one event; the clock stands still between the jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.traveller = time_machine.travel(BEGIN, tick=False)
        self.clock = self.traveller.start()

    def teardown(self) -> None:
        self.traveller.stop()
        db.session.rollback()
        empty_tables()
        db.session.remove()

    @initialize()
    def publish(self) -> None:
        """An event with two times, tomorrow and the day after, whose reserves open a day before."""
        event = make_event(starts_on=(BEGIN + timedelta(days=1)).date(), contact_email="haus@example.org")
        times: dict[int, Time] = {}
        for days in (1, 3):
            starts_at = BEGIN + timedelta(days=days)
            opens = starts_at - timedelta(hours=12)
            slot = Slot(event_id=event.id, starts_at=starts_at, reserves_open_at=opens)
            slot.pools = [SeatPool(mode=mode, audience=who, capacity=seats) for (mode, who), seats in POOLS.items()]
            save(slot)
            pools = {where: Pool(seats) for where, seats in POOLS.items()}
            times[slot.id] = Time(starts_at, opens, pools)
        self.event_id = event.id
        self.house = House(times)

    # what people do

    @rule(which=PICK, kind=KINDS, size=SIZES, mode=MODES)
    def book(self, which: int, kind: GuestKind, size: int, mode: Mode) -> None:
        """Somebody books; politics have a way of their own."""
        time, request = self.time(which), self.request(which, kind, size, mode)
        free = self.house.free(time, mode, kind, self.at)
        answer = self.outcome(lambda: book_slot(request))
        if free < size:
            assert isinstance(answer, SlotFull | BookingClosed), answer
            return
        party = Party(size, kind, mode, BookingState.CONFIRMED, time)
        self.house.sit(party, time, self.at)
        self.house.parties[request.nonce] = party

    @rule(which=PICK, size=SIZES, mode=MODES)
    def book_to_be_checked(self, which: int, size: int, mode: Mode) -> None:
        """A booking that smells: held for the mailbox while the budget lasts, else only asked for."""
        time = self.time(which)
        request = self.request(which, GuestKind.PUBLIC, size, mode, is_suspicious=True)
        free = self.house.free(time, mode, GuestKind.PUBLIC, self.at)
        answer = self.outcome(lambda: book_slot(request))
        if free < size:
            assert isinstance(answer, SlotFull | BookingClosed), answer
            return
        house, until = self.house, min(self.at + timedelta(minutes=30), self.house.times[time].starts_at)
        party = Party(size, GuestKind.PUBLIC, mode, BookingState.REQUESTED, time, Awaits.MAILBOX)
        if house.held(time) + size <= house.budget(time, mode, GuestKind.PUBLIC):
            party.state, party.held_until = BookingState.HELD, until
            house.sit(party, time, self.at)
        house.parties[request.nonce] = party

    @precondition(lambda self: self.find(awaits=Awaits.MAILBOX))
    @rule(which=PICK)
    def confirm(self, which: int) -> None:
        """Somebody opens the check mail, in time or late."""
        nonce, party = self.choose(which, self.find(awaits=Awaits.MAILBOX))
        answer = self.outcome(lambda: confirm_mailbox(secret_of(nonce)))
        if self.has_begun(party):
            assert isinstance(answer, BookingClosed), answer
            return
        if party.state is not BookingState.HELD:
            if self.house.free(party.time, party.mode, party.kind, self.at) < party.size:
                assert isinstance(answer, SlotFull), answer
                return
            self.house.sit(party, party.time, self.at)
        party.state, party.awaits, party.held_until = BookingState.CONFIRMED, None, None

    @precondition(lambda self: self.find(BookingState.CONFIRMED))
    @rule(which=PICK, to=PICK, mode=MODES)
    def move(self, which: int, to: int, mode: Mode) -> None:
        """Somebody takes another time: the new seats first, then the old ones are free."""
        nonce, party = self.choose(which, self.find(BookingState.CONFIRMED))
        time = self.time(to)
        answer = self.outcome(lambda: move_booking(secret_of(nonce), time, mode))
        if self.has_begun(party):
            assert isinstance(answer, BookingClosed), answer
            return
        if (time, mode) == (party.time, party.mode):
            return
        if self.house.times[time].starts_at <= self.at:
            assert isinstance(answer, BookingClosed), answer
            return
        if self.house.free(time, mode, party.kind, self.at) < party.size:
            assert isinstance(answer, SlotFull), answer
            return
        moved = Party(party.size, party.kind, mode, party.state, time)
        self.house.sit(moved, time, self.at)
        self.house.rise(party)
        self.house.parties[nonce] = moved

    @precondition(lambda self: self.find(BookingState.CONFIRMED))
    @rule(which=PICK, size=st.integers(1, 6))
    def resize(self, which: int, size: int) -> None:
        """More people come, or fewer."""
        nonce, party = self.choose(which, self.find(BookingState.CONFIRMED))
        answer = self.outcome(lambda: resize_booking(secret_of(nonce), size))
        if self.has_begun(party):
            assert isinstance(answer, BookingClosed), answer
            return
        more = size - party.size
        if more > self.house.free(party.time, party.mode, party.kind, self.at):
            assert isinstance(answer, SlotFull), answer
            return
        if more > 0:
            self.house.sit(party, party.time, self.at, seats=more)
        else:
            self.house.shrink(party, -more)
        party.size = size

    @precondition(lambda self: self.find(*OPEN))
    @rule(which=PICK)
    def cancel(self, which: int) -> None:
        """Somebody gives up, twice."""
        nonce, party = self.choose(which, self.find(*OPEN))
        answers = [self.outcome(lambda: cancel_booking(secret_of(nonce))) for _ in range(2)]
        if self.has_begun(party):
            assert all(isinstance(answer, BookingClosed) for answer in answers), answers
            return
        assert answers == [True, False]
        self.house.rise(party)
        party.state, party.awaits = BookingState.CANCELLED, None

    # what time does

    @rule(minutes=st.sampled_from([1, 31, 6 * 60, 13 * 60, 25 * 60]))
    def jump(self, minutes: int) -> None:
        """Time goes by, and the worker does what is due."""
        self.clock.shift(timedelta(minutes=minutes))
        self.outcome(lambda: expire_holds(clock.now()))
        for party in self.house.parties.values():
            if party.state is BookingState.HELD and self.check_is_over(party):
                self.house.rise(party)
                party.state = BookingState.EXPIRED
            elif party.state is BookingState.REQUESTED and self.has_begun(party):
                party.state = BookingState.EXPIRED

    # what must hold

    @invariant()
    def both_agree(self) -> None:
        """The seats of every pool and the state of every party are the model's; nothing is breached."""
        if not hasattr(self, "house"):
            return
        db.session.rollback()
        pools = db.session.execute(select(SeatPool.slot_id, SeatPool.mode, SeatPool.audience, SeatPool.taken))
        assert {(row.slot_id, row.mode, row.audience): row.taken for row in pools} == {
            (time, *where): pool.taken for time, slot in self.house.times.items() for where, pool in slot.pools.items()
        }
        rows = db.session.execute(select(Booking.nonce, Booking.state, Booking.slot_id, Booking.party_size))
        assert {row.nonce: (row.state, row.slot_id, row.party_size) for row in rows} == {
            nonce: (party.state, party.time, party.size) for nonce, party in self.house.parties.items()
        }
        assert breaches() == []
        db.session.rollback()

    # small questions

    @property
    def at(self) -> datetime:
        return clock.now()

    def time(self, which: int) -> int:
        return sorted(self.house.times)[which % len(self.house.times)]

    def request(self, which: int, kind: GuestKind, size: int, mode: Mode, **more: Any) -> BookingRequest:
        nonce = tokens.new_token()
        politics = PoliticalFacts(PoliticalLevel.LANDTAG) if kind is GuestKind.POLITICS else None
        return BookingRequest(
            slot_id=self.time(which),
            name="Ayşe Kaya",
            email=f"{nonce.lower()}@example.org",
            party_size=size,
            nonce=nonce,
            mode=mode,
            guest_kind=kind,
            politics=politics,
            **more,
        )

    def find(self, *states: BookingState, awaits: Awaits | None = None) -> list[tuple[str, Party]]:
        return [
            (nonce, party)
            for nonce, party in self.house.parties.items()
            if (not states or party.state in states) and (awaits is None or party.awaits is awaits)
        ]

    def choose(self, which: int, found: list[tuple[str, Party]]) -> tuple[str, Party]:
        return found[which % len(found)]

    def has_begun(self, party: Party) -> bool:
        return party.time is not None and self.house.times[party.time].starts_at <= self.at

    def check_is_over(self, party: Party) -> bool:
        """Whether a held party had its time: no mail was sent here, so it is held for six hours or until the visit."""
        return party.held_until is not None and party.held_until <= self.at

    def outcome(self, act: Any) -> Any:
        try:
            return act()
        except Refusal as refusal:
            return refusal


OPEN = (*SEATED, BookingState.REQUESTED, BookingState.WAITING)
