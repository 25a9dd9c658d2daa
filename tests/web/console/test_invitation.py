"""The organiser's page of the link to a background talk."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from openday import clock
from openday.models import Event
from openday.models.words import EventKind, EventState
from openday.services.booking import book_slot
from openday.services.invitation import keep_for_invited
from openday.wording import day_in_words
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_user, save
from tests.web.staff import Browser, signed_in


@pytest.fixture
def talk(app: Flask) -> Event:
    event = make_event(kind=EventKind.BACKGROUND_TALK, terms="Bleibt im Raum.", terms_version=1)
    keep_for_invited(event)
    return save(event)


@pytest.fixture
def staff(app: Flask, talk: Event) -> Browser:
    return signed_in(app, make_user(talk.traeger))


def shown_link(page: str) -> str:
    found = re.search(r'href="https://offene-tuer\.example\.org(/einladung/[^"]+)"', page)
    assert found
    return found[1]


def test_the_link_can_be_copied_and_opens_the_talk(staff: Browser, client: FlaskClient, talk: Event) -> None:
    event_page = staff.get(f"/konto/termine/{talk.id}").text
    link = shown_link(staff.get(f"/konto/termine/{talk.id}/einladung").text)

    assert f"/konto/termine/{talk.id}/einladung" in event_page
    assert f"/t/{talk.slug}" not in event_page
    assert client.get(link).status_code == 200


def test_the_invitation_is_written_as_an_e_mail_with_one_tap(staff: Browser, talk: Event) -> None:
    page = staff.get(f"/konto/termine/{talk.id}/einladung").text

    letter = unescape(re.search(r'href="(mailto:[^"]+)"', page)[1])  # type: ignore[index]
    content = parse_qs(urlsplit(letter).query)
    assert content["subject"] == [f"Einladung: {talk.title}"]
    assert f"https://offene-tuer.example.org{shown_link(page)}" in content["body"][0]


def test_the_house_reads_which_terms_a_guest_accepted(staff: Browser, client: FlaskClient, talk: Event) -> None:
    slot = make_slot(talk)
    receipt = book_slot(booking_request(slot, terms_version=1))
    booking = all_bookings()[0]

    accepted = f"angenommen am {day_in_words(clock.today())}, Fassung 1"
    for page in (f"/konto/termine/{talk.id}/gaeste", f"/konto/termine/{talk.id}/anfragen/{booking.id}"):
        assert accepted in staff.get(page).text
    own = client.get(f"/buchung/{receipt.token}").text
    assert "angenommen am" in own
    assert "Bleibt im Raum." in own


def test_a_new_link_makes_the_old_one_void(staff: Browser, client: FlaskClient, talk: Event) -> None:
    page = f"/konto/termine/{talk.id}/einladung"
    old = shown_link(staff.get(page).text)

    answer = staff.send(page)
    new = shown_link(staff.get(page).text)

    assert answer.status_code == 303
    assert new != old
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_another_kind_of_event_has_no_invitation(app: Flask) -> None:
    event = make_event()
    staff = signed_in(app, make_user(event.traeger))
    page = f"/konto/termine/{event.id}/einladung"

    assert "öffentliche Seite" in staff.get(page).text
    assert staff.send(page).status_code == 409


def test_a_draft_says_when_its_link_opens(app: Flask) -> None:
    talk = make_event(kind=EventKind.BACKGROUND_TALK, state=EventState.DRAFT, published_at=None)
    keep_for_invited(talk)
    save(talk)

    page = signed_in(app, make_user(talk.traeger)).get(f"/konto/termine/{talk.id}/einladung").text

    assert "sobald Sie den Termin veröffentlichen" in page
    assert "Noch fehlen die Bedingungen" in page
