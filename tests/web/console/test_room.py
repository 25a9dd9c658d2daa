"""Replacing the link of a digital room in one click: the old one is gone, everybody confirmed is told."""

import pytest
from sqlalchemy import select

from openday.extensions import db
from openday.models import AuditEntry, Event, OutboxMessage
from openday.services.cancellation import cancel_booking
from tests.factories import make_user
from tests.web.public.own import booked
from tests.web.public.test_room import ROOM, session
from tests.web.staff import signed_in

NEW = "https://raum.example.org/neu"


def mails() -> list[OutboxMessage]:
    db.session.rollback()
    found = select(OutboxMessage).where(OutboxMessage.kind == "room_changed").order_by(OutboxMessage.id)
    return list(db.session.scalars(found))


def test_one_click_replaces_the_link_and_tells_every_confirmed_guest(app):
    slot = session()
    booked(slot, email="ayse@example.org")
    booked(slot, email="gruppe@example.org", party_size=9)  # not confirmed yet
    cancel_booking(booked(slot, email="abgesagt@example.org").rpartition("/")[2])
    staff = signed_in(app, make_user(slot.event.traeger))
    path = f"/konto/termine/{slot.event_id}/raum"

    page = staff.get(path)
    answer = staff.send(path, {"room_url": NEW, "room_dial_in": ""})
    done = staff.get(path)

    assert ROOM in page.text
    assert "1 bestätigte Buchung bekommt eine E-Mail, ohne den Link." in page.text
    assert answer.status_code == 303
    assert "Der alte Link ist gesperrt. 1 Buchung bekommt eine E-Mail." in done.text
    assert [mail.recipient for mail in mails()] == ["ayse@example.org"]
    assert "raum.example.org" not in mails()[0].text + mails()[0].html
    event = db.session.get(Event, slot.event_id, populate_existing=True)
    assert (event.room_url, event.room_dial_in) == (NEW, None)
    assert "room_changed" in db.session.scalars(select(AuditEntry.action)).all()


def test_an_empty_field_locks_the_room_until_the_next_link(app):
    slot = session()
    booked(slot)
    staff = signed_in(app, make_user(slot.event.traeger))

    staff.send(f"/konto/termine/{slot.event_id}/raum", {"room_url": ""})

    assert db.session.get(Event, slot.event_id, populate_existing=True).room_url is None
    assert "Der neue Link steht noch nicht fest." in mails()[0].text


@pytest.mark.parametrize(
    "url", [ROOM, "javascript:alert(1)", "raum.example.org", "https://", "x" * 501, "http://a\x00b"]
)
def test_the_old_link_and_what_is_no_link_are_refused(app, url):
    slot = session()
    booked(slot)
    staff = signed_in(app, make_user(slot.event.traeger))

    answer = staff.send(f"/konto/termine/{slot.event_id}/raum", {"room_url": url})

    assert answer.status_code == 422
    assert mails() == []
    assert db.session.get(Event, slot.event_id, populate_existing=True).room_url == ROOM
