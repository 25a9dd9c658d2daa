"""„Planung anzeigen“: three fields, seen by the Verband alone, and later an event without retyping."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from openday.extensions import db
from openday.forms.planning import contact_in, day_in
from openday.models import Event, Membership, Traeger
from openday.models.words import EventState, Role
from openday.services.planning import Contact
from tests.factories import make_campaign, make_traeger, make_user, make_verband, save
from tests.web.staff import Browser, signed_in

NOTE = {"title": "Tag der offenen Tür", "when": "Mitte September", "contact": "Mira Beispiel, 0341 000000"}
CHECKED = {
    "ort": {"attendance": "onsite", "locality": "Leipzig", "region": "SN"},
    "zeiten": {"starts_on": "2099-09-16", "admission": "open", "party_limit": "10"},
    "schutz": {"photo_rule": "none"},
}


@pytest.fixture
def traeger(app: Flask) -> Traeger:
    make_campaign()
    return make_traeger(verbaende=[make_verband()])


@pytest.fixture
def organiser(app: Flask, traeger: Traeger) -> Browser:
    return signed_in(app, make_user(traeger))


def planned() -> Event:
    db.session.rollback()
    return db.session.query(Event).populate_existing().one()


def test_three_fields_make_a_planned_event_nobody_outside_can_see(
    organiser: Browser, client: FlaskClient, app: Flask, traeger: Traeger
) -> None:
    page = organiser.get("/konto/planung").text
    assert page.count('class="field"') == 4  # three answers and one tick
    assert "Olga Orga, person" in page

    assert organiser.send("/konto/planung", NOTE).status_code == 303

    event = planned()
    assert (event.state, event.starts_on, event.date_words) == (EventState.PLANNED, None, "Mitte September")
    assert (event.contact_name, event.contact_phone) == ("Mira Beispiel", "0341 000000")
    assert client.get(f"/t/{event.slug}").status_code == 404
    assert client.get(f"/t/{event.slug}/leichte-sprache").status_code == 404
    assert client.get(f"/t/{event.slug}.ics").status_code == 404
    assert event.title not in client.get("/termine").text
    coordinator = make_user()
    save(Membership(user_id=coordinator.id, verband_id=traeger.verbaende[0].id, role=Role.COORDINATOR))
    assert event.title in signed_in(app, coordinator).get("/konto/termine").text


def test_a_plan_may_be_shown_to_everybody_as_planned(organiser: Browser, client: FlaskClient) -> None:
    organiser.send("/konto/planung", {**NOTE, "is_public": "y"})

    event = planned()
    page, listing = client.get(f"/t/{event.slug}").text, client.get("/termine").text
    assert "Mitte September" in page
    assert event.title in listing
    assert 'class="tag info">Geplant<' in page
    assert "Vor Ort" not in page
    assert "Vor Ort" not in listing.split("</form>", 1)[1]
    assert ">Geplant<" in listing


def test_a_plan_becomes_an_event_without_typing_anything_twice(organiser: Browser, client: FlaskClient) -> None:
    organiser.send("/konto/planung", NOTE)
    event = planned()
    path = f"/konto/termine/{event.id}"
    assert "Geben Sie den Ort an" in organiser.get(f"{path}/veroeffentlichen").text
    assert "Teilnahmeliste" not in organiser.get(path).text

    for task, answers in CHECKED.items():
        assert organiser.send(f"{path}/{task}", answers).status_code == 303
    assert planned().state is EventState.PLANNED
    assert client.get(f"/t/{event.slug}").status_code == 404
    assert 'name="wants_listing"' not in organiser.get(f"{path}/schutz").text
    assert organiser.send(f"{path}/veroeffentlichen").status_code == 303

    online = planned()
    assert (online.state, online.is_listed, online.date_words) == (EventState.PUBLISHED, True, "Mitte September")
    assert (online.title, online.contact_name) == ("Tag der offenen Tür", "Mira Beispiel")
    assert online.title in client.get("/termine").text


def test_a_day_is_understood_as_one(organiser: Browser) -> None:
    organiser.send("/konto/planung", {**NOTE, "when": "16.9.2099"})

    assert (planned().starts_on, planned().date_words) == (date(2099, 9, 16), None)


@pytest.mark.parametrize(("text", "day"), [
    ("3.10.27", date(2027, 10, 3)), ("03. 10. 27", date(2027, 10, 3)), ("3.10.2024", date(2024, 10, 3)),
    ("29.6.91", None), ("3.10.24", None), ("31.2.27", None), ("3.10.", None), ("am 3.10.27 nachmittags", None),
])  # fmt: skip
def test_two_digits_are_a_year_where_a_plan_can_mean_it(text: str, day: date | None) -> None:
    with time_machine.travel(datetime(2026, 11, 26, tzinfo=UTC)):
        assert day_in(text) == day


def test_a_plan_can_be_given_up(organiser: Browser) -> None:
    organiser.send("/konto/planung", {**NOTE, "is_public": "y"})

    assert organiser.send(f"/konto/termine/{planned().id}/loeschen").status_code == 303

    db.session.rollback()
    assert db.session.query(Event).count() == 0


def test_what_is_missing_is_said_and_what_was_typed_stays(organiser: Browser) -> None:
    answer = organiser.send("/konto/planung", {**NOTE, "when": " "})

    assert answer.status_code == 422
    assert "Schreiben Sie, wann es ungefähr sein soll" in answer.text
    assert "Mira Beispiel, 0341 000000" in answer.text


def test_with_several_traeger_one_says_for_which(app: Flask, traeger: Traeger) -> None:
    other, stranger = make_traeger(), make_traeger()
    user = make_user(traeger)
    save(Membership(user_id=user.id, traeger_id=other.id, role=Role.EDITOR))
    client = signed_in(app, user)

    assert client.send("/konto/planung", {**NOTE, "traeger_id": str(stranger.id)}).status_code == 422
    assert client.send("/konto/planung", {**NOTE, "traeger_id": str(other.id)}).status_code == 303
    assert planned().traeger_id == other.id


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Mira Beispiel, 0341 000000", Contact("Mira Beispiel", "0341 000000", None)),
        ("mira@example.org", Contact(None, None, "mira@example.org")),
        ("Mira <mira@example.org> +49 341/00 00-00", Contact("Mira", "+49 341/00 00-00", "mira@example.org")),
        ("Zimmer 12", Contact("Zimmer 12", None, None)),
        ("=1+1", Contact("=1+1", None, None)),
    ],
)
def test_a_contact_is_read_out_of_one_line(text: str, contact: Contact) -> None:
    assert contact_in(text) == contact
