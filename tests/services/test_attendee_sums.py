"""Who came without a booking, in the sums of the attendee list."""

from typing import Any

from flask import Flask

from openday import clock
from openday.models import Slot, WalkIn
from openday.services.attendee_list import AttendeeFilter, attendee_list, attendee_page
from openday.services.booking import book_slot
from tests.factories import booking_request, make_slot, numbers, save


def walk_in(slot: Slot, **overrides: Any) -> None:
    [pool] = slot.pools
    pool.taken += not overrides
    save(WalkIn(slot_id=slot.id, seat_pool_id=pool.id, nonce=str(next(numbers)), **overrides))


def test_who_came_without_a_booking_is_counted_but_has_no_row(app: Flask) -> None:
    early = make_slot()
    event, late = early.event, make_slot(early.event)
    book_slot(booking_request(early))
    walk_in(early)
    walk_in(early, undone_at=clock.now())
    walk_in(late)

    listing = attendee_list(event.id, AttendeeFilter())

    assert len(listing.attendees) == 1
    assert (listing.summary.persons, listing.summary.groups) == (1, (("ohne Anmeldung", 2),))
    assert attendee_page(event.id, AttendeeFilter(slot_id=late.id)).summary.groups == (("ohne Anmeldung", 1),)
    assert attendee_list(event.id, AttendeeFilter(search="Kaya")).summary.groups == ()
