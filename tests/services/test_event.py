"""Making an event, saving its pages, going online: what rises, what is refused, what stays private."""

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.errors import EventCancelled, NotAllowed, NotFound, SlotFull
from openday.extensions import db
from openday.models import Campaign, Event
from openday.models.words import (
    AddressVisibility,
    Admission,
    Attendance,
    EventKind,
    EventState,
    PhotoRule,
    Role,
)
from openday.services.booking import book_slot
from openday.services.event import NotADraft, create_event, delete_draft, save_task
from openday.services.event_cancellation import NeverPublic, cancel_event
from openday.services.event_request import (
    AccessRequest,
    ContactRequest,
    NewEvent,
    ProtectionRequest,
    TaskRequest,
    WhatRequest,
    WhenRequest,
    WhereRequest,
)
from openday.services.place import PlaceRequest, add_place, change_place, remove_place
from openday.services.publication import publish_event
from openday.services.scope import Scope
from tests.factories import booking_request, make_event, make_programme, make_slot, make_traeger, make_user

WHAT = WhatRequest("Ein Titel", EventKind.TOUR, "Kurz", "", ("public",), ())
WHERE = WhereRequest(Attendance.ONSITE, None, None, PlaceRequest(locality="Leipzig", postcode="04109", region="SN"))
WHEN = WhenRequest(date(2026, 9, 16), None, time(10), None, None, None, Admission.OPEN, 5, None, None)
ACCESS = AccessRequest(("step_free",), None, ("de",))
PROTECTION = ProtectionRequest(PhotoRule.NONE, None, None, AddressVisibility.PUBLIC, True)
CONTACT = ContactRequest("Mira Beispiel", "0341 000000", None, None, None)


def scope_for(traeger_id: int, role: Role = Role.OWNER) -> Scope:
    return Scope(user_id=make_user().id, roles={traeger_id: role})


def fresh(event_id: int) -> Event:
    db.session.rollback()
    return db.session.get_one(Event, event_id, populate_existing=True)


def draft(title: str = "Tag der offenen Tür") -> tuple[Scope, int]:
    traeger = make_traeger()
    scope = scope_for(traeger.id)
    return scope, create_event(scope, NewEvent(title, EventKind.OPEN_DAY, traeger.id))


def test_a_draft_lands_in_the_newest_campaign_hosted_by_its_traeger(app: Flask) -> None:
    db.session.add_all([Campaign(year=2024, name="Alt"), Campaign(year=2026, name="Neu")])
    db.session.commit()

    _scope, event_id = draft("Tag der offenen Tür")

    event = fresh(event_id)
    assert (event.state, event.campaign.year, event.slug) == (EventState.DRAFT, 2026, "tag-der-offenen-tuer")
    assert [host.traeger_id for host in event.hosts] == [event.traeger_id]


def test_the_first_event_of_a_fresh_installation_brings_its_campaign(app: Flask) -> None:
    _scope, event_id = draft()

    assert fresh(event_id).campaign.year == clock.today().year


def test_two_events_of_one_title_have_two_addresses(app: Flask) -> None:
    slugs = {fresh(draft("Offene Tür")[1]).slug for _number in range(3)}

    assert len(slugs) == 3


@pytest.mark.parametrize("role", [Role.READER])
def test_a_reader_can_not_make_an_event(app: Flask, role: Role) -> None:
    traeger = make_traeger()

    with pytest.raises(NotFound):
        create_event(scope_for(traeger.id, role), NewEvent("x", EventKind.TOUR, traeger.id))


def test_the_address_follows_the_title_until_it_is_public(app: Flask) -> None:
    scope, event_id = draft("Alter Titel")
    save_task(scope, event_id, WHAT)
    assert fresh(event_id).slug == "ein-titel"

    for request in (WHERE, WHEN, PROTECTION, CONTACT):
        save_task(scope, event_id, request)
    publish_event(scope, event_id)
    save_task(scope, event_id, WhatRequest("Neuer Titel", EventKind.TOUR, "", "", ("public",), ()))

    assert (fresh(event_id).slug, fresh(event_id).title) == ("ein-titel", "Neuer Titel")


@pytest.mark.parametrize(
    ("request_", "is_told"),
    [
        (WHAT, True),
        (WHERE, True),
        (WHEN, True),
        (ACCESS, False),
        (PROTECTION, True),
        (CONTACT, True),
    ],
)
def test_saving_raises_the_kept_versions_and_what_guests_were_told_the_sequence(
    app: Flask, request_: TaskRequest, is_told: bool
) -> None:
    event = make_event(contact_name="Jemand anderes")
    scope = scope_for(event.traeger_id)
    before = (event.version, event.sequence, db.session.get_one(Campaign, event.campaign_id).version)

    save_task(scope, event.id, request_)

    after = fresh(event.id)
    assert after.version > before[0]
    assert (after.sequence > before[1]) is is_told
    assert db.session.get_one(Campaign, event.campaign_id, populate_existing=True).version > before[2]


def test_saving_the_same_again_is_no_news_for_calendars(app: Flask) -> None:
    event = make_event()
    scope = scope_for(event.traeger_id)
    save_task(scope, event.id, CONTACT)
    sequence = fresh(event.id).sequence

    save_task(scope, event.id, CONTACT)

    assert fresh(event.id).sequence == sequence


def test_a_booking_whose_words_are_old_is_not_confirmed_with_them(app: Flask) -> None:
    slot = make_slot()
    save_task(scope_for(slot.event.traeger_id), slot.event_id, WHERE)

    receipt = book_slot(booking_request(slot))

    assert receipt.reference
    with pytest.raises(SlotFull):
        book_slot(booking_request(slot, party_size=8))


def test_programmes_are_those_chosen(app: Flask) -> None:
    event, mbe, jmd = make_event(), make_programme("MBE"), make_programme("JMD")
    scope = scope_for(event.traeger_id)
    for ids in ((mbe.id, jmd.id), (jmd.id,), ()):
        save_task(scope, event.id, WhatRequest("x", EventKind.TOUR, "", "", ("public",), ids))
        assert {one.id for one in fresh(event.id).programmes} == set(ids)


def test_a_cancelled_event_can_not_be_edited(app: Flask) -> None:
    event = make_event(state=EventState.CANCELLED, cancelled_at=clock.now())

    with pytest.raises(EventCancelled):
        save_task(scope_for(event.traeger_id), event.id, WHAT)


def test_a_role_that_only_reads_is_told_so(app: Flask) -> None:
    event = make_event()

    with pytest.raises(NotAllowed):
        save_task(scope_for(event.traeger_id, Role.READER), event.id, WHAT)


def test_a_draft_can_be_deleted_a_public_event_can_not(app: Flask) -> None:
    scope, event_id = draft()
    save_task(scope, event_id, WHERE)
    public = make_event()

    delete_draft(scope, event_id)
    with pytest.raises(NotADraft):
        delete_draft(scope_for(public.traeger_id), public.id)

    db.session.rollback()
    assert db.session.scalars(select(Event.id)).all() == [public.id]


def test_a_draft_is_not_called_off_because_that_would_make_it_public(app: Flask) -> None:
    scope, event_id = draft()

    with pytest.raises(NeverPublic):
        cancel_event(scope, event_id, "Sturm")

    assert fresh(event_id).state is EventState.DRAFT


def test_places_keep_their_order_and_are_news_for_calendars(app: Flask) -> None:
    event = make_event()
    scope = scope_for(event.traeger_id)
    sequence = event.sequence

    add_place(scope, event.id, PlaceRequest(locality="Diepholz", label="Halt 2", start_time=time(11)))
    add_place(scope, event.id, PlaceRequest(locality="Syke", label="Halt 3"))
    second = fresh(event.id).places[1]
    change_place(scope, event.id, second.id, PlaceRequest(locality="Sulingen", label="Halt 2"))
    assert [place.locality for place in fresh(event.id).places] == ["Leipzig", "Sulingen", "Syke"]

    remove_place(scope, event.id, second.id)

    assert [place.locality for place in fresh(event.id).places] == ["Leipzig", "Syke"]
    assert fresh(event.id).sequence == sequence + 4


def test_the_page_about_the_place_keeps_label_and_time_of_the_first(app: Flask) -> None:
    event = make_event(place={"label": "Teil 1", "start_time": time(9)})

    save_task(scope_for(event.traeger_id), event.id, WHERE)

    [place] = fresh(event.id).places
    assert (place.label, place.start_time, place.street, place.postcode) == ("Teil 1", time(9), None, "04109")
    assert place.latitude is not None
