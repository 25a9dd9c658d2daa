"""The attendee list on the screen and as a file."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, OutboxMessage
from openday.models.words import BookingState, CancelledBy, EventState, GuestKind, Role
from openday.services.booking import book_slot
from tests.factories import (
    all_bookings,
    booking_request,
    given,
    make_event,
    make_question,
    make_slot,
    make_traeger,
    make_user,
)
from tests.web.staff import Browser, signed_in


@pytest.fixture
def event(app: Flask) -> Event:
    event = make_event(traeger=make_traeger())
    first, second = make_slot(event, capacity=200), make_slot(event, capacity=200)
    book_slot(booking_request(first, name="Ayşe Kaya", email="a.kaya@example.org"))
    book_slot(booking_request(second, name='=HYPERLINK("x")', email="formel@example.org", party_size=2))
    book_slot(booking_request(second, name="Dr. Sommer", email="sommer@example.org", guest_kind=GuestKind.POLITICS))
    return event


@pytest.fixture
def client(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path(event: Event) -> str:
    return f"/konto/termine/{event.id}/gaeste"


def test_the_list_counts_and_names_the_day_everything_is_deleted(client: Browser, event: Event) -> None:
    page = client.get(path(event)).text

    assert "<b>3</b> Buchungen" in page
    assert "<b>4</b> Personen" in page
    assert "<b>1</b> Politik" in page
    assert "gelöscht" in page


def test_answers_stand_below_the_guest_who_gave_them(client: Browser, event: Event) -> None:
    question = make_question(event, label="Wie viele <Stühle>?")
    book_slot(booking_request(event.slots[0], name="Zuletzt", answers=(given(question, "drei"),)))

    page = client.get(path(event)).text

    assert page.count("Wie viele &lt;Stühle&gt;?:</span> drei") == 1


@pytest.mark.parametrize(
    ("query", "seen", "hidden"),
    [
        ("q=kaya", "Ayşe Kaya", "Dr. Sommer"),
        ("gruppe=politics", "Dr. Sommer", "Ayşe Kaya"),
        ("status=confirmed", "Ayşe Kaya", "Dazu passt keine"),
    ],
)
def test_the_filter_is_in_the_address(client: Browser, event: Event, query: str, seen: str, hidden: str) -> None:
    page = client.get(f"{path(event)}?{query}").text

    assert seen in page
    assert hidden not in page
    assert query.split("=")[1] in page


def test_a_time_can_be_chosen(client: Browser, event: Event) -> None:
    slot_id = db.session.scalars(select(Booking.slot_id).where(Booking.booker_name == "Ayşe Kaya")).one()

    page = client.get(f"{path(event)}?uhrzeit={slot_id}").text

    assert "Ayşe Kaya" in page
    assert "Dr. Sommer" not in page


def test_a_hundred_stand_on_a_page(app: Flask) -> None:
    event = make_event(traeger=make_traeger())
    slot = make_slot(event, capacity=None)
    for number in range(101):
        book_slot(booking_request(slot, name=f"Gast {number:03d}", email=f"g{number}@example.org"))
    client = signed_in(app, make_user(event.traeger))

    first, second = client.get(path(event)).text, client.get(f"{path(event)}?seite=2").text

    assert first.count("Gast ") >= 100
    assert "Gast 100" in second
    assert "Gast 000" not in second


def test_nobody_yet_means_words_and_the_link_to_spread(app: Flask) -> None:
    event = make_event(traeger=make_traeger())

    page = signed_in(app, make_user(event.traeger)).get(path(event)).text

    assert "Noch keine Buchung" in page
    assert f"/t/{event.slug}" in page


def test_the_empty_list_of_a_draft_sends_nobody_to_a_page_that_is_not_there(app: Flask) -> None:
    event = make_event(traeger=make_traeger(), state=EventState.DRAFT)

    page = signed_in(app, make_user(event.traeger)).get(path(event)).text

    assert "Gäste können buchen, sobald der Termin online ist." in page
    assert f"/t/{event.slug}" not in page


@pytest.mark.parametrize(("file_format", "first_bytes"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_every_file_is_written_down_with_who_took_it(
    client: Browser, event: Event, file_format: str, first_bytes: bytes
) -> None:
    response = client.send(f"{path(event)}/{file_format}")

    assert response.status_code == 200
    assert response.data.startswith(first_bytes)
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="teilnahmeliste-')
    assert disposition.endswith(f'.{file_format}"')
    db.session.rollback()
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "attendees_exported"))
    assert (entry.object_id, entry.actor_id is not None) == (event.id, True)
    assert file_format in (entry.detail or "")


def test_a_file_can_not_be_fetched_by_a_link(client: Browser, event: Event) -> None:
    assert client.get(f"{path(event)}/csv").status_code == 405


def test_the_file_holds_what_the_filter_shows_and_no_formula(client: Browser, event: Event) -> None:
    everything = load_workbook(BytesIO(client.send(f"{path(event)}/xlsx").data)).active
    filtered = client.send(f"{path(event)}/csv?gruppe=politics").data.decode("utf-8-sig")

    assert everything is not None
    assert all(cell.data_type != "f" for row in everything.iter_rows() for cell in row)
    assert "Dr. Sommer" in filtered
    assert "Kaya" not in filtered


def test_a_booking_is_cancelled_for_somebody_who_called(client: Browser, event: Event) -> None:
    booking = next(one for one in all_bookings() if one.booker_name == "Ayşe Kaya")
    cancel = f"{path(event)}/{booking.id}/absagen"
    assert "Ayşe Kaya" in client.get(cancel).text

    assert client.send(cancel).status_code == 303

    db.session.rollback()
    found = db.session.get_one(Booking, booking.id, populate_existing=True)
    assert (found.state, found.cancelled_by) == (BookingState.CANCELLED, CancelledBy.ORGANISER)
    kinds = db.session.scalars(select(OutboxMessage.kind).where(OutboxMessage.booking_id == booking.id)).all()
    assert sorted(kinds) == ["booking_cancelled", "booking_confirmed"]
    assert "Diese Buchung ist abgesagt" in client.get(cancel).text


def test_cancelling_twice_gives_the_seats_back_once(client: Browser, event: Event) -> None:
    booking = all_bookings()[0]
    cancel = f"{path(event)}/{booking.id}/absagen"

    assert [client.send(cancel).status_code for _click in range(2)] == [303, 303]

    assert "Die Buchung war schon abgesagt" in client.get(path(event)).text


def test_a_reader_sees_the_list_without_a_way_to_cancel(app: Flask, event: Event) -> None:
    page = signed_in(app, make_user(event.traeger, role=Role.READER)).get(path(event)).text

    assert "Ayşe Kaya" in page
    assert "/absagen" not in page
