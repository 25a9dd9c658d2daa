"""The house's page of a request: who comes, and an answer in one tap."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, SeatPool, Slot, Traeger
from openday.models.words import Awaits, BookingState, CancelledBy, DayPart, EventState, Role
from openday.services.booking import book_slot
from openday.services.booking_request import Proposal
from openday.services.visit_request import request_visit
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import all_bookings, booking_request, make_slot, make_traeger, make_user, save
from tests.web.office import mails, make_house, taken, visit_wish
from tests.web.public.own import booked, only_booking
from tests.web.staff import Browser, signed_in

DAY = clock.today() + timedelta(days=12)


@pytest.fixture
def traeger(app: Flask) -> Traeger:
    return make_traeger()


@pytest.fixture
def slot(traeger: Traeger) -> Slot:
    return make_slot(make_house(traeger=traeger, starts_on=DAY), capacity=10, starts_at=on_the_day())


@pytest.fixture
def client(app: Flask, traeger: Traeger) -> Browser:
    return signed_in(app, make_user(traeger))


def on_the_day(hours: int = 0):
    return clock.now().replace(microsecond=0) + timedelta(days=12, hours=hours)


def asked(slot: Slot, **wish: object) -> str:
    """Ask the house for the time and return the address in its mail."""
    book_slot(visit_wish(slot, asks_host=True, **wish))
    return request_page()


def proposed(event: Event, slot: Slot, *proposals: Proposal) -> str:
    request_visit(event.id, visit_wish(slot), proposals or (Proposal(DAY, None, DayPart.MORNING),))
    return request_page()


def request_page() -> str:
    booking = all_bookings()[-1]
    return f"/konto/termine/{booking.event_id}/anfragen/{booking.id}"


def test_the_link_of_the_mail_leads_to_the_answer_and_one_tap_confirms(client: Browser, slot: Slot) -> None:
    page = asked(slot)

    shown = client.get(page).text
    answer = client.send(f"{page}/bestaetigen")
    again = client.send(f"{page}/bestaetigen")

    assert page in mails("request_for_host")[0].text
    assert "Anfrage von Dr. Kim Sommer" in shown
    assert shown.index("Besuch bestätigen") < shown.index("Andere Zeit anbieten") < shown.index("Absagen")
    assert (answer.status_code, again.status_code) == (303, 303)
    assert only_booking().state is BookingState.CONFIRMED
    assert len(mails("visit_confirmed")) == 1
    assert taken(slot) == 3
    assert "Besuch bestätigen" not in client.get(page).text


def test_who_is_not_signed_in_comes_back_to_the_request(app: Flask, slot: Slot) -> None:
    page = asked(slot)

    answer = Browser(app, use_cookies=True).get(page)

    assert answer.status_code == 303
    assert "/konto/anmelden" in answer.headers["Location"]
    assert page in answer.headers["Location"].replace("%2F", "/")


def test_the_page_says_everything_that_was_said(client: Browser, slot: Slot) -> None:
    page = client.get(asked(slot, needs="Ruheraum", phone="030 000000")).text

    for words in ("Bundestag", "Alex Büro", "030 000000", "Wartezeiten", "Hintereingang", "Ruheraum",
                  "Erst nach Rücksprache"):  # fmt: skip
        assert words in page


def test_security_notes_are_for_whoever_answers_and_in_no_file(app: Flask, client: Browser, slot: Slot) -> None:
    page = asked(slot)
    reader = signed_in(app, make_user(slot.event.traeger, role=Role.READER))

    seen = reader.get(page).text
    file = client.send(f"/konto/termine/{slot.event_id}/gaeste/csv", {"file_format": "csv"})

    assert "Hintereingang" in client.get(page).text
    assert "Dr. Kim Sommer" in seen
    assert "Hintereingang" not in seen
    assert "Besuch bestätigen" not in seen
    assert "Hintereingang" not in file.get_data(as_text=True)
    assert not any("Hintereingang" in mail.text + mail.html for mail in mails("request_for_host"))


def test_the_request_stands_on_the_dashboard_and_on_the_event_until_it_is_answered(
    app: Flask, client: Browser, slot: Slot
) -> None:
    page = asked(slot)
    stranger = signed_in(app, make_user(make_traeger()))
    places = ("/konto/", f"/konto/termine/{slot.event_id}")

    before = [page in client.get(one).text for one in places]
    foreign = page in stranger.get("/konto/").text
    client.send(f"{page}/absagen", {"reason": "An dem Tag ist das Haus geschlossen"})
    after = [page in client.get(one).text for one in places]

    assert (before, foreign, after) == ([True, True], False, [False, False])


def test_a_proposal_is_confirmed_with_its_clock_time_and_gets_a_time_of_its_own(
    client: Browser, traeger: Traeger, slot: Slot
) -> None:
    page = proposed(slot.event, slot)

    shown = client.get(page).text
    answer = client.send(f"{page}/bestaetigen", {"position": "0", "start_time": "10:30", "minutes": "45"})

    assert "Vormittag" in shown
    assert answer.status_code == 303
    booking = only_booking()
    assert booking.state is BookingState.CONFIRMED
    assert booking.slot is not None
    assert booking.slot_id != slot.id
    assert f"{clock.to_berlin(booking.slot.starts_at):%Y-%m-%d %H:%M}" == f"{DAY} 10:30"
    assert booking.slot.ends_at == booking.slot.starts_at + timedelta(minutes=45)
    assert (taken(slot), taken(booking.slot)) == (0, 3)
    [mail] = mails("visit_confirmed")
    assert "10:30" in mail.subject


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Wählen Sie einen Vorschlag aus"),
        ({"position": "9", "start_time": "10:30", "minutes": "30"}, "Wählen Sie einen Vorschlag aus"),
        ({"position": "0", "minutes": "30"}, "Geben Sie die Uhrzeit ein"),
        ({"position": "0", "start_time": "25:61", "minutes": "30"}, "Geben Sie die Uhrzeit so ein"),
        ({"position": "0", "start_time": "10:30", "minutes": "99999"}, "Geben Sie eine Zahl von 5 bis 480 ein"),
        ({"position": "0", "start_time": "10:30", "minutes": "a\x00"}, "Geben Sie eine Zahl von 5 bis 480 ein"),
    ],
)
def test_an_answer_to_a_proposal_that_can_not_be_read_says_what_is_missing(
    client: Browser, slot: Slot, values: dict[str, str], words: str
) -> None:
    page = proposed(slot.event, slot)

    answer = client.send(f"{page}/bestaetigen", values)

    assert answer.status_code == 422
    assert words in answer.text
    assert only_booking().awaits is Awaits.HOST


def test_other_times_are_offered_and_what_was_held_is_free_again(client: Browser, slot: Slot) -> None:
    other = make_slot(slot.event, starts_at=on_the_day(2))
    page = asked(slot)

    answer = client.send(f"{page}/andere-zeit", {"slots": str(other.id)})

    assert answer.status_code == 303
    booking = only_booking()
    assert (booking.state, booking.awaits) == (BookingState.REQUESTED, Awaits.BOOKER)
    assert (taken(slot), taken(other)) == (0, 0)
    [mail] = mails("other_times")
    assert "Zeit auswählen" in mail.text
    assert mail.calendar is not None
    assert "METHOD:CANCEL" in mail.calendar
    assert "Wartet auf das Büro" in client.get(page).text


def test_at_most_three_times_and_only_of_this_event_are_offered(client: Browser, slot: Slot) -> None:
    others = [make_slot(slot.event, starts_at=on_the_day(hours)) for hours in (2, 4, 6, 8)]
    foreign = make_slot(make_house(), starts_at=on_the_day(2))
    page = asked(slot)

    statuses = [
        client.send(f"{page}/andere-zeit", {"slots": ids}).status_code
        for ids in ([], [str(one.id) for one in others], [str(foreign.id)], ["x"], ["9" * 40])
    ]

    assert statuses == [422] * 5
    assert only_booking().awaits is Awaits.HOST


def test_a_no_needs_a_reason_and_frees_the_seats(client: Browser, slot: Slot) -> None:
    page = asked(slot)

    silent = client.send(f"{page}/absagen", {"reason": "  "})
    answer = client.send(f"{page}/absagen", {"reason": "An dem Tag ist das Haus geschlossen"})

    assert silent.status_code == 422
    assert "Geben Sie den Grund ein" in silent.text
    assert answer.status_code == 303
    booking = only_booking()
    assert (booking.state, booking.cancelled_by) == (BookingState.DECLINED, CancelledBy.ORGANISER)
    assert taken(slot) == 0
    assert "An dem Tag ist das Haus geschlossen" in mails("visit_declined")[0].text


def test_a_yes_to_a_time_that_filled_up_offers_the_other_answers(client: Browser, traeger: Traeger) -> None:
    slot = make_slot(make_house(traeger=traeger, starts_on=DAY), capacity=4, starts_at=on_the_day())
    page = asked(slot)  # more than the share that may be held: it waits without seats
    booked(slot, party_size=3)

    answer = client.send(f"{page}/bestaetigen")

    assert answer.status_code == 409
    assert "Sie können eine andere Zeit anbieten oder absagen." in answer.text
    [booking] = db.session.scalars(select(Booking).where(Booking.guest_name.is_not(None)))
    assert booking.awaits is Awaits.HOST
    assert taken(slot) == 3


def test_a_provisional_visit_the_house_agrees_to_is_held_until_its_office_is_certain(
    client: Browser, slot: Slot
) -> None:
    page = asked(slot, provisional_until=clock.now() + timedelta(days=6))

    client.send(f"{page}/bestaetigen")

    booking = only_booking()
    assert (booking.state, booking.awaits) == (BookingState.HELD, Awaits.BOOKER)
    assert len(mails("visit_provisional")) == 1
    assert "nicht fest zugesagt" in client.get(page).text


def test_a_request_to_a_cancelled_event_can_not_be_answered(client: Browser, slot: Slot) -> None:
    page = asked(slot)
    slot.event.state, slot.event.cancelled_at = EventState.CANCELLED, clock.now()
    save(slot.event)

    answer = client.send(f"{page}/bestaetigen")

    assert answer.status_code in {303, 409}
    assert only_booking().state is BookingState.HELD
    assert "Besuch bestätigen" not in client.get(page).text


@pytest.mark.parametrize("reason", ["x" * 10_000, "a\x00b", "a\r\nBcc: b@example.org", "a\u202eb"])
def test_what_nobody_types_is_no_reason(client: Browser, slot: Slot, reason: str) -> None:
    page = asked(slot)

    answer = client.send(f"{page}/absagen", {"reason": reason})

    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert mails("visit_declined") == []


def test_the_page_of_an_ordinary_booking_is_reached_from_the_list_and_asks_for_nothing(
    client: Browser, slot: Slot
) -> None:
    book_slot(booking_request(slot))

    page = client.get(request_page()).text
    listing = client.get(f"/konto/termine/{slot.event_id}/gaeste").text

    assert f'href="{request_page()}"' in listing
    assert "Buchung von Ayşe Kaya" in page
    assert "Besuch bestätigen" not in page


def test_who_waits_is_shown_as_waiting_and_has_no_answer_yet(client: Browser, slot: Slot) -> None:
    db.session.query(SeatPool).update({"capacity": 0})
    db.session.commit()
    join_waiting_list(WaitingRequest(visit_wish(slot), is_any_time=True))

    shown = client.get(request_page()).text

    assert "Dr. Kim Sommer" in shown
    assert "jede Uhrzeit dieses Termins" in shown
    assert "Warteliste" in shown
    assert "Bestätigen" not in shown
