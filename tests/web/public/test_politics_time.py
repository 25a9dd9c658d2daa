"""Going back in a visit by politics: the answers of the first page stand in the address, the last one has a button."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from openday import clock, wording
from openday.models.words import Confirmation
from tests.factories import make_slot
from tests.web.office import COURSE, GUEST, Journey, hidden, make_house
from tests.web.public.test_politics import day_after, heading_of


def test_the_time_is_chosen_in_the_address_so_that_going_back_sends_nothing_again(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    page = f"/t/{slot.event.slug}/politik"

    asked = client.get(page).text
    chosen = client.get(f"{page}?schritt=zeit&weg=uhrzeit&slot={slot.id}&guest=Eva+Fremd")
    proposed = client.get(f"{page}?schritt=zeit&weg=vorschlag&day_1={day_after(1)}&part_1=morning")

    assert asked.count(f'<form method="get" action="{page}"') == 2
    for answer in (chosen, proposed):
        assert (answer.status_code, heading_of(answer.text)) == (200, "Wer kommt?")
    assert 'value="Eva' not in chosen.text, "who comes is read from no address"
    assert hidden(chosen.text)["slot"] == str(slot.id)
    assert hidden(proposed.text)["day_1"] == day_after(1)


@pytest.mark.parametrize(
    "query", ["", "weg=uhrzeit", "slot=x%00", "weg=vorschlag&day_1=31.02.", "weg=vorschlag&slot=1"]
)
def test_an_address_without_a_good_time_asks_for_one(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/t/{make_slot(make_house()).event.slug}/politik?schritt=zeit&{query}")

    assert (answer.status_code, heading_of(answer.text)) == (422, "Wann möchten Sie kommen?")


def test_what_was_typed_goes_along_to_another_time_but_not_into_an_address(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).begin(slot)

    journey.send(**GUEST, zu="zeit")

    assert heading_of(journey.page) == "Wann möchten Sie kommen?"
    assert 'method="get"' not in journey.page.split("<main", 1)[1].split("</main", 1)[0]
    assert hidden(journey.page)["guest"] == "Dr. Kim Sommer"


def test_the_answer_is_promised_before_the_visit(client: FlaskClient) -> None:
    slot = make_slot(make_house(confirmation=Confirmation.APPROVAL), starts_at=clock.now() + timedelta(days=1))

    page = Journey(client, slot.event).to_check(slot).page

    today = wording.day_in_words(clock.today())
    assert f"Die Einrichtung antwortet Ihnen bis {today}." in page


def test_the_answer_to_proposals_is_promised_before_the_first_of_them(client: FlaskClient) -> None:
    journey = Journey(client, make_house()).begin()

    journey.send(weg="vorschlag", day_1=day_after(1), part_1="morning")
    journey.send(**GUEST)
    journey.send(**COURSE)

    assert f"Die Einrichtung antwortet Ihnen bis {wording.day_in_words(clock.today())}." in journey.page
    assert "Bis dahin ist nichts reserviert." in journey.page


def test_the_last_page_has_its_own_way_back_which_keeps_what_was_typed(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).to_check(slot)

    assert 'name="zu" value="ablauf">Zurück</button>' in journey.page
    answer = journey.send(zu="ablauf")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Hintereingang" in journey.page
    assert journey.carried["guest"] == "Dr. Kim Sommer"
    assert journey.send(**journey.answers(COURSE)).text.count("Hintereingang") > 0
