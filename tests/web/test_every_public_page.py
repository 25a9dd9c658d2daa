"""What holds for every page of visitors, found in the routes: a new one is in it from its first day."""

from collections.abc import Mapping

from flask import Flask
from flask.testing import FlaskClient

from openday import clock
from openday.extensions import db
from openday.models import Event, EventHost
from openday.services.booking import book_slot
from openday.services.listing_change import announce_listing
from tests.factories import (
    booking_request,
    make_event,
    make_programme,
    make_question,
    make_slot,
    make_traeger,
    make_verband,
    save,
)
from tests.statements import statements

FOR_ALL = {"audiences": ("public", "professional", "politics", "press"), "photo_rule": "open"}


def test_no_page_asks_more_often_the_more_there_is(app: Flask, client: FlaskClient) -> None:
    slot = make_slot(make_event(**FOR_ALL), capacity=50)
    token = book_slot(booking_request(slot)).token
    event_id, slug = slot.event_id, slot.event.slug
    paths = pages(app, {"slug": slug, "token": token, "language": "de", "year": clock.today().year})
    furnish(event_id, 2)
    few = counts(app, client, paths)
    furnish(event_id, 7)

    many = counts(app, client, paths)

    assert len(few) > 40
    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}


def pages(app: Flask, values: Mapping[str, object]) -> list[str]:
    """Return the German address of every page of visitors that these values lead to."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("public.")]
    known = [rule for rule in rules if "GET" in (rule.methods or ()) and rule.arguments <= set(values)]
    built = [rule.build(values, append_unknown=False) for rule in known if not rule.rule.startswith("/en")]
    return sorted({one[1] for one in built if one is not None})


def counts(app: Flask, client: FlaskClient, paths: list[str]) -> dict[str, int]:
    """Return how many statements each page takes when nothing of it is kept."""
    found = {}
    for path in paths:
        client.get(path)
        for shelf in app.extensions["openday.pages"].values():
            shelf.pages.clear()
        db.session.remove()
        with statements() as seen:
            client.get(path)
        found[path] = len(seen)
    return found


def furnish(event_id: int, number: int) -> None:
    """Add more of everything a page may list."""
    for _ in range(number):
        partner = make_traeger(verbaende=[make_verband()])
        save(EventHost(event_id=event_id, traeger_id=partner.id, position=partner.id))
        event = db.session.get_one(Event, event_id)
        make_question(event)
        book_slot(booking_request(make_slot(event)))
        other = make_event(**FOR_ALL)
        other.programmes = [make_programme("MBE"), make_programme("JMD")]
        db.session.commit()
        make_slot(other)
        for one in (event, other):
            announce_listing(one.campaign_id, one.id)
    db.session.commit()
