"""An entry of the waiting list is corrected and becomes smaller on its own page; a group waits as a group."""

from datetime import timedelta

import pytest

from openday import clock
from openday.models.words import BookingState, GuestKind
from openday.services.booking import book_slot
from openday.services.receipt import secret_of
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, make_event, make_slot
from tests.web.public.test_waiting_list import NONCE, entry, stored, url


@pytest.fixture
def full(app):
    """One seat three days ahead that somebody has."""
    slot = make_slot(capacity=1, starts_at=clock.now().replace(microsecond=0) + timedelta(days=3))
    book_slot(booking_request(slot))
    return slot


def test_who_waits_corrects_the_details_and_keeps_the_place(client, full):
    page = entry(full, party_size=2)

    shown = client.get(page).text
    saved = client.post(
        f"{page}/angaben", data={"name": "Aysche Kaya", "phone": "0341 1", "needs": "", "language": "de"}
    )

    assert f"{page}/angaben" in shown
    assert saved.status_code == 303
    assert "Ihre Änderung ist gespeichert." in client.get(saved.headers["Location"]).text
    waiting = stored()[1]
    assert (waiting.booker_name, waiting.booker_phone) == ("Aysche Kaya", "0341 1")
    assert (waiting.state, waiting.party_size) == (BookingState.WAITING, 2)


@pytest.mark.parametrize("is_any_time", [False, True])
def test_a_party_that_waits_may_become_smaller_but_not_larger(client, full, is_any_time):
    party = booking_request(full, party_size=3)
    join_waiting_list(WaitingRequest(party, is_any_time=is_any_time))
    page = f"/buchung/{secret_of(party.nonce)}"

    asked = client.get(f"{page}/personen")
    larger = client.post(f"{page}/personen", data={"party_size": "4"})
    smaller = client.post(f"{page}/personen", data={"party_size": "2"})

    assert f"{page}/warteliste-verlassen" in asked.text
    assert (larger.status_code, smaller.status_code) == (422, 303)
    assert (stored()[1].state, stored()[1].party_size) == (BookingState.WAITING, 2)


def test_a_smaller_party_that_fits_now_is_offered_the_seat_at_once(client):
    slot = make_slot(capacity=2, starts_at=clock.now().replace(microsecond=0) + timedelta(days=3))
    book_slot(booking_request(slot))
    page = entry(slot, party_size=2)

    client.post(f"{page}/personen", data={"party_size": "1"})

    assert stored()[1].state is BookingState.OFFERED


def test_a_group_goes_from_the_full_time_onto_the_list_and_says_where_it_works(client):
    slot = make_slot(make_event(audiences=("public", "professional")), capacity=1)
    book_slot(booking_request(slot))

    full = client.get(f"/t/{slot.event.slug}/gruppe?slot={slot.id}")
    page = f"/t/{slot.event.slug}/warteliste?slot={slot.id}&art=gruppe"
    assert page.replace("&", "&amp;") in full.text
    nonce = NONCE.search(client.get(page).text).group(1)
    sent = {"name": "Ayşe Kaya", "email": "a@example.org", "party_size": "4", "organisation": "Schule am Park"}
    answer = client.post(page, data={**sent, "nonce": nonce})

    assert answer.status_code == 303
    waiting = stored()[1]
    assert (waiting.state, waiting.guest_kind) == (BookingState.WAITING, GuestKind.PROFESSIONAL)
    assert (waiting.organisation, waiting.party_size) == ("Schule am Park", 4)


def test_an_event_for_groups_alone_asks_as_it_asks_groups(client):
    slot = make_slot(make_event(audiences=("professional",)), capacity=1)
    book_slot(booking_request(slot))

    assert 'name="organisation"' in client.get(url(slot)).text


def test_an_event_that_is_not_for_groups_asks_everybody_the_same(client, full):
    assert 'name="organisation"' not in client.get(f"{url(full)}?art=gruppe").text


def test_who_waits_takes_the_own_data_along_and_has_the_link_sent_once_more(client, full):
    page = entry(full)

    shown = client.get(page).text
    sent = client.post(f"{page}/link")

    assert f'href="{page}.json"' in shown
    assert client.get(f"{page}.json").json["booking"]["state"] == "waiting"
    assert f'action="{page}/link"' in shown
    assert "Wir schicken den Link noch einmal" in client.get(sent.headers["Location"]).text
