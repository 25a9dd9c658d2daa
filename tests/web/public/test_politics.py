"""Politics: finding a house, and a visit asked for over several pages without session, cookie or JavaScript."""

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, OutboxMessage, SeatPool, Slot, VisitProposal
from openday.models.words import (
    AddressVisibility,
    Admission,
    Awaits,
    BookingState,
    GuestKind,
    MayAnnounce,
    Mode,
    PoliticalLevel,
    PoolAudience,
    YesNoOpen,
)
from tests.factories import all_bookings, make_campaign, make_event, make_slot, save

FOR_ALL = ("public", "politics")
GUEST = {
    "level": "bundestag",
    "guest": "Dr. Kim Sommer",
    "role": "",
    "constituency": "Leipzig-Nord",
    "booker": "fuer_andere",
    "booker_name": "Alex Büro",
    "email": "buero.sommer@example.org",
    "phone": "030 000000",
    "party_size": "3",
}
COURSE = {"brings_press": "no", "may_announce": "ask", "topics": "Wartezeiten", "security_notes": "Hintereingang"}


def make_house(**overrides: Any) -> Event:
    return make_event(**{"audiences": FOR_ALL, **overrides})


def hidden(page: str) -> dict[str, str]:
    """Return what a page carries along from the pages before it."""
    fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    named = ((re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in fields)
    return {name[1]: unescape(value[1]) for name, value in named if name and value}


class Journey:
    """Somebody in an office who fills one page after the other."""

    def __init__(self, client: FlaskClient, event: Event, language: str = "") -> None:
        self.client = client
        self.path = f"{language}/t/{event.slug}/politik"
        self.page = ""

    def begin(self, slot: Slot | None = None) -> "Journey":
        self.page = self.client.get(self.path + (f"?slot={slot.id}" if slot else "")).text
        return self

    def send(self, **answers: str) -> TestResponse:
        answer = self.client.post(self.path, data={**hidden(self.page), **answers})
        self.page = answer.text
        return answer

    def to_check(self, slot: Slot, **course: str) -> "Journey":
        self.begin(slot).send(**GUEST)
        self.send(**{**COURSE, **course})
        return self


def mails(kind: str) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


def taken(slot: Slot) -> int:
    return sum(db.session.scalars(select(SeatPool.taken).where(SeatPool.slot_id == slot.id)))


def test_an_office_takes_a_free_time_and_the_truth_goes_to_the_mailbox(client: FlaskClient) -> None:
    slot = make_slot(make_house())

    answer = Journey(client, slot.event).to_check(slot).send(art="buchen")

    assert answer.status_code == 303
    [booking] = all_bookings()
    assert (booking.state, booking.guest_kind, booking.party_size) == (
        BookingState.CONFIRMED,
        GuestKind.POLITICS,
        3,
    )
    assert (booking.booker_name, booking.guest_name) == ("Alex Büro", "Dr. Kim Sommer")
    assert booking.political is not None
    assert (booking.political.level, booking.political.is_for_guest) == (PoliticalLevel.BUNDESTAG, True)
    assert (booking.political.brings_press, booking.political.may_announce) == (YesNoOpen.NO, MayAnnounce.ASK)
    assert booking.political.security_notes == "Hintereingang"
    assert taken(slot) == 3
    assert [mail.recipient for mail in mails("visit_confirmed")] == ["buero.sommer@example.org"]
    assert [mail.recipient for mail in mails("request_for_host")] == ["kontakt@beispiel.de"]
    receipt = client.get(answer.headers["Location"]).text
    assert "Prüfen Sie Ihr Postfach" in receipt
    assert "Sommer" not in receipt
