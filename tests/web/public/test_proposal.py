"""An office names other days while the house has yet to answer; nobody says yes to a day he has not seen."""

from datetime import time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from openday import clock, wording
from openday.models import Booking
from openday.models.words import BookingState, DayPart
from openday.services.booking_request import BookingRequest, Proposal
from openday.services.receipt import secret_of
from openday.services.visit_answer import accept_proposal, decline_visit
from openday.services.visit_request import NoProposal, change_proposals
from tests.factories import make_user
from tests.web.office import visit_wish
from tests.web.public.standing import HOUSE, answered, asked, booked, stored, to
from tests.web.staff import signed_in

BEFORE, DAY, OTHER = (clock.today() + timedelta(days=ahead) for ahead in (9, 20, 21))
TYPED = {
    "day_1": f"{DAY:%Y-%m-%d}",
    "part_1": "afternoon",
    "day_2": f"{OTHER:%d.%m.%Y}",
    "part_2": "genau",
    "time_2": "14:30",
}


def page_of(request: BookingRequest) -> str:
    return f"/buchung/{secret_of(request.nonce)}"


def proposed(request: BookingRequest) -> list[tuple[object, ...]]:
    return [(one.day, one.start_time, one.day_part) for one in stored(request).proposed]


def test_other_days_take_the_place_of_the_first_and_the_house_reads_them_at_once(client: FlaskClient) -> None:
    request = asked(ends_on=OTHER)
    page, to_house = page_of(request), len(to(HOUSE))

    assert f'href="{page}/vorschlag"' in client.get(page).text
    shown = client.get(f"{page}/vorschlag").text
    assert f'value="{BEFORE:%Y-%m-%d}"' in shown
    assert '<option selected value="morning">' in shown
    for _ in range(2):  # the second says nothing new
        saved = client.post(f"{page}/vorschlag", data=TYPED)

    assert saved.headers["Location"] == f"{page}?geaendert=1"
    assert proposed(request) == [(DAY, None, DayPart.AFTERNOON), (OTHER, time(14, 30), None)]
    own = client.get(page).text
    assert wording.day_in_words(DAY) in own
    assert wording.day_in_words(BEFORE) not in own
    [told] = to(HOUSE)[to_house:]
    assert f"Vorschlag: {wording.day_in_words(DAY)}, Nachmittag" in told.text
    assert wording.day_in_words(BEFORE) not in told.text


def test_a_yes_to_a_day_that_was_taken_back_is_none(app: Flask, client: FlaskClient) -> None:
    request = asked(ends_on=OTHER)
    booking: Booking = stored(request)
    house = signed_in(app, make_user(booking.event.traeger))
    answers = f"/konto/termine/{booking.event_id}/anfragen/{booking.id}"
    [before] = booking.proposed
    old, yes = str(before.position), {"start_time": "10:00", "minutes": "30"}
    client.post(f"{page_of(request)}/vorschlag", data=TYPED)

    late = house.send(f"{answers}/bestaetigen", {"position": old, **yes}, page=answers)

    assert late.status_code == 422
    assert "Wählen Sie einen Vorschlag aus" in late.text
    assert wording.day_in_words(DAY) in late.text
    assert stored(request).state is BookingState.REQUESTED
    new = str(stored(request).proposed[1].position)
    assert house.send(f"{answers}/bestaetigen", {"position": new, **yes}, page=answers).status_code == 303
    assert (stored(request).state, stored(request).slot.berlin_day) == (BookingState.CONFIRMED, OTHER)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day_1": ""}, "Geben Sie den Tag ein"),
        ({"day_1": "2020-01-01"}, "Wählen Sie einen Tag vom"),
        ({"day_1": "\x00"}, "Geben Sie"),
        ({"part_1": "x"}, "Wählen Sie aus, wann es an dem Tag passt"),
        ({"time_2": "25:99"}, "Geben Sie"),
    ],
)
def test_what_is_no_day_is_said_in_words_and_the_rest_kept(
    client: FlaskClient, wrong: dict[str, str], words: str
) -> None:
    request = asked(ends_on=OTHER)

    answer = client.post(f"{page_of(request)}/vorschlag", data={**TYPED, **wrong, "weg": "uhrzeit"})

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="14:30"' in answer.text or "time_2" in wrong
    assert proposed(request) == [(BEFORE, None, DayPart.MORNING)]


def test_an_answered_request_keeps_its_days(client: FlaskClient) -> None:
    offered, accepted, declined = answered(), asked(), asked()
    accept_proposal(stored(accepted).id, make_user().id, 0, time(10), 30)
    decline_visit(stored(declined).id, make_user().id, "Wir haben Besuch.")

    for request in (accepted, declined, offered):
        page = page_of(request)
        assert client.post(f"{page}/vorschlag", data=TYPED).status_code == 409
        assert client.get(f"{page}/vorschlag").status_code == 200
        assert f"{page}/vorschlag" not in client.get(page).text
        assert proposed(request) == [(BEFORE, None, DayPart.MORNING)]
    assert "Die Einrichtung hat schon geantwortet." in client.get(f"{page_of(accepted)}/vorschlag").text


def test_a_visit_with_a_time_has_no_days_to_name(client: FlaskClient) -> None:
    page = page_of(booked(visit_wish))

    assert client.post(f"{page}/vorschlag", data=TYPED).status_code == 409
    assert client.post(f"{page_of(booked(lambda slot: visit_wish(slot, asks_host=True)))}/vorschlag").status_code == 409


def test_none_and_more_than_three_days_are_refused(client: FlaskClient) -> None:
    request = asked(ends_on=OTHER)
    days = tuple(Proposal(DAY + timedelta(days=number), None, DayPart.MORNING) for number in range(4))

    for many in ((), days):
        with pytest.raises(NoProposal):
            change_proposals(secret_of(request.nonce), many)


def test_the_page_speaks_english(client: FlaskClient) -> None:
    assert "Suggest other days" in client.get(f"/en{page_of(asked(ends_on=OTHER))}/vorschlag").text
