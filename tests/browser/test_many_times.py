"""An event with hundreds of times: on each page one day of them, the others a tap away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.awkward import DAY, Activity
from tests.browser.demo import follow
from tests.browser.test_accessibility import VIEWS, assert_accessible
from tests.browser.test_awkward_events import enter, fill, press
from tests.browser.test_staff import OLGA, sign_in

TALKS = Activity(
    "Kurze Gespräche an vielen Tagen", (), when={"Beginn": "09:00", "Ende": "17:00", "Mit Anmeldung": True}, times={}
)
RULE = {
    "Dauer": "20",
    "Plätze vor Ort": "2",
    "Bis Datum": (DAY + timedelta(days=9)).isoformat(),
    "Freie Uhrzeiten an diesen Tagen ersetzen": True,
}
A_DAY = 24


@pytest.fixture(scope="module")
def olga(browser: Browser, demo: str) -> Iterator[Page]:
    """Olga at her desk, signed in."""
    context = browser.new_context(base_url=demo, viewport={"width": 1280, "height": 900}, locale="de-DE")
    page = context.new_page()
    sign_in(page, OLGA)
    yield page
    context.close()


@pytest.fixture(scope="module")
def home(olga: Page) -> str:
    """The event's address in the console: working days, every twenty minutes from nine to five."""
    found = enter(olga, TALKS)
    olga.goto(f"{found}/uhrzeiten")
    olga.locator("details.more summary").first.click()
    fill(olga, RULE)
    press(olga, "Vorschau anzeigen")
    press(olga, "Uhrzeiten übernehmen")
    return found


@pytest.fixture(scope="module")
def public(olga: Page, home: str) -> str:
    """The event's address for guests."""
    olga.goto(home)
    follow(olga.get_by_role("link", name="Öffentliche Seite"))
    return olga.url


def days(page: Page) -> list[str]:
    """Return the days one can choose."""
    return page.get_by_role("navigation", name="Tage").get_by_role("link").all_inner_texts()


def choose_day(page: Page, number: int) -> None:
    """Go to another day."""
    name = days(page)[number]
    follow(page.get_by_role("navigation", name="Tage").get_by_role("link", name=name))
    current = page.locator("nav[aria-label=Tage] a[aria-current=true]")
    expect(current).to_have_text(name)


def take(page: Page, number: int) -> None:
    """Choose one of the times on the page."""
    page.locator("input[name=slot]").nth(number).check()
    expect(page.locator("input[name=slot]").nth(number)).to_be_checked()


def test_a_guest_finds_another_day_books_there_and_moves_to_a_third(phone: Page, public: str) -> None:
    phone.goto(public)
    assert len(days(phone)) >= 6
    assert 1 < phone.locator("input[name=slot]").count() <= 16
    choose_day(phone, 4)
    expect(phone.locator("fieldset.slots")).to_have_count(1)
    expect(phone.locator("input[name=slot]")).to_have_count(A_DAY)
    chosen = phone.locator(".slot:has(input) b").nth(20).inner_text()
    take(phone, 20)
    follow(phone.get_by_role("button", name="Weiter zu Ihren Angaben"))
    assert chosen in phone.get_by_role("main").inner_text()
    phone.get_by_label("Name").fill("Ayşe Kaya")
    phone.get_by_label("E-Mail-Adresse").fill("viele.uhrzeiten@example.org")
    follow(phone.get_by_role("button", name="Platz reservieren"))

    follow(phone.get_by_role("link", name="Ändern – Uhrzeit"))
    expect(phone.locator("nav[aria-label=Tage] a[aria-current=true]")).to_have_text(days(phone)[4])
    choose_day(phone, 5)
    take(phone, -1)
    follow(phone.get_by_role("button", name="Neue Uhrzeit speichern"))
    expect(phone.get_by_role("region", name="Hinweis")).to_have_text("Ihre Änderung ist gespeichert.")
    assert "16:40" in phone.get_by_role("main").inner_text()


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing_where_one_day_of_many_is_shown(
    browser: Browser, demo: str, olga: Page, home: str, public: str, view: tuple[int, str]
) -> None:
    context = browser.new_context(
        base_url=demo,
        viewport={"width": view[0], "height": 900},
        color_scheme=view[1],
        storage_state=olga.context.storage_state(),
        locale="de-DE",
    )
    page = context.new_page()
    for address in (public, f"{public}/buchen", f"{home}/uhrzeiten", f"{home}/plaetze"):
        page.goto(address)
        choose_day(page, -1)
        assert_accessible(page)
    context.close()
