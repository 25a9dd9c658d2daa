"""The waiting list as people live it: join, be offered a seat, take it, pass it on, let it lapse."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from openday import clock
from openday.errors import AlreadyBooked, BookingClosed, SlotFull
from openday.extensions import db
from openday.models import Booking, Event, OutboxMessage, SeatPool
from openday.models.words import BookingState, OutboxState, PoolAudience, WaitingList
from openday.services.availability import recount_due
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.duties import do_duties
from openday.services.receipt import is_neutral, secret_of
from openday.services.waiting_entry import NoWaitingList, SeatsFree, WaitingRequest, join_waiting_list
from openday.services.waiting_list import serve_due
from openday.services.waiting_offer import OfferOver, accept_offer, end_waits, lapse_offers, pass_on
from tests.factories import all_bookings, booking_request, make_event, make_slot

DAY = timedelta(days=1)


@pytest.fixture
def slot(app):
    """One seat, three days ahead, taken by somebody whose link is ``slot.booking``."""
    slot = make_slot(capacity=1, starts_at=clock.now().replace(microsecond=0) + 3 * DAY)
    slot.booking = book_slot(booking_request(slot)).token
    return slot


def wait(slot, *, is_any_time=False, takes_late=False, **overrides):
    """Get in line and return the secret of the entry's page."""
    party = booking_request(slot, **overrides)
    join_waiting_list(WaitingRequest(party, is_any_time=is_any_time, takes_late_offer=takes_late))
    return secret_of(party.nonce)


def states():
    db.session.rollback()
    db.session.expire_all()
    return [booking.state.value for booking in all_bookings()]


def kinds():
    return list(db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def deliver():
    """Take all mails to their people, as a worker does."""
    db.session.execute(update(OutboxMessage).values(state=OutboxState.SENT, sent_at=clock.now()))
    db.session.commit()


def later(delta):
    return time_machine.travel(clock.now() + delta, tick=False)


def test_whoever_waits_is_told_the_place_and_has_no_seat(slot):
    wait(slot)
    wait(slot)

    assert states() == ["confirmed", "waiting", "waiting"]
    joined = select(OutboxMessage).where(OutboxMessage.kind == "waiting_joined").order_by(OutboxMessage.id)
    mails = db.session.scalars(joined).all()
    assert ["Platz 1" in mails[0].text, "Platz 2" in mails[1].text] == [True, True]


def test_nobody_waits_while_there_is_room(slot):
    free = make_slot(slot.event, capacity=2)

    with pytest.raises(SeatsFree) as refusal:
        wait(slot, is_any_time=True)

    assert [visit.slot_id for visit in refusal.value.visits] == [free.id]
    assert states() == ["confirmed"]


def test_a_party_too_large_for_what_is_left_waits(slot):
    free = make_slot(slot.event, capacity=2)

    wait(free, party_size=2 + 1, is_any_time=True)

    assert states() == ["confirmed", "waiting"]


@pytest.mark.parametrize("values", [{"waiting_list": WaitingList.OFF}, {"admission": "open"}])
def test_an_event_without_a_list_takes_nobody(slot, values):
    db.session.execute(update(Event).values(**values))
    db.session.commit()

    with pytest.raises(NoWaitingList):
        wait(slot)


def test_nobody_waits_for_what_has_begun(slot):
    with later(3 * DAY), pytest.raises(BookingClosed):
        wait(slot)


def test_the_same_form_again_is_the_same_entry_and_other_content_is_refused(slot):
    party = booking_request(slot)
    request = WaitingRequest(party)

    assert join_waiting_list(request) == join_waiting_list(request)
    with pytest.raises(AlreadyBooked):
        join_waiting_list(WaitingRequest(party, is_any_time=True))
    assert states() == ["confirmed", "waiting"]


def test_a_freed_seat_is_offered_and_no_passer_by_gets_it(slot):
    wait(slot)

    cancel_booking(slot.booking)

    assert states() == ["cancelled", "offered"]
    assert kinds()[-1] == "seat_offered"
    with pytest.raises(SlotFull):
        book_slot(booking_request(slot))


def test_a_taken_offer_is_a_booking_and_taken_twice_it_is_the_same(slot):
    entry = wait(slot)
    cancel_booking(slot.booking)

    assert accept_offer(entry) is accept_offer(entry) is BookingState.CONFIRMED
    assert kinds().count("booking_confirmed") == 2


def test_an_accepted_offer_that_is_cancelled_goes_to_the_next(slot):
    first, _second = wait(slot), wait(slot)
    cancel_booking(slot.booking)
    accept_offer(first)

    cancel_booking(first)

    assert states() == ["cancelled", "cancelled", "offered"]


def test_a_seat_passed_on_goes_to_the_next_and_ends_an_entry_for_one_time(slot):
    first, _second = wait(slot), wait(slot)
    cancel_booking(slot.booking)

    assert pass_on(first) is True

    assert states() == ["cancelled", "cancelled", "offered"]
    assert kinds().count("waiting_left") == 1
    with pytest.raises(OfferOver):
        accept_offer(first)


def test_who_waits_for_any_time_passes_on_and_stays_in_line(slot):
    entry = wait(slot, is_any_time=True)
    cancel_booking(slot.booking)

    assert pass_on(entry) is True

    assert states() == ["cancelled", "waiting"]
    assert serve_due(clock.now()) == 0, "the same time is not offered again"


def test_an_offer_nobody_takes_goes_on_and_its_entry_stands_last(slot):
    wait(slot), wait(slot)
    cancel_booking(slot.booking)
    deliver()

    with later(DAY):
        lapse_offers(clock.now())
        assert states() == ["cancelled", "waiting", "offered"]
        assert kinds()[-2:] == ["seat_offered", "offer_over"]
        assert (
            "Platz 1" in db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "offer_over")).one().text
        )


def test_an_offer_is_over_at_its_end_even_before_the_worker_came(slot):
    entry = wait(slot)
    cancel_booking(slot.booking)

    with later(DAY), pytest.raises(OfferOver):
        accept_offer(entry)


def test_whoever_lets_two_offers_lapse_leaves_the_line(slot):
    wait(slot)
    cancel_booking(slot.booking)
    deliver()
    with later(DAY):
        lapse_offers(clock.now())
        assert states() == ["cancelled", "offered"]
        deliver()
        with later(DAY):
            lapse_offers(clock.now())
            assert states() == ["cancelled", "expired"]
    assert kinds()[-1] == "waiting_over"


def test_an_offer_whose_mail_never_left_is_made_again(slot):
    wait(slot)
    cancel_booking(slot.booking)

    with later(DAY):
        assert lapse_offers(clock.now()) == 1
        assert states() == ["cancelled", "offered"]
        stored = list(db.session.scalars(select(OutboxMessage.state).where(OutboxMessage.kind == "seat_offered")))
        assert sorted(state.value for state in stored) == ["queued", "withheld"]
        assert all_bookings()[1].held_until > clock.now() + timedelta(hours=12)


def test_short_notice_books_at_once_for_who_wants_it_and_skips_the_others(slot):
    wait(slot), wait(slot, takes_late=True)

    with later(3 * DAY - timedelta(hours=2)):
        cancel_booking(slot.booking)

    assert states() == ["cancelled", "waiting", "confirmed"]


def test_an_event_that_moves_up_by_itself_books_at_once(slot):
    db.session.execute(update(Event).values(waiting_list=WaitingList.AUTOMATIC))
    db.session.commit()
    wait(slot)

    cancel_booking(slot.booking)

    assert states() == ["cancelled", "confirmed"]
    assert kinds()[-1] == "booking_confirmed"


def test_an_address_that_has_to_prove_itself_is_offered_the_seat_even_then(slot):
    db.session.execute(update(Event).values(waiting_list=WaitingList.AUTOMATIC))
    db.session.commit()
    party = booking_request(slot, is_suspicious=True)
    receipt = join_waiting_list(WaitingRequest(party))
    assert is_neutral(receipt.token)

    cancel_booking(slot.booking)

    assert states() == ["cancelled", "offered"]
    accept_offer(secret_of(party.nonce))
    assert states() == ["cancelled", "confirmed"]


def test_the_wait_ends_with_the_time_and_says_so(slot):
    wait(slot)
    wait(slot, is_any_time=True)
    make_slot(slot.event, capacity=0, starts_at=slot.starts_at + DAY)

    with later(3 * DAY):
        assert end_waits(clock.now()) == 1
        assert states() == ["confirmed", "expired", "waiting"]
    with later(4 * DAY):
        assert end_waits(clock.now()) == 1
    assert kinds()[-1] == "waiting_over"


def test_kept_seats_that_open_by_the_clock_go_to_the_line_and_the_listing_hears_of_them(slot):
    slot.reserves_open_at = slot.starts_at - DAY
    slot.pools.append(SeatPool(mode=slot.pools[0].mode, audience=PoolAudience.PRESS, capacity=2))
    db.session.commit()
    recount_due(clock.now())
    wait(slot)
    event = db.session.get_one(Event, slot.event_id)
    before = (event.version, event.is_sold_out)

    with later(2 * DAY):
        do_duties()
        db.session.expire_all()
        assert states() == ["confirmed", "offered"]
        event = db.session.get_one(Event, slot.event_id)
        assert (event.is_sold_out, event.version > before[0]) == (False, True)
        assert before[1] is True
        version = event.version
        do_duties()
        db.session.expire_all()
        assert db.session.get_one(Event, slot.event_id).version == version


def test_a_worker_that_was_down_for_a_day_offers_no_past_slot(app):
    event = make_event()
    start = clock.now().replace(microsecond=0)
    tomorrow = make_slot(event, capacity=1, starts_at=start + timedelta(hours=20))
    after = make_slot(event, capacity=1, starts_at=start + 3 * DAY)
    first = book_slot(booking_request(tomorrow)).token
    book_slot(booking_request(after))
    wait(tomorrow), wait(tomorrow, is_any_time=True), wait(tomorrow)
    cancel_booking(first)
    deliver()

    with later(DAY):
        do_duties()
        offered = [booking for booking in db.session.query(Booking) if booking.state is BookingState.OFFERED]
        assert offered == []
        assert states() == ["cancelled", "confirmed", "expired", "waiting", "expired"]
        assert do_duties() == 0
