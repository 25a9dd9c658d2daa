"""Seats saved up for who was overtaken often enough: nobody else sees, books or counts on them."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from openday import clock
from openday.errors import SlotFull
from openday.extensions import db
from openday.models import Booking, SeatPool
from openday.models.words import BookingState, Confirmation
from openday.services.availability import seats_to_come
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.expiry import expire_holds
from openday.services.moving import move_booking, resize_booking
from openday.services.seats import seats_left
from openday.services.visit import visit_of_slot
from openday.services.waiting_list import serve_due, times_of
from openday.services.waiting_offer import lapse_offers
from tests.factories import all_bookings, booking_request, make_event, make_slot
from tests.services.test_waiting_list import deliver, later, states, wait

DAY = timedelta(days=1)


@pytest.fixture
def slot(app):
    """Three seats in three days, one of them free and saved up: for three people who were overtaken three times."""
    slot = make_slot(capacity=3, starts_at=clock.now().replace(microsecond=0) + 3 * DAY)
    slot.tokens = [book_slot(booking_request(slot)).token for _ in range(3)]
    slot.entry = wait(slot, party_size=3)
    db.session.execute(update(Booking).where(Booking.state == BookingState.WAITING).values(overtaken=3))
    db.session.commit()
    cancel_booking(slot.tokens[0])
    return slot


def test_a_saved_seat_is_on_no_page_and_in_no_listing(slot):
    visit = visit_of_slot(slot.id)

    assert db.session.scalars(select(SeatPool.is_saved)).one()
    assert visit.seats_left(visit.modes[0]) == 0
    assert visit.is_full()
    assert seats_left(slot.id, visit.modes[0], slot.pools[0].audience, clock.now()) == 0
    assert seats_to_come(slot.event_id, clock.now()) == 0


def test_a_saved_seat_is_not_booked_moved_to_or_grown_into(slot):
    elsewhere = make_slot(slot.event, capacity=1, starts_at=slot.starts_at + DAY)
    guest = book_slot(booking_request(elsewhere)).token

    with pytest.raises(SlotFull):
        book_slot(booking_request(slot))
    with pytest.raises(SlotFull):
        move_booking(guest, slot.id)
    with pytest.raises(SlotFull):
        resize_booking(slot.tokens[1], 2)


def test_who_comes_to_a_saved_seat_may_wait_but_is_not_served_before(slot):
    wait(slot)

    assert states() == ["cancelled", "confirmed", "confirmed", "waiting", "waiting"]


def test_saved_seats_go_to_whom_they_were_saved_for(slot):
    for token in slot.tokens[1:]:
        cancel_booking(token)

    assert states() == ["cancelled"] * 3 + ["offered"]


def test_saved_seats_are_everybodys_in_the_last_24_hours(slot):
    with later(2 * DAY):
        serve_due(clock.now())

        assert seats_to_come(slot.event_id, clock.now()) == 1
        assert book_slot(booking_request(slot)).token


def test_who_lets_an_offer_lapse_is_overtaken_by_nobody_yet(app):
    """The count begins anew at the end of the line: nothing is saved up for who was asked and did not answer."""
    slot = make_slot(capacity=2, starts_at=clock.now().replace(microsecond=0) + 5 * DAY)
    token = book_slot(booking_request(slot, party_size=2)).token
    wait(slot, party_size=2)
    db.session.execute(update(Booking).where(Booking.state == BookingState.WAITING).values(overtaken=3))
    db.session.commit()
    cancel_booking(token)
    deliver()
    wait(slot)

    with later(DAY + timedelta(seconds=1)):
        lapse_offers(clock.now())
        lapsed = all_bookings()[1]

        assert states() == ["cancelled", "waiting", "offered"]
        assert (lapsed.overtaken, lapsed.offers_lapsed, lapsed.waits_since) == (0, 1, clock.now())
        assert not db.session.query(SeatPool).one().is_saved


def test_a_hold_that_ran_out_goes_to_the_line_in_the_same_moment(app):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=1, starts_at=clock.now() + 3 * DAY)
    book_slot(booking_request(slot))
    wait(slot)
    deliver()

    with later(timedelta(minutes=31)):
        assert expire_holds(clock.now()) == 1
        assert states() == ["expired", "offered"]


def test_a_time_that_has_begun_is_nothing_to_be_served_with(app):
    event = make_event()
    slot = make_slot(event, capacity=1, starts_at=clock.now().replace(microsecond=0) + DAY)
    make_slot(event, capacity=0, starts_at=slot.starts_at + DAY)
    book_slot(booking_request(slot))
    wait(slot, is_any_time=True, takes_late=True)
    pool = db.session.query(SeatPool).filter_by(slot_id=slot.id).one()
    pool.capacity = 2
    db.session.commit()

    with time_machine.travel(slot.starts_at, tick=False):
        assert slot.id not in [time.slot_id for time in times_of(event.id, clock.now())]
        assert serve_due(clock.now()) == 0
        assert states() == ["confirmed", "waiting"]


def test_seats_saved_up_for_who_leaves_the_line_are_everybodys_at_once(slot):
    cancel_booking(slot.entry)

    assert visit_of_slot(slot.id).is_bookable


def test_what_one_event_saves_up_is_not_given_away_with_the_seats_of_another(slot):
    other = make_slot(make_event(), capacity=1, starts_at=slot.starts_at)
    booking = book_slot(booking_request(other)).token
    wait(other)

    cancel_booking(booking)

    assert db.session.query(SeatPool.is_saved).filter_by(slot_id=slot.id).scalar() is True


def test_who_joins_a_line_whose_savings_ended_by_the_clock_is_served_at_once(slot):
    with time_machine.travel(slot.starts_at - timedelta(hours=23), tick=False):
        wait(slot)

    assert states()[-1] == "offered"
