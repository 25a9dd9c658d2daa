"""Random lives of one house: every step is done by the real services and by the pure model, and both must agree."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import update

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
from tests.model.house import RESERVES
from tests.model.life import BEGIN, PICK, nonces
from tests.model.waiting import Waiting

KEPT = (*RESERVES, PoolAudience.WALK_IN)
MINUTES = st.sampled_from([1, 31, 3 * 60, 6 * 60, 13 * 60, 25 * 60])


class SeatMachine(Waiting):
    """What the house and the clock do, beside all that guests do."""

    @rule(which=PICK, total=st.integers(1, 6), kept=st.tuples(*[st.integers(0, 2)] * 3), online=st.integers(0, 2))
    def change_capacity(self, which: int, total: int, kept: tuple[int, int, int], online: int) -> None:
        """The organiser sets all seats of a time; nobody is sent away."""
        time = self.time(which)
        plans = {
            Mode.ONSITE: SeatPlan(max(total, sum(kept)), dict(zip(KEPT, kept, strict=True))),
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
        answers = self.clicks(lambda: count_walk_in(door, time, tap))
        if self.at < door.opens_at:
            assert isinstance(answers[0], DoorClosed), answers
            return
        has_begun = self.house.has_begun(time, self.at)
        order = self.house.order(time, Mode.ONSITE, PoolAudience.WALK_IN, self.at, has_waited=has_begun)
        free = [where for where, left in order.items() if left]
        if not free:
            assert isinstance(answers[0], SlotFull), answers
            return
        assert answers[0] == answers[1]
        self.house.pool(free[0]).taken += 1
        self.walk_ins.append((answers[0], free[0], self.at))

    @precondition(lambda self: self.walk_ins)
    @rule(which=PICK)
    def undo_walk_in(self, which: int) -> None:
        """The helper takes the last tap back, for ten minutes."""
        walk_in_id, where, came_at = self.walk_ins[which % len(self.walk_ins)]
        tap = Tap(self.at, f"tap {next(nonces)}")
        answers = self.clicks(lambda: undo_walk_in(self.door(where[0]), walk_in_id, tap))
        if self.at - came_at > timedelta(minutes=10):
            assert isinstance(answers[0], UndoOver), answers
            return
        assert answers == [True, False]
        self.walk_ins.remove((walk_in_id, where, came_at))
        self.house.pool(where).taken -= 1
        self.line.serve(self.at)

    def door(self, time: int) -> Door:
        return Door(self.event_id, berlin_day(self.house.times[time].starts_at))

    @rule()
    def deliver(self) -> None:
        """The postman takes every mail that waits."""
        queued = OutboxMessage.state == OutboxState.QUEUED
        sent = {"state": OutboxState.SENT, "sent_at": self.at}
        db.session.execute(update(OutboxMessage).where(queued).values(**sent))
        db.session.commit()
        for party in self.house.parties.values():
            party.mail_sent_at = party.mail_sent_at or self.at

    @precondition(lambda self: self.at < BEGIN + timedelta(days=7))
    @rule(minutes=MINUTES, is_worker_there=st.sampled_from([True, True, True, False]))
    def jump(self, minutes: int, is_worker_there: bool) -> None:
        """Time goes by, at most for a week, and the worker does what is due, unless it is down."""
        before = clock.today()
        self.clock.shift(timedelta(minutes=minutes))
        if before != clock.today():
            erase_due()
        if is_worker_there:
            self.work()

    @rule()
    def work(self) -> None:
        """The worker does what is due; a second time there is nothing left to do."""
        duties = (expire_holds, lapse_offers, end_waits, serve_due, recount_due)
        for duty in duties:
            duty(self.at)
        assert [duty(self.at) for duty in duties] == [0] * len(duties)
        for _party in self.house.expire(self.at):
            self.line.serve(self.at)
        self.line.lapse(self.at)
        self.line.end(self.at)
        self.line.serve(self.at)
        for party in self.find(BookingState.OFFERED):
            assert not self.house.has_begun(party[1].time, self.at), "a past time is offered"
