"""The press and groups in a real browser: a phone without JavaScript, a desk, both languages, axe in light and dark."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import follow
from tests.browser.test_accessibility import assert_accessible, page  # noqa: F401 - the fixture

ROUND = "/t/presserundgang-mit-fototermin"
GROUP = "/t/feldahorn-werkstattgespraech"
WORDS = {
    "": ("Für die Presse", "Nur Fototermine", "Als Presse anmelden", "Termin anfragen", "Prüfen Sie Ihr Postfach"),
    "/en": ("For the press", "Photo moments only", "Register as press", "Request", "Check your inbox"),
}


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("language", WORDS)
def test_a_newsroom_finds_the_photo_moment_and_registers_on_one_page(
    request: pytest.FixtureRequest, width: str, language: str
) -> None:
    browser: Page = request.getfixturevalue(width)
    title, moments, form_title, button, receipt = WORDS[language]
    browser.goto(f"{language}/presse")
    expect(browser.get_by_role("heading", level=1)).to_have_text(title)
    follow(browser.get_by_role("link", name=moments))
    follow(browser.get_by_role("main").get_by_role("link", name=re.compile("09:45")))

    expect(browser.get_by_role("heading", level=1)).to_have_text(form_title)
    browser.locator("#name").fill("Robin Feder")
    browser.locator("#email").fill(f"feder.{width}{language.strip('/')}@stadtblatt.example.org")
    browser.locator("#organisation").fill("Stadtblatt")
    browser.locator("label[for=plans-1]").click()
    browser.locator("label[for=accepts_photo_rule]").click()
    follow(browser.get_by_role("button", name=re.compile(button)))

    expect(browser.get_by_role("heading", level=1)).to_have_text(re.compile(receipt, re.IGNORECASE))
    assert browser.context.cookies() == []


def test_a_class_books_by_head_count_from_the_link_beside_the_button(phone: Page) -> None:
    phone.goto(GROUP)
    follow(phone.get_by_role("link", name="Für Fachkräfte und Gruppen"))
    phone.locator("input[name=slot]").last.check(force=True)
    follow(phone.get_by_role("button", name="Weiter zu Ihren Angaben"))
    phone.get_by_label("Name", exact=True).fill("Lehrerin Sommer")
    phone.get_by_label("E-Mail-Adresse").fill("klasse9b@schule.example.org")
    phone.get_by_label(re.compile("Wie viele")).fill("4")
    phone.get_by_label(re.compile("Organisation")).fill("Gesamtschule Nord")
    phone.get_by_label("Schule", exact=True).check(force=True)
    follow(phone.get_by_role("button", name="Plätze reservieren"))

    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("reserviert"))


def test_pages_of_press_and_groups_are_accessible(page: Page) -> None:  # noqa: F811 - the fixture
    for address in ("/presse", "/en/presse", "/presse?was=fototermin&wann=heute", ROUND, f"{ROUND}/presse", GROUP):
        page.goto(address)
        assert_accessible(page)
    for address, button in ((f"{ROUND}/presse", "Termin anfragen"), (f"{GROUP}/gruppe", "Plätze reservieren")):
        page.goto(address)
        page.locator("input[name=slot]").last.check(force=True)
        follow(page.get_by_role("button", name="Weiter zu Ihren Angaben"))
        assert_accessible(page)
        follow(page.get_by_role("button", name=button))
        assert page.title().startswith("Fehler: ")
        assert_accessible(page)
