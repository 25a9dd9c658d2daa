"""Finding a house that receives politics: by postcode or place, with its next times, the nearest when none is near."""

import pytest
from flask.testing import FlaskClient

from tests.factories import make_slot
from tests.web.office import make_house


def test_the_search_shows_the_houses_near_a_postcode_with_their_next_times(client: FlaskClient) -> None:
    near = make_slot(make_house(title="Haus in Leipzig")).event
    far = make_house(title="Haus am See", place={"locality": "Konstanz", "latitude": 47.66, "longitude": 9.17})

    page = client.get("/politik?wo=04109").text

    assert near.title in page
    assert f"/t/{near.slug}/politik?slot={near.slots[0].id}" in page
    assert far.title not in page


def test_where_no_house_is_near_the_nearest_ones_are_named(client: FlaskClient) -> None:
    make_house(title="Haus in Leipzig")

    page = client.get("/politik?wo=78462").text

    assert "In Ihrer Nähe ist noch kein Termin. Am nächsten:" in page
    assert "Haus in Leipzig" in page


@pytest.mark.parametrize(("where", "words"), [
    ("Leipzig", "In der Nähe von Leipzig"), ("00000", "Diese Postleitzahl kennen wir nicht."),
    ("Atlantis", "In diesem Ort ist noch kein Termin."), ("", "Die nächsten Häuser"),
])  # fmt: skip
def test_a_place_is_searched_by_its_name_too(client: FlaskClient, where: str, words: str) -> None:
    make_house(title="Haus in Leipzig")

    assert words in client.get("/politik", query_string={"wo": where}).text
