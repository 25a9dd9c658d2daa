"""A time is read as a row: it says what its entities say, and whether its event asks anything."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from openday import clock
from openday.extensions import db
from openday.models import EventHost, SeatPool, Slot
from openday.models.words import (
    AddressVisibility,
    Attendance,
    Confirmation,
    Mode,
    PhotoRule,
    PoolAudience,
    SharedColumn,
)
from openday.services.event_host import recipients_of
from openday.services.visit import visit_from, visit_of_slot
from tests.factories import make_event, make_question, make_slot, make_traeger, make_user, save

AT = clock.now().replace(microsecond=0)
EVERYTHING: dict[str, Any] = {
    "attendance": Attendance.HYBRID,
    "audiences": ("public", "politics"),
    "booking_opens_at": AT,
    "booking_closes_at": AT + timedelta(days=1),
    "confirmation": Confirmation.APPROVAL,
    "terms": "Keine Fotos.",
    "terms_version": 3,
    "address_visibility": AddressVisibility.CONFIRMED,
    "photo_rule": PhotoRule.NONE,
    "photo_note": "Im Hof",
    "day_contact_name": "Ali Beispiel",
    "sequence": 4,
    "change_until_hours": 12,
    "place": {"directions": "Hinterhaus"},
}


@pytest.mark.parametrize("values", [{}, EVERYTHING, {"place": {"name": None, "locality": None, "region": "BY"}}])
def test_a_row_says_what_the_entities_say(app, values: dict[str, Any]):
    traeger = make_traeger(region="HH" if values else None)
    make_user(email="kontakt@beispiel.de", language="en")
    slot = make_slot(make_event(traeger=traeger, **values), starts_at=AT + timedelta(days=2), reserves_open_at=AT)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONLINE, audience=PoolAudience.POLITICS, capacity=None, is_saved=True))
    db.session.expire_all()

    assert replace(visit_of_slot(slot.id), may_ask=True, may_share=True) == visit_from(
        db.session.get_one(Slot, slot.id)
    )


def test_an_event_without_places_and_seats_is_read_as_well(app):
    slot = make_slot()
    slot.event.places, slot.pools = [], []
    db.session.commit()

    visit = visit_of_slot(slot.id)

    assert (visit.address, visit.locality, visit.pools, visit.modes) == (None, None, (), ())


def test_only_an_event_with_questions_may_ask(app):
    asked, unasked = make_slot(), make_slot()
    make_question(asked.event)

    assert [visit_of_slot(slot.id).may_ask for slot in (asked, unasked)] == [True, False]
    assert visit_of_slot(unasked.id + 1) is None


@pytest.mark.parametrize(
    ("host", "may_share"),
    [
        ({"confirmed_at": AT, "shared_columns": (SharedColumn.NAME,)}, True),
        ({"confirmed_at": AT, "shared_columns": ()}, False),
        ({"asked_at": AT, "shared_columns": (SharedColumn.NAME,)}, False),
    ],
)
def test_only_an_event_with_a_partner_that_said_yes_may_share(app, host: dict[str, Any], may_share: bool):
    slot = make_slot()
    save(EventHost(event_id=slot.event_id, traeger_id=make_traeger().id, position=2, **host))

    assert visit_of_slot(slot.id).may_share is may_share is bool(recipients_of(slot.event_id))
