"""What is known of an event is read once, and again as soon as its house or the list of its campaign has changed."""

from datetime import timedelta

import pytest

from openday import clock
from openday.extensions import db
from openday.models import EventHost
from openday.services.availability import announce_event
from openday.services.booking import book_slot
from openday.services.event_page import event_page, event_version
from openday.services.listing_change import announce_listing
from tests.factories import booking_request, make_slot, make_traeger, save
from tests.statements import statements

ONLY_TIMES, NEARBY, ALL = 1, 1, 5


def page_now(slug, **which):
    return event_page(slug, version=event_version(slug)[0], **which)


def asked(slug):
    with statements() as seen:
        page_now(slug)
    return len(seen) - 1  # the version itself


def test_a_booking_makes_nobody_read_anything_but_the_times_again(app):
    slot = make_slot(capacity=9)
    slug = slot.event.slug
    assert [asked(slug), asked(slug)] == [ALL, ONLY_TIMES]
    version, seats_version = event_version(slug)

    book_slot(booking_request(slot))

    assert event_version(slug) == (version, seats_version + 1)
    assert asked(slug) == ONLY_TIMES
    assert page_now(slug).times.shown[0].slots[0].seats_left == 8


def test_what_the_house_changes_is_on_the_next_page(app):
    slot = make_slot()
    event = slot.event
    before = page_now(event.slug)

    event.title = "Ein anderer Titel"
    save(EventHost(event_id=event.id, traeger_id=make_traeger(name="Neu dabei").id, position=3))
    announce_event(event.id)
    db.session.commit()

    after = page_now(event.slug)
    assert after.title == "Ein anderer Titel" != before.title
    assert after.hosts[-1].name == "Neu dabei"


def test_a_change_of_the_list_makes_what_is_nearby_read_again(app):
    slot = make_slot()
    slug = slot.event.slug
    page_now(slug)

    announce_listing(slot.event.campaign_id, slot.event_id)
    db.session.commit()

    assert asked(slug) == ONLY_TIMES + NEARBY


@pytest.mark.parametrize(("seconds", "name"), [(29, "Verein"), (31, "Verein neu")])
def test_the_name_of_a_traeger_is_on_the_page_half_a_minute_later(app, monkeypatch, seconds, name):
    slot = make_slot()
    slot.event.traeger.name = "Verein"
    db.session.commit()
    at = clock.now()
    page_now(slot.event.slug)

    slot.event.traeger.name = "Verein neu"
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(seconds=seconds))

    assert page_now(slot.event.slug).hosts[0].name == name


def test_each_language_has_its_own_texts(app):
    slot = make_slot()
    german = page_now(slot.event.slug)

    assert page_now(slot.event.slug, language="en").language == german.language == "de"
    assert asked(slot.event.slug) == ONLY_TIMES
