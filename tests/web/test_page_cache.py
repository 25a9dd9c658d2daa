"""Kept pages are everybody's: nothing that one visitor brought along stands on them."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from openday.web.page_cache import kept_page
from tests.factories import make_slot

THREADS = 8
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


def kept(app, version, make):
    with app.test_request_context("/rush"):
        return kept_page(version, make).get_data(as_text=True)


def test_of_many_who_want_a_page_at_once_one_makes_it(app):
    made, together = [], Barrier(THREADS)

    def make():
        made.append(None)
        time.sleep(0.05)  # time enough for the others to come
        return f"page {len(made)}"

    def version():
        together.wait(10)
        return "the same"

    with ThreadPoolExecutor(THREADS) as pool:
        pages = [pool.submit(kept, app, version, make) for _ in range(THREADS)]

    assert {page.result() for page in pages} == {"page 1"}


def test_who_asks_while_an_older_page_is_made_gets_a_new_one(app):
    asked, later, versions = Event(), [], iter("123")

    def version():
        found = next(versions)
        if found == "2":
            asked.set()
        return found

    with ThreadPoolExecutor(1) as pool:

        def make():
            if later:
                return "new"
            later.append(pool.submit(kept, app, version, make))
            asked.wait(10)
            return "old"

        assert kept(app, version, make) == "old"
        assert later[0].result(10) == "new"


def test_a_page_that_could_not_be_made_is_made_by_the_next(app):
    with pytest.raises(LookupError):
        kept(app, lambda: 1, lambda: {}["page"])

    assert kept(app, lambda: 1, lambda: "page") == "page"
