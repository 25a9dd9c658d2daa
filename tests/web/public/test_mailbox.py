"""The demo's mailbox: every mail readable there, and the page nowhere else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from openday import clock
from openday.extensions import db
from openday.mailing.delivery import deliver_due
from openday.models import OutboxMessage
from openday.models.words import OutboxState
from openday.services import mailbox
from openday.services.booking import book_slot
from openday.services.mailbox import pieces
from openday.settings import Mode
from tests.factories import booking_request, make_slot


@pytest.fixture
def demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = app.extensions["openday.settings"]
    monkeypatch.setitem(app.extensions, "openday.settings", replace(settings, mode=Mode.DEMO))


def arrived_number() -> int:
    deliver_due()
    return db.session.scalars(select(OutboxMessage.id)).one()


@pytest.mark.parametrize("mode", [Mode.TESTING, Mode.PRODUCTION])
@pytest.mark.parametrize("tail", ["", "/{number}", "/{number}.ics"])
def test_outside_of_a_demo_there_is_no_mailbox(client: FlaskClient, demo, monkeypatch, tail: str, mode: Mode):
    app = client.application
    book_slot(booking_request(make_slot()))
    path = "/_postfach" + tail.format(number=arrived_number())
    assert client.get(path).status_code == 200

    settings = app.extensions["openday.settings"]
    monkeypatch.setitem(app.extensions, "openday.settings", replace(settings, mode=mode))

    assert client.get(path).status_code == 404
    assert client.get(f"/en{path}").status_code == 404


def test_the_mailbox_lists_mails_and_shows_each_with_working_links(client: FlaskClient, demo):
    receipt = book_slot(booking_request(make_slot(), email="a.kaya@example.org", name="<b>Ayşe</b> & Co"))
    number = arrived_number()

    listed = client.get("/_postfach")
    shown = client.get(f"/_postfach/{number}")

    assert f'href="/_postfach/{number}"' in listed.text
    assert "a.kaya@example.org" in listed.text
    assert f'href="https://offene-tuer.example.org/buchung/{receipt.token}"' in shown.text
    assert "&lt;b&gt;" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]


def test_what_was_sent_later_but_written_before_does_not_push_a_mail_out(client: FlaskClient, demo, monkeypatch):
    monkeypatch.setattr(mailbox, "NEWEST", 1)
    slot = make_slot()
    book_slot(booking_request(slot, email="erste@example.org"))
    db.session.execute(update(OutboxMessage).values(due_at=clock.now() + timedelta(hours=1)))
    db.session.commit()
    book_slot(booking_request(slot, email="zweite@example.org"))
    deliver_due()
    db.session.execute(update(OutboxMessage).values(due_at=clock.now()))
    db.session.commit()
    deliver_due()

    listed = client.get("/_postfach").text

    assert set(db.session.scalars(select(OutboxMessage.state))) == {OutboxState.SENT}
    assert "zweite@example.org" in listed
    assert "erste@example.org" not in listed


def test_the_calendar_file_of_a_mail_can_be_opened(client: FlaskClient, demo):
    receipt = book_slot(booking_request(make_slot()))

    answer = client.get(f"/_postfach/{arrived_number()}.ics")

    assert answer.mimetype == "text/calendar"
    assert f"UID:booking-{receipt.reference}@" in answer.text


def test_an_empty_mailbox_says_what_to_do_and_a_waiting_mail_is_not_shown(client: FlaskClient, demo):
    assert "Noch ist keine E-Mail da" in client.get("/_postfach").text

    book_slot(booking_request(make_slot()))
    (number,) = db.session.scalars(select(OutboxMessage.id))

    assert client.get(f"/_postfach/{number}").status_code == 404
    assert client.get("/_postfach/999999999").status_code == 404


def test_only_web_addresses_become_links():
    text = "Siehe https://offene-tuer.example.org/a?b=c\nund javascript:alert(1) oder <https://x.example.org>"

    links = [piece for piece, is_address in pieces(text) if is_address]

    assert links == ["https://offene-tuer.example.org/a?b=c", "https://x.example.org"]
    assert "".join(piece for piece, _is_address in pieces(text)) == text
