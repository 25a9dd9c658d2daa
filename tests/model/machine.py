"""Random lives of one house: every step is done by the real services and by the pure model, and both must agree."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import bindparam, update

from openday import clock
from openday.errors import SlotFull
from openday.extensions import db
from openday.models import OutboxMessage
from openday.models.words import BookingState, Mode, OutboxState, PoolAudience
from openday.services.availability import recount_due
from openday.services.capacity import SeatPlan, SeatsTaken
from openday.services.check_in import Tap, UndoOver
from openday.services.door_link import Door, DoorClosed
from openday.services.erasure import erase_due
from openday.services.expiry import expire_holds
from openday.services.seat_table import Reach, SeatTable, change_seats
from openday.services.waiting_list import serve_due
from openday.services.waiting_offer import end_waits, lapse_offers
from openday.services.walk_in import count_walk_in, undo_walk_in
from openday.wording import berlin_day
from tests.model.guests import choose
from tests.model.house import RESERVES
from tests.model.life import PICK, nonces
from tests.model.waiting import Waiting

MINUTES = st.sampled_from([-1, 0, 0, 1])
HELD = (BookingState.HELD, BookingState.OFFERED)
KEPT = (*RESERVES, PoolAudience.WALK_IN)
QUEUED = update(OutboxMessage).where(OutboxMessage.state == OutboxState.QUEUED)
DELIVERED = QUEUED.values(state=OutboxState.SENT, sent_at=bindparam("at"))


class SeatMachine(Waiting):
    """What the house and the clock do, beside all that guests do."""

    @rule(which=PICK, more=st.integers(-2, 1), kept=st.tuples(*[st.integers(0, 2)] * 3), online=st.integers(0, 2))
    def change_capacity(self, which: int, more: int, kept: tuple[int, int, int], online: int) -> None:
        """The organiser sets all seats of a time; nobody is sent away."""
        time = self.time(which)
        general = max(0, self.house.general(time).capacity + more)
        plans = {
            Mode.ONSITE: SeatPlan(general + sum(kept), dict(zip(KEPT, kept, strict=True))),
            Mode.ONLINE: SeatPlan(online),
        }
        table = SeatTable(plans, Reach.SLOT, photo_rule=None, is_photo_moment=False, label=None)
        answer = self.outcome(lambda: change_seats(self.scope, self.event_id, time, table))
        seats = {
            (mode, who): plan.for_everyone if who is PoolAudience.EVERYONE else plan.kept.get(who, 0)
            for mode, plan in plans.items()
            for who in (PoolAudience.EVERYONE, *KEPT)
        }
        pools = self.house.times[time].pools
        if any(pool.taken > (seats[where] or 0) for where, pool in pools.items()):
            assert isinstance(answer, SeatsTaken), answer
            return
        assert answer == 1
        for where, pool in pools.items():
            pool.capacity = seats[where] or 0
        self.line.serve(self.at)

    @rule(which=PICK)
    def walk_in(self, which: int) -> None:
        """Somebody comes without a booking: counted on the day, against the seats that are left."""
        time, tap = self.time(which), Tap(self.at, f"tap {next(nonces)}")
        door = self.door(time)
        answer = self.clicks(lambda: count_walk_in(door, time, tap))
        if self.at < door.opens_at:
            assert isinstance(answer, DoorClosed), answer
            return
        has_begun = self.house.has_begun(time, self.at)
        order = self.house.order(time, Mode.ONSITE, PoolAudience.WALK_IN, self.at, has_waited=has_begun)
        free = [where for where, left in order.items() if left]
        if not free:
            assert isinstance(answer, SlotFull), answer
            return
        self.house.pool(free[0]).taken += 1
        self.walk_ins.append((answer, free[0], self.at))

    @precondition(lambda self: self.walk_ins)
    @rule(which=PICK)
    def undo_walk_in(self, which: int) -> None:
        """The helper takes the last tap back, for ten minutes."""
        walk_in_id, where, came_at = self.walk_ins[which % len(self.walk_ins)]
        tap = Tap(self.at, f"tap {next(nonces)}")
        answer = self.clicks(lambda: undo_walk_in(self.door(where[0]), walk_in_id, tap), again=False)
        if self.at - came_at > timedelta(minutes=10):
            assert isinstance(answer, UndoOver), answer
            return
        assert answer is True
        self.walk_ins.remove((walk_in_id, where, came_at))
        self.house.pool(where).taken -= 1
        self.line.serve(self.at)

    def door(self, time: int) -> Door:
        return Door(self.event_id, berlin_day(self.house.times[time].starts_at))

    @rule()
    def deliver(self) -> None:
        """The postman takes every mail that waits."""
        db.session.connection().execute(DELIVERED, {"at": self.at})
        db.session.commit()
        for party in self.house.parties.values():
            party.mail_sent_at = party.mail_sent_at or self.at

    @precondition(lambda self: self.instants())
    @rule(which=st.integers(0, 3), minutes=MINUTES, is_worker_there=st.booleans())
    def jump(self, which: int, minutes: int, is_worker_there: bool) -> None:
        """Time goes by until something is about to end or has ended; the worker may be down."""
        coming = self.instants()
        self.go_to(coming[min(which, len(coming) - 1)] + timedelta(minutes=minutes))
        if is_worker_there:
            self.work(len(DUTIES))

    @precondition(lambda self: self.find(*HELD))
    @rule(which=PICK, minutes=MINUTES, number=st.integers(0, 2))
    def hesitate(self, which: int, minutes: int, number: int) -> None:
        """Somebody thinks an offer or a check mail over for as long as it holds, or a little longer."""
        nonce, party = choose(which, self.find(*HELD))
        assert party.held_until is not None
        self.go_to(party.held_until + timedelta(minutes=minutes))
        self.work(number)
        if party.state is BookingState.OFFERED:
            self.accept(self.find(BookingState.OFFERED).index((nonce, party)))

    def go_to(self, until: datetime) -> None:
        """Turn the clock forward; what is due to be erased on a new day is."""
        before = clock.today()
        self.clock.move_to(max(until, self.at + timedelta(seconds=1)), tick=False)
        if before != clock.today():
            erase_due()

    def instants(self) -> list[datetime]:
        """Return the moments to come at which something changes by itself, the nearest first."""
        house, hour = self.house, timedelta(hours=1)
        ends = {party.held_until for party in house.parties.values() if party.held_until}
        ends |= {came_at + timedelta(minutes=10) for _id, _where, came_at in self.walk_ins}
        for time, slot in house.times.items():
            ends |= {slot.starts_at, slot.starts_at - 3 * hour, slot.starts_at - 24 * hour, slot.reserves_open_at}
            ends.add(self.door(time).opens_at)
        return sorted(end for end in ends if end > self.at)

    @rule(number=st.integers(1, 5))
    def work(self, number: int) -> None:
        """The worker does what is due until it dies after so many duties; doing them again changes nothing."""
        for service, model in DUTIES[:number]:
            service(self.at)
            assert service(self.at) == 0
            model(self)
        for _nonce, party in self.find(BookingState.OFFERED):
            if number == len(DUTIES):
                assert not self.house.has_begun(party.time, self.at), "a past time is offered"

    def expire(self) -> None:
        for _party in self.house.expire(self.at):
            self.line.serve(self.at)


DUTIES = (
    (expire_holds, SeatMachine.expire),
    (lapse_offers, lambda life: life.line.lapse(life.at)),
    (end_waits, lambda life: life.line.end(life.at)),
    (serve_due, lambda life: life.line.serve(life.at)),
    (recount_due, lambda life: None),
)
