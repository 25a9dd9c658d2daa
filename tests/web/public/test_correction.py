"""A mistyped address is corrected, and another guest named, wherever a booking, request or entry stands."""

import re

import pytest
from flask.testing import FlaskClient

from openday.extensions import db
from openday.models.words import AddressVisibility, BookingState, GuestKind
from openday.services.receipt import secret_of
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request
from tests.web.office import mails, visit_wish
from tests.web.public.standing import HOUSE, STATES, begun, booked, coming, stored, to, waits

RIGHT = "richtig@example.org"
OF_POLITICS = [name for name in STATES if name.startswith("politics")]


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
    if request.guest_kind is GuestKind.PUBLIC and "asks" not in state:
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
