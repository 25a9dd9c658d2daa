"""Asking a partner in the browser, its answer behind the mailed link, and what both sides then see."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from openday import clock
from openday.extensions import db
from openday.models import Event, EventHost, OutboxMessage, Traeger
from openday.models.words import PhotoRule, SharedColumn
from openday.services.booking import book_slot
from tests.factories import booking_request, make_event, make_slot, make_traeger, make_user, save
from tests.web.office import Journey, make_house
from tests.web.staff import Browser, signed_in


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def organiser(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


@pytest.fixture
def partner(app: Flask) -> Traeger:
    return make_traeger(name="JMD Süd", contact_email="jmd@sued.example.org", contact_phone="0341 111111")


def path(event: Event) -> str:
    return f"/konto/termine/{event.id}/mitwirkende"


def mailed_link() -> str:
    db.session.rollback()
    mail = db.session.query(OutboxMessage).filter_by(kind="host_asked").one()
    found = re.search(r"(/mitwirken/\S+)", mail.text)
    assert found
    return found[1]


def test_from_the_question_to_the_shared_list(
    app: Flask, client: FlaskClient, organiser: Browser, event: Event, partner: Traeger
) -> None:
    slot = make_slot(event)
    asked = organiser.send(path(event), {"name": partner.name, "shared": ["name", "persons"]})
    assert asked.status_code == 303
    assert "Gefragt" in organiser.get(path(event)).text
    assert "JMD Süd" not in client.get(f"/t/{event.slug}").text
    link = mailed_link()

    page = client.get(link).text
    assert "Name, Personen" in page
    assert db.session.query(EventHost).filter(EventHost.confirmed_at.is_not(None)).count() == 0
    assert client.post(link, data={"antwort": "vielleicht"}).status_code == 422
    assert client.post(link, data={"antwort": "ja"}).status_code == 303

    public = client.get(f"/t/{event.slug}").text
    assert "JMD Süd" in public
    assert "0341 111111" in public
    form = client.get(f"/t/{event.slug}/buchen?slot={slot.id}").text
    assert "und, soweit verabredet, JMD Süd." in form
    book_slot(booking_request(slot, name="Ayşe Kaya", email="geheim@example.org"))
    colleague = signed_in(app, make_user(partner))
    shared = colleague.get(f"/konto/termine/{event.id}/geteilte-liste").text
    assert "Ayşe Kaya" in shared
    assert "geheim" not in shared
    assert "geteilte-liste" in colleague.get(f"/konto/termine/{event.id}").text
    file = colleague.send(f"/konto/termine/{event.id}/geteilte-liste/csv")
    assert file.data.startswith(b"\xef\xbb\xbf")
    assert b"geheim" not in file.data
    workbook = colleague.send(f"/konto/termine/{event.id}/geteilte-liste/xlsx")
    assert workbook.data.startswith(b"PK")


@pytest.mark.parametrize("way", ["buchen", "gruppe", "presse", "warteliste"])
def test_every_form_says_who_gets_the_data_before_it_is_sent(client: FlaskClient, way: str) -> None:
    event = make_event(audiences=("public", "professional", "press"), photo_rule=PhotoRule.OPEN)
    slot = make_slot(event, capacity=0 if way == "warteliste" else 5)
    save(confirmed_partner(event))

    form = client.get(f"/t/{event.slug}/{way}?slot={slot.id}").text

    assert "Ihre Angaben bekommen" in form
    assert "und, soweit verabredet, JMD Süd." in form


def test_an_office_reads_who_gets_the_data_before_it_asks(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    save(confirmed_partner(slot.event))

    assert "und, soweit verabredet, JMD Süd." in Journey(client, slot.event).to_check(slot).page


def confirmed_partner(event: Event) -> EventHost:
    partner = make_traeger(name="JMD Süd")
    return EventHost(
        event_id=event.id,
        traeger_id=partner.id,
        position=1,
        confirmed_at=clock.now(),
        shared_columns=(SharedColumn.NAME,),
    )


def test_a_no_is_said_and_nothing_is_left(
    client: FlaskClient, organiser: Browser, event: Event, partner: Traeger
) -> None:
    organiser.send(path(event), {"name": partner.name})
    assert "JMD Süd ist gefragt" in organiser.get(path(event)).text
    link = mailed_link()

    answer = client.post(link, data={"antwort": "nein"})

    assert "steht nicht auf dem Termin" in client.get(answer.headers["Location"]).text
    assert client.get(link).status_code == 404
    assert "JMD Süd" not in organiser.get(path(event)).text.split("<datalist")[0]


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"name": ""}, 422, "Geben Sie den Namen des Trägers ein"),
        ({"name": "Nie gehört"}, 422, "Geben Sie eine E-Mail-Adresse ein"),
        ({"name": "Neu", "email": "kaputt"}, 422, "vollständig"),
        ({"name": "Neu\r\nBcc: x", "email": "x@example.org"}, 422, "Es gibt ein Problem"),
        ({"name": "x" * 10_000, "email": "x@example.org"}, 422, "Es gibt ein Problem"),
        ({"name": "Neu", "email": "x@example.org", "shared": "needs"}, 422, "Es gibt ein Problem"),
    ],
)
def test_what_does_not_work_is_said_in_words(
    organiser: Browser, event: Event, typed: dict[str, str], status: int, words: str
) -> None:
    answer = organiser.send(path(event), typed)

    assert answer.status_code == status
    assert words in answer.text
    assert db.session.query(EventHost).count() == 1


def test_the_lead_is_named_on_the_page(client: FlaskClient, organiser: Browser, event: Event, partner: Traeger) -> None:
    organiser.send(path(event), {"name": partner.name})
    client.post(mailed_link(), data={"antwort": "ja"})

    assert organiser.send(f"{path(event)}/federfuehrung", {"lead": str(partner.id)}).status_code == 303
    assert "Federführung" in client.get(f"/t/{event.slug}").text
    assert organiser.send(f"{path(event)}/federfuehrung", {"lead": "99999"}).status_code == 404
    assert organiser.send(f"{path(event)}/{partner.id}/entfernen").status_code == 303
    assert "JMD Süd" not in client.get(f"/t/{event.slug}").text
