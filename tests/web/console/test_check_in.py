"""The door list for staff, and the pack for the entrance."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from openday.extensions import db
from openday.models import AuditEntry, Booking, DoorLink, Event
from openday.models.words import Role
from tests.door import DAY, at, book, fresh, make_door_event, oclock, slots
from tests.factories import make_user
from tests.web.staff import Browser, signed_in


@pytest.fixture
def event(app: Flask) -> Event:
    return make_door_event()


@pytest.fixture
def guest(event: Event) -> Booking:
    return book(slots(event)[1], party_size=3)


def path(event: Event) -> str:
    return f"/konto/termine/{event.id}/einlass/{DAY}"


def at_the_door(app: Flask, event: Event, role: Role = Role.EDITOR) -> Browser:
    """Return somebody of the Träger; sign in inside the frozen time, a session does not outlive a night."""
    return signed_in(app, make_user(event.traeger, role=role))


def test_staff_tick_with_one_tap_and_it_is_written_down_who_did(app: Flask, event: Event, guest: Booking) -> None:
    with oclock(10, 24):
        client = at_the_door(app, event)
        answer = client.send(f"{path(event)}?q=kaya", {"deed": "here", "number": guest.id})
        page = client.get(answer.location).text

    assert answer.location == f"{path(event)}?q=kaya#gast-{guest.id}"
    assert "1 von 1 da" in page
    assert fresh(guest).came_at == at(10, 24)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "checked_in")).one()
    assert entry.actor_id is not None


def test_the_page_says_how_old_it_is_and_how_to_see_the_newest(app: Flask, event: Event, guest: Booking) -> None:
    with oclock(10, 5):
        page = at_the_door(app, event).get(path(event)).text

    assert f'Stand: 10:05. <a href="{path(event)}">Neu laden</a>' in page


def test_before_the_day_the_list_has_no_buttons_and_a_tap_says_why(app: Flask, event: Event, guest: Booking) -> None:
    client = at_the_door(app, event)

    page = client.get(path(event)).text
    answer = client.send(path(event), {"deed": "here", "number": guest.id})

    assert "Ayşe Kaya" in page
    assert 'value="here"' not in page
    assert answer.status_code == 409
    assert "nur am Tag des Termins" in answer.text
    assert fresh(guest).came_at is None


def test_what_was_ticked_on_paper_is_entered_the_day_after(app: Flask, event: Event, guest: Booking) -> None:
    with oclock(9, 0, DAY + timedelta(days=1)):
        client = at_the_door(app, event)
        assert client.send(path(event), {"deed": "here", "number": guest.id}).status_code == 303

    assert fresh(guest).came_size == 3


def test_who_only_reads_sees_the_list_and_ticks_nobody(app: Flask, event: Event, guest: Booking) -> None:
    with oclock(10, 24):
        client = at_the_door(app, event, Role.READER)
        page = client.get(path(event)).text
        assert client.send(path(event), {"deed": "here", "number": guest.id}).status_code == 403

    assert "Ayşe Kaya" in page
    assert 'value="here"' not in page
    assert fresh(guest).came_at is None


@pytest.mark.parametrize("day", ["2020-02-30", "heute", "2026-9-1", "１０", "0000-00-00", "9" * 500])
def test_days_that_are_none_or_have_no_time_are_not_found(app: Flask, event: Event, day: str) -> None:
    client = at_the_door(app, event)

    assert client.get(f"/konto/termine/{event.id}/einlass/{day}").status_code == 404
    assert client.send(f"/konto/termine/{event.id}/einlass/{day}/mappe").status_code == 404
    assert client.get(f"/konto/termine/{event.id}/einlass/{DAY + timedelta(days=1)}").status_code == 404


def test_the_pack_is_handed_out_and_written_down(app: Flask, event: Event, guest: Booking) -> None:
    answer = at_the_door(app, event).send(f"{path(event)}/mappe")

    assert answer.content_type == "application/pdf"
    assert f"-{DAY}.pdf" in answer.headers["Content-Disposition"]
    assert "Ayşe Kaya" in "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "door_pack_taken")).one()
    assert (entry.object_id, entry.detail) == (event.id, f"{DAY}, 1 rows")


def test_a_scanned_code_leads_people_of_the_house_to_the_guest(app: Flask, event: Event, guest: Booking) -> None:
    client = at_the_door(app, event)

    answer = client.get(f"/konto/eingang/{guest.reference}")

    assert answer.status_code == 303
    assert answer.location == f"{path(event)}?q={guest.reference}"
    assert guest.reference in client.get(answer.location).text
    for code in ("AAA-AAAA", "x" * 3_000, "%00"):
        assert client.get(f"/konto/eingang/{code}").status_code == 404


def test_the_attendee_list_says_who_came_and_who_did_not(app: Flask, event: Event, guest: Booking) -> None:
    book(slots(event)[0], name="Ömer Şahin")
    with oclock(10, 24):
        at_the_door(app, event).send(path(event), {"deed": "here", "number": guest.id})

    with oclock(9, 0, DAY + timedelta(days=1)):
        page = at_the_door(app, event).get(f"/konto/termine/{event.id}/gaeste").text

    assert "10:24 da" in page
    assert "<b>1</b> gekommen" in page
    assert "<b>1</b> nicht gekommen" in page


def test_staff_open_the_helpers_page_on_their_own_phone_and_need_no_session_any_more(
    app: Flask, event: Event, guest: Booking
) -> None:
    with oclock(10, 24):
        client = at_the_door(app, event, Role.DOOR)
        assert "Tür öffnen" in client.get(path(event)).text
        answer = client.send(f"{path(event)}/oeffnen")
        phone = app.test_client()
        phone.post(answer.location, data={"deed": "here", "number": str(guest.id)})

        assert answer.status_code == 303
        assert "1 von 1 da" in phone.get(answer.location).text

    assert fresh(guest).came_at == at(10, 24)


def test_on_another_day_staff_open_no_door(app: Flask, event: Event, guest: Booking) -> None:
    for moment in (oclock(9, 0, DAY - timedelta(days=1)), oclock(9, 0, DAY + timedelta(days=1))):
        with moment:
            client = at_the_door(app, event)
            assert "Tür öffnen" not in client.get(path(event)).text
            answer = client.send(f"{path(event)}/oeffnen")

        assert answer.status_code == 409
        assert "nur am Tag des Termins" in answer.text
    assert db.session.scalars(select(DoorLink)).all() == []


def test_who_only_reads_opens_no_door(app: Flask, event: Event) -> None:
    with oclock(10, 24):
        assert at_the_door(app, event, Role.READER).send(f"{path(event)}/oeffnen").status_code == 403
