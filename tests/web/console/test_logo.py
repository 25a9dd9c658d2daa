"""The logo of a Träger: put up by its owners, drawn anew, shown beside its name, taken down."""

import re
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from openday.extensions import db
from openday.models import AuditEntry, Event, EventHost, Logo
from openday.models.words import AddressVisibility
from tests.factories import make_event, make_traeger, make_user, save
from tests.pictures import SVG, bomb, picture
from tests.web.staff import Browser, signed_in

STRIP = re.compile(r'src="(/logo/[^"]+\.webp)"')


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def owner(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path(event: Event) -> str:
    return f"/konto/traeger/{event.traeger_id}/logo"


def upload(browser: Browser, event: Event, content: bytes, name: str = "logo.png"):
    return browser.send(path(event), {"file": (BytesIO(content), name)})


def logos() -> list[bytes]:
    db.session.rollback()
    return list(db.session.scalars(select(Logo.image)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_shows_on_the_pages_of_the_traeger_and_of_its_events(owner, event, kind):
    assert "Noch kein Logo" in owner.get(f"/konto/traeger/{event.traeger_id}").text

    answer = upload(owner, event, picture(kind), "egal.txt")

    assert answer.status_code == 303
    pages = [
        path(event),
        f"/konto/traeger/{event.traeger_id}",
        f"/konto/termine/{event.id}/vorschau",
        f"/t/{event.slug}",
    ]
    strips = {STRIP.search(owner.get(page).text)[1] for page in pages}
    assert len(strips) == 1
    shown = owner.get(strips.pop())
    assert shown.content_type == "image/webp"
    assert shown.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(shown.data)).size == (240, 80)


def test_another_logo_takes_its_place_and_gets_another_address(owner, event):
    upload(owner, event, picture())
    before = STRIP.search(owner.get(path(event)).text)[1]

    upload(owner, event, picture(colour="#1B5E8C"))

    assert len(logos()) == 1
    assert STRIP.search(owner.get(path(event)).text)[1] != before
    assert owner.get(before).status_code == 404


def test_a_removed_logo_is_nowhere_and_who_did_it_is_known(owner, event):
    upload(owner, event, picture())
    before = STRIP.search(owner.get(path(event)).text)[1]

    answers = [owner.send(f"{path(event)}/entfernen") for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Das Logo ist entfernt" in owner.get(path(event)).text
    assert owner.get(before).status_code == 404
    assert "/logo/" not in owner.get(f"/t/{event.slug}").text
    done = select(AuditEntry.action).where(AuditEntry.action.startswith("logo")).order_by(AuditEntry.id)
    assert db.session.scalars(done).all() == ["logo_changed", "logo_removed"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.png", "kein Bild, das wir lesen können"),
        (SVG, "logo.svg", "SVG-Dateien nehmen wir nicht"),
        (SVG, "logo.png", "SVG-Dateien nehmen wir nicht"),
        (b"<!doctype html><script>alert(1)</script>", "logo.png", "kein Bild, das wir lesen können"),
        (picture("GIF"), "logo.gif", "kein Bild, das wir lesen können"),
        (picture()[:200], "logo.png", "unbeschädigte Datei"),
        (bomb(30_000, 30_000), "logo.png", "höchstens 4.000 Pixel"),
        (picture(colour="white"), "logo.png", "Auf weißem Grund"),
    ],
)
def test_a_wrong_file_is_said_in_a_sentence_and_the_logo_stays(owner, event, content, name, sentence):
    upload(owner, event, picture())
    before = logos()

    answer = upload(owner, event, content, name)

    assert answer.status_code == 422
    assert "Fehler:" in answer.text
    assert sentence in answer.text
    assert logos() == before


def test_no_file_and_too_large_a_file_change_nothing(owner, event):
    nothing, text = owner.send(path(event)), owner.send(path(event), {"file": "text"})
    large = upload(owner, event, picture() + bytes(2_000_000))

    assert [nothing.status_code, text.status_code, large.status_code] == [422, 422, 413]
    assert "Wählen Sie eine Datei aus" in nothing.text
    assert "verkleinern Sie das Bild" in large.text
    assert logos() == []


def test_partners_show_their_logos_in_one_picture_once_they_said_yes(app, owner, event):
    upload(owner, event, picture())
    for number, is_asked in enumerate((False, True)):
        partner = make_traeger()
        asked = {"asked_at": event.published_at} if is_asked else {}
        save(EventHost(event_id=event.id, traeger_id=partner.id, position=number + 1, **asked))
        answer = signed_in(app, make_user(partner)).send(
            f"/konto/traeger/{partner.id}/logo", {"file": (BytesIO(picture(size=(200, 90 + number))), "a.png")}
        )
        assert answer.status_code == 303

    page = owner.get(f"/t/{event.slug}").text

    strips = set(STRIP.findall(page))
    assert len(strips) == 1
    assert Image.open(BytesIO(owner.get(strips.pop()).data)).size == (240, 160)
    assert page.count('class="logo at-0"') == page.count('class="logo at-1"') == 1
    assert page.count('alt=""') == 2


def test_no_picture_stands_where_an_address_is_protected(owner, event):
    upload(owner, event, picture())
    db.session.get_one(Event, event.id).address_visibility = AddressVisibility.CONFIRMED
    db.session.commit()

    assert "/logo/" not in owner.get(f"/t/{event.slug}").text
    assert "/logo/" not in owner.get(f"/konto/termine/{event.id}/vorschau").text
