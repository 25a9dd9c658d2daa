"""The page for the press: whom to call, what to photograph, and who has a form of its own."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from openday import clock
from openday.extensions import db
from openday.models import SeatPool
from openday.models.words import (
    Admission,
    EventKind,
    EventState,
    Mode,
    PhotoRule,
    PoolAudience,
)
from tests.factories import make_event, make_slot
from tests.web.newsroom import make_press_event, path


def page(client: FlaskClient, query: str = "") -> str:
    return unescape(client.get(f"/presse{query}").text)


def test_contact_stands_first_and_every_event_says_whom_to_call(client: FlaskClient) -> None:
    make_slot(make_press_event(contact_phone="0341 4711"))

    text = page(client)

    assert text.index('id="kontakt"') < text.index('id="termine"') < text.index("Presserundgang")
    assert 'href="tel:03414711"' in text
    assert "Fotos nur nach Absprache." in text


@pytest.mark.parametrize(
    "overrides",
    [
        {"audiences": ("public",)},
        {"is_listed": False},
        {"state": EventState.DRAFT},
        {"state": EventState.WITHDRAWN},
        {"kind": EventKind.BACKGROUND_TALK, "is_listed": False},
    ],
)
def test_what_is_not_for_the_press_is_not_on_its_page(client: FlaskClient, overrides: dict[str, Any]) -> None:
    make_slot(make_press_event(**overrides))

    assert "Presserundgang" not in page(client)
    assert "Zurzeit lädt kein Haus die Presse ein." in page(client)


def test_photo_moments_come_first_and_can_be_asked_for_alone(client: FlaskClient) -> None:
    event = make_press_event()
    start = clock.now().replace(microsecond=0) + timedelta(days=1)
    plain = make_slot(event, starts_at=start)
    moment = make_slot(event, starts_at=start + timedelta(hours=2), is_photo_moment=True, photo_rule=PhotoRule.OPEN)
    make_slot(make_press_event(title="Ohne Bild"))

    text, alone = page(client), page(client, "?was=fototermin")

    assert text.index(path(moment)) < text.index(path(plain))
    assert "Fotos sind erlaubt." in text
    assert "Ohne Bild" in text
    assert "Ohne Bild" not in alone
    assert path(plain) not in alone


def test_days_are_those_of_berlin(client: FlaskClient) -> None:
    today = clock.today()
    make_press_event(title="Heute dran", starts_on=today)
    make_press_event(title="Nächsten Monat dran", starts_on=today + timedelta(days=30))

    assert "Heute dran" in page(client, "?wann=heute")
    for query in ("?wann=heute", "?wann=woche"):
        assert "Nächsten Monat dran" not in page(client, query)
    assert "Nächsten Monat dran" in page(client)


@pytest.mark.parametrize(
    "query", ["?wann=gestern", "?was=x", "?seite=-1", "?seite=99999999999999", "?wann[]=heute", "?was=%00&seite=%F0%28"]
)
def test_an_odd_query_is_no_filter(client: FlaskClient, query: str) -> None:
    make_press_event()

    assert "Presserundgang" in page(client, query)


def test_a_full_time_is_offered_only_where_a_seat_is_kept_for_the_press(client: FlaskClient) -> None:
    full, kept = make_slot(make_press_event(), capacity=1, taken=0), make_slot(make_press_event(), capacity=1)
    for slot in (full, kept):
        slot.pools[0].capacity = 0
    kept.pools.append(SeatPool(mode=Mode.ONSITE, audience=PoolAudience.PRESS, capacity=1))
    db.session.commit()

    text = page(client)

    assert path(kept) in text
    assert path(full) not in text


@pytest.mark.parametrize("way", ["presse", "gruppe"])
def test_only_an_event_that_invites_has_the_form_and_the_link(client: FlaskClient, way: str) -> None:
    audiences = ("public", "press", "professional")
    inviting, other = make_slot(make_event(audiences=audiences)), make_slot(make_event())

    assert client.get(f"/t/{inviting.event.slug}/{way}?slot={inviting.id}").status_code == 200
    assert f'href="/t/{inviting.event.slug}/{way}"' in client.get(f"/t/{inviting.event.slug}").text
    assert client.get(f"/t/{other.event.slug}/{way}?slot={other.id}").status_code == 404
    assert client.get(f"/t/{other.event.slug}/{way}").status_code == 404
    assert f"/{other.event.slug}/{way}" not in client.get(f"/t/{other.event.slug}").text


def test_an_event_for_the_press_alone_leads_there_from_its_button_and_from_the_public_form(client: FlaskClient) -> None:
    slot = make_slot(make_press_event(audiences=("press",)))

    assert f'action="/t/{slot.event.slug}/presse"' in client.get(f"/t/{slot.event.slug}").text
    answer = client.get(f"/t/{slot.event.slug}/buchen?slot={slot.id}")
    assert (answer.status_code, answer.headers["Location"]) == (303, path(slot))


def test_an_only_time_is_taken_and_of_several_one_is_chosen(client: FlaskClient) -> None:
    event = make_press_event()
    make_slot(event, is_photo_moment=True)

    assert "Als Presse anmelden" in client.get(f"/t/{event.slug}/presse").text
    second = make_slot(event)
    several = client.get(f"/t/{event.slug}/presse")
    assert (several.status_code, f'value="{second.id}"' in several.text, "Fototermin" in several.text) == (
        200,
        True,
        True,
    )


def test_invited_only_events_take_no_registration_on_the_page(client: FlaskClient) -> None:
    make_slot(make_press_event(admission=Admission.INVITATION))

    assert "Als Presse anmelden" not in page(client)
