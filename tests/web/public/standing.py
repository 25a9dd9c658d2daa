"""Bookings, requests and entries of every kind of guest, each where it can stand before its visit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, OutboxMessage, Slot
from openday.models.words import BookingState, Confirmation, DayPart, GuestKind
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest, PressFacts, Proposal
from openday.services.cancellation import cancel_booking
from openday.services.expiry import expire_holds
from openday.services.receipt import secret_of
from openday.services.visit_answer import offer_times
from openday.services.visit_request import request_visit
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, make_event, make_slot, make_user
from tests.web.office import visit_wish

FOR_ALL = ("public", "politics", "press")


def coming(capacity: int = 8, **event: Any) -> Slot:
    starts_at = clock.now().replace(microsecond=0) + timedelta(days=20)
    house = make_event(**{"audiences": FOR_ALL, "starts_on": clock.today() + timedelta(days=20), **event})
    return make_slot(house, starts_at=starts_at, capacity=capacity)


def press_wish(slot: Slot) -> BookingRequest:
    press = PressFacts(plans=("photo",))
    return booking_request(slot, guest_kind=GuestKind.PRESS, organisation="Stadtblatt", press=press)


def waits(wish: Callable[..., BookingRequest]) -> BookingRequest:
    slot = coming(capacity=0)
    request = wish(slot)
    join_waiting_list(WaitingRequest(request))
    return request


def is_offered(wish: Callable[..., BookingRequest]) -> BookingRequest:
    slot = coming(capacity=3)
    first = booking_request(slot, party_size=3)
    book_slot(first)
    request = wish(slot)
    join_waiting_list(WaitingRequest(request))
    cancel_booking(secret_of(first.nonce))
    return request


def booked(wish: Callable[..., BookingRequest], **event: Any) -> BookingRequest:
    request = wish(coming(**event))
    book_slot(request)
    return request


def unanswered(wish: Callable[..., BookingRequest], **event: Any) -> BookingRequest:
    """Ask a house that lets the time to answer pass: the request goes on without seats."""
    request = booked(wish, **event)
    until = stored(request).held_until
    assert until is not None
    expire_holds(until)
    return request


def provisional() -> BookingRequest:
    request = visit_wish(coming(), provisional_until=clock.now() + timedelta(days=5))
    book_slot(request)
    return request


def asked(**event: Any) -> BookingRequest:
    slot = coming(**event)
    request = visit_wish(slot)
    request_visit(slot.event_id, request, (Proposal(clock.today() + timedelta(days=9), None, DayPart.MORNING),))
    return request


def answered() -> BookingRequest:
    request = asked()
    booking = stored(request)
    slot = db.session.scalars(select(Slot).where(Slot.event_id == booking.event_id)).one()
    offer_times(booking.id, make_user(slot.event.traeger).id, [slot.id])
    return request


def stored(request: BookingRequest) -> Booking:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Booking).where(Booking.nonce == request.nonce)).one()


STATES: dict[str, tuple[Callable[[], BookingRequest], str]] = {
    "public_waits": (lambda: waits(booking_request), "waiting_joined"),
    "public_is_offered_a_seat": (lambda: is_offered(booking_request), "seat_offered"),
    "public_asks_the_house": (lambda: booked(booking_request, confirmation=Confirmation.APPROVAL), "visit_requested"),
    "public_is_booked": (lambda: booked(booking_request), "address_corrected"),
    "public_asks_and_hears_nothing": (
        lambda: unanswered(booking_request, confirmation=Confirmation.APPROVAL), "visit_requested",
    ),
    "press_asks_and_hears_nothing": (lambda: unanswered(press_wish), "press_requested"),
    "press_is_offered_a_seat": (lambda: is_offered(press_wish), "seat_offered"),
    "press_waits": (lambda: waits(press_wish), "waiting_joined"),
    "press_asks": (lambda: booked(press_wish), "press_requested"),
    "politics_waits": (lambda: waits(visit_wish), "waiting_joined"),
    "politics_is_offered_a_seat": (lambda: is_offered(visit_wish), "seat_offered"),
    "politics_is_provisional": (provisional, "visit_provisional"),
    "politics_asks_for_a_day": (asked, "visit_requested"),
    "politics_is_offered_times": (answered, "other_times"),
    "politics_is_booked": (lambda: booked(visit_wish), "visit_confirmed"),
}  # fmt: skip
HOUSE = "kontakt@beispiel.de"


def begun(state: str) -> tuple[BookingRequest, str, BookingState]:
    """Return what stands there, the kind of mail that says so, and its state."""
    make, kind = STATES[state]
    request = make()
    return request, kind, stored(request).state


def to(address: str) -> list[OutboxMessage]:
    """Return the mails to an address that are on their way."""
    db.session.rollback()
    query = select(OutboxMessage).where(OutboxMessage.recipient == address, OutboxMessage.state == "queued")
    return list(db.session.scalars(query.order_by(OutboxMessage.id)))
