"""Politics and press wait for a seat as everybody does, and nobody can probe who does."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from openday import clock
from openday.extensions import db
from openday.models import BookingSeats, Event, SeatPool, Slot
from openday.models.words import Awaits, BookingState, Confirmation, GuestKind, Mode, PoolAudience, WaitingList
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.receipt import secret_of
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from openday.services.waiting_offer import accept_offer
from tests.factories import all_bookings, booking_request, make_event, make_slot, save
from tests.web import newsroom
from tests.web.office import COURSE, GUEST, Journey, mails, taken

FOR_ALL = ("public", "politics", "press")


def full_time(seats: int = 3, **event: object) -> tuple[Slot, str]:
    """Return a time whose seats one party has, and the secret of that booking."""
    starts_at = clock.now().replace(microsecond=0) + timedelta(days=6)
    slot = make_slot(make_event(**{"audiences": FOR_ALL, **event}), capacity=seats, starts_at=starts_at)
    request = booking_request(slot, party_size=seats)
    book_slot(request)
    db.session.rollback()
    return slot, secret_of(request.nonce)


def office_waits(client: FlaskClient, slot: Slot, wait_for: str = "alle", **guest: str) -> Journey:
    """Walk from the full time to the last page."""
    journey = Journey(client, slot.event).begin(slot)
    journey.send(weg="warteliste", wait_for=wait_for)
    journey.send(**{**GUEST, **guest})
    journey.send(**COURSE)
    return journey


def stored() -> list[object]:
    db.session.rollback()
    db.session.expire_all()
    return all_bookings()


def test_an_office_waits_for_any_time_and_the_truth_goes_to_the_mailbox(client):
    slot, first = full_time()

    journey = office_waits(client, slot)
    assert "Jede Uhrzeit dieses Termins" in journey.page
    answer = journey.send(art="warten")

    entry = stored()[-1]
    assert (entry.state, entry.slot_id, entry.awaits) == (BookingState.WAITING, None, None)
    assert (entry.guest_kind, entry.guest_name, entry.party_size) == (GuestKind.POLITICS, "Dr. Kim Sommer", 3)
    assert entry.political.topics == "Wartezeiten"
    receipt = client.get(answer.headers["Location"]).text
    assert "Prüfen Sie Ihr Postfach" in receipt
    assert "Sommer" not in receipt
    assert "Warteliste" not in receipt
    [joined] = mails("waiting_joined")
    assert "Besuch von Dr. Kim Sommer" in joined.subject
    [told] = mails("request_for_host")
    assert told.subject.startswith("Auf der Warteliste: Dr. Kim Sommer")
    cancel_booking(first)
    assert stored()[-1].state is BookingState.OFFERED
    page = client.get(f"/buchung/{secret_of(entry.nonce)}").text
    assert "Dr. Kim Sommer" in page
    assert "Platz nehmen" in page


def test_who_is_there_and_who_waits_twice_sees_the_page_of_who_is_new(client):
    slot, _first = full_time()
    pages, entries = [], []

    for guest in ("Dr. Kim Sommer", "Dr. Kim Sommer", "Robin Herbst"):
        answer = office_waits(client, slot, str(slot.id), guest=guest).send(art="warten")
        place = answer.headers["Location"]
        pages.append((answer.status_code, len(place), client.get(place).text.replace(place, "")))
        entries.append(len(stored()) - 1)

    assert pages[0] == pages[1] == pages[2]
    assert entries == [1, 1, 2]
    assert len(mails("waiting_joined")) == 2
    assert len(mails("lost_link")) == 1  # it will say where the entry is


def test_politics_are_given_their_own_seats_first_then_the_general_ones(app, client):
    slot, first = full_time(seats=2)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONSITE, audience=PoolAudience.POLITICS, capacity=2))
    office_waits(client, slot).send(art="warten")
    entry = stored()[-1]
    assert entry.state is BookingState.WAITING

    cancel_booking(first)

    audiences = dict(
        db.session.execute(
            select(SeatPool.audience, BookingSeats.seats)
            .join(BookingSeats, BookingSeats.seat_pool_id == SeatPool.id)
            .where(BookingSeats.booking_id == entry.id)
        ).all()
    )
    assert audiences == {PoolAudience.POLITICS: 2, PoolAudience.EVERYONE: 1}


def test_a_house_that_confirms_is_asked_once_the_place_is_taken(client):
    slot, first = full_time(waiting_list=WaitingList.AUTOMATIC)
    db.session.execute(update(Event).values(confirmation=Confirmation.APPROVAL))
    db.session.commit()
    office_waits(client, slot).send(art="warten")

    [waiting] = mails("request_for_host")
    db.session.rollback()
    cancel_booking(first)

    entry = stored()[-1]
    assert (entry.state, entry.awaits) == (BookingState.HELD, Awaits.HOST)
    assert next(mail.id for mail in mails("request_for_host")) == waiting.id
    assert mails("request_for_host")[1].subject.startswith("Neue Anfrage")
    assert "bestätigt die Einrichtung" in mails("waiting_joined")[0].text


def test_the_press_waits_on_one_page_and_the_house_says_yes_at_the_end(client):
    slot, first = full_time(photo_rule="on_request")
    full = client.get(newsroom.path(slot)).text
    address = f"/t/{slot.event.slug}/warteliste?slot={slot.id}&amp;art=presse"
    assert address in full

    nonce = newsroom.NONCE.search(client.get(address.replace("&amp;", "&")).text)[1]
    url = f"/t/{slot.event.slug}/warteliste?art=presse"
    typed = {**newsroom.TYPED, "nonce": nonce, "wait_for": "alle"}
    faulty = client.post(url, data={**typed, "accepts_photo_rule": ""})
    assert faulty.status_code == 422
    assert "Bestätigen Sie die Foto-Regel" in faulty.text
    assert "Stadtblatt" in faulty.text
    answer = client.post(url, data=typed)

    assert "Prüfen Sie Ihr Postfach" in client.get(answer.headers["Location"]).text
    entry = stored()[-1]
    assert (entry.state, entry.awaits, entry.press.plans) == (
        BookingState.WAITING, Awaits.HOST, ("photo", "video"),
    )  # fmt: skip
    assert entry.press.photo_rule_accepted_at is not None
    cancel_booking(first)
    [offer] = mails("seat_offered")
    assert "Foto-Regel: Fotos nur nach Absprache." in offer.text
    assert "Dann bestätigt die Einrichtung Ihren Besuch." in offer.text
    db.session.rollback()
    assert accept_offer(secret_of(entry.nonce)) is BookingState.HELD
    assert (stored()[-1].awaits, taken(slot)) == (Awaits.HOST, 2)
    assert len(mails("request_for_host")) == 2


@pytest.mark.parametrize("audiences", [("politics",), ("politics", "press")])
def test_who_comes_from_an_event_for_politics_alone_waits_with_their_form(client, audiences):
    slot, _first = full_time(audiences=audiences)

    page = client.get(f"/t/{slot.event.slug}/warteliste?slot={slot.id}")

    assert page.status_code == 303
    assert page.headers["Location"] == f"/t/{slot.event.slug}/politik?slot={slot.id}#warteliste"
    chosen = client.get(page.headers["Location"]).text
    assert 'id="warteliste"' in chosen
    assert f'<option selected value="{slot.id}"' in chosen
    assert client.post(f"/t/{slot.event.slug}/warteliste", data={"name": "x"}).status_code == 303
    assert len(stored()) == 1


def test_an_office_that_finds_room_is_shown_the_times_with_everything_it_typed(client):
    slot, first = full_time()
    journey = office_waits(client, slot, str(slot.id))
    cancel_booking(first)
    db.session.rollback()

    answer = journey.send(art="warten")

    assert answer.status_code == 409
    assert "Es ist noch Platz für Sie" in answer.text
    journey.send(slot=str(slot.id))
    assert "Wer kommt?" in journey.page
    assert "Dr. Kim Sommer" in journey.page


@pytest.mark.parametrize("wait_for", ["", "99999", "x", "alle\x00", "-1"])
def test_a_time_nobody_can_wait_for_is_asked_for_again(client, wait_for):
    slot, _first = full_time()

    answer = Journey(client, slot.event).begin(slot).send(weg="warteliste", wait_for=wait_for)

    assert answer.status_code == 422
    assert "Wählen Sie eine Uhrzeit aus" in answer.text
    assert len(stored()) == 1


def test_without_a_list_an_office_proposes_a_time(client):
    slot, _first = full_time(waiting_list=WaitingList.OFF)

    page = Journey(client, slot.event).begin(slot).page
    answer = client.post(f"/t/{slot.event.slug}/politik", data={"weg": "warteliste", "wait_for": "alle"})

    assert "warteliste" not in page.lower()
    assert answer.status_code == 422


def test_among_several_times_the_press_finds_the_list_below_them(client):
    slot, _first = full_time()
    make_slot(slot.event, capacity=5)

    page = client.get(f"/t/{slot.event.slug}/presse").text

    assert f'href="/t/{slot.event.slug}/warteliste?art=presse"' in page


def test_who_took_the_place_in_another_tab_is_not_told_that_it_went_on(client):
    slot, first = full_time(seats=1)
    party = booking_request(slot)
    join_waiting_list(WaitingRequest(party))
    cancel_booking(first)
    own = f"/buchung/{secret_of(party.nonce)}"
    client.post(f"{own}/platz-nehmen")

    answer = client.post(f"{own}/weitergeben")

    assert (answer.status_code, answer.headers["Location"]) == (303, own)
    assert "Ihr Platz ist reserviert" in client.get(own).text
