"""Seats held for somebody who has yet to act: how many, for how long, and what becomes of them."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from openday import clock
from openday.extensions import db
from openday.models import Booking, OutboxMessage, SeatPool
from openday.models.words import Awaits, Mode, OutboxState, PoolAudience
from openday.services.booking import book_slot
from openday.services.expiry import expire_holds
from openday.services.hold import certain_until, held_until
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.moving import move_booking
from openday.services.receipt import secret_of
from openday.services.visit import visit_of_slot
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import all_bookings, booking_request, make_event, make_slot, save
from tests.services.test_mailbox_proof import states, taken
from tests.web.office import make_house, visit_wish

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
HELD, ASKED = ("held", "booker"), ("requested", "host")


def in_days(days: float, capacity: int = 10, event=None):
    starts_at = clock.now().replace(microsecond=0) + days * DAY
    return make_slot(event or make_house(), capacity=capacity, starts_at=starts_at)


def provisionally(slot, size: int) -> None:
    """Let an office of its own ask for so many seats."""
    book_slot(visit_wish(slot, party_size=size, provisional_until=clock.now() + DAY))


def test_half_of_the_seats_is_half_of_the_people_at_that_time(app):
    slot = in_days(9)
    other = in_days(9, event=slot.event)

    for time, size in ((slot, 3), (other, 5), (slot, 2), (slot, 1)):
        provisionally(time, size)

    assert states() == [HELD, HELD, HELD, ASKED]
    assert taken(slot) == 5


def test_what_is_kept_for_politics_comes_on_top_of_the_half(app):
    slot = in_days(9, capacity=4)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONSITE, audience=PoolAudience.POLITICS, capacity=3))

    for size in (3, 2, 1):
        provisionally(slot, size)

    assert states() == [HELD, HELD, ASKED]


def test_unproven_mailboxes_and_provisional_visits_have_a_share_each(app):
    slot = in_days(9)
    book_slot(booking_request(slot, party_size=3, is_suspicious=True))

    provisionally(slot, 5)
    book_slot(booking_request(slot, is_suspicious=True))

    assert states() == [("held", "mailbox"), HELD, ("requested", "mailbox")]


def test_a_hold_that_ran_out_takes_no_share_even_before_the_worker_saw_it(app):
    slot = in_days(9)
    book_slot(booking_request(slot, party_size=3, is_suspicious=True))

    with time_machine.travel(clock.now() + 31 * MINUTE, tick=False):
        book_slot(booking_request(slot, party_size=3, is_suspicious=True))

    assert states() == [("held", "mailbox")] * 2


@pytest.mark.parametrize(("awaits", "lasts"), [(Awaits.MAILBOX, 30 * MINUTE), (Awaits.HOST, 5 * DAY)])
def test_a_hold_never_lasts_past_the_start(app, awaits, lasts):
    at = clock.now().replace(microsecond=0)
    soon, late = (visit_of_slot(make_slot(starts_at=at + left).id) for left in (10 * MINUTE, 9 * DAY))
    request = booking_request(make_slot())

    assert held_until(request, soon, awaits, at) == soon.starts_at
    assert held_until(request, late, awaits, at) == at + lasts


def test_a_provisional_visit_is_certain_four_days_before_at_six_or_after_half_of_the_time_that_is_left():
    at = clock.from_berlin(clock.today(), clock.to_berlin(clock.now()).time().replace(hour=9, minute=0, microsecond=0))
    starts_at = at + 10 * DAY

    assert certain_until(starts_at, at).date() == (starts_at - 4 * DAY).date()
    assert clock.to_berlin(certain_until(starts_at, at)).hour == 18
    assert certain_until(at + 3 * DAY, at) == at + 1.5 * DAY


def wait(slot) -> None:
    join_waiting_list(WaitingRequest(booking_request(slot)))


def test_a_seat_whose_hold_ran_out_is_offered_to_who_waits(app):
    slot = in_days(3, capacity=1)
    book_slot(booking_request(slot, is_suspicious=True, network="a"))
    wait(slot)
    db.session.execute(update(OutboxMessage).values(state=OutboxState.SENT, sent_at=clock.now()))
    db.session.commit()

    assert expire_holds(clock.now() + 31 * MINUTE) == 1

    assert states() == [("expired", "mailbox"), ("offered", None)]
    assert all_bookings()[0].network_digest is None
    assert taken(slot) == 1


def test_a_request_the_house_did_not_answer_in_time_goes_on_without_seats_until_the_start(app):
    slot = in_days(9)
    book_slot(visit_wish(slot, asks_host=True))

    expire_holds(clock.now() + 6 * DAY)
    assert (states(), taken(slot)) == ([ASKED], 0)

    assert expire_holds(slot.starts_at - MINUTE) == 0
    assert expire_holds(slot.starts_at) == 1
    assert states() == [("expired", "host")]


def test_a_request_that_holds_its_seats_to_the_start_ends_with_it(app):
    slot = in_days(3)
    book_slot(visit_wish(slot, asks_host=True))

    expire_holds(slot.starts_at)

    assert states() == [("expired", "host")]
    assert taken(slot) == 0


def test_a_check_mail_that_is_on_its_way_is_not_waited_for_past_the_start(app):
    slot = make_slot(make_event(), starts_at=clock.now().replace(microsecond=0) + 10 * MINUTE)
    book_slot(booking_request(slot, is_suspicious=True))

    expire_holds(slot.starts_at)

    assert states() == [("expired", "mailbox")]


def test_a_mail_that_went_out_late_is_waited_for_six_hours_after_the_form_at_most(app):
    slot = in_days(9)
    book_slot(booking_request(slot, is_suspicious=True))
    made = clock.now()
    db.session.execute(update(OutboxMessage).values(state=OutboxState.SENT, sent_at=made + 350 * MINUTE))
    db.session.commit()

    assert expire_holds(made + 352 * MINUTE) == 0
    assert all_bookings()[0].held_until <= made + 360 * MINUTE
    assert expire_holds(made + 361 * MINUTE) == 1


def test_a_provisional_visit_that_moves_nearer_is_not_held_past_its_new_start(app):
    slot = in_days(20)
    near = in_days(2, event=slot.event)
    request = visit_wish(slot, provisional_until=clock.now() + 9 * DAY)
    book_slot(request)
    db.session.rollback()

    move_booking(secret_of(request.nonce), near.id)

    [booking] = all_bookings()
    db.session.refresh(booking)
    assert booking.held_until == near.starts_at


def test_a_late_click_takes_seats_that_are_still_there(app):
    slot = in_days(3, capacity=1)
    request = booking_request(slot, is_suspicious=True)
    book_slot(request)
    db.session.execute(update(OutboxMessage).values(state=OutboxState.SENT, sent_at=clock.now()))
    db.session.commit()
    expire_holds(clock.now() + 31 * MINUTE)

    confirm_mailbox(secret_of(request.nonce))

    assert (states(), taken(slot)) == ([("confirmed", None)], 1)
    assert db.session.query(Booking).one().confirmed_at is not None
