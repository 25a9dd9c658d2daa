"""The visitor's path: form, receipt, own page, corrected address, cancellation. Three fields, no cookie."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, OutboxMessage, SeatPool, Slot
from openday.models.words import AddressVisibility, Attendance, EventState, Mode, PoolAudience
from openday.services.booking import book_slot
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.rate_limit import BOOKINGS
from openday.services.receipt import secret_of
from tests.factories import booking_request, make_event, make_slot, save


def form_url(slot: Slot) -> str:
    return f"/t/{slot.event.slug}/buchen?slot={slot.id}"


def nonce_in(page: str) -> str:
    found = re.search(r'name="nonce"[^>]*value="([^"]+)"', page)
    assert found, "the form carries no number"
    return found.group(1)


def filled(client, slot: Slot, **overrides: str) -> dict[str, str]:
    page = client.get(form_url(slot)).text
    return {"name": "Ayşe Kaya", "email": "a.kaya@example.org", "party_size": "2", "nonce": nonce_in(page), **overrides}


def taken(slot: Slot) -> int:
    return db.session.scalar(select(SeatPool.taken).where(SeatPool.slot_id == slot.id))


def test_visitor_books_and_sees_the_receipt(client):
    slot = make_slot(capacity=8)

    answer = client.post(form_url(slot), data=filled(client, slot))
    page = client.get(answer.headers["Location"])

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/buchung/")
    booking = db.session.scalars(select(Booking)).one()
    assert "Ihre Plätze sind reserviert" in page.text
    assert booking.reference in page.text
    assert "a.kaya@example.org" in page.text
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"
    assert taken(slot) == 2


def test_english_form_leads_to_an_english_page_and_mail(client):
    slot = make_slot()
    data = filled(client, slot)

    answer = client.post(f"/en/t/{slot.event.slug}/buchen?slot={slot.id}", data=data)

    assert answer.headers["Location"].startswith("/en/buchung/")
    assert db.session.scalars(select(OutboxMessage.language)).all() == ["en"]


def test_missing_answers_are_named_and_what_was_typed_stays(client):
    slot = make_slot()
    data = filled(client, slot, name="", email="a.kaya@", party_size="11")

    answer = client.post(form_url(slot), data=data)

    assert answer.status_code == 422
    assert "<title>Fehler: " in answer.text
    assert "Geben Sie Ihren Namen ein" in answer.text
    assert "Geben Sie die E-Mail-Adresse vollständig ein, zum Beispiel name@beispiel.de" in answer.text
    assert "Geben Sie höchstens 10 Personen ein. Für größere Gruppen rufen Sie an: 0341 000000" in answer.text
    assert 'value="a.kaya@"' in answer.text
    assert 'value="11"' in answer.text
    assert taken(slot) == 0


def test_full_slot_keeps_every_value_and_one_tap_books_another_time(client):
    event = make_event()
    slot = make_slot(event, capacity=2)
    other = make_slot(event, capacity=4, starts_at=slot.starts_at + timedelta(hours=1))
    make_slot(event, capacity=1, starts_at=slot.starts_at + timedelta(hours=2))
    data = filled(client, slot)
    book_slot(booking_request(slot, party_size=2, email="schneller@example.org"))

    answer = client.post(form_url(slot), data=data)

    assert answer.status_code == 409
    assert "Diese Uhrzeit ist inzwischen ausgebucht" in answer.text
    assert 'value="Ayşe Kaya"' in answer.text
    [action] = re.findall(r'action="([^"]+/buchen[^"]+)" class="stack">\s*<input type="hidden"', answer.text)
    assert f"slot={other.id}" in action
    one_tap = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text))
    assert client.post(action.replace("&amp;", "&"), data=one_tap).status_code == 303
    assert taken(other) == 2


def test_same_form_sent_twice_leads_to_the_same_booking(client):
    slot = make_slot()
    data = filled(client, slot)

    first, second = (client.post(form_url(slot), data=data) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert taken(slot) == 2


def test_back_button_with_other_content_asks_instead_of_booking_twice(client):
    slot = make_slot()
    data = filled(client, slot)
    client.post(form_url(slot), data=data)

    answer = client.post(form_url(slot), data={**data, "party_size": "3"})

    assert answer.status_code == 422
    assert "Sie haben schon gebucht" in answer.text
    assert taken(slot) == 2
    again = {**data, "party_size": "3", "nonce": nonce_in(answer.text)}
    second = client.post(form_url(slot), data=again)
    assert "Prüfen Sie Ihr Postfach" in client.get(second.headers["Location"]).text  # a second one proves the mailbox
    assert [one.party_size for one in db.session.scalars(select(Booking).order_by(Booking.id))] == [2, 3]


@pytest.mark.parametrize("nonce", ["", "forged", "ImZvcmdlZCI.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_form_that_never_came_from_here_is_shown_again_with_a_fresh_number(client, nonce):
    slot = make_slot()

    answer = client.post(form_url(slot), data=filled(client, slot, nonce=nonce))

    assert answer.status_code == 422
    assert "Senden Sie sie noch einmal ab." in answer.text
    assert nonce_in(answer.text) != nonce
    assert taken(slot) == 0


def test_form_of_another_site_is_refused(client):
    slot = make_slot()
    data = filled(client, slot)

    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert client.post(form_url(slot), data=data, headers=headers).status_code == 400
    assert taken(slot) == 0


def test_cancelled_event_and_closed_registration_store_nothing(client):
    event = make_event()
    slot = make_slot(event)
    data = filled(client, slot)

    event.state = EventState.CANCELLED
    db.session.commit()
    cancelled = client.post(form_url(slot), data=data)
    event.state = EventState.PUBLISHED
    event.booking_closes_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    closed = client.post(form_url(slot), data=data)

    assert (cancelled.status_code, closed.status_code) == (409, 409)
    assert "Dieser Termin ist abgesagt" in cancelled.text
    assert "Die Anmeldung ist geschlossen" in closed.text
    assert db.session.scalars(select(Booking)).all() == []


def test_without_a_time_the_page_asks_for_one(client):
    slot = make_slot()

    for query in ("?weiter=1", "?slot=", "?slot=abc", "?slot=99999999999999999999"):
        answer = client.get(f"/t/{slot.event.slug}/buchen{query}")
        assert answer.status_code == 422
        assert "Wählen Sie eine Uhrzeit aus" in answer.text
        assert f'value="{slot.id}"' in answer.text


def test_who_comes_by_a_link_without_a_time_has_done_nothing_wrong(client):
    free = make_slot(capacity=5)
    full = make_slot(capacity=0)

    asked = client.get(f"/t/{free.event.slug}/buchen?quelle=rundbrief")
    sold_out = client.get(f"/t/{full.event.slug}/buchen?weiter=1")
    sent = client.post(f"/t/{full.event.slug}/buchen", data={"name": "Ayşe Kaya"})

    assert (asked.status_code, sold_out.status_code, sent.status_code) == (200, 200, 409)
    assert "5 Plätze frei" in asked.text
    for page in (asked, sold_out):
        assert "Es gibt ein Problem" not in page.text
    assert "Weiter zu Ihren Angaben" not in sold_out.text
    assert "Die Warteliste ist offen" in sold_out.text


def test_slot_of_another_event_is_not_found(client):
    slot, stranger = make_slot(), make_slot()

    assert client.get(f"/t/{slot.event.slug}/buchen?slot={stranger.id}").status_code == 404


def test_draft_can_not_be_booked_or_seen(client):
    slot = make_slot(make_event(state=EventState.DRAFT))

    assert client.get(form_url(slot)).status_code == 404


def test_hybrid_event_asks_how_and_counts_each_way_by_itself(client):
    slot = make_slot(make_event(attendance=Attendance.HYBRID), capacity=2)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=70))

    unsaid = client.post(form_url(slot), data=filled(client, slot))
    online = client.post(form_url(slot), data=filled(client, slot, mode="online"))
    onsite = client.post(form_url(slot), data=filled(client, slot, mode="onsite", email="b@example.org"))
    full = client.post(form_url(slot), data=filled(client, slot, mode="onsite"))

    assert "LOCATION" not in client.get(f"{online.headers['Location']}.ics").text
    assert "Beispielstraße 12" in client.get(f"{onsite.headers['Location']}.ics").text
    assert unsaid.status_code == 422
    assert "Wählen Sie aus, ob Sie vor Ort oder digital teilnehmen" in unsaid.text
    assert (online.status_code, onsite.status_code, full.status_code) == (303, 303, 409)


def test_cancelling_asks_once_and_frees_the_seat(client):
    slot = make_slot(capacity=2)
    own = client.post(form_url(slot), data=filled(client, slot)).headers["Location"]

    assert "Möchten Sie absagen?" in client.get(f"{own}/absagen").text
    assert taken(slot) == 2
    answers = [client.post(f"{own}/absagen") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Abgesagt" in client.get(own).text
    assert taken(slot) == 0


def test_corrected_address_gets_the_mail_and_a_new_link_and_the_old_link_is_void(client):
    slot = make_slot()
    own = client.post(form_url(slot), data=filled(client, slot, email="a.kaia@example.org")).headers["Location"]

    answer = client.post(f"{own}/adresse", data={"email": "a.kaya@example.org"})

    assert answer.status_code == 303
    assert answer.headers["Location"] != own
    assert "a.kaya@example.org" in client.get(answer.headers["Location"]).text
    gone = client.get(own)
    assert gone.status_code == 404
    assert "Zu diesem Link gibt es keine Buchung" in gone.text
    states = db.session.execute(select(OutboxMessage.recipient, OutboxMessage.state).order_by(OutboxMessage.id)).all()
    assert [tuple(row) for row in states] == [("a.kaia@example.org", "withheld"), ("a.kaya@example.org", "queued")]


def test_protected_address_is_for_confirmed_guests_only(client):
    event = make_event(address_visibility=AddressVisibility.CONFIRMED, place={"street": "Geheimweg 7"})
    slot = make_slot(event)
    form = client.get(form_url(slot)).text

    answer = client.post(form_url(slot), data=filled(client, slot)).headers["Location"]
    secret = secret_of(db.session.scalars(select(Booking.nonce)).one())
    own = f"/buchung/{secret}"

    assert "Geheimweg" not in form + client.get(answer).text + client.get(own).text
    confirm_mailbox(secret)
    assert "Geheimweg 7" in client.get(own).text
    assert "Geheimweg" not in client.get(f"{own}.ics").text
    client.post(f"{own}/absagen")
    assert "Geheimweg" not in client.get(own).text


def test_get_changes_nothing(client):
    slot = make_slot()
    own = client.post(form_url(slot), data=filled(client, slot)).headers["Location"]
    before = db.session.execute(select(Booking.state, Booking.token_digest, Booking.booker_email)).all()

    for tail in ("", "/absagen", "/adresse", ".ics"):
        for _ in range(3):
            assert client.get(own + tail).status_code == 200

    db.session.rollback()
    assert db.session.execute(select(Booking.state, Booking.token_digest, Booking.booker_email)).all() == before


def test_too_many_bookings_from_one_network_keep_the_typed_values(client):
    slot = make_slot(capacity=None)
    data = filled(client, slot, party_size="1")
    for _ in range(BOOKINGS.amount):
        client.post(form_url(slot), data=data)

    answer = client.post(form_url(slot), data=data)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Ihre Angaben sind noch da" in answer.text
    assert 'value="Ayşe Kaya"' in answer.text
