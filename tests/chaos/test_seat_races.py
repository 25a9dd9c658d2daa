"""Moving, offers and walk-ins at the same moment; each guard is taken out once, and then the race is lost.

On SQLite the writers of one process queue; ``side_by_side`` takes the queue away, so that reads and writes of two
people interleave there as they do on PostgreSQL.
"""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from openday import clock
from openday.errors import BookingClosed, SlotFull
from openday.extensions import db
from openday.models import Booking, OutboxMessage, SeatPool
from openday.models.words import BookingState, OutboxState
from openday.services import cancellation, moving, seats, waiting_offer, walk_in
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.check_in import Tap
from openday.services.door_link import Door
from openday.services.invariants import breaches
from openday.services.moving import move_booking
from openday.services.receipt import secret_of
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from openday.services.waiting_offer import OfferOver, accept_offer, lapse_offers
from openday.services.walk_in import count_walk_in
from openday.wording import berlin_day
from tests.chaos.mutants import unasked, unchecked
from tests.chaos.together import Pause, at_once
from tests.factories import all_bookings, booking_request, make_event, make_slot

pytestmark = pytest.mark.chaos


def unguard(monkeypatch):
    """Take seats without asking whether they are there."""
    monkeypatch.setattr(seats, "has_room", unasked)
    monkeypatch.setattr(seats, "CLAIM_SEATS", seats.seats_claim())
    monkeypatch.setattr(seats, "CLAIM_POOL", seats.pool_claim())


def forgive(monkeypatch, module, name):
    """Let a change of a booking ask nothing of the state it was read in."""

    def careless(booking, *facts):
        values = next(fact for fact in facts if isinstance(fact, dict))
        db.session.execute(update(Booking).where(Booking.id == booking.id).values(**values))
        db.session.refresh(booking)
        return True

    monkeypatch.setattr(module, name, careless)


def taken(slot):
    db.session.rollback()
    return db.session.scalar(select(SeatPool.taken).where(SeatPool.slot_id == slot.id))


def wait(slot):
    party = booking_request(slot)
    join_waiting_list(WaitingRequest(party))
    return secret_of(party.nonce)


# moving


def rush_to_three_seats(app):
    """Ten guests move to a time with three seats; returns the answers and the two times."""
    event = make_event()
    old, new = make_slot(event, capacity=10), make_slot(event, capacity=3)
    bookings = [book_slot(booking_request(old)).token for _ in range(10)]
    return at_once(app, [lambda token=token: move_booking(token, new.id) for token in bookings]), old, new


def test_of_ten_who_move_to_three_seats_seven_keep_theirs(app):
    answers, old, new = rush_to_three_seats(app)

    assert sum(isinstance(answer, SlotFull) for answer in answers) == 7
    assert (taken(old), taken(new)) == (7, 3)


def test_without_the_guard_all_ten_sit_on_three_seats(app, monkeypatch):
    unguard(monkeypatch)

    with unchecked():
        _answers, _old, new = rush_to_three_seats(app)
        assert taken(new) == 10
        assert any("Mehr Plätze vergeben als vorhanden" in breach for breach in breaches())


def move_to_two_times(app, monkeypatch):
    """Two devices move one booking to two times; returns the answers and the three times."""
    event = make_event()
    old, one, other = (make_slot(event, capacity=2) for _ in range(3))
    token = book_slot(booking_request(old)).token
    monkeypatch.setattr(moving, "announce_event", lambda _event_id: None)  # the row lock alone would hold them apart
    pause = Pause()
    monkeypatch.setattr(moving, "booking_of_link", pause.behind(moving.booking_of_link))
    acts = [lambda: move_booking(token, one.id), pause.meanwhile(lambda: move_booking(token, other.id))]
    return at_once(app, acts), (old, one, other)


def test_of_two_moves_of_one_booking_one_wins(side_by_side, monkeypatch):
    answers, slots = move_to_two_times(side_by_side, monkeypatch)

    assert [type(answer) for answer in answers] == [BookingClosed, type(None)]
    assert [taken(slot) for slot in slots] == [0, 0, 1]
    assert breaches() == []


def cancel_while_it_moves(app, monkeypatch):
    """A guest cancels in the very moment in which the other device moves the booking; returns both answers."""
    event = make_event()
    old, new = make_slot(event, capacity=2), make_slot(event, capacity=2)
    token = book_slot(booking_request(old)).token
    monkeypatch.setattr(moving, "announce_event", lambda _event_id: None)
    pause = Pause()
    monkeypatch.setattr(moving, "booking_of_link", pause.behind(moving.booking_of_link))
    acts = [lambda: move_booking(token, new.id), pause.meanwhile(lambda: cancel_booking(token))]
    return at_once(app, acts), (old, new)


def test_a_booking_cancelled_while_it_moves_takes_no_seat(side_by_side, monkeypatch):
    (moved, cancelled), slots = cancel_while_it_moves(side_by_side, monkeypatch)

    assert isinstance(moved, BookingClosed)
    assert cancelled is True
    assert [taken(slot) for slot in slots] == [0, 0]


def test_a_careless_move_seats_somebody_who_does_not_come(side_by_side, monkeypatch):
    forgive(monkeypatch, moving, "claim_change")

    with unchecked():
        _answers, (_old, new) = cancel_while_it_moves(side_by_side, monkeypatch)
        assert taken(new) == 1
        assert any("mehr oder weniger Plätze" in breach for breach in breaches())


# offers


def offered(app):
    """One seat, held for the first of two who wait; returns the time and the secret of the offer."""
    slot = make_slot(capacity=1, starts_at=clock.now().replace(microsecond=0) + timedelta(days=4))
    booking = book_slot(booking_request(slot)).token
    first, _second = wait(slot), wait(slot)
    cancel_booking(booking)
    db.session.execute(update(OutboxMessage).values(state=OutboxState.SENT, sent_at=clock.now()))
    db.session.commit()
    return slot, first


def take_while_it_lapses(app, monkeypatch):
    """Somebody takes the seat in the very moment in which the worker ends the offer; returns both answers."""
    slot, token = offered(app)
    monkeypatch.setattr(waiting_offer, "announce_event", lambda _event_id: None)
    pause = Pause()
    monkeypatch.setattr(waiting_offer, "booking_of_link", pause.behind(waiting_offer.booking_of_link))
    end = clock.now() + timedelta(hours=25)
    return slot, at_once(app, [lambda: accept_offer(token), pause.meanwhile(lambda: lapse_offers(end))])


def test_an_offer_is_taken_or_lapses_never_both(side_by_side, monkeypatch):
    slot, (accepted, lapsed) = take_while_it_lapses(side_by_side, monkeypatch)

    assert isinstance(accepted, OfferOver)
    assert lapsed == 1
    assert taken(slot) == 1
    assert [one.state for one in all_bookings()[1:]] == [BookingState.WAITING, BookingState.OFFERED]
    assert breaches() == []


def test_a_careless_taker_has_a_booking_without_a_seat(side_by_side, monkeypatch):
    forgive(monkeypatch, waiting_offer, "claim_turn")

    with unchecked():
        take_while_it_lapses(side_by_side, monkeypatch)
        assert any("mehr oder weniger Plätze" in breach for breach in breaches())


def cancel_while_eight_look(app):
    """A guest with a full time's only seat cancels while one waits and eight passers-by try their luck."""
    slot = make_slot(capacity=1)
    booking = book_slot(booking_request(slot)).token
    wait(slot)
    looks = [lambda: book_slot(booking_request(slot)) for _ in range(8)]
    return at_once(app, [lambda: cancel_booking(booking), *looks])


def test_no_passer_by_slips_between_who_goes_and_who_waits(app):
    answers = cancel_while_eight_look(app)

    assert answers[0] is True
    assert all(isinstance(answer, SlotFull) for answer in answers[1:])
    assert all_bookings()[1].state is BookingState.OFFERED


def test_a_passer_by_gets_the_seat_when_the_line_is_served_later(app, monkeypatch):
    monkeypatch.setattr(cancellation, "serve_waiting", lambda _event_id, _at: 0)

    cancel_while_eight_look(app)

    late = booking_request(all_bookings()[0].slot)
    assert any(one.state is BookingState.CONFIRMED for one in all_bookings()) or book_slot(late).reference
    assert all_bookings()[1].state is BookingState.WAITING


def test_six_clicks_on_one_offer_are_one_booking_with_one_confirmation(app):
    slot, token = offered(app)

    answers = at_once(app, [lambda: accept_offer(token)] * 6)

    assert answers == [BookingState.CONFIRMED] * 6
    assert taken(slot) == 1
    assert confirmations() == 2


def confirmations():
    return len(db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.kind == "booking_confirmed")).all())


# walk-ins


def door_of(slot):
    return Door(slot.event_id, berlin_day(slot.starts_at))


def crowd(app, slot, people):
    """So many helpers count one person each at the same moment."""
    door = door_of(slot)
    with time_machine.travel(slot.starts_at - timedelta(minutes=5), tick=True):
        acts = [lambda n=n: count_walk_in(door, slot.id, Tap(clock.now(), f"tap {n}")) for n in range(people)]
        return at_once(app, acts)


def test_twenty_helpers_let_five_people_in_to_five_seats(app):
    slot = make_slot(capacity=5)

    answers = crowd(app, slot, 20)

    assert sum(isinstance(answer, SlotFull) for answer in answers) == 15
    assert taken(slot) == 5


def last_seat_at_two_doors(app, monkeypatch):
    """Two helpers see one seat left before either counts; the event's row holds neither of them back."""
    slot = make_slot(capacity=1)
    monkeypatch.setattr(walk_in, "announce_event", lambda _event_id: None)
    pause = Pause()
    monkeypatch.setattr(walk_in, "pools_of", pause.behind(walk_in.pools_of))
    door = door_of(slot)
    with time_machine.travel(slot.starts_at - timedelta(minutes=5), tick=True):
        first, second = (lambda n=n: count_walk_in(door, slot.id, Tap(clock.now(), f"tap {n}")) for n in range(2))
        return slot, at_once(app, [first, pause.meanwhile(second)])


def test_the_last_seat_is_counted_once_at_two_doors(side_by_side, monkeypatch):
    slot, answers = last_seat_at_two_doors(side_by_side, monkeypatch)

    assert isinstance(answers[0], SlotFull)
    assert isinstance(answers[1], int)
    assert taken(slot) == 1


def test_without_the_guard_the_last_seat_is_counted_twice(side_by_side, monkeypatch):
    unguard(monkeypatch)

    with unchecked():
        slot, _answers = last_seat_at_two_doors(side_by_side, monkeypatch)
        assert taken(slot) == 2
        assert any("Mehr Plätze vergeben als vorhanden" in breach for breach in breaches())


def test_one_tap_sent_by_a_phone_eight_times_is_one_person(app):
    slot = make_slot(capacity=5)
    door = door_of(slot)

    with time_machine.travel(slot.starts_at - timedelta(minutes=5), tick=True):
        answers = at_once(app, [lambda: count_walk_in(door, slot.id, Tap(clock.now(), "one tap"))] * 8)

    assert len(set(answers)) == 1
    assert taken(slot) == 1
