"""The pages of the waiting list: in line with three fields, and what an entry's own page says in every state."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from openday import clock
from openday.extensions import db
from openday.models import Event, OutboxMessage
from openday.models.words import BookingState, Confirmation, EventState, OutboxState, WaitingList
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.receipt import secret_of
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from openday.services.waiting_offer import lapse_offers
from tests.factories import all_bookings, booking_request, make_event, make_slot
from tests.web.public.test_hostile_input import KEPT, REFUSED

NONCE = re.compile(r'name="nonce"[^>]*value="([^"]+)"')


@pytest.fixture
def slot(app):
    """One seat three days ahead that somebody has; ``slot.booking`` is the link of that booking."""
    slot = make_slot(capacity=1, starts_at=clock.now().replace(microsecond=0) + timedelta(days=3))
    slot.booking = book_slot(booking_request(slot)).token
    return slot


def url(slot, number=None):
    return f"/t/{slot.event.slug}/warteliste" + (f"?slot={number}" if number else "")


def fields(client, slot, **overrides):
    nonce = NONCE.search(client.get(url(slot)).text).group(1)
    return {"name": "Ayşe Kaya", "email": "a.kaya@example.org", "party_size": "1", "nonce": nonce, **overrides}


def entry(slot, **overrides):
    """Get in line and return the address of the entry's page."""
    party = booking_request(slot, **overrides)
    join_waiting_list(WaitingRequest(party, is_any_time=overrides.pop("is_any_time", False)))
    return f"/buchung/{secret_of(party.nonce)}"


def stored():
    db.session.rollback()
    db.session.expire_all()
    return all_bookings()


def change(**values):
    db.session.execute(update(Event).values(**values))
    db.session.commit()


def heading(page):
    return re.sub(r"\s+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL).group(1)).strip()


def test_a_sold_out_event_says_so_and_leads_to_its_list(client, slot):
    page = client.get(f"/t/{slot.event.slug}")

    assert url(slot) in page.text
    assert "Die Warteliste ist offen" in page.text
    change(is_listed=True, version=Event.version + 1)
    assert "Ausgebucht – Warteliste offen" in client.get("/termine").text


def test_an_event_without_a_list_promises_none(client, slot):
    change(waiting_list=WaitingList.OFF, version=Event.version + 1)

    assert "Warteliste" not in client.get(f"/t/{slot.event.slug}").text
    assert "Warteliste" not in client.get(f"/t/{slot.event.slug}/buchen?slot={slot.id}").text
    page = client.get(url(slot))
    assert (page.status_code, heading(page)) == (200, "Hier gibt es zurzeit keine Warteliste")


def test_three_fields_make_an_entry_that_knows_its_place(client, slot):
    entry(slot)

    answer = client.post(url(slot), data=fields(client, slot))

    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert heading(page) == "Sie stehen auf der Warteliste"
    assert "Platz 2" in page.text
    assert stored()[-1].slot_id == slot.id


def test_any_time_is_chosen_unless_somebody_came_from_one(client, slot):
    other = make_slot(slot.event, capacity=0)

    assert re.search(r'<option selected value="alle"', client.get(url(slot)).text)
    assert re.search(rf'<option selected value="{other.id}"', client.get(url(slot, other.id)).text)
    client.post(url(slot), data=fields(client, slot, wait_for="alle"))
    assert stored()[-1].slot_id is None
    client.post(url(slot), data=fields(client, slot, wait_for=str(other.id), email="b@example.org"))
    assert stored()[-1].slot_id == other.id


def test_a_lost_time_is_waited_for_with_what_was_typed(client, slot):
    typed = fields(client, slot)

    full = client.post(f"/t/{slot.event.slug}/buchen?slot={slot.id}", data=typed)

    assert full.status_code == 409
    assert f'action="/t/{slot.event.slug}/warteliste?slot={slot.id}"' in full.text
    assert client.post(url(slot, slot.id), data=typed).status_code == 303
    assert [booking.state for booking in stored()] == [BookingState.CONFIRMED, BookingState.WAITING]


def test_nobody_waits_where_there_is_room_and_keeps_what_was_typed(client, slot):
    free = make_slot(slot.event, capacity=2)

    answer = client.post(url(slot), data=fields(client, slot, wait_for="alle"))

    assert (answer.status_code, heading(answer)) == (409, "Es ist noch Platz für Sie")
    assert f"/buchen?slot={free.id}" in answer.text
    assert 'value="Ayşe Kaya"' in answer.text
    assert len(stored()) == 1


def test_the_same_form_twice_is_one_entry(client, slot):
    typed = fields(client, slot)

    first, second = (client.post(url(slot), data=typed) for _click in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert len(stored()) == 2


@pytest.mark.parametrize("values", [{"confirmation": Confirmation.ALWAYS}, {"address_visibility": "confirmed"}])
def test_an_address_that_has_to_prove_itself_learns_nothing_on_the_page(client, slot, values):
    change(**values)

    answer = client.post(url(slot), data=fields(client, slot))

    page = client.get(answer.headers["Location"])
    assert heading(page) == "Prüfen Sie Ihr Postfach"
    assert stored()[-1].state is BookingState.WAITING


def test_who_is_in_line_already_gets_the_same_neutral_answer(client, slot):
    change(confirmation=Confirmation.ALWAYS)

    pages = [client.get(client.post(url(slot), data=fields(client, slot)).headers["Location"]) for _try in range(2)]

    assert heading(pages[0]) == heading(pages[1]) == "Prüfen Sie Ihr Postfach"
    assert len(stored()) == 2


def test_an_offer_is_taken_with_one_button(client, slot):
    own = entry(slot)
    cancel_booking(slot.booking)

    page = client.get(own)
    assert heading(page) == "Ein Platz ist frei für Sie"
    assert f'action="{own}/platz-nehmen"' in page.text
    assert client.post(f"{own}/platz-nehmen").headers["Location"] == own
    assert heading(client.get(own)) == "Ihr Platz ist reserviert"


def test_opening_any_address_of_an_offer_changes_nothing(client, slot):
    own = entry(slot)
    cancel_booking(slot.booking)
    before = [(one.state, one.sequence) for one in stored()]

    for path in ("", "/platz-nehmen", "/weitergeben", "/warteliste-verlassen"):
        assert client.get(own + path).status_code in (200, 303)

    assert [(one.state, one.sequence) for one in stored()] == before


def test_a_passed_on_offer_is_over(client, slot):
    own = entry(slot)
    cancel_booking(slot.booking)

    assert heading(client.get(f"{own}/weitergeben")) == "Möchten Sie den Platz weitergeben?"
    assert client.post(f"{own}/weitergeben").status_code == 303
    assert heading(client.get(own)) == "Ihr Eintrag ist gelöscht"
    for path in ("/platz-nehmen", "/weitergeben"):
        answer = client.post(own + path)
        assert (answer.status_code, heading(answer)) == (409, "Der Platz ging weiter")


def test_a_lapsed_offer_says_which_place_one_has_now(client, slot):
    own = entry(slot)
    entry(slot)
    cancel_booking(slot.booking)
    db.session.execute(update(OutboxMessage).values(state=OutboxState.SENT, sent_at=clock.now()))
    db.session.commit()

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert heading(client.get(own)) == "Das Angebot ist abgelaufen"
        lapse_offers(clock.now())
        answer = client.post(f"{own}/platz-nehmen")

    assert answer.status_code == 409
    assert "Sie bleiben auf der Warteliste, jetzt auf Platz 1." in answer.text


def test_an_entry_is_deleted_by_its_guest(client, slot):
    own = entry(slot)

    assert heading(client.get(f"{own}/warteliste-verlassen")) == "Möchten Sie Ihren Eintrag löschen?"
    assert client.post(f"{own}/warteliste-verlassen").status_code == 303
    assert heading(client.get(own)) == "Ihr Eintrag ist gelöscht"


def test_a_cancelled_event_takes_no_entry_and_gives_no_seat(client, slot):
    own = entry(slot)
    cancel_booking(slot.booking)
    typed = fields(client, slot)
    change(state=EventState.CANCELLED, cancelled_at=clock.now())

    assert client.post(f"{own}/platz-nehmen").status_code == 409
    assert client.post(url(slot), data=typed).status_code == 409
    change(state=EventState.PUBLISHED, cancelled_at=None)


def test_the_protected_address_is_on_no_page_of_somebody_who_waits(client, app):
    event = make_event(address_visibility="confirmed", place={"street": "Geheimweg 7"})
    slot = make_slot(event, capacity=1)
    book_slot(booking_request(slot, party_size=1))
    own = entry(slot)

    pages = [client.get(own), client.get(url(slot)), client.get(f"{own}/warteliste-verlassen")]

    assert all("Geheimweg" not in page.text for page in pages)


@pytest.mark.parametrize("path", ["/t/gibt-es-nicht/warteliste", "/buchung/unbekannt/weitergeben"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["name", "email", "party_size", "nonce", "wait_for"])
def test_unusable_values_are_refused_with_words(client, slot, field, value):
    answer = client.post(url(slot), data=fields(client, slot, **{field: value}))

    if field == "wait_for":  # there is one time only, so it is not asked
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert len(stored()) == 1


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_an_unusable_choice_of_time_is_refused_with_words(client, slot, value):
    make_slot(slot.event, capacity=0)

    answer = client.post(url(slot), data=fields(client, slot, wait_for=value))

    assert answer.status_code == 422
    assert "Wählen Sie eine Uhrzeit aus" in answer.text


@pytest.mark.parametrize("name", KEPT.values(), ids=KEPT)
def test_names_of_every_kind_are_taken_as_they_are(client, slot, name):
    answer = client.post(url(slot), data=fields(client, slot, name=name))

    assert answer.status_code == 303
    assert stored()[-1].booker_name == name
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("number", ["", "0", "-1", "9999999999999999999", "1 OR 1=1", "ä", "\x00"])
def test_an_odd_number_of_a_time_is_none(client, slot, number):
    assert client.get(f"/t/{slot.event.slug}/warteliste", query_string={"slot": number}).status_code == 200
