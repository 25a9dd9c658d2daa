"""A newsroom for tests: an event that invites it, and its form."""

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from openday.extensions import db
from openday.models import Event, OutboxMessage, Slot
from tests.factories import make_event

FOR_PRESS = ("public", "press")
NONCE = re.compile(r'name="nonce"[^>]*value="([^"]+)"')
TYPED = {
    "name": "Robin Feder",
    "email": "redaktion@stadtblatt.example.org",
    "party_size": "2",
    "organisation": "Stadtblatt",
    "phone": "0170 000000",
    "plans": ["photo", "video"],
    "proof": "card",
    "talks_to": ["client"],
    "deadline": "heute, 18 Uhr",
    "needs": "Strom",
    "accepts_photo_rule": "y",
}


def make_press_event(**overrides: Any) -> Event:
    return make_event(**{"audiences": FOR_PRESS, "title": "Presserundgang", "photo_rule": "on_request", **overrides})


def path(slot: Slot) -> str:
    return f"/t/{slot.event.slug}/presse?slot={slot.id}"


def send(client: FlaskClient, slot: Slot, **overrides: Any) -> TestResponse:
    found = NONCE.search(client.get(path(slot)).text)
    assert found
    return client.post(path(slot), data={**TYPED, "nonce": found[1], **overrides})


def mails(kind: str) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)))
