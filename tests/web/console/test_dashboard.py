"""The first page after signing in: what needs me today."""

from datetime import timedelta

import pytest
from flask import Flask

from openday import clock
from openday.models import Event, OutboxMessage
from openday.models.words import EventState, OutboxState, Role
from openday.services.booking import book_slot
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_traeger, make_user, save
from tests.statements import statements
from tests.web.staff import signed_in


def fail_mail_of(event: Event) -> None:
    booking = all_bookings()[-1]
    save(
        OutboxMessage(
            kind="address_corrected",
            booking_id=booking.id,
            event_id=event.id,
            message_id=f"x{booking.id}@example.org",
            recipient=booking.booker_email,
            subject="x",
            text="x",
            html="x",
            state=OutboxState.FAILED,
            last_answer="550 unknown user",
        )
    )


def test_a_newcomer_reads_how_it_goes(app: Flask) -> None:
    page = signed_in(app, make_user(make_traeger())).get("/konto/").text

    assert "In drei Schritten online" in page
    assert "Termin eintragen" in page


def test_the_next_events_stand_with_their_sums_the_past_ones_do_not(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger, title="Kommt bald")
    make_event(traeger=traeger, title="War schon", starts_on=clock.today() - timedelta(days=3))
    book_slot(booking_request(make_slot(event, capacity=10), party_size=3))

    page = signed_in(app, make_user(traeger)).get("/konto/").text

    assert "Kommt bald" in page
    assert "1 Buchung, 3 Personen von 10 Plätzen" in page
    assert "War schon" not in page


def test_a_draft_is_a_task_with_the_number_of_open_points(app: Flask) -> None:
    traeger = make_traeger()
    make_event(traeger=traeger, title="Halb fertig", state=EventState.DRAFT, published_at=None)

    page = signed_in(app, make_user(traeger)).get("/konto/").text

    assert "Entwurf weiterbearbeiten: Halb fertig" in page
    assert "Punkte sind offen" in page


def test_a_mail_nobody_got_is_seen_on_the_dashboard_and_in_the_list(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger)
    book_slot(booking_request(make_slot(event)))
    fail_mail_of(event)
    client = signed_in(app, make_user(traeger))

    assert "Nicht zugestellt" in client.get("/konto/").text
    listing = client.get(f"/konto/termine/{event.id}/gaeste").text
    assert "Nicht zugestellt" in listing
    assert "550 unknown user" in listing


def test_a_later_mail_that_arrived_clears_the_alarm(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger)
    book_slot(booking_request(make_slot(event)))
    fail_mail_of(event)
    booking = all_bookings()[0]
    save(
        OutboxMessage(
            kind="address_corrected",
            version=2,
            booking_id=booking.id,
            event_id=event.id,
            message_id="y@example.org",
            recipient="neu@example.org",
            subject="x",
            text="x",
            html="x",
            state=OutboxState.SENT,
        )
    )

    client = signed_in(app, make_user(traeger))

    assert "Nicht zugestellt" not in client.get(f"/konto/termine/{event.id}/gaeste").text
    assert "Nicht zugestellt" not in client.get("/konto/").text


def test_the_list_has_pages_of_fifty(app: Flask) -> None:
    traeger = make_traeger()
    for number in range(51):
        make_event(traeger=traeger, title=f"Termin {number:03d}")
    client = signed_in(app, make_user(traeger))

    first, second = client.get("/konto/termine").text, client.get("/konto/termine?seite=2").text

    assert "51 Termine" in first
    assert first.count("Termin 0") >= 50
    assert "Seite 2 von 2" in second


def test_the_english_console_stays_english(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger)

    page = signed_in(app, make_user(traeger)).get("/en/konto/").text

    assert 'lang="en"' in page
    assert f'href="/en/konto/termine/{event.id}"' in page


def test_who_may_not_publish_is_not_asked_to(app: Flask) -> None:
    traeger = make_traeger()
    client = signed_in(app, make_user(traeger, role=Role.READER))

    assert "/konto/termine/neu" not in client.get("/konto/").text
    assert "Zurzeit gibt es keinen" in client.get("/konto/").text
    make_event(traeger=traeger)
    assert "/konto/termine/neu" not in client.get("/konto/").text + client.get("/konto/termine").text


@pytest.mark.parametrize(
    ("path", "most"),
    [("/konto/", 30), ("/konto/termine", 15), ("/konto/termine/{id}", 16), ("/konto/termine/{id}/gaeste", 16)],
)
def test_a_page_asks_as_often_among_thirty_events_as_among_two(app: Flask, path: str, most: int) -> None:
    traeger = make_traeger()
    client = signed_in(app, make_user(traeger))
    counts = []
    for more in (2, 28):
        for _number in range(more):
            event = make_event(traeger=traeger)
            book_slot(booking_request(make_slot(event), email=f"gast{event.id}@example.org"))
        with statements() as asked:
            client.get(path.format(id=event.id))
        counts.append(len(asked))

    assert counts[0] == counts[1] <= most


def test_a_wrong_turn_in_the_console_leads_back_to_the_overview(app: Flask) -> None:
    page = signed_in(app, make_user(make_traeger())).get("/konto/termine/99999")

    assert page.status_code == 404
    assert "Zur Übersicht" in page.text
    assert "Zur Startseite" not in page.text
