"""axe finds nothing on any page and state: WCAG 2.2 A and AA and best practice, light and dark, narrow and wide."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.demo import follow

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
PUBLIC_PAGES = [
    "/",
    "/en/",
    "/termine",
    "/termine?seite=2",
    "/termine?art=digital&land=SL&frei=1&zugang=gebaerdensprache",
    "/termine?plz=00000&km=5",
    "/archiv",
    "/beratung",
    "/kontakt",
    "/leichte-sprache",
    "/barrierefreiheit",
    "/datenschutz",
    "/impressum",
    "/gibt-es-nicht",
    "/buchung/unbekannt",
    "/_postfach",
    "/konto/anmelden",
    "/en/konto/anmelden",
]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[320, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, demo: str, scheme: Any) -> Iterator[Page]:
    context = browser.new_context(
        base_url=demo, viewport={"width": request.param, "height": 900}, color_scheme=scheme, locale="de-DE"
    )
    yield context.new_page()
    context.close()


def assert_accessible(page: Page) -> None:
    """Fail with the rules broken, and when the page scrolls sideways (WCAG 1.4.10)."""
    found = Axe().run(page, options=RULES).response["violations"]
    broken = [f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']][:3]}" for rule in found]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert broken == [], page.url
    assert width <= page.viewport_size["width"], f"{page.url} scrolls sideways: {width}"


def test_public_pages(page: Page) -> None:
    for path in PUBLIC_PAGES:
        page.goto(path)
        assert_accessible(page)


def test_every_event_of_the_demo(page: Page) -> None:
    """The demo has every awkward shape and every state once."""
    addresses: list[str] = []
    for listing in ("/termine", "/termine?seite=2", "/termine?seite=3"):
        page.goto(listing)
        links = page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link")
        addresses += [str(link.get_attribute("href")) for link in links.all()]
    assert len(addresses) > 30
    for address in addresses if page.viewport_size["width"] == 320 else addresses[::6]:
        page.goto(address)
        assert_accessible(page)


def test_the_booking_in_all_its_states(page: Page) -> None:
    page.goto("/t/lindenhof-leipzig-oeffnet-die-tuer")
    page.locator("input[name=slot]").last.check(force=True)
    follow(page.get_by_role("button", name="Weiter zu Ihren Angaben"))
    assert_accessible(page)
    follow(page.get_by_role("button", name="Platz reservieren"))
    assert page.title().startswith("Fehler: ")
    assert_accessible(page)
    page.get_by_label("Name").fill("Ayşe Kaya")
    page.get_by_label("E-Mail-Adresse").fill("a.kaya@example.org")
    page.get_by_label(re.compile("Wie viele")).fill("9")
    follow(page.get_by_role("button", name="Platz reservieren"))
    assert_accessible(page)
    page.get_by_label(re.compile("Wie viele")).fill("1")
    follow(page.get_by_role("button", name="Noch einmal versuchen"))
    own = page.url
    for tail in ("", "/absagen", "/adresse"):
        page.goto(own + tail)
        assert_accessible(page)
    page.goto(f"{own}/absagen")
    follow(page.get_by_role("button", name="Ja, absagen"))
    assert_accessible(page)
    page.goto("/t/lindenhof-leipzig-oeffnet-die-tuer/buchen")
    assert_accessible(page)
