"""Somebody in an office who books for a guest: what they type, page after page."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from openday.extensions import db
from openday.models import Event, OutboxMessage, SeatPool, Slot
from openday.models.words import GuestKind, MayAnnounce, Mode, PoliticalLevel, YesNoOpen
from openday.services.booking_request import BookingRequest, PoliticalFacts
from tests.factories import booking_request, make_event

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
    """Make an event for everybody that receives politics."""
    return make_event(**{"audiences": FOR_ALL, **overrides})


def visit_wish(slot: Slot, **overrides: Any) -> BookingRequest:
    """Return what an office asks for: two staff come along with the guest."""
    values: dict[str, Any] = {
        "name": "Alex Büro",
        "guest_kind": GuestKind.POLITICS,
        "guest_name": "Dr. Kim Sommer",
        "mode": Mode.ONSITE,
        "party_size": 3,
        "politics": PoliticalFacts(
            level=PoliticalLevel.BUNDESTAG,
            is_for_guest=True,
            brings_press=YesNoOpen.NO,
            may_announce=MayAnnounce.ASK,
            topics="Wartezeiten",
            security_notes="Hintereingang",
        ),
    }
    return booking_request(slot, **{**values, **overrides})


def hidden(page: str) -> dict[str, str]:
    """Return what a page carries along from the pages before it; of two forms that of the first."""
    fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', page.split("</form>", maxsplit=1)[0])
    named = ((re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in fields)
    return {name[1]: unescape(value[1]) for name, value in named if name and value}


class Journey:
    """Fills one page after the other, with nothing but what stands on the pages."""

    def __init__(self, client: FlaskClient, event: Event, language: str = "") -> None:
        self.client = client
        self.path = f"{language}/t/{event.slug}/politik"
        self.page = ""

    @property
    def carried(self) -> dict[str, str]:
        """What the page in hand sends along."""
        return hidden(self.page)

    def begin(self, slot: Slot | None = None) -> "Journey":
        """Open the first page, with a time chosen on the page before."""
        self.page = self.client.get(self.path + (f"?slot={slot.id}" if slot else "")).text
        return self

    def send(self, **answers: str) -> TestResponse:
        """Send the page in hand with these answers."""
        answer = self.client.post(self.path, data={**self.carried, **answers})
        self.page = answer.text
        return answer

    def answers(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return what a page that was filled before still shows, as its form would send it."""
        return {name: value for name, value in known.items() if unescape(value) in unescape(self.page)}

    def to_check(self, slot: Slot, **course: str) -> "Journey":
        """Go to the last page."""
        self.begin(slot).send(**GUEST)
        self.send(**{**COURSE, **course})
        return self


def mails(kind: str) -> list[OutboxMessage]:
    """Return the mails of a kind."""
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)))


def taken(slot: Slot) -> int:
    """Return how many seats of a time are gone."""
    db.session.rollback()
    return sum(db.session.scalars(select(SeatPool.taken).where(SeatPool.slot_id == slot.id)))
