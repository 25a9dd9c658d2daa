"""What is put together from a kept part is what would be made anew, whatever has changed since the part was kept."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.forms.booking import BookingForm
from openday.models import Event, EventHost, Slot, Traeger
from openday.models.words import (
    AddressVisibility,
    Admission,
    Attendance,
    EventState,
    GuestKind,
    Mode,
    QuestionKind,
    SlotState,
    WaitingList,
)
from openday.services.availability import announce_event
from openday.services.booking import book_slot
from openday.services.event_page import event_page
from openday.services.question import questions_of
from openday.services.visit import visit_on_page
from openday.web.public.structured_data import structured_data
from tests.factories import booking_request, make_event, make_question, make_slot, make_traeger, save

ALL_KINDS = tuple(GuestKind)
EVENTS = {
    "free": {},
    "for_all": {"audiences": ALL_KINDS},
    "open": {"admission": Admission.OPEN},
    "on_invitation": {"admission": Admission.INVITATION},
    "not_yet": {"booking_opens_at": clock.now() + timedelta(days=1)},
    "closed": {"booking_closes_at": clock.now() - timedelta(days=1)},
    "cancelled": {"state": EventState.CANCELLED, "cancel_reason": "Sturm"},
    "past": {"starts_on": clock.today() - timedelta(days=9)},
    "waiting": {"waiting_list": WaitingList.AUTOMATIC, "audiences": ALL_KINDS},
    "digital": {"attendance": Attendance.ONLINE},
}
NUMBER = re.compile(r'name="nonce"[^>]* value="([^"]+)"')


def page(client: FlaskClient, path: str) -> str:
    """Return what the browser gets, made at this moment."""
    client.application.extensions["openday.pages"]["pages"].pages.clear()
    return client.get(path).text


def made_anew(app: Flask, path: str, slug: str) -> str:
    """Return the same page without any part."""
    with app.test_request_context(path):
        app.preprocess_request()
        event = event_page(slug, language="en" if path.startswith("/en") else "de")
        return render_template("public/event/show.html", event=event, data=structured_data(event))


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_an_event_is_the_one_made_anew_while_it_fills(
    client: FlaskClient, app: Flask, name: str, prefix: str
) -> None:
    event = make_event(**EVENTS[name])
    slots = [make_slot(event, capacity=5), make_slot(event, capacity=1), make_slot(event, capacity=None)]
    path = f"{prefix}/t/{event.slug}"
    assert page(client, path) == made_anew(app, path, event.slug)

    for slot in (slots[0], slots[0], slots[1], slots[0], slots[0], slots[0]):
        with suppress(Refusal):
            book_slot(booking_request(slot))
        assert page(client, path) == made_anew(app, path, event.slug)
    slots[2].state = SlotState.CANCELLED
    announce_event(event.id)
    db.session.commit()
    assert page(client, path) == made_anew(app, path, event.slug)


def test_a_booking_makes_nothing_of_the_page_anew_but_its_times(client: FlaskClient, app: Flask) -> None:
    slot = make_slot(capacity=9)
    before = page(client, f"/t/{slot.event.slug}")
    parts = dict(app.extensions["openday.pages"]["parts"].pages)
    book_slot(booking_request(slot))

    after = page(client, f"/t/{slot.event.slug}")

    assert "9 Plätze frei" in before
    assert "8 Plätze frei" in after
    assert dict(app.extensions["openday.pages"]["parts"].pages) == parts


def form_anew(app: Flask, path: str, slot: Slot) -> str:
    """Return the form of a time without any part, and without its number."""
    with app.test_request_context(path):
        app.preprocess_request()
        visit = visit_on_page(slot.event.slug, slot.id)
        assert visit is not None
        form = BookingForm(visit)
        form.party_size.data = 1
        form.renew()
        return without_number(render_template("public/booking/book.html", visit=visit, form=form))


def without_number(form: str) -> str:
    """Return the form without what is its own; it must have a number."""
    number = NUMBER.search(form)
    assert number is not None
    return form.replace(number[1], "")


def rename(slot: Slot) -> None:
    slot.event.title = "Ein anderer Titel"


def move(slot: Slot) -> None:
    slot.starts_at += timedelta(minutes=10)


def set_terms(slot: Slot) -> None:
    slot.event.terms, slot.event.terms_version = "Bitte festes Schuhwerk.", 2


def ask(slot: Slot) -> None:
    make_question(slot.event, kind=QuestionKind.YES_NO, label="Essen Sie mit?")


def ask_otherwise(slot: Slot) -> None:
    questions_of(slot.event_id)[0].label = "Und jetzt?"


def rename_host(slot: Slot) -> None:
    slot.event.traeger.name = "Anderer Verein"


def protect(slot: Slot) -> None:
    slot.event.address_visibility = AddressVisibility.CONFIRMED


def register_companions(slot: Slot) -> None:
    slot.event.registers_companions = True


def share_with_partner(slot: Slot) -> None:
    partner = EventHost(event_id=slot.event_id, traeger_id=make_traeger(name="Partner e. V.").id, position=5)
    partner.confirmed_at, partner.shared_columns = clock.now(), "name"
    save(partner)


def rename_partner(_slot: Slot) -> None:
    db.session.query(Traeger).filter_by(name="Partner e. V.").one().name = "Partner neu"


def offer_online(slot: Slot) -> None:
    slot.event.attendance = Attendance.HYBRID
    slot.pools.append(type(slot.pools[0])(mode=Mode.ONLINE, capacity=3))


CHANGES = (
    rename, move, set_terms, ask, ask_otherwise, protect, register_companions, share_with_partner, rename_partner,
    rename_host, offer_online,
)  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_form_is_the_one_made_anew_after_every_change(client: FlaskClient, app: Flask, prefix: str) -> None:
    slot = make_slot(capacity=9)
    path = f"{prefix}/t/{slot.event.slug}/buchen?slot={slot.id}"
    seen = [form_anew(app, path, slot)]
    assert without_number(client.get(path).text) == seen[0]

    for change in CHANGES:
        change(slot)
        db.session.commit()
        seen.append(form_anew(app, path, slot))
        assert without_number(client.get(path).text) == seen[-1], change
    assert len(set(seen)) == len(seen)


def test_every_form_has_a_number_of_its_own_and_a_booking_makes_nothing_else_anew(
    client: FlaskClient, app: Flask
) -> None:
    slot = make_slot(capacity=9)
    path = f"/t/{slot.event.slug}/buchen?slot={slot.id}"
    first = client.get(path).text
    parts = dict(app.extensions["openday.pages"]["parts"].pages)
    book_slot(booking_request(slot))

    second = client.get(path).text

    assert first != second
    assert without_number(first) == without_number(second)
    assert dict(app.extensions["openday.pages"]["parts"].pages) == parts


def test_what_one_visitor_has_in_the_address_is_not_on_the_form_of_the_next(client: FlaskClient) -> None:
    slot = make_slot()
    path = f"/t/{slot.event.slug}/buchen?slot={slot.id}"

    client.get(f"{path}&von=anna%40example.org")

    assert "anna" not in client.get(path).text


def test_a_full_time_is_no_form(client: FlaskClient) -> None:
    slot = make_slot(capacity=1)
    path = f"/t/{slot.event.slug}/buchen?slot={slot.id}"
    assert NUMBER.search(client.get(path).text)
    event = db.session.get_one(Event, slot.event_id)
    book_slot(booking_request(slot))

    assert f'action="/t/{event.slug}/buchen?slot={slot.id}"' not in client.get(path).text
