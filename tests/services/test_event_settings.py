"""The rules of a registration: stored as said, and the kept seats open when they say."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from flask import Flask

from openday import clock
from openday.errors import NotAllowed
from openday.extensions import db
from openday.models import Event, SeatPool, Slot
from openday.models.words import Confirmation, Mode, PoolAudience, Role, WaitingList
from openday.services.booking import book_slot
from openday.services.event_settings import EventSettings, change_settings
from openday.services.scope import Scope
from tests.factories import booking_request, make_slot, save

CHANGED = EventSettings(Confirmation.APPROVAL, WaitingList.AUTOMATIC, 48, 12, False, True)


def owner_of(event: Event, role: Role = Role.OWNER) -> Scope:
    return Scope(user_id=1, roles={event.traeger_id: role})


def change(slot: Slot, settings: EventSettings = CHANGED) -> None:
    change_settings(owner_of(slot.event), slot.event_id, settings)


def settings_of(reserve_hours: int | None) -> EventSettings:
    return EventSettings(Confirmation.AUTO, WaitingList.OFFER, 0, reserve_hours, True, False)


def opens_at(slot: Slot) -> object:
    return db.session.get_one(Slot, slot.id, populate_existing=True).reserves_open_at


def test_every_rule_is_stored(app: Flask) -> None:
    slot = make_slot()

    change(slot)

    event = db.session.get_one(Event, slot.event_id, populate_existing=True)
    assert {name: getattr(event, name) for name in asdict(CHANGED)} == asdict(CHANGED)
    assert event.version > 1


def test_kept_seats_open_so_long_before_each_time_that_is_to_come(app: Flask) -> None:
    slot = make_slot()
    past = make_slot(slot.event, starts_at=clock.now() - timedelta(days=1))

    change(slot)

    assert opens_at(slot) == slot.starts_at - timedelta(hours=12)
    assert opens_at(past) is None
    change(slot, settings_of(reserve_hours=None))
    assert opens_at(slot) is None


def test_seats_that_open_with_the_new_rule_are_free_at_once(app: Flask) -> None:
    slot = make_slot(capacity=1)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONSITE, audience=PoolAudience.POLITICS, capacity=1))
    book_slot(booking_request(slot))
    assert db.session.get_one(Event, slot.event_id, populate_existing=True).is_sold_out

    change(slot, settings_of(reserve_hours=720))

    assert not db.session.get_one(Event, slot.event_id, populate_existing=True).is_sold_out
    book_slot(booking_request(slot, email="zweite@example.org"))


def test_a_reader_changes_no_rule(app: Flask) -> None:
    slot = make_slot()

    with pytest.raises(NotAllowed):
        change_settings(owner_of(slot.event, Role.READER), slot.event_id, CHANGED)
