"""Kept pages are everybody's: nothing that one visitor brought along stands on them."""

import pytest

from tests.factories import make_slot

PERSONAL = "anna%40example.org"


@pytest.mark.parametrize(
    "path", ["/", "/termine", "/termine?seite=2", "/t/{slug}", "/t/{slug}?tag=2026-09-14", "/kontakt"]
)
def test_what_one_visitor_has_in_the_address_is_not_on_the_page_of_the_next(client, path):
    path = path.format(slug=make_slot().event.slug)
    sign = "&" if "?" in path else "?"

    client.get(f"{path}{sign}von={PERSONAL}")
    page = client.get(path)

    assert page.status_code == 200
    assert "anna" not in page.text


def test_the_other_language_keeps_what_was_understood(client):
    slug = make_slot().event.slug

    listing = client.get(f"/termine?art=vor-ort&von={PERSONAL}")
    day = client.get(f"/t/{slug}?tag=2026-09-14")

    assert 'href="/en/termine?art=vor-ort"' in listing.text
    assert f'href="/en/t/{slug}?tag=2026-09-14"' in day.text
