"""A mistyped address is corrected, and another guest named, wherever a booking, request or entry stands."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, OutboxMessage, Slot
from openday.models.words import AddressVisibility, BookingState, Confirmation, DayPart, GuestKind
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest, PressFacts, Proposal
from openday.services.cancellation import cancel_booking
from openday.services.receipt import secret_of
from openday.services.visit_answer import offer_times
from openday.services.visit_request import request_visit
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, make_event, make_slot, make_user
from tests.web.office import mails, visit_wish

RIGHT = "richtig@example.org"
FOR_ALL = ("public", "politics", "press")


def coming(capacity: int = 8, **event: object) -> Slot:
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


def booked(wish: Callable[..., BookingRequest], **event: object) -> BookingRequest:
    request = wish(coming(**event))
    book_slot(request)
    return request


def provisional() -> BookingRequest:
    request = visit_wish(coming(), provisional_until=clock.now() + timedelta(days=5))
    book_slot(request)
    return request


def asked() -> BookingRequest:
    slot = coming()
    request = visit_wish(slot)
    request_visit(slot.event_id, request, (Proposal(clock.today() + timedelta(days=9), None, DayPart.MORNING),))
    return request


def answered() -> BookingRequest:
    request = asked()
    slot = db.session.scalars(select(Slot)).one()
    offer_times(stored(request).id, make_user(slot.event.traeger).id, [slot.id])
    return request


def stored(request: BookingRequest) -> Booking:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Booking).where(Booking.nonce == request.nonce)).one()


STATES = {
    "public_waits": (lambda: waits(booking_request), "waiting_joined"),
    "public_is_offered_a_seat": (lambda: is_offered(booking_request), "seat_offered"),
    "public_asks_the_house": (lambda: booked(booking_request, confirmation=Confirmation.APPROVAL), "visit_requested"),
    "public_is_booked": (lambda: booked(booking_request), "address_corrected"),
    "press_waits": (lambda: waits(press_wish), "waiting_joined"),
    "press_asks": (lambda: booked(press_wish), "press_requested"),
    "politics_waits": (lambda: waits(visit_wish), "waiting_joined"),
    "politics_is_offered_a_seat": (lambda: is_offered(visit_wish), "seat_offered"),
    "politics_is_provisional": (provisional, "visit_provisional"),
    "politics_asks_for_a_day": (asked, "visit_requested"),
    "politics_is_offered_times": (answered, "other_times"),
    "politics_is_booked": (lambda: booked(visit_wish), "visit_confirmed"),
}
HOUSE = "kontakt@beispiel.de"
OF_POLITICS = [name for name in STATES if name.startswith("politics")]


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


@pytest.mark.parametrize("state", STATES)
def test_a_corrected_address_reads_where_it_stands_and_the_old_link_is_void(client: FlaskClient, state: str) -> None:
    request, kind, before = begun(state)
    page, to_house = f"/buchung/{secret_of(request.nonce)}", len(to(HOUSE))

    assert f'href="{page}/adresse"' in client.get(page).text
    answer = client.post(f"{page}/adresse", data={"email": RIGHT})

    own = answer.headers["Location"].partition("?")[0]
    assert answer.status_code == 303
    assert client.get(page).status_code == 404
    assert "Ihre Änderung ist gespeichert." in client.get(answer.headers["Location"]).text
    assert RIGHT in re.sub(r"<wbr>|</?span[^>]*>", "", client.get(own).text)
    assert (stored(request).state, stored(request).booker_email) == (before, RIGHT)
    [mail] = to(RIGHT)
    assert mail.kind == kind
    assert own in mail.text
    assert to(request.email) == []
    told = [one.text for one in to(HOUSE)[to_house:]]
    if request.guest_kind is GuestKind.PUBLIC:
        assert told == []
    else:
        assert len(told) == 1
        assert RIGHT in told[0]


@pytest.mark.parametrize("state", OF_POLITICS)
def test_an_office_names_another_guest_and_the_house_hears_of_it(client: FlaskClient, state: str) -> None:
    request, kind, before = begun(state)
    page, to_house = f"/buchung/{secret_of(request.nonce)}", len(to(HOUSE))

    assert f'href="{page}/gast"' in client.get(page).text
    assert "Wir sagen der Einrichtung Bescheid" in client.get(f"{page}/gast").text
    for _ in range(2):  # the second says nothing new
        assert client.post(f"{page}/gast", data={"guest": "Robin Winter", "role": "Büro"}).status_code == 303

    booking = stored(request)
    assert (booking.state, booking.guest_name, booking.political.guest_role) == (before, "Robin Winter", "Büro")
    assert "Robin Winter, Büro" in client.get(page).text
    expected = "guest_replaced" if before in {BookingState.HELD, BookingState.CONFIRMED} else kind
    last = to(request.email)[-1]
    assert last.kind == expected
    assert "Robin Winter" in last.text
    [told] = to(HOUSE)[to_house:]
    assert "Robin Winter, Büro" in told.text


def test_who_has_yet_to_prove_the_mailbox_corrects_nothing(client: FlaskClient) -> None:
    protected = {"address_visibility": AddressVisibility.CONFIRMED}
    slot = coming(capacity=0, **protected)
    entry = booking_request(slot)
    join_waiting_list(WaitingRequest(entry))
    for request in (entry, booked(booking_request, **protected)):
        page = f"/buchung/{secret_of(request.nonce)}"

        looked, sent = client.get(f"{page}/adresse"), client.post(f"{page}/adresse", data={"email": RIGHT})

        assert (looked.status_code, looked.headers["Location"], sent.status_code) == (303, page, 409)
        assert "abgesagt" not in sent.text
        assert "/adresse" not in client.get(page).text
        assert stored(request).booker_email == request.email
    assert to(RIGHT) == []


def test_a_stranger_is_written_to_three_times_about_an_event_however_often_it_is_named(client: FlaskClient) -> None:
    slot = coming(capacity=0)
    answers = []
    for _ in range(4):
        request = booking_request(slot)
        join_waiting_list(WaitingRequest(request))
        db.session.rollback()
        page = f"/buchung/{secret_of(request.nonce)}"
        answers.append(client.post(f"{page}/adresse", data={"email": RIGHT}).status_code)

    assert answers == [303, 303, 303, 409]
    assert len(to(RIGHT)) == 3
    assert stored(request).booker_email == request.email
    assert client.get(page).status_code == 200


def test_the_mail_of_the_house_is_not_stopped_with_those_to_the_wrong_address(client: FlaskClient) -> None:
    request = booked(visit_wish)

    client.post(f"/buchung/{secret_of(request.nonce)}/adresse", data={"email": RIGHT})

    assert [mail.state for mail in mails("request_for_host")] == ["queued"]
    assert mails("visit_confirmed")[0].state == "withheld"


def test_in_english_the_entry_says_how_to_correct_it_too(client: FlaskClient) -> None:
    page = f"/en/buchung/{secret_of(waits(visit_wish).nonce)}"

    assert "Somebody else is coming" in client.get(page).text
    assert "We will tell the house." in client.get(f"{page}/gast").text
    assert "From now on we write to this address" in client.get(f"{page}/adresse").text
