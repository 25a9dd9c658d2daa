"""Two people, one moment: what happens between the statements of a service."""

import pytest
from sqlalchemy import func, select, update

from openday import clock, tokens
from openday.errors import BookingClosed, EventCancelled, NotFound, SlotFull
from openday.extensions import db
from openday.models import Booking, Campaign, Event, OutboxMessage, SeatPool
from openday.models.words import BookingState, EventState
from openday.services import booking as booking_service
from openday.services import correction as correction_service
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.correction import correct_address
from openday.services.own_booking import booking_by_token
from openday.services.rate_limit import BOOKINGS, Caller, spend
from openday.services.receipt import secret_of
from openday.services.visit import visit_of_slot
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from openday.transaction import transaction
from tests.chaos.together import Pause, at_once
from tests.factories import all_bookings, booking_request, make_event, make_slot

pytestmark = pytest.mark.chaos


def taken(slot):
    return db.session.scalar(select(SeatPool.taken).where(SeatPool.slot_id == slot.id))


def mails(kind):
    return db.session.scalar(select(func.count()).where(OutboxMessage.kind == kind))


def test_of_thirty_people_five_get_the_five_seats(app):
    slot = make_slot(capacity=5)
    requests = [booking_request(slot) for _ in range(30)]

    answers = at_once(app, [lambda request=request: book_slot(request) for request in requests])

    assert sum(isinstance(answer, SlotFull) for answer in answers) == 25
    assert taken(slot) == len(all_bookings()) == mails("booking_confirmed") == 5


def test_one_form_sent_by_ten_impatient_clicks_is_one_booking(app):
    slot = make_slot(capacity=5)
    request = booking_request(slot, party_size=2)

    receipts = at_once(app, [lambda: book_slot(request)] * 10)

    assert len(set(receipts)) == 1
    assert len(all_bookings()) == 1
    assert taken(slot) == 2


def test_a_booking_cancelled_by_eight_clicks_gives_its_seats_back_once(app):
    slot = make_slot(capacity=8)
    book_slot(booking_request(slot, party_size=2))
    receipt = book_slot(booking_request(slot, party_size=3))

    answers = at_once(app, [lambda: cancel_booking(receipt.token)] * 8)

    assert sorted(answers) == [False] * 7 + [True]
    assert taken(slot) == 2
    assert mails("booking_cancelled") == 1


def test_a_seat_that_is_given_back_is_booked_once_more(app):
    slot = make_slot(capacity=3)
    first = [book_slot(booking_request(slot)) for _ in range(3)]
    cancels = [lambda receipt=receipt: cancel_booking(receipt.token) for receipt in first]
    books = [lambda: book_slot(booking_request(slot)) for _ in range(9)]

    answers = at_once(app, cancels + books)

    booked = [answer for answer in answers[3:] if not isinstance(answer, SlotFull)]
    assert answers[:3] == [True] * 3
    assert taken(slot) == len(booked) <= 3


def test_of_two_corrections_of_one_booking_one_wins_and_its_link_works(app, monkeypatch):
    receipt = book_slot(booking_request(make_slot()))
    pause = Pause()
    monkeypatch.setattr(correction_service, "booking_of_link", pause.behind(correction_service.booking_of_link))

    answers = at_once(
        app,
        [
            lambda: correct_address(receipt.token, "first@example.org"),
            pause.meanwhile(lambda: correct_address(receipt.token, "second@example.org")),
        ],
    )

    winners = [answer for answer in answers if isinstance(answer, str)]
    assert len(winners) == 1
    assert [type(answer) for answer in answers if answer not in winners] == [NotFound]
    assert booking_by_token(winners[0]) is not None
    assert mails("address_corrected") == 1


def test_a_booking_that_is_cancelled_meanwhile_is_not_confirmed_to_another_address(app, monkeypatch):
    slot = make_slot()
    receipt = book_slot(booking_request(slot))
    pause = Pause()
    monkeypatch.setattr(correction_service, "booking_of_link", pause.behind(correction_service.booking_of_link))

    corrected, cancelled = at_once(
        app,
        [
            lambda: correct_address(receipt.token, "right@example.org"),
            pause.meanwhile(lambda: cancel_booking(receipt.token)),
        ],
    )

    booking = all_bookings()[0]
    found = (booking.state, mails("address_corrected"))
    if cancelled is True:
        assert (type(corrected), *found) == (BookingClosed, BookingState.CANCELLED, 0)
    else:
        assert (type(cancelled), *found) == (NotFound, BookingState.CONFIRMED, 1)


def test_an_offer_made_while_the_address_is_corrected_is_read_by_who_waits(app, monkeypatch):
    slot = make_slot(capacity=1)
    holder = book_slot(booking_request(slot))
    party = booking_request(slot)
    join_waiting_list(WaitingRequest(party))
    pause = Pause()
    monkeypatch.setattr(correction_service, "booking_of_link", pause.behind(correction_service.booking_of_link))

    corrected, cancelled = at_once(
        app,
        [
            lambda: correct_address(secret_of(party.nonce), "right@example.org"),
            pause.meanwhile(lambda: cancel_booking(holder.token)),
        ],
    )

    entry = all_bookings()[1]
    offers = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "seat_offered")).all()
    current = corrected if isinstance(corrected, str) else secret_of(party.nonce)
    assert cancelled is True
    assert (entry.state, entry.booker_email) == (BookingState.OFFERED, offers[-1].recipient)
    assert isinstance(corrected, str | BookingClosed)
    assert f"/buchung/{current}" in offers[-1].text


def test_nobody_books_an_event_that_was_called_off_while_he_booked(app, monkeypatch):
    slot = make_slot()
    pause = Pause()
    monkeypatch.setattr(booking_service, "take_seats", pause.behind(booking_service.take_seats))

    @transaction
    def call_off():
        """As an organiser does: the event first, then everybody who has booked is told."""
        db.session.execute(
            update(Event)
            .where(Event.id == slot.event_id)
            .values(state=EventState.CANCELLED, sequence=Event.sequence + 1, cancelled_at=clock.now())
        )
        return list(db.session.scalars(select(Booking.id).where(Booking.slot_id == slot.id)))

    booked, told = at_once(app, [lambda: book_slot(booking_request(slot)), pause.meanwhile(call_off)])

    assert isinstance(booked, EventCancelled) or len(told) == 1
    assert [booking.id for booking in all_bookings()] == told


def test_the_listing_hears_of_the_last_seat_when_two_times_fill_up_together(app, monkeypatch):
    event = make_event()
    slots = [make_slot(event, capacity=1) for _ in range(2)]
    before = db.session.scalar(select(Campaign.version))
    pause = Pause()
    monkeypatch.setattr(booking_service, "announce_step", pause.behind(booking_service.announce_step))

    at_once(
        app,
        [
            lambda: book_slot(booking_request(slots[0])),
            pause.meanwhile(lambda: book_slot(booking_request(slots[1]))),
        ],
    )

    assert len(all_bookings()) == 2
    assert db.session.scalar(select(Campaign.version)) > before


def test_whoever_still_reads_a_page_keeps_nobody_from_booking(app):
    slot = make_slot()
    pause = Pause()
    read_and_look = pause.behind(visit_of_slot)

    read, receipt = at_once(
        app,
        [lambda: read_and_look(slot.id), pause.meanwhile(lambda: book_slot(booking_request(slot)))],
    )

    assert read.slot_id == slot.id
    assert receipt.reference == all_bookings()[0].reference


def test_a_limit_is_counted_while_the_same_request_reads(app):
    visit_of_slot(make_slot().id)

    spend(BOOKINGS, Caller.at("192.0.2.1"))


def test_a_booking_number_that_is_taken_is_drawn_again(app, monkeypatch):
    slot = make_slot()
    first = book_slot(booking_request(slot))
    numbers = iter([first.reference, "ABC-2345"])
    monkeypatch.setattr(tokens, "new_reference", lambda: next(numbers))

    assert book_slot(booking_request(slot)).reference == "ABC-2345"
    assert taken(slot) == 2
