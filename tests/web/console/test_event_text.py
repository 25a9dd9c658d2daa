"""The pages for texts in other languages and for the history, and what guests see of them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from openday.models import Event
from tests.factories import make_event, make_user
from tests.web.staff import Browser, signed_in

ENGLISH = {"title": "Open doors", "summary": "See how advice works.", "description": "Tea at **ten**."}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(description="Tee um **zehn**.")


@pytest.fixture
def organiser(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def test_english_guests_read_english_once_somebody_wrote_it(
    client: FlaskClient, organiser: Browser, event: Event
) -> None:
    before = client.get(f"/en/t/{event.slug}").text
    assert f'<h1 lang="de">{event.title}</h1>' in before
    assert "This text is only available in German" in before
    assert "<strong>zehn</strong>" in before

    assert organiser.send(f"/konto/termine/{event.id}/texte/en", ENGLISH).status_code == 303

    after = client.get(f"/en/t/{event.slug}").text
    assert "<h1>Open doors</h1>" in after
    assert "<strong>ten</strong>" in after
    assert "only available in German" not in after
    assert f"<h1>{event.title}</h1>" in client.get(f"/t/{event.slug}").text


def test_leichte_sprache_is_shown_or_said_to_be_missing_with_the_short_facts(
    client: FlaskClient, organiser: Browser, event: Event
) -> None:
    path = f"/t/{event.slug}/leichte-sprache"
    assert path in client.get(f"/t/{event.slug}").text
    missing = client.get(path).text
    assert "noch nicht in Leichter Sprache" in missing
    assert "Beispielstraße 12" in missing
    assert "Der Besuch kostet nichts." in missing

    organiser.send(f"/konto/termine/{event.id}/texte/easy", {"title": "Die Tür ist offen", "summary": "Kommen Sie."})

    page = client.get(path).text
    assert "<h1>Die Tür ist offen</h1>" in page
    assert "noch nicht in Leichter Sprache" not in page


def test_a_text_without_a_title_is_refused_and_kept(organiser: Browser, event: Event) -> None:
    answer = organiser.send(f"/konto/termine/{event.id}/texte/en", {**ENGLISH, "title": ""})

    assert answer.status_code == 422
    assert "Geben Sie auch den Titel in dieser Sprache ein" in answer.text
    assert "Tea at **ten**." in answer.text


def test_the_history_says_who_did_what_and_takes_the_last_text_back(organiser: Browser, event: Event) -> None:
    path = f"/konto/termine/{event.id}"
    organiser.send(f"{path}/was", {"title": "Neuer Titel", "kind": "open_day", "audiences": "public"})

    page = organiser.get(f"{path}/verlauf").text
    assert "Olga Orga hat den Titel geändert." in page
    undo = next(part for part in page.split('"') if part.endswith("/zuruecknehmen"))
    assert organiser.send(undo).status_code == 303

    after = organiser.get(f"{path}/verlauf").text
    assert "Der frühere Text steht wieder da." in after
    assert "Zurückgenommen" in after
    assert f"<h1>{event.title}</h1>" in organiser.get(f"/t/{event.slug}").text
    assert organiser.send(undo).status_code == 409
