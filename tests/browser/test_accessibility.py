"""axe finds nothing in any state: WCAG 2.2 A and AA and best practice. ``test_every_page`` walks all pages there are.

Colours do not depend on the width and the layout not on the colours, so each state is looked at narrow and light, and
wide and dark; every page is looked at the other way round, too.
"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.demo import follow

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],  # what passes is counted, not listed: half the time
}
EACH_COLOUR_ONCE = """
    const { Color } = axe.commons.color, parse = Color.prototype.parseString, known = new Map();
    Color.prototype.parseString = function (text) {
        if (!known.has(text)) {
            const { r, g, b, alpha } = parse.call(this, text);
            known.set(text, { r, g, b, alpha });
        }
        return Object.assign(this, known.get(text));
    };
"""  # axe reads the same dozen anew for each word of a page: a fifth of its time
AXE = f"window.bringAxe = () => {{ {Axe().axe_script}; {EACH_COLOUR_ONCE} }}"
VIEWS = [(320, "light"), (1280, "dark")]
PUBLIC_STATES = [
    "/termine?seite=2",
    "/termine?art=digital&land=SL&frei=1&zugang=gebaerdensprache",
    "/termine?plz=00000&km=5",
    "/gibt-es-nicht",
    "/buchung/unbekannt",
]


@pytest.fixture(params=VIEWS, ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, demo: str) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        base_url=demo, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE"
    )
    yield context.new_page()
    context.close()


def assert_accessible(page: Page) -> None:
    """Fail with what is wrong with the page."""
    assert problems(page) == []


def problems(page: Page) -> list[str]:
    """Return the rules broken, with the places."""
    if not page.evaluate("'bringAxe' in window"):
        page.context.add_init_script(AXE)  # from now on each page has it: it is not sent a hundred times
        page.evaluate(AXE)
    found = page.evaluate("rules => { bringAxe(); return axe.run(rules).then(found => found.violations) }", RULES)
    broken = [f"{page.url} {rule['id']}: {[node['html'][:120] for node in rule['nodes']][:3]}" for rule in found]
    return broken + sideways_scroll(page)


def sideways_scroll(page: Page) -> list[str]:
    """Return a complaint when the page is wider than the screen (WCAG 1.4.10)."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{page.url} scrolls sideways: {width}"] if width > page.viewport_size["width"] else []


def test_states_of_public_pages(page: Page) -> None:
    for path in PUBLIC_STATES:
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
