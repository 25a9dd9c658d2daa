"""A time is read as a row: it says what its entities say, and whether its event asks anything."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from openday import clock
from openday.extensions import db
from openday.models import SeatPool, Slot
from openday.models.words import AddressVisibility, Attendance, Confirmation, Mode, PhotoRule, PoolAudience
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

    assert replace(visit_of_slot(slot.id), may_ask=True) == visit_from(db.session.get_one(Slot, slot.id))


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
