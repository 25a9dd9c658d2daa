"""The press: whom to call, what to photograph, a form on one page, and an answer that tells nobody anything."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from openday import clock
from openday.extensions import db
from openday.models import Event, OutboxMessage, SeatPool, Slot
from openday.models.words import (
    Admission,
    Awaits,
    BookingState,
    EventKind,
    EventState,
    GuestKind,
    Mode,
    PhotoRule,
    PoolAudience,
    PressProof,
)
from openday.services.visit_answer import accept_visit, decline_visit
from tests.factories import all_bookings, make_event, make_slot, make_user, save
from tests.web.public.test_hostile_input import KEPT, REFUSED

FOR_PRESS = ("public", "press")
NONCE = re.compile(r'name="nonce"[^>]*value="([^"]+)"')
TYPED = {
    "name": "Robin Feder",
    "email": "redaktion@stadtblatt.example.org",
    "party_size": "2",
    "organisation": "Stadtblatt",
    "phone": "0170 000000",
    "plans": ["photo", "video"],
    "proof": "card",
    "talks_to": ["client"],
    "deadline": "heute, 18 Uhr",
    "needs": "Strom",
    "accepts_photo_rule": "y",
}


def make_press_event(**overrides: Any) -> Event:
    return make_event(**{"audiences": FOR_PRESS, "title": "Presserundgang", "photo_rule": "on_request", **overrides})


def page(client: FlaskClient, query: str = "") -> str:
    return unescape(client.get(f"/presse{query}").text)


def path(slot: Slot) -> str:
    return f"/t/{slot.event.slug}/presse?slot={slot.id}"


def send(client: FlaskClient, slot: Slot, **overrides: Any) -> TestResponse:
    found = NONCE.search(client.get(path(slot)).text)
    assert found
    return client.post(path(slot), data={**TYPED, "nonce": found[1], **overrides})


def mails(kind: str) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


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


def test_everything_is_on_one_page_and_the_answer_tells_nobody_anything(client: FlaskClient) -> None:
    slot = make_slot(make_press_event())

    answer = send(client, slot)

    [booking] = all_bookings()
    assert (booking.guest_kind, booking.state, booking.awaits) == (
        GuestKind.PRESS,
        BookingState.HELD,
        Awaits.HOST,
    )
    assert (booking.organisation, booking.booker_phone, booking.needs) == ("Stadtblatt", "0170 000000", "Strom")
    press = booking.press
    assert press is not None
    assert (press.plans, press.talks_to) == (("photo", "video"), ("client",))
    assert (press.proof, press.deadline) == (PressProof.CARD, "heute, 18 Uhr")
    assert press.photo_rule_accepted_at is not None
    receipt = client.get(answer.headers["Location"]).text
    assert "Prüfen Sie Ihr Postfach" in receipt
    assert "Feder" not in receipt
    assert "Stadtblatt" not in receipt


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PhotoRule.OPEN, "Wer deutlich zu erkennen ist, muss einverstanden sein."),
        (PhotoRule.ON_REQUEST, "Aufnehmen dürfen Sie nur Personen, die der Träger Ihnen nennt."),
        (PhotoRule.NONE, "Das gilt für Foto, Film und Ton."),
    ],
)
def test_rule_of_the_time_is_the_condition_and_goes_before_that_of_the_event(
    client: FlaskClient, rule: PhotoRule, words: str
) -> None:
    slot = make_slot(make_press_event(photo_rule=PhotoRule.NONE), photo_rule=rule)

    assert words in unescape(client.get(path(slot)).text)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"accepts_photo_rule": ""}, "Bestätigen Sie die Foto-Regel"),
        ({"organisation": "  "}, "Geben Sie Ihr Medium ein oder „frei“"),
        ({"plans": []}, "Wählen Sie aus, was Sie planen"),
        ({"plans": ["drone"]}, "Es gibt ein Problem"),
        ({"proof": "scan"}, "Wählen Sie eine der Angaben aus"),
        ({"talks_to": ["clients'--"]}, "Es gibt ein Problem"),
        ({"party_size": "11"}, "rufen Sie an: 0341 000000"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client: FlaskClient, changed: dict[str, Any], words: str) -> None:
    answer = send(client, make_slot(make_press_event()), **changed)

    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert "heute, 18 Uhr" in answer.text
    assert all_bookings() == []


@pytest.mark.parametrize("left_out", ["phone", "proof", "talks_to", "deadline", "needs"])
def test_what_is_optional_may_be_left_out(client: FlaskClient, left_out: str) -> None:
    assert send(client, make_slot(make_press_event()), **{left_out: []}).status_code == 303


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["organisation", "phone", "deadline", "needs", "plans", "proof", "talks_to"])
def test_unusable_values_are_refused_with_words(client: FlaskClient, field: str, value: str) -> None:
    answer = send(client, make_slot(make_press_event()), **{field: value})

    is_no_answer = not value.strip() and field in {"phone", "deadline", "needs", "proof"}
    has_lines = "\r\n" in value and field == "needs"
    assert answer.status_code == (303 if is_no_answer or has_lines else 422)


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_a_medium_of_any_name_is_taken_as_it_is(client: FlaskClient, value: str) -> None:
    assert send(client, make_slot(make_press_event()), organisation=value).status_code == 303
    assert all_bookings()[0].organisation == value


def test_no_file_and_no_number_of_a_card_is_ever_asked_for(client: FlaskClient) -> None:
    text = client.get(path(make_slot(make_press_event()))).text

    assert "Der Träger bestätigt die Anmeldung." in text
    assert "Wir nutzen Ihre Angaben nur für diesen Termin" in text
    assert 'type="file"' not in text
    assert "multipart" not in text


def test_house_hears_at_once_and_its_yes_brings_the_mobile_number(client: FlaskClient) -> None:
    slot = make_slot(make_press_event(day_contact_name="Sam Vor-Ort", day_contact_phone="0170 4711"))
    send(client, slot)
    [booking] = all_bookings()
    host = make_user(slot.event.traeger)

    [news] = mails("request_for_host")
    assert (news.recipient, "Stadtblatt" in news.text, "Video oder TV" in news.text) == (
        "kontakt@beispiel.de",
        True,
        True,
    )
    [received] = mails("press_requested")
    assert received.recipient == TYPED["email"]

    assert accept_visit(booking.id, host.id)
    [confirmed] = mails("press_confirmed")
    assert "Sam Vor-Ort, 0170 4711" in confirmed.text
    assert "Fotos nur nach Absprache." in confirmed.text
    assert confirmed.calendar is not None


def test_a_no_frees_the_seats_and_says_why(client: FlaskClient) -> None:
    slot = make_slot(make_press_event())
    send(client, slot)
    [booking] = all_bookings()

    decline_visit(booking.id, make_user(slot.event.traeger).id, "An dem Tag sprechen Ratsuchende.")

    [mail] = mails("press_declined")
    assert "An dem Tag sprechen Ratsuchende." in mail.text
    assert "/presse" in mail.text
    assert db.session.scalar(select(SeatPool.taken)) == 0


@pytest.mark.parametrize("way", ["presse", "gruppe"])
def test_only_an_event_that_invites_has_the_form_and_the_link(client: FlaskClient, way: str) -> None:
    audiences = ("public", "press", "professional")
    inviting, other = make_slot(make_event(audiences=audiences)), make_slot(make_event())

    assert client.get(f"/t/{inviting.event.slug}/{way}?slot={inviting.id}").status_code == 200
    assert f'href="/t/{inviting.event.slug}/{way}"' in client.get(f"/t/{inviting.event.slug}").text
    assert client.get(f"/t/{other.event.slug}/{way}?slot={other.id}").status_code == 404
    assert client.get(f"/t/{other.event.slug}/{way}").status_code == 404
    assert f"/{way}" not in client.get(f"/t/{other.event.slug}").text


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


@pytest.mark.parametrize(
    ("overrides", "status"),
    [({"state": EventState.CANCELLED}, 409), ({"booking_closes_at": "past"}, 409), ({}, 409)],
    ids=["cancelled", "closed", "full"],
)
def test_what_can_no_longer_be_booked_is_said(client: FlaskClient, overrides: dict[str, Any], status: int) -> None:
    slot = make_slot(make_press_event())
    found = NONCE.search(client.get(path(slot)).text)
    assert found
    event = db.session.get_one(Event, slot.event_id)
    if overrides.get("state"):
        event.state = EventState.CANCELLED
    elif overrides:
        event.booking_closes_at = clock.now() - timedelta(minutes=1)
    else:
        db.session.get_one(SeatPool, slot.pools[0].id).capacity = 0
    save(event)

    answer = client.post(path(slot), data={**TYPED, "nonce": found[1]})

    assert answer.status_code == status
    assert all_bookings() == []


def test_invited_only_events_take_no_registration_on_the_page(client: FlaskClient) -> None:
    make_slot(make_press_event(admission=Admission.INVITATION))

    assert "Als Presse anmelden" not in page(client)
