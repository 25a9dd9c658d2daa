"""A booking counts against the limit of its network once: with its seats, or by itself when nothing is stored."""

import pytest
from sqlalchemy import select

from openday.errors import Busy, SlotFull, TooManyRequests
from openday.extensions import db
from openday.models import Booking, RateCounter
from openday.models.words import Awaits
from openday.services import booking as booking_service
from openday.services.booking import book_slot
from openday.services.rate_limit import BOOKINGS, SUSPICIOUS, Caller, Hit, SqlStorage, counting, spend
from tests.factories import all_bookings, booking_request, make_slot

LAST_UNSUSPICIOUS = round(BOOKINGS.amount * SUSPICIOUS)


@pytest.fixture
def caller(app):
    return Caller.at("192.0.2.1")


def spent(caller: Caller, hits: int) -> None:
    """Let so many have come from there before."""
    SqlStorage().incr(BOOKINGS.key_for(caller.key), BOOKINGS.get_expiry(), hits)


def hits() -> int:
    db.session.rollback()
    return sum(db.session.scalars(select(RateCounter.hits).where(RateCounter.key.startswith(BOOKINGS.namespace))))


def booked(caller: Caller, slot, **overrides) -> Hit:
    with counting(BOOKINGS, caller) as hit:
        book_slot(booking_request(slot, network=caller.key, **overrides), hit=hit)
    return hit


def test_a_booking_counts_once_and_so_does_the_same_form_again(caller):
    slot = make_slot()

    for count in (1, 2):
        booked(caller, slot, email="a.kaya@example.org", nonce="the same form")
        assert hits() == count

    assert len(all_bookings()) == 1


def test_what_is_refused_counts_as_well(caller):
    slot = make_slot(capacity=1)

    with pytest.raises(SlotFull):
        booked(caller, slot, party_size=2)

    assert hits() == 1


@pytest.mark.parametrize("error", [RuntimeError, SlotFull])
def test_what_fails_behind_its_count_counts_once(caller, monkeypatch, error):
    def fail(*_anything):
        raise error

    monkeypatch.setattr(booking_service, "seats_for", fail)

    with pytest.raises(error):
        booked(caller, make_slot())

    assert (hits(), all_bookings()) == (1, [])


def test_a_database_without_time_to_book_is_not_asked_to_count(caller, monkeypatch):
    def fail(*_anything):
        raise Busy

    monkeypatch.setattr(booking_service, "store_booking", fail)

    with pytest.raises(Busy):
        booked(caller, make_slot())

    assert hits() == 0


def test_the_last_one_within_the_limit_books_and_the_next_is_refused_and_counts(caller):
    slot = make_slot()
    spent(caller, BOOKINGS.amount - 1)

    booked(caller, slot)
    with pytest.raises(TooManyRequests):
        booked(caller, slot)

    assert (hits(), len(all_bookings())) == (BOOKINGS.amount + 1, 1)


@pytest.mark.parametrize("values", [{}, {"party_size": 6}])
def test_a_limit_that_others_use_up_meanwhile_holds(caller, monkeypatch, values):
    whose_turn = booking_service.whose_turn

    def while_others_book(*facts):
        turn = whose_turn(*facts)
        spent(caller, BOOKINGS.amount)
        return turn

    monkeypatch.setattr(booking_service, "whose_turn", while_others_book)

    with pytest.raises(TooManyRequests) as refusal:
        booked(caller, make_slot(), **values)

    assert refusal.value.retry_after > 0
    assert (hits(), all_bookings()) == (BOOKINGS.amount + 1, [])


@pytest.mark.parametrize(("before", "awaits"), [(LAST_UNSUSPICIOUS - 1, None), (LAST_UNSUSPICIOUS, Awaits.MAILBOX)])
def test_from_a_half_of_the_limit_on_each_mailbox_is_proven(caller, before, awaits):
    spent(caller, before)

    hit = booked(caller, make_slot())

    assert db.session.scalars(select(Booking.awaits)).one() is awaits
    assert hit.used == (before + 1) / BOOKINGS.amount


def test_who_finds_the_half_used_only_at_the_count_proves_the_mailbox_too(caller, monkeypatch):
    write_news, others = booking_service.news_of, [LAST_UNSUSPICIOUS]

    def while_others_book(*facts):
        if others:
            spent(caller, others.pop())
        return write_news(*facts)

    monkeypatch.setattr(booking_service, "news_of", while_others_book)

    booked(caller, make_slot())

    assert db.session.scalars(select(Booking.awaits)).one() is Awaits.MAILBOX
    assert hits() == LAST_UNSUSPICIOUS + 1


def test_a_limit_of_its_own_transaction_is_the_same(caller):
    spent(caller, BOOKINGS.amount - 1)

    assert spend(BOOKINGS, caller) == 1.0
    with pytest.raises(TooManyRequests):
        spend(BOOKINGS, caller)
