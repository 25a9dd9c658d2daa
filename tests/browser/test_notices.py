"""What a house changes reaches its guests: moved, written to, called off, on a phone without JavaScript too."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.awkward import mails, words_of, words_of_mails
from tests.browser.demo import follow
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_change import book
from tests.browser.test_staff import OLGA, sign_in

MOVED = "/t/lesecafe-hybrid"
TITLE = re.compile("Lesecafé")


@pytest.fixture(scope="module")
def olga(browser: Browser, demo: str) -> Iterator[Any]:
    """The session of a signed-in owner, for several screens."""
    context = browser.new_context(base_url=demo, locale="de-DE")
    page = context.new_page()
    sign_in(page, OLGA)
    yield context.storage_state()
    context.close()


@pytest.fixture(params=[(360, "dark"), (1280, "light")], ids=["phone", "desk"])
def screen(request: pytest.FixtureRequest, browser: Browser, demo: str, olga: Any) -> Iterator[Page]:
    """A signed-in owner; the phone has no JavaScript."""
    width, scheme = request.param
    context: BrowserContext = browser.new_context(
        base_url=demo,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=width > 1000,
        locale="de-DE",
        storage_state=olga,
    )
    yield context.new_page()
    context.close()


@pytest.fixture(params=["light", "dark"])
def checked(request: pytest.FixtureRequest, browser: Browser, demo: str, olga: Any) -> Iterator[Page]:
    """A signed-in owner with a narrow screen that the checker can look at."""
    context = browser.new_context(
        base_url=demo, viewport={"width": 320, "height": 900}, color_scheme=request.param, storage_state=olga
    )
    yield context.new_page()
    context.close()


def event_home(page: Page, title: Any) -> str:
    """Return the address of an event of the house in the console."""
    page.goto("/konto/termine")
    follow(page.get_by_role("link", name=title).first)
    return page.url


def open_all(page: Page) -> None:
    """Open everything that can be opened, for the checker."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def test_a_move_is_looked_at_done_and_read_by_everybody(screen: Page) -> None:
    event_home(screen, TITLE)
    follow(screen.get_by_role("link", name="Uhrzeiten verschieben oder absagen"))
    follow(screen.get_by_role("link", name=re.compile("^Verschieben")).first)
    start = "14:40" if screen.viewport_size["width"] > 1000 else "14:50"
    screen.get_by_label("Neuer Beginn").fill(start)
    screen.get_by_label(re.compile("^Grund")).fill("Der Saal wird früher frei")
    follow(screen.get_by_role("button", name="Vorschau anzeigen"))
    summary = screen.get_by_text(re.compile(r"\d+ E-Mails? ")).first
    assert summary.is_visible()
    assert not screen.get_by_text("ist unterwegs").count()
    screen.locator("summary", has_text="So liest sich die E-Mail").first.click()
    assert screen.get_by_text("Der Saal wird früher frei").first.is_visible()
    follow(screen.get_by_role("button", name="Verschieben und E-Mails senden"))
    assert screen.get_by_text(re.compile("Verschoben.*unterwegs")).is_visible()

    screen.goto(MOVED)
    banner = screen.get_by_role("region", name="Änderung")
    assert start in banner.inner_text()
    screen.goto(f"/en{MOVED}")
    assert "New time:" in screen.get_by_role("region", name="Change").inner_text()
    screen.goto("/_postfach")
    assert screen.get_by_text(re.compile("^Geändert auf")).first.is_visible()


def test_a_message_is_looked_at_and_sent_once(screen: Page) -> None:
    home = event_home(screen, TITLE)
    follow(screen.get_by_role("link", name="Nachricht an Gäste"))
    follow(screen.get_by_role("button", name="Vorschau anzeigen"))
    assert screen.title().startswith("Fehler: ")
    screen.get_by_label("Gruppe").select_option("public")
    screen.get_by_label("Betreff").fill("Bitte Tassen mitbringen")
    screen.get_by_label("Nachricht", exact=True).fill("Wir haben Tee,\naber zu wenige Tassen.")
    follow(screen.get_by_role("button", name="Vorschau anzeigen"))
    screen.locator("summary", has_text="So liest sich die E-Mail").first.click()
    assert "aber zu wenige Tassen." in screen.locator(".letter").first.inner_text()
    follow(screen.get_by_role("button", name="Nachricht senden"))
    assert screen.get_by_text(re.compile(r"An \d+ Personen gesendet\.")).is_visible()
    assert screen.url == f"{home}/nachricht"
    assert screen.get_by_text("Bitte Tassen mitbringen").first.is_visible()


def test_another_link_to_the_room_is_one_click_and_nobody_is_told_the_old_one(screen: Page) -> None:
    width = screen.viewport_size["width"]
    own = book(screen, MOVED, f"gast{width}@example.org", mode="online", last=False)
    known = mails(screen)

    event_home(screen, TITLE)
    follow(screen.get_by_role("link", name="Digitaler Raum: Link ersetzen"))
    screen.get_by_label(re.compile("^Neuer Link")).fill(f"https://raum.example.org/neu-{width}")
    follow(screen.get_by_role("button", name="Link ersetzen"))

    told = re.search(r"Der alte Link ist gesperrt\. (\d+) Buchungen bekommen eine E-Mail\.", words_of(screen))
    assert told
    letters = words_of_mails(screen, known, "Neuer Zugang für|New access for", int(told[1]))
    assert len(letters) == int(told[1])
    assert [words for words in letters if "raum.example.org" in words] == []
    for page in (MOVED, own, f"{own}/teilnahme"):
        screen.goto(page)
        assert "raum.example.org" not in screen.content()
    assert screen.get_by_text(re.compile("^Der Raum öffnet am")).is_visible()


def test_every_page_of_a_change_is_for_everybody(checked: Page) -> None:
    home = event_home(checked, TITLE)
    assert_accessible(checked)
    checked.goto(f"{home}/plaetze")
    assert_accessible(checked)
    follow(checked.get_by_role("link", name=re.compile("^Verschieben")).last)
    assert_accessible(checked)
    follow(checked.get_by_role("button", name="Vorschau anzeigen"))
    assert checked.title().startswith("Fehler: ")
    assert_accessible(checked)
    checked.get_by_label("Neuer Beginn").fill("18:20")
    follow(checked.get_by_role("button", name="Vorschau anzeigen"))
    open_all(checked)
    assert_accessible(checked)
    checked.goto(f"{home}/plaetze")
    follow(checked.get_by_role("link", name=re.compile("^Absagen")).last)
    open_all(checked)
    assert_accessible(checked)
    follow(checked.get_by_role("link", name="Den ganzen Tag absagen"))
    assert_accessible(checked)
    checked.goto(f"{home}/absagen")
    open_all(checked)
    assert_accessible(checked)
    checked.goto(f"{home}/nachricht")
    assert_accessible(checked)
    checked.goto(f"{home}/ort")
    checked.get_by_label(re.compile("^Straße")).fill("Marktplatz 1")
    follow(checked.get_by_role("button", name="Speichern"))
    open_all(checked)
    assert checked.get_by_role("heading", level=1).inner_text() == "Der Ort ändert sich für Ihre Gäste"
    assert_accessible(checked)
    for page in (MOVED, f"/en{MOVED}"):
        checked.goto(page)
        assert_accessible(checked)
