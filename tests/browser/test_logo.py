"""Logos: put up by an organiser, seen beside every partner's name, and the page is as light as before."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo import follow
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_staff import OLGA, sign_in
from tests.pictures import SVG, picture

FIVE_PARTNERS = "/t/gemeinsamer-stand-in-muenster"


@pytest.fixture(params=["light", "dark"])
def fresh(request: pytest.FixtureRequest, browser: Browser, demo: str) -> Iterator[Page]:
    """A phone that was never here, by day and by night."""
    context = browser.new_context(
        base_url=demo, viewport={"width": 360, "height": 740}, color_scheme=request.param, locale="de-DE"
    )
    yield context.new_page()
    context.close()


def test_five_partners_show_their_logos_on_a_page_that_stays_light(fresh: Page) -> None:
    seen: list[tuple[str, int]] = []
    fresh.on("requestfinished", lambda request: seen.append((request.url, request.sizes()["responseBodySize"])))

    fresh.goto(FIVE_PARTNERS)
    fresh.get_by_role("contentinfo").scroll_into_view_if_needed()
    fresh.wait_for_load_state("networkidle")

    logos = fresh.locator(".hosts .logo")
    assert logos.count() == 4, "one of the five has none"
    for logo in logos.all():
        assert logo.evaluate("one => one.naturalWidth") > 0
        assert logo.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    assert len(seen) <= 4, seen
    assert sum(size for _url, size in seen) <= 32 * 1024, seen
    assert_accessible(fresh)


def test_an_organiser_puts_a_logo_up_replaces_it_and_takes_it_down(phone: Page) -> None:
    sign_in(phone, OLGA)
    phone.goto("/konto/traeger")
    follow(phone.get_by_role("main").get_by_role("link", name="Lindenhof"))
    follow(phone.get_by_role("link", name="Ändern – Logo"))
    file, logo = phone.get_by_label("Bilddatei"), phone.get_by_role("main").locator(".logo")
    before = logo.get_attribute("src")

    file.set_input_files({"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": SVG})
    follow(phone.get_by_role("button", name="Logo speichern"))
    assert "SVG-Dateien nehmen wir nicht" in phone.locator(".errors").inner_text()
    assert logo.get_attribute("src") == before

    file.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": picture()})
    follow(phone.get_by_role("button", name="Logo speichern"))
    expect(phone.get_by_text("Ihr Logo ist gespeichert")).to_be_visible()
    assert logo.get_attribute("src") != before

    follow(phone.get_by_role("button", name="Logo entfernen"))
    expect(phone.get_by_text("Noch kein Logo.")).to_be_visible()
