"""Another place is shown before it is stored, and told to everybody who comes on site."""

from dataclasses import replace

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from openday.extensions import db
from openday.models import Event, OutboxMessage, Place, Slot
from openday.models.words import AddressVisibility, Attendance, EventState, Role
from openday.services.booking import book_slot
from openday.services.event import save_task
from openday.services.event_request import WhereRequest
from openday.services.place import PlaceRequest, change_place, remove_place
from openday.services.place_news import GuestsToTell
from openday.services.scope import Scope
from tests.factories import booking_request, make_event, make_slot, make_user

NEW = PlaceRequest(name="Rathaus", street="Marktplatz 1", postcode="04109", locality="Leipzig", region="SN")


def owner_of(event: Event) -> Scope:
    return Scope(user_id=make_user(event.traeger).id, roles={event.traeger_id: Role.OWNER})


def where(place: PlaceRequest | None = NEW) -> WhereRequest:
    return WhereRequest(Attendance.ONSITE, None, None, place)


def mails() -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "place_changed")))


@pytest.fixture
def slot(app: Flask) -> Slot:
    slot = make_slot()
    book_slot(booking_request(slot))
    return slot


def stored_place(slot: Slot) -> Place:
    db.session.rollback()
    return db.session.scalars(select(Place).where(Place.event_id == slot.event_id)).one()


@pytest.mark.parametrize("page", ["editor", "place"])
def test_it_is_shown_first_and_nothing_is_stored(slot: Slot, page: str) -> None:
    scope, place = owner_of(slot.event), stored_place(slot)

    change = {
        "editor": lambda: save_task(scope, slot.event_id, where()),
        "place": lambda: change_place(scope, slot.event_id, place.id, NEW),
    }

    with pytest.raises(GuestsToTell) as shown:
        change[page]()

    assert [mail.kind for mail in shown.value.plan.mails] == ["place_changed"]
    assert stored_place(slot).street == "Beispielstraße 12"
    assert mails() == []


def test_with_a_reason_it_is_stored_and_told_with_another_calendar_entry(slot: Slot) -> None:
    save_task(owner_of(slot.event), slot.event_id, where(), "Wasserschaden")

    [mail] = mails()
    assert "Neuer Ort: Rathaus, Marktplatz 1, 04109 Leipzig" in mail.text
    assert "Vorher: Beratungsstelle Mitte, Beispielstraße 12, 04109 Leipzig" in mail.text
    assert "Wasserschaden" in mail.text
    first = db.session.scalars(select(OutboxMessage.calendar).where(OutboxMessage.kind == "booking_confirmed")).one()
    before, after = (Calendar.from_ical(one).walk("VEVENT")[0] for one in (first, mail.calendar))
    assert (after["uid"], after["location"]) == (before["uid"], "Rathaus, Marktplatz 1, 04109 Leipzig")
    assert after["sequence"] > before["sequence"]
    event = db.session.get_one(Event, slot.event_id, populate_existing=True)
    assert (event.changed_fact, event.change_note) == ("place", "Wasserschaden")
    assert event.changed_at is not None


def test_a_protected_address_is_neither_in_the_mail_nor_in_the_note(slot: Slot) -> None:
    slot.event.address_visibility = AddressVisibility.CONFIRMED
    db.session.commit()

    save_task(owner_of(slot.event), slot.event_id, where(), "")

    [mail] = mails()
    event = db.session.get_one(Event, slot.event_id, populate_existing=True)
    assert (event.changed_fact, event.change_note) == ("place", None)
    for text in (mail.text, mail.html, mail.calendar):
        assert "Marktplatz" not in text
        assert "Beispielstraße" not in text
    assert "Die genaue Adresse steht auf der Seite Ihrer Buchung." in mail.text


@pytest.mark.parametrize("case", ["the same place", "directions only", "a draft", "nobody"])
def test_nobody_is_told_of_what_does_not_concern_anybody(app: Flask, slot: Slot, case: str) -> None:
    same = PlaceRequest(name="Beratungsstelle Mitte", street="Beispielstraße 12", postcode="04109", locality="Leipzig")
    request = same if case == "the same place" else NEW
    event = slot.event
    if case == "directions only":
        request = replace(same, directions="Klingeln")
    if case == "a draft":
        event.state = EventState.DRAFT
    if case == "nobody":
        event = make_event()
    db.session.commit()

    save_task(owner_of(event), event.id, where(request))

    assert mails() == []


def test_a_place_taken_away_is_news_too(slot: Slot) -> None:
    scope, place = owner_of(slot.event), stored_place(slot)

    with pytest.raises(GuestsToTell):
        remove_place(scope, slot.event_id, place.id)
    remove_place(scope, slot.event_id, place.id, "Umbau")

    assert len(mails()) == 1
