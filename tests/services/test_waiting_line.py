"""What decides who is next and what becomes of an entry, one condition after the other."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from openday import clock
from openday.errors import BookingClosed
from openday.extensions import db
from openday.models import Answer, Booking, Event, SeatPool, Slot
from openday.models.words import Awaits, BookingState, EventState, Mode, PoolAudience, SlotState
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.receipt import secret_of
from openday.services.seats import Claim, take_seats
from openday.services.waiting_list import confirmed, line_of, serve_due, serve_waiting, times_of
from openday.services.waiting_offer import OfferOver, accept_offer, end_waits, lapse_offers, pass_on
from openday.services.waiting_place import place_in_line
from openday.transaction import transaction
from tests.factories import all_bookings, booking_request, given, make_event, make_question, make_slot, save
from tests.services.test_waiting_list import DAY, deliver, later, states, wait

MINUTE = timedelta(minutes=1)


@pytest.fixture
def slot(app):
    """One seat, three days ahead, taken by somebody whose link is ``slot.booking``; the event lasts two days more."""
    starts_at = clock.now().replace(microsecond=0) + 3 * DAY
    event = make_event(starts_on=clock.today(), ends_on=clock.today() + 5 * DAY)
    slot = make_slot(event, capacity=1, starts_at=starts_at)
    slot.booking = book_slot(booking_request(slot)).token
    return slot


def book(slot, **overrides):
    """Book and return the secret of the link."""
    request = booking_request(slot, **overrides)
    book_slot(request)
    db.session.rollback()
    return secret_of(request.nonce)


def last():
    db.session.rollback()
    db.session.expire_all()
    return all_bookings()[-1]


def overtaken(slot):
    db.session.rollback()
    return line_of(slot.event_id)[0].overtaken


def test_only_who_has_a_seat_in_the_same_way_at_the_same_time_has_booked_past_who_waits(app):
    slot = make_slot(capacity=3, starts_at=clock.now().replace(microsecond=0) + 3 * DAY)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=5))
    other = make_slot(slot.event, capacity=1, starts_at=slot.starts_at + DAY)
    for _ in range(2):
        book(slot, mode=Mode.ONSITE)
    with later(MINUTE):
        wait(slot, party_size=2, mode=Mode.ONSITE)
    with later(2 * MINUTE):
        book(slot, mode=Mode.ONLINE)
        book(other, mode=Mode.ONSITE)
        assert overtaken(slot) == 0
        passer_by = book(slot, mode=Mode.ONSITE)
        assert overtaken(slot) == 1
        cancel_booking(passer_by)
        assert overtaken(slot) == 0
        book(slot, mode=Mode.ONSITE)
        db.session.execute(update(Booking).where(Booking.id == last().id).values(waits_since=clock.now()))
        db.session.commit()
        assert overtaken(slot) == 0


def test_of_two_who_came_at_the_same_moment_the_first_stands_first_whatever_their_size(app):
    slot = make_slot(capacity=0, starts_at=clock.now().replace(microsecond=0) + 3 * DAY)

    with later(MINUTE):
        wait(slot, party_size=3)
        wait(slot, party_size=1)

    assert [party.size for party in line_of(slot.event_id)] == [3, 1]


def test_the_times_to_serve_come_in_their_order_without_those_that_passed_or_fell_through_or_the_door_s_seats(app):
    event = make_event()
    now = clock.now().replace(microsecond=0)
    second, first, past, cancelled = (make_slot(event, starts_at=now + days * DAY) for days in (4, 3, -1, 5))
    save(SeatPool(slot_id=first.id, mode=Mode.ONSITE, audience=PoolAudience.WALK_IN, capacity=2))
    db.session.execute(update(Slot).where(Slot.id == cancelled.id).values(state=SlotState.CANCELLED))
    db.session.commit()

    times = times_of(event.id, now)

    assert [time.slot_id for time in times] == [first.id, second.id]
    assert [pool.audience for pool in times[0].pools] == [PoolAudience.EVERYONE]
    assert past.id not in {time.slot_id for time in times}


def test_seats_of_a_time_that_began_or_fell_through_are_nobodys(app):
    now = clock.now().replace(microsecond=0)
    began, cancelled = make_slot(starts_at=now), make_slot(starts_at=now + DAY, state=SlotState.CANCELLED)

    for slot in (began, cancelled):
        assert take_seats(Claim(slot.id, Mode.ONSITE, 1, now)) is None
        assert take_seats(Claim(slot.id, Mode.ONSITE, 1, now, PoolAudience.PRESS)) is None
    assert [pool.taken for pool in db.session.query(SeatPool)] == [0, 0]


def test_who_waits_for_any_time_is_kept_until_the_last_day_and_no_longer_than_a_time_that_is_offered(slot):
    question = make_question(slot.event, keep_days=3)
    wait(slot, is_any_time=True, answers=(given(question, "Plakat"),))
    wait(slot)
    without_time = kept_until()

    cancel_booking(slot.booking)
    offered = kept_until()
    deliver()
    lapse_offers(clock.now() + DAY)

    assert states() == ["cancelled", "waiting", "offered"]
    last_day = slot.event.last_day
    assert without_time == kept_until() == (last_day + 30 * DAY, last_day + 3 * DAY)
    assert offered == (clock.to_berlin(slot.ends_at).date() + 30 * DAY, slot.berlin_day + 3 * DAY)


def kept_until():
    """Return the days of the entry and of its answer."""
    db.session.rollback()
    db.session.expire_all()
    return all_bookings()[1].erase_on, db.session.query(Answer.erase_on).scalar()


def test_a_house_that_has_to_say_yes_does_not_hold_a_seat_past_the_start(app):
    now = clock.now()

    assert confirmed(Awaits.HOST, now + DAY, now)["held_until"] == now + DAY
    assert confirmed(Awaits.HOST, now + 9 * DAY, now)["held_until"] == now + 5 * DAY


def test_nobody_is_served_at_an_event_that_was_called_off(slot):
    wait(slot)
    serve = transaction(serve_waiting)
    db.session.execute(update(Event).values(state=EventState.CANCELLED))
    db.session.execute(update(SeatPool).values(capacity=5))
    db.session.commit()

    assert (serve(slot.event_id, clock.now()), serve_due(clock.now())) == (0, 0)
    assert states() == ["confirmed", "waiting"]


def test_a_seat_that_is_offered_at_once_leaves_the_event_sold_out(slot):
    wait(slot)

    cancel_booking(slot.booking)

    assert last().state is BookingState.OFFERED
    assert db.session.query(Event.is_sold_out).scalar() is True


def test_an_offer_ends_at_its_very_moment_and_after_the_start_the_page_says_why(slot):
    entry = wait(slot)
    cancel_booking(slot.booking)

    with time_machine.travel(last().held_until, tick=False), pytest.raises(OfferOver):
        accept_offer(entry)
    with time_machine.travel(slot.starts_at + MINUTE, tick=False), pytest.raises(BookingClosed):
        accept_offer(entry)


@pytest.mark.parametrize(("is_any_time", "becomes"), [(False, "cancelled"), (True, "waiting")])
def test_a_place_that_is_passed_on_is_offered_to_the_next(slot, is_any_time, becomes):
    first = wait(slot, is_any_time=is_any_time)
    wait(slot)
    cancel_booking(slot.booking)

    assert pass_on(first) is True

    assert states() == ["cancelled", becomes, "offered"]


def test_shortly_before_the_start_an_offer_nobody_read_is_not_made_again(slot):
    wait(slot, takes_late=False)
    with time_machine.travel(slot.starts_at - timedelta(hours=4), tick=False):
        cancel_booking(slot.booking)
        offer = last()
        assert (offer.state, offer.held_until) == (BookingState.OFFERED, slot.starts_at - timedelta(hours=2))

        lapse_offers(offer.held_until)

    assert states() == ["cancelled", "waiting"]


def test_an_offer_that_is_found_after_the_start_ends_the_entry(slot):
    wait(slot)
    cancel_booking(slot.booking)
    deliver()

    lapse_offers(slot.starts_at + timedelta(hours=1))

    assert states() == ["cancelled", "expired"]


def test_an_entry_for_a_time_that_falls_through_ends(slot):
    wait(slot)
    db.session.execute(update(Slot).values(state=SlotState.CANCELLED))
    db.session.commit()

    assert end_waits(clock.now()) == 1
    assert states() == ["confirmed", "expired"]


def test_an_address_waits_three_times_at_one_event_and_once_for_a_time(app):
    event = make_event()
    slots = [make_slot(event, capacity=0, starts_at=clock.now() + number * DAY) for number in range(2, 6)]

    for slot in (slots[0], *slots):
        wait(slot, email="a.kaya@example.org")

    assert [booking.slot_id for booking in all_bookings()] == [slot.id for slot in slots[:3]]


@pytest.mark.parametrize(("hours", "is_any_time", "expected"), [(2, False, True), (2, True, False), (4, False, False)])
def test_who_joins_at_short_notice_wants_a_seat_at_short_notice(app, hours, is_any_time, expected):
    slot = make_slot(capacity=0, starts_at=clock.now() + timedelta(hours=hours))

    wait(slot, is_any_time=is_any_time)

    assert last().takes_late_offer is expected


def test_a_place_in_the_line_counts_who_could_take_the_same_seat_and_came_before(app):
    slot = make_slot(capacity=0, starts_at=clock.now().replace(microsecond=0) + 3 * DAY)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=0))
    other = make_slot(slot.event, capacity=0, starts_at=slot.starts_at + DAY)
    wait(slot, mode=Mode.ONLINE)
    wait(other, mode=Mode.ONSITE)
    wait(slot, mode=Mode.ONSITE, is_any_time=True)
    wait(slot, mode=Mode.ONSITE)
    wait(slot, mode=Mode.ONSITE, is_any_time=True)

    assert [place_in_line(booking) for booking in all_bookings()] == [1, 1, 2, 2, 4]
