"""Listings hear of a booking when it changes the word they show, and only then."""

from datetime import timedelta

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Campaign, Event, SeatPool
from openday.models.words import GuestKind, Mode, PoliticalLevel, PoolAudience
from openday.services.booking import book_slot
from openday.services.booking_request import PoliticalFacts
from tests.factories import booking_request, make_event, make_slot, save
from tests.statements import statements


def listing() -> tuple[int, bool]:
    """Return the version of the listing and whether the only event counts as sold out."""
    return db.session.execute(select(Campaign.version, Event.is_sold_out).join(Event.campaign)).one()


def test_the_listing_hears_of_each_step_and_of_nothing_between(app):
    slot = make_slot(capacity=6)
    heard = []
    for _ in range(6):
        before, _mark = listing()
        book_slot(booking_request(slot))
        version, is_sold_out = listing()
        heard.append((version > before, is_sold_out))

    free, few, sold_out = (False, False), (True, False), (True, True)
    assert heard == [free, free, few, free, free, sold_out]


def test_what_is_left_in_another_time_counts_too(app):
    event = make_event()
    slot = make_slot(event, capacity=2)
    make_slot(event, capacity=3, starts_at=clock.now() + timedelta(days=2))
    before, _mark = listing()

    book_slot(booking_request(slot))
    assert listing() == (before, False)

    book_slot(booking_request(slot))
    version, is_sold_out = listing()
    assert (version > before, is_sold_out) == (True, False)


def test_a_seat_kept_for_politics_is_news_to_nobody_else(app):
    slot = make_slot(capacity=4)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONSITE, audience=PoolAudience.POLITICS, capacity=20))
    office = {"guest_kind": GuestKind.POLITICS, "politics": PoliticalFacts(PoliticalLevel.BUNDESTAG)}
    book_slot(booking_request(slot))
    before = listing()

    book_slot(booking_request(slot, **office))
    assert listing() == before

    book_slot(booking_request(slot, party_size=3))
    version, is_sold_out = listing()
    assert (version > before[0], is_sold_out) == (True, True)


def test_a_time_with_many_free_seats_answers_without_the_others(app):
    slot = make_slot(capacity=20)
    visitor, office = booking_request(slot), booking_request(slot, guest_kind=GuestKind.PROFESSIONAL)

    with statements() as seen:
        book_slot(visitor)
        book_slot(office)

    assert [one for one in seen if "sum(" in one and "seat_pools" in one] == []
