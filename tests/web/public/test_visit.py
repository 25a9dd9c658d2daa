"""The page of a visit by politics: promised, one of the house's times picked, somebody else sent."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, Slot
from openday.models.words import Awaits, BookingState, DayPart, EventState
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest, Proposal
from openday.services.expiry import expire_holds
from openday.services.receipt import secret_of
from openday.services.visit_answer import offer_times
from openday.services.visit_request import request_visit
from openday.wording import day_in_words
from tests.factories import make_slot, make_user
from tests.web.office import mails, make_house, taken, visit_wish
from tests.web.public.own import booked, only_booking


def slot_in(days: int, event: Event | None = None, **values: object) -> Slot:
    starts_at = clock.now().replace(microsecond=0) + timedelta(days=days)
    return make_slot(event or make_house(starts_on=clock.today() + timedelta(days=days)), starts_at=starts_at, **values)


def opened(request: BookingRequest) -> str:
    """Return the address of the request's own page, as it stands in the mail."""
    db.session.rollback()
    return f"/buchung/{secret_of(request.nonce)}"


def visited(slot: Slot, **wish: object) -> str:
    request = visit_wish(slot, **wish)
    book_slot(request)
    return opened(request)


def provisional(slot: Slot) -> str:
    return visited(slot, provisional_until=clock.now() + timedelta(days=5))


def offered(*slots: Slot) -> str:
    """Ask for a visit without a time; the house answers with these."""
    request = visit_wish(slots[0])
    proposal = Proposal(clock.today() + timedelta(days=9), None, DayPart.MORNING)
    request_visit(slots[0].event_id, request, (proposal,))
    offer_times(only_booking().id, make_user(slots[0].event.traeger).id, [slot.id for slot in slots])
    return opened(request)


def test_a_provisional_visit_is_promised_with_one_button_that_only_posting_presses(client: FlaskClient) -> None:
    page = provisional(slot := slot_in(20))

    shown = client.get(page).text
    looked = client.get(f"{page}/zusagen")
    promised = client.post(f"{page}/zusagen")
    again = client.post(f"{page}/zusagen")

    assert "Vorläufig reserviert" in shown
    assert "Fest zusagen" in shown
    assert looked.status_code == 405
    assert (promised.status_code, again.status_code) == (303, 303)
    assert only_booking().state is BookingState.CONFIRMED
    assert len(mails("visit_confirmed")) == 1
    assert len(mails("request_for_host")) == 2
    assert "Fest zusagen" not in client.get(page).text
    assert taken(slot) == 3


def test_who_asks_provisionally_for_more_than_the_half_reads_what_to_do(client: FlaskClient) -> None:
    slot = slot_in(20, capacity=8)
    provisional(slot)

    page = provisional(slot)

    assert taken(slot) == 3
    shown = client.get(page).text
    assert "Bis dahin halten wir keinen Platz frei." in shown
    for text in (shown, mails("visit_requested")[-1].text):
        assert "Können Sie fest zusagen, ziehen Sie die Anfrage zurück und buchen Sie den Termin fest." in text


def test_a_hold_that_is_over_can_not_be_promised_any_more(client: FlaskClient) -> None:
    page = provisional(slot_in(20))
    db.session.query(Booking).update({"state": BookingState.EXPIRED, "held_until": None})
    db.session.query(Booking).session.execute(db.text("DELETE FROM booking_seats"))
    db.session.execute(db.text("UPDATE seat_pools SET taken = 0"))
    db.session.commit()

    answer = client.post(f"{page}/zusagen")

    assert answer.status_code == 409
    assert "0341 000000" in answer.text
    assert only_booking().state is BookingState.EXPIRED


def test_staff_comes_instead_and_the_booking_stays(client: FlaskClient) -> None:
    page = visited(slot := slot_in(20))

    form = client.get(f"{page}/gast").text
    answer = client.post(f"{page}/gast", data={"guest": "Robin Winter", "role": "Büroleitung"})

    booking = only_booking()
    assert 'value="Dr. Kim Sommer"' in form
    assert answer.status_code == 303
    assert (booking.guest_name, booking.state) == ("Robin Winter", BookingState.CONFIRMED)
    assert booking.political is not None
    assert booking.political.guest_role == "Büroleitung"
    assert taken(slot) == 3
    assert "Robin Winter, Büroleitung" in client.get(page).text
    assert [mail.recipient for mail in mails("guest_replaced_for_host")] == ["kontakt@beispiel.de"]
    before, after = (
        Calendar.from_ical(mails(kind)[0].calendar).walk("VEVENT")[0] for kind in ("visit_confirmed", "guest_replaced")
    )
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_provisional_visit_may_be_passed_on_too(client: FlaskClient) -> None:
    page = provisional(slot_in(20))

    assert client.post(f"{page}/gast", data={"guest": "Robin Winter", "role": ""}).status_code == 303
    assert only_booking().guest_name == "Robin Winter"
    assert only_booking().state is BookingState.HELD


def test_an_office_reads_what_it_proposed_while_there_is_no_time(client: FlaskClient) -> None:
    slot = slot_in(9)
    request, days = visit_wish(slot), [clock.today() + timedelta(days=days) for days in (8, 9)]
    request_visit(slot.event_id, request, tuple(Proposal(day, None, DayPart.MORNING) for day in days))

    page = client.get(opened(request)).text

    assert "Ihre Vorschläge" in page
    for day in days:
        assert f"{day_in_words(day)}, Vormittag" in page


def test_the_house_hears_at_once_of_another_time_fewer_people_and_the_end(client: FlaskClient) -> None:
    first = slot_in(20)
    page = visited(first)
    later = slot_in(21, first.event)

    client.post(f"{page}/uhrzeit", data={"slot": str(later.id)})
    client.post(f"{page}/personen", data={"party_size": "2"})
    client.post(f"{page}/absagen")
    client.post(f"{page}/absagen")

    moved, resized = mails("visit_changed_for_host")
    [cancelled] = mails("visit_cancelled_for_host")
    assert {mail.recipient for mail in (moved, resized, cancelled)} == {"kontakt@beispiel.de"}
    assert f"Bisher: {day_in_words(first.berlin_day)}" in moved.text
    assert "Personen: 2" in resized.text
    assert "Bisher: 3 Personen" in resized.text
    assert "Ein Besuch ist abgesagt." in cancelled.text


def test_of_a_guest_of_the_public_the_house_hears_in_the_morning(client: FlaskClient) -> None:
    client.post(f"{booked(slot_in(20))}/absagen")

    assert mails("visit_cancelled_for_host") == []


@pytest.mark.parametrize("guest", ["", "   ", "x" * 121, "a\x00b", "a\nb", "a\u202eb"])
def test_a_guest_needs_a_name_one_can_read(client: FlaskClient, guest: str) -> None:
    page = visited(slot_in(20))

    answer = client.post(f"{page}/gast", data={"guest": guest, "role": "Referentin"})

    assert answer.status_code == 422
    assert 'value="Referentin"' in answer.text
    assert only_booking().guest_name == "Dr. Kim Sommer"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7*1234567 }}", "عائشة كايا", "O'Brien & Söhne 🌻"])
def test_odd_names_are_shown_as_they_are(client: FlaskClient, name: str) -> None:
    page = visited(slot_in(20))

    client.post(f"{page}/gast", data={"guest": name, "role": name})

    assert only_booking().guest_name == name
    assert "<script>alert" not in client.get(page).text
    assert "8641969" not in client.get(page).text


def test_after_the_deadline_the_page_names_the_phone(client: FlaskClient) -> None:
    page = visited(slot_in(20))
    db.session.query(Event).update({"change_until_hours": 24 * 30})
    db.session.commit()

    answer = client.post(f"{page}/gast", data={"guest": "Robin Winter"})

    assert answer.status_code == 409
    assert "0341 000000" in answer.text
    assert only_booking().guest_name == "Dr. Kim Sommer"


def test_one_of_the_houses_times_is_picked_on_the_page_of_the_request(client: FlaskClient) -> None:
    event = make_house(starts_on=clock.today() + timedelta(days=10))
    first, second = slot_in(9, event), slot_in(10, event)
    page = offered(first, second)

    shown = client.get(page).text
    answer = client.post(f"{page}/zeit", data={"position": "1"})

    assert "Die Einrichtung schlägt andere Zeiten vor" in shown
    assert shown.count('name="position"') == 2
    assert answer.status_code == 303
    booking = only_booking()
    assert (booking.state, booking.awaits, booking.slot_id) == (BookingState.CONFIRMED, None, second.id)
    assert (taken(first), taken(second)) == (0, 3)
    assert len(mails("visit_confirmed")) == 1
    assert client.get(f"{page}/zeit").status_code == 303


def test_an_office_that_picked_none_of_the_times_reads_why_its_request_ended(client: FlaskClient) -> None:
    event = make_house(starts_on=clock.today() + timedelta(days=10))
    first, second = slot_in(9, event), slot_in(10, event)
    offered(first, second)

    expire_holds(clock.now() + timedelta(days=12))

    assert only_booking().state is BookingState.EXPIRED
    [mail] = mails("visit_declined")
    assert "Von den angebotenen Zeiten wurde keine gewählt." in mail.text


@pytest.mark.parametrize("position", ["", "7", "x", "-1", "9" * 50])
def test_a_time_that_was_not_offered_is_none(client: FlaskClient, position: str) -> None:
    page = offered(slot_in(9))

    answer = client.post(f"{page}/zeit", data={"position": position})

    assert answer.status_code == 422
    assert "Wählen Sie eine Uhrzeit aus" in answer.text
    assert only_booking().awaits is Awaits.BOOKER


def test_a_time_that_was_taken_meanwhile_changes_nothing_and_shows_what_is_left(client: FlaskClient) -> None:
    event = make_house(starts_on=clock.today() + timedelta(days=10))
    first, second = slot_in(9, event, capacity=3), slot_in(10, event)
    page = offered(first, second)
    assert client.get(page).status_code == 200
    booked(first)

    shown = client.get(page).text
    answer = client.post(f"{page}/zeit", data={"position": "0"})

    assert shown.count('name="position"') == 1
    assert answer.status_code == 409
    assert "Diese Uhrzeit ist inzwischen ausgebucht" in answer.text
    [request] = db.session.scalars(select(Booking).where(Booking.slot_id.is_(None)))
    assert request.awaits is Awaits.BOOKER


def test_a_cancelled_event_can_not_be_promised(client: FlaskClient) -> None:
    page = provisional(slot_in(20))
    db.session.query(Event).update({"state": EventState.CANCELLED, "cancelled_at": clock.now()})
    db.session.commit()

    assert client.post(f"{page}/zusagen").status_code == 409
    assert only_booking().state is BookingState.HELD


def test_other_guests_have_none_of_these_pages(client: FlaskClient) -> None:
    page = booked(slot_in(20))

    assert client.get(f"{page}/gast").status_code == 404
    assert client.get(f"{page}/zeit").status_code == 404
    assert client.post(f"{page}/zusagen").status_code in {303, 409}
    assert "Jemand anderes kommt" not in client.get(page).text
