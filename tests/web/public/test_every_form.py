"""What holds for every form a guest is shown, found on the pages themselves: a new one is in it from its first day."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import MapAdapter, Rule

from openday import clock
from openday.models import Slot
from openday.models.words import Attendance, EventKind
from openday.services.booking_link import link_token
from openday.services.invitation import invitation_token, keep_for_invited
from openday.services.receipt import secret_of
from tests.door import book, helper_link, make_door_event, oclock, slots
from tests.factories import make_event, make_question, make_slot, save
from tests.web.forms import Form, forms_of
from tests.web.public.standing import begun
from tests.web.tenancy_walk import contents
from tests.web.test_every_staff_page import HOSTILE, REFUSED

STANDING = (
    *("public_waits", "public_is_offered_a_seat", "press_asks", "press_waits", "politics_is_provisional"),
    *("politics_asks_for_a_day", "politics_is_offered_times"),
)
BUTTONS_ALONE = {
    *("booking.cancel", "change.resend", "event_host.show", "mailbox_check.confirm", "room.join", "suppression.ask"),
    *("visit.promise", "waiting_list.accept", "waiting_list.leave", "waiting_list.pass_on"),
}
JSON_ALONE = {"door.deliver", "health.blocked"}
"""Looked at in ``test_door_delivery`` and ``test_headers``."""


def make_open_door(**overrides: object) -> Slot:
    """Return a time of an event that asks whatever can be asked."""
    values = {
        "audiences": ("public", "professional", "politics", "press"),
        "attendance": Attendance.HYBRID,
        "registers_companions": True,
        "terms": "Es wird nicht zitiert.",
        "starts_on": clock.today(),
    }
    event = make_event(**{**values, **overrides})
    make_question(event)
    keep_for_invited(save(event))
    return make_slot(event, starts_at=clock.now().replace(microsecond=0) + timedelta(days=9))


def starts(app: Flask) -> Iterator[str]:
    """Yield the address of every page of a guest, for each kind of booking, and for a free and a full time."""
    slot = make_open_door()
    full = make_slot(slot.event, capacity=0)
    talk = make_open_door(kind=EventKind.BACKGROUND_TALK)
    door = make_door_event()
    tokens = {
        "/buchung": [secret_of(begun(state)[0].nonce) for state in STANDING] + [link_token(book(slots(door)[0]))],
        "/einladung": [str(invitation_token(talk.event))],
        "/tuer": [helper_link(door)],
    }
    for rule in guest_rules(app):
        if "<slug>" in rule.rule:
            for time in (slot, full):
                yield f"{rule.rule.replace('<slug>', slot.event.slug)}?slot={time.id}"
        elif "<token>" in rule.rule:
            known = tokens.get(rule.rule.partition("/<token>")[0], [])
            yield from (f"{rule.rule.replace('<token>', token)}?slot={talk.id}" for token in known)
        elif "<" not in rule.rule:
            yield rule.rule


def guest_rules(app: Flask, method: str = "GET") -> list[Rule]:
    """Return every German rule of a guest that knows a method."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("public.") and not rule.rule.startswith("/en/") and method in (rule.methods or ())
    ]


def forms(client: FlaskClient, paths: Iterator[str], known: MapAdapter) -> Iterator[tuple[str, Form]]:
    """Yield every form of every page with its endpoint, and of what a good answer leads to; alike ones once."""
    seen, waiting = set(), [(path, client.get(path)) for path in paths]
    while waiting:
        path, answer = waiting.pop()
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in forms_of(answer.text, path):
            endpoint = str(known.match(form.action.partition("?")[0], method="POST")[0]).removeprefix("public.")
            alike = endpoint, tuple(form.fields)
            if alike not in seen:
                seen.add(alike)
                yield endpoint, form
                waiting.append((path, client.post(form.action, data=form.values)))


def test_what_nobody_types_is_refused_by_every_field_and_stored_nowhere(app: Flask, client: FlaskClient) -> None:
    known, values = app.url_map.bind("localhost"), cycle(HOSTILE)
    asked, taken = set(), {}

    with oclock(9):
        for endpoint, form in forms(client, starts(app), known):
            asked.add(endpoint)
            for one in form.fields.values():
                if one.takes_words:
                    answer = client.post(form.action, data={**form.values, one.name: next(values)})
                    is_shown_again = answer.status_code == 200 and one.kind == "hidden"
                    if answer.status_code not in REFUSED and not is_shown_again:
                        taken[endpoint, one.name] = answer.status_code

    assert "boese" not in repr(contents())
    assert taken == {}
    every = {rule.endpoint.removeprefix("public.") for rule in guest_rules(app, "POST")}
    assert asked >= every - BUTTONS_ALONE - JSON_ALONE
