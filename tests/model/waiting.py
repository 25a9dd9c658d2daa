"""What people without a seat do: get in line, take what is offered, pass it on."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from openday.errors import BookingClosed, PartyTooLarge
from openday.extensions import db
from openday.models import Booking
from openday.models.words import Awaits, BookingState, GuestKind, Mode
from openday.services.moving import resize_booking
from openday.services.receipt import Receipt, secret_of
from openday.services.visit_answer import accept_visit, decline_visit
from openday.services.waiting_entry import SeatsFree, WaitingRequest, join_waiting_list
from openday.services.waiting_offer import OfferOver, accept_offer, pass_on
from openday.services.waiting_place import place_in_line
from tests.model.guests import IN_LINE, Guests, choose
from tests.model.house import is_due
from tests.model.life import MODES, PICK, SIZES, WAITERS


class Waiting(Guests):
    """Rules of the waiting list."""

    @rule(
        which=PICK,
        kind=WAITERS,
        size=SIZES,
        mode=MODES,
        is_any_time=st.booleans(),
        takes_late=st.booleans(),
        is_odd=st.sampled_from([False, False, True]),
    )
    def join(
        self, which: int, kind: GuestKind, size: int, mode: Mode, is_any_time: bool, takes_late: bool, is_odd: bool
    ) -> None:
        """Somebody finds no room and gets in line, clicking twice; the press will need the host's yes."""
        request = self.request(which, kind, size, mode, is_suspicious=is_odd)
        time = request.slot_id
        wish = WaitingRequest(request, is_any_time=is_any_time, takes_late_offer=takes_late)
        answer = self.clicks(lambda: join_waiting_list(wish))
        if self.house.has_begun(time, self.at):
            assert isinstance(answer, BookingClosed), answer
            return
        wanted = sorted(self.house.times) if is_any_time else [time]
        if any(self.house.free(one, mode, kind, self.at) >= size for one in wanted):
            assert isinstance(answer, SeatsFree), answer
            return
        assert isinstance(answer, Receipt), answer
        awaits = Awaits.MAILBOX if is_odd and kind is GuestKind.PUBLIC else None
        party = self.welcome(request, BookingState.WAITING, Awaits.HOST if kind is GuestKind.PRESS else awaits)
        party.waits_since, party.is_any_time = self.at, is_any_time
        is_late = (self.house.times[time].starts_at - self.at).total_seconds() < 3 * 3600
        party.takes_late = takes_late or (is_late and not is_any_time)
        party.time = None if is_any_time else time
        self.line.serve(self.at)

    @precondition(lambda self: self.find(BookingState.OFFERED))
    @rule(which=PICK)
    def accept(self, which: int) -> None:
        """Somebody takes the offered seats, twice."""
        nonce, party = choose(which, self.find(BookingState.OFFERED))
        answer = self.clicks(lambda: accept_offer(secret_of(nonce)))
        if self.house.has_begun(party.time, self.at):
            assert isinstance(answer, BookingClosed), answer
        elif is_due(party, self.at):
            assert isinstance(answer, OfferOver), answer
        else:
            assert party.time is not None
            self.line.take(party, party.time, self.at)
            assert answer is party.state

    @precondition(lambda self: self.find(BookingState.HELD, awaits=Awaits.HOST))
    @rule(which=PICK, is_yes=st.booleans())
    def answer(self, which: int, is_yes: bool) -> None:
        """The host says yes or no to somebody from the press who took a seat, twice."""
        nonce, party = choose(which, self.find(BookingState.HELD, awaits=Awaits.HOST))
        booking_id, actor = db.session.query(Booking.id).filter_by(nonce=nonce).scalar(), self.scope.user_id
        say = accept_visit if is_yes else lambda booking_id, actor: decline_visit(booking_id, actor, "Zu viele.")
        answer = self.clicks(lambda: say(booking_id, actor), again=False)
        if is_yes and self.house.has_begun(party.time, self.at):
            assert isinstance(answer, BookingClosed), answer
            return
        assert answer is True
        party.awaits, party.held_until = None, None
        if is_yes:
            party.state = BookingState.CONFIRMED
        else:
            self.house.rise(party)
            party.state = BookingState.DECLINED
            self.line.serve(self.at)

    @precondition(lambda self: self.find(BookingState.OFFERED))
    @rule(which=PICK)
    def pass_on(self, which: int) -> None:
        """Somebody lets the next one have the seats: an entry for any time stays in line."""
        nonce, party = choose(which, self.find(BookingState.OFFERED))
        assert self.outcome(lambda: pass_on(secret_of(nonce))) is True
        if party.is_any_time:
            self.line.go_back(party)
            self.line.serve(self.at)
        else:
            self.give_up(party)

    @precondition(lambda self: self.find(*IN_LINE))
    @rule(which=PICK, size=SIZES)
    def come_with_fewer(self, which: int, size: int) -> None:
        """A party in line, or one that seats are offered to, becomes smaller; it never becomes larger."""
        nonce, party = choose(which, self.find(*IN_LINE))
        answer = self.outcome(lambda: resize_booking(secret_of(nonce), size))
        if party.time is not None and self.house.has_begun(party.time, self.at):
            assert isinstance(answer, BookingClosed), answer
            return
        if size > party.size:
            assert isinstance(answer, PartyTooLarge), answer
            return
        fewer, party.size = party.size - size, size
        if party.state is BookingState.OFFERED:
            self.house.shrink(party, fewer)
        if fewer:
            self.line.serve(self.at)

    @precondition(lambda self: self.find(BookingState.WAITING))
    @rule(which=PICK)
    def ask_for_place(self, which: int) -> None:
        """Somebody asks how many are before."""
        nonce, party = choose(which, self.find(BookingState.WAITING))
        booking = db.session.query(Booking).filter_by(nonce=nonce).one()
        assert place_in_line(booking) == self.line.place(party)
