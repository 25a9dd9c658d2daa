"""What people with a booking do: book, prove their mailbox, move, come with more or fewer, give up, look."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from openday.errors import BookingClosed, PartyTooLarge, Refusal, SlotFull
from openday.models.words import Awaits, BookingState, GuestKind, Mode
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.moving import move_booking, resize_booking
from openday.services.receipt import Receipt, secret_of
from openday.services.seats import audience_of
from openday.services.visit import visit_of_slot
from tests.model.house import SEATED, Party
from tests.model.life import KINDS, MODES, PICK, ROOM, SIZES, Life

OPEN = (*SEATED, BookingState.REQUESTED, BookingState.WAITING)
IN_LINE = (BookingState.WAITING, BookingState.OFFERED)
UNPROVEN = (BookingState.HELD, BookingState.REQUESTED, BookingState.EXPIRED)


class Guests(Life):
    """Rules of bookings."""

    @rule(which=PICK, kind=KINDS, size=SIZES, mode=MODES)
    def book(self, which: int, kind: GuestKind, size: int, mode: Mode) -> None:
        """Somebody books and clicks twice; politics have seats of their own."""
        request = self.request(which, kind, size, mode)
        free = self.house.free(request.slot_id, mode, kind, self.at)
        answer = self.clicks(lambda: book_slot(request))
        if free < size:
            assert isinstance(answer, self.refusal(request.slot_id)), answer
            return
        assert isinstance(answer, Receipt), answer
        self.house.sit(self.welcome(request, BookingState.CONFIRMED), request.slot_id, self.at)

    @rule(which=PICK, size=SIZES, mode=MODES)
    def book_to_be_checked(self, which: int, size: int, mode: Mode) -> None:
        """A booking that smells: held for the mailbox while the budget lasts, else only asked for."""
        request = self.request(which, GuestKind.PUBLIC, size, mode, is_suspicious=True)
        time, house = request.slot_id, self.house
        free = house.free(time, mode, GuestKind.PUBLIC, self.at)
        answer = self.outcome(lambda: book_slot(request))
        if free < size:
            assert isinstance(answer, self.refusal(time)), answer
            return
        has_budget = house.held(time, self.at) + size <= house.budget(time, mode)
        party = self.welcome(request, BookingState.REQUESTED, Awaits.MAILBOX)
        if has_budget:
            party.state = BookingState.HELD
            party.held_until = min(self.at + timedelta(minutes=30), house.times[time].starts_at)
            house.sit(party, time, self.at)

    @precondition(lambda self: self.find(*UNPROVEN, awaits=Awaits.MAILBOX))
    @rule(which=PICK)
    def confirm(self, which: int) -> None:
        """Somebody opens the check mail, in time or late."""
        nonce, party = choose(which, self.find(*UNPROVEN, awaits=Awaits.MAILBOX))
        answer = self.outcome(lambda: confirm_mailbox(secret_of(nonce)))
        assert party.time is not None
        if self.house.has_begun(party.time, self.at):
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
        nonce, party = choose(which, self.find(BookingState.CONFIRMED))
        time = self.time(to)
        answer = self.outcome(lambda: move_booking(secret_of(nonce), time, mode))
        if self.house.has_begun(party.time, self.at):
            assert isinstance(answer, BookingClosed), answer
            return
        if (time, mode) == (party.time, party.mode):
            return
        if self.house.has_begun(time, self.at):
            assert isinstance(answer, BookingClosed), answer
            return
        if self.house.free(time, mode, party.kind, self.at) < party.size:
            assert isinstance(answer, SlotFull), answer
            return
        before, party.shares, party.time, party.mode = party.shares, {}, time, mode
        self.house.sit(party, time, self.at)
        for where, seats in before.items():
            self.house.pool(where).taken -= seats
        self.line.serve(self.at)

    @precondition(lambda self: self.find(BookingState.CONFIRMED))
    @rule(which=PICK, size=st.integers(1, 5))
    def resize(self, which: int, size: int) -> None:
        """More people come, or fewer."""
        nonce, party = choose(which, self.find(BookingState.CONFIRMED))
        answer = self.outcome(lambda: resize_booking(secret_of(nonce), size))
        assert party.time is not None
        if self.house.has_begun(party.time, self.at):
            assert isinstance(answer, BookingClosed), answer
            return
        more = size - party.size
        if more > 0 and party.kind is GuestKind.PRESS:
            assert isinstance(answer, PartyTooLarge), answer
            return
        if more > self.house.free(party.time, party.mode, party.kind, self.at):
            assert isinstance(answer, SlotFull), answer
            return
        party.size = size
        if more > 0:
            self.house.sit(party, party.time, self.at, seats=more)
        elif more < 0:
            self.house.shrink(party, -more)
            self.line.serve(self.at)

    @precondition(lambda self: self.find(*OPEN))
    @rule(which=PICK)
    def cancel(self, which: int) -> None:
        """Somebody gives up, twice."""
        nonce, party = choose(which, self.find(*OPEN))
        answer = self.clicks(lambda: cancel_booking(secret_of(nonce)), again=False)
        if self.house.has_begun(party.time, self.at):
            assert isinstance(answer, BookingClosed), answer
            return
        assert answer is True
        self.give_up(party)

    def give_up(self, party: Party) -> None:
        """Take a party out of the model's house."""
        self.house.rise(party)
        party.state, party.awaits = BookingState.CANCELLED, None
        self.line.serve(self.at)

    def refusal(self, time: int) -> type[Refusal]:
        """Return why nobody finds room at a time."""
        return BookingClosed if self.house.has_begun(time, self.at) else SlotFull

    @rule(which=PICK, kind=KINDS, mode=MODES)
    def look(self, which: int, kind: GuestKind, mode: Mode) -> None:
        """Somebody opens a page: it shows what one could book, changes nothing, and has no room link."""
        time = self.time(which)
        visit = visit_of_slot(time)
        assert visit is not None
        if not visit.is_past:
            assert visit.seats_left(mode, audience_of(kind)) == self.house.free(time, mode, kind, self.at)
        paths = [f"/t/{self.slug}", f"/t/{self.slug}.ics", "/termine"]
        paths += [f"/buchung/{secret_of(nonce)}" for nonce, _party in self.find(*IN_LINE)]
        path = paths[which % len(paths)]
        page = self.app.test_client().get(path, base_url="https://offene-tuer.example.org")
        assert page.status_code == 200, path
        assert ROOM not in page.text


def choose(which: int, found: list[tuple[str, Party]]) -> tuple[str, Party]:
    """Return one of the parties a rule can be about."""
    return found[which % len(found)]
