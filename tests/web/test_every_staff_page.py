"""What holds for every page of the staff, found on the pages themselves: a new one is in it from its first day."""

from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

import pytest
from flask import Flask

from openday.extensions import db
from openday.models import Event, EventHost, Membership, Verband
from openday.models.words import Review, Role
from openday.services.booking import book_slot
from tests.factories import (
    booking_request,
    make_event,
    make_question,
    make_slot,
    make_team_invitation,
    make_traeger,
    make_user,
    make_verband,
    save,
)
from tests.statements import statements
from tests.web.forms import Form, forms_of
from tests.web.staff import Browser, signed_in
from tests.web.tenancy_walk import House, address, contents, make_house, staff_rules

HOSTILE = ("boese\x00boese", "boese" * 2_000, "boese\u202eboese", "boese\r\nBcc: boese@example.org\x0b")
REFUSED = (400, 404, 409, 422)
MORE = 7


@pytest.fixture
def verband(app: Flask) -> Verband:
    return make_verband()


def everybody_in_one(app: Flask, house: House, verband: Verband) -> Browser:
    """Return the browser of somebody who runs the Träger, answers for its Verband and keeps the platform."""
    user = make_user(house.event.traeger)
    save(Membership(user_id=user.id, verband_id=verband.id, role=Role.COORDINATOR))
    save(Membership(user_id=user.id, role=Role.ADMIN))
    return signed_in(app, user)


def pages(app: Flask, values: Mapping[str, Any]) -> list[str]:
    """Return the address of every page that can be looked at."""
    return sorted({address(rule, values) for rule, method in staff_rules(app) if method == "GET"})


def forms(app: Flask, client: Browser, house: House) -> Iterator[Form]:
    """Yield every form of every page, the same one once."""
    known = set()
    for path in pages(app, house.values):
        answer = client.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for form in forms_of(answer.text, path):
                if form.action not in known and not form.action.endswith("/abmelden"):
                    known.add(form.action)
                    yield form


def test_what_nobody_types_is_refused_by_every_field_and_stored_nowhere(app: Flask, verband: Verband) -> None:
    house = make_house(verband)
    client = everybody_in_one(app, house, verband)
    values, taken = cycle(HOSTILE), {}

    for form in list(forms(app, client, house)):
        for one in form.fields.values():
            if one.takes_words:
                answer = client.post(form.action, data={**form.values, one.name: next(values)})
                is_shown_again = answer.status_code == 200 and one.kind == "hidden"
                if answer.status_code not in REFUSED and not is_shown_again:
                    taken[form.action, one.name] = answer.status_code

    assert "boese" not in repr(contents())
    assert taken == {}


def test_no_page_asks_more_often_the_more_there_is(app: Flask, verband: Verband) -> None:
    house = make_house(verband)
    client = everybody_in_one(app, house, verband)
    furnish(house, verband, 1)
    few = counts(app, client, house)
    furnish(house, verband, MORE)

    many = counts(app, client, house)

    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}


def counts(app: Flask, client: Browser, house: House) -> dict[str, int]:
    """Return how many statements each page takes when it is looked at again."""
    found = {}
    for path in pages(app, house.values):
        client.get(path)
        db.session.remove()
        with statements() as seen:
            client.get(path)
        found[path] = len(seen)
    return found


def furnish(house: House, verband: Verband, number: int) -> None:
    """Add more of everything a page may list."""
    event = db.session.get_one(Event, house.values["event_id"])
    for _ in range(number):
        partner = make_traeger(verbaende=[verband], region="SN", review=Review.WAITING)
        save(EventHost(event_id=event.id, traeger_id=partner.id, position=partner.id))
        make_user(event.traeger, role=Role.EDITOR)
        make_team_invitation(event.traeger, email=f"gast{partner.id}@example.org")
        make_question(event)
        other = make_event(traeger=event.traeger, review=Review.WAITING)
        for slot in (make_slot(event), make_slot(other)):
            book_slot(booking_request(slot))
