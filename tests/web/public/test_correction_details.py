"""All that was said is corrected wherever a booking stands, and more or fewer come; who has to answer hears it."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Answer
from openday.models.words import BookingState, DayPart, GuestKind, Role
from openday.services.booking_request import BookingRequest, GivenAnswer, Proposal
from openday.services.event_cancellation import cancel_event
from openday.services.receipt import secret_of
from openday.services.scope import Scope
from openday.services.visit_request import request_visit
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, make_question, make_user
from tests.web.office import COURSE, taken, visit_wish
from tests.web.public.standing import HOUSE, STATES, asked, begun, coming, stored, to, waits

PERSON = {"name": "Ayşe Kaya", "phone": "0341 99", "needs": "Rampe", "language": "de"}
SAID: dict[GuestKind, dict[str, Any]] = {
    GuestKind.PUBLIC: PERSON,
    GuestKind.POLITICS: {**PERSON, **COURSE, "level": "landtag", "topics": "Haushalt", "security_notes": "Zwei Wagen"},
    GuestKind.PRESS: {**PERSON, "organisation": "Abendblatt", "plans": ["video"], "deadline": "heute, 18 Uhr"},
}
WITHOUT_SEATS = [
    *("public_waits", "public_is_offered_a_seat", "public_asks_and_hears_nothing", "press_asks_and_hears_nothing"),
    *("press_waits", "press_is_offered_a_seat", "politics_waits", "politics_is_offered_a_seat"),
    *("politics_asks_for_a_day", "politics_is_offered_times"),
]


def page_of(request: BookingRequest) -> str:
    return f"/buchung/{secret_of(request.nonce)}"


def is_heard(request: BookingRequest, state: str) -> bool:
    """Whether the house hears at once: of politics and press, and of what it has to answer."""
    return request.guest_kind is not GuestKind.PUBLIC or "asks" in state


@pytest.mark.parametrize("state", STATES)
def test_what_was_said_is_corrected_and_who_has_to_answer_hears_it_once(client: FlaskClient, state: str) -> None:
    request, _kind, before = begun(state)
    page, to_house, to_guest = page_of(request), len(to(HOUSE)), len(to(request.email))

    assert f'href="{page}/angaben"' in client.get(page).text
    assert client.get(f"{page}/angaben").status_code == 200
    for _ in range(2):  # the second says nothing new
        saved = client.post(f"{page}/angaben", data=SAID[request.guest_kind])

    booking = stored(request)
    assert saved.headers["Location"] == f"{page}?geaendert=1"
    assert (booking.state, booking.booker_phone, booking.needs) == (before, "0341 99", "Rampe")
    if booking.political:
        assert (booking.political.topics, booking.political.security_notes) == ("Haushalt", "Zwei Wagen")
    if booking.press:
        assert (booking.organisation, booking.press.deadline) == ("Abendblatt", "heute, 18 Uhr")
    assert len(to(request.email)) == to_guest
    told = to(HOUSE)[to_house:]
    assert [mail.kind for mail in told] == ["visit_changed_for_host"] * is_heard(request, state)
    assert all("0341 99" in mail.text and "Zwei Wagen" not in mail.text for mail in told)


@pytest.mark.parametrize("state", WITHOUT_SEATS)
def test_fewer_people_come_and_the_request_or_the_place_in_the_line_stays(client: FlaskClient, state: str) -> None:
    request, _kind, before = begun(state)
    slot_id, page, to_house = stored(request).slot_id, page_of(request), len(to(HOUSE))
    size = stored(request).party_size - 1

    assert (f'href="{page}/personen"' in client.get(page).text) == (size > 0)
    answer = client.post(f"{page}/personen", data={"party_size": str(size)})

    assert answer.status_code == (303 if size else 422)
    booking = stored(request)
    assert (booking.state, booking.party_size, booking.slot_id) == (before, max(size, 1), slot_id)
    assert [mail.kind for mail in to(HOUSE)[to_house:]] == ["visit_changed_for_host"] * (
        size > 0 and is_heard(request, state)
    )


def test_a_seat_of_an_offer_that_is_not_wanted_is_the_next_ones(client: FlaskClient) -> None:
    request, _kind, _state = begun("politics_is_offered_a_seat")
    slot = stored(request).slot
    assert slot is not None
    other = booking_request(slot)
    join_waiting_list(WaitingRequest(other))
    assert stored(other).state is BookingState.WAITING

    client.post(f"{page_of(request)}/personen", data={"party_size": "2"})

    assert (stored(request).state, stored(other).state) == (BookingState.OFFERED, BookingState.OFFERED)
    assert (stored(request).party_size, taken(slot)) == (2, 3)
    assert client.post(f"{page_of(request)}/personen", data={"party_size": "3"}).status_code == 422


def test_more_staff_may_come_along_while_a_time_is_looked_for_up_to_the_houses_limit(client: FlaskClient) -> None:
    request = asked()
    page, limit = page_of(request), stored(request).event.party_limit

    sizes = [client.post(f"{page}/personen", data={"party_size": str(size)}).status_code for size in (limit, limit + 1)]

    assert sizes == [303, 422]
    assert stored(request).party_size == limit
    assert f"Personen: {limit}" in to(HOUSE)[-1].text
    assert "Bisher: 3 Personen" in to(HOUSE)[-1].text


def test_an_answer_to_the_houses_own_question_is_corrected_in_a_request_without_a_time(client: FlaskClient) -> None:
    slot = coming()
    question = make_question(slot.event)
    request = visit_wish(slot, answers=(GivenAnswer(question.id, "Plakat", 30),))
    request_visit(slot.event_id, request, (Proposal(clock.today() + timedelta(days=9), None, DayPart.MORNING),))

    client.post(f"{page_of(request)}/angaben", data={**SAID[GuestKind.POLITICS], f"frage_{question.id}": "Rundbrief"})

    stored(request)
    assert [one.value for one in db.session.scalars(select(Answer))] == ["Rundbrief"]


def test_names_of_companions_are_not_lost_where_there_is_no_time_yet(client: FlaskClient) -> None:
    slot = coming(capacity=0, registers_companions=True)
    request = booking_request(slot, party_size=2, companions="Emil Kaya")
    join_waiting_list(WaitingRequest(request, is_any_time=True))
    page = f"{page_of(request)}/angaben"

    asked_for = client.get(page).text
    client.post(page, data={**PERSON, "companions": "Emil Kaya"})
    assert stored(request).companions == "Emil Kaya"
    missing = client.post(page, data={**PERSON, "companions": ""})

    assert "Wir löschen die Namen nach 7 Tagen" in asked_for
    assert "Emil Kaya</textarea>" in asked_for
    assert missing.status_code == 422
    assert stored(request).companions == "Emil Kaya"


@pytest.mark.parametrize("state", ["politics_waits", "politics_is_offered_a_seat"])
def test_an_office_that_waits_no_more_says_so_to_the_house(client: FlaskClient, state: str) -> None:
    request, _kind, _state = begun(state)
    to_house = len(to(HOUSE))

    client.post(f"{page_of(request)}/warteliste-verlassen")

    assert stored(request).state is BookingState.CANCELLED
    [told] = to(HOUSE)[to_house:]
    assert told.subject.startswith("Wartet nicht mehr: Dr. Kim Sommer")
    assert "Plätze sind wieder frei" not in told.text


@pytest.mark.parametrize("state", WITHOUT_SEATS)
def test_what_does_not_take_place_any_more_is_not_corrected(client: FlaskClient, state: str) -> None:
    request, _kind, _state = begun(state)
    page, event = page_of(request), stored(request).event
    cancel_event(Scope(make_user().id, {event.traeger_id: Role.OWNER}), event.id, "Die Heizung ist kaputt.")

    answers = [client.post(f"{page}/{what}", data=SAID[request.guest_kind]) for what in ("angaben", "personen")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert stored(request).booker_phone == request.phone
    assert f"{page}/angaben" not in client.get(page).text


def test_the_house_reads_where_a_changed_request_stands(client: FlaskClient) -> None:
    waiting, requested = waits(visit_wish), asked()

    for request in (waiting, requested):
        client.post(f"{page_of(request)}/angaben", data=SAID[GuestKind.POLITICS])

    told = [mail.text for mail in to(HOUSE) if mail.kind == "visit_changed_for_host"]
    assert "Stand: Auf der Warteliste" in told[0]
    assert "Stand: Wartet auf Ihre Antwort" in told[1]


def test_in_english_the_entry_leads_to_the_same_pages(client: FlaskClient) -> None:
    page = f"/en{page_of(waits(visit_wish))}"

    shown = client.get(page).text

    assert f'href="{page}/angaben"' in shown
    assert f'href="{page}/personen"' in shown
    assert "We will tell the house." in client.get(f"{page}/angaben").text
