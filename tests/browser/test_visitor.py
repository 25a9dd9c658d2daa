"""The visitor's journey on a phone, without JavaScript, account or cookie."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import follow
from tests.browser.mailbox import until_mailed


def open_bookable(page: Page) -> str:
    """Go the way in from the home page to an event with free times; return its address."""
    page.goto("/")
    page.get_by_label("Postleitzahl").fill("04109")
    follow(page.get_by_role("button", name="Termine finden"))
    follow(page.get_by_role("link", name="Lindenhof Leipzig öffnet die Tür"))
    expect(page.get_by_role("radio").first).to_be_visible()
    return page.url


def places(page: Page, slot: str) -> str:
    """Return the words beside a time, such as „8 Plätze frei“."""
    radio = page.locator(f"input[name=slot][value='{slot}']")
    return page.locator(f"label[for='{radio.get_attribute('id')}']").inner_text()


def book(page: Page, email: str) -> None:
    """Fill the three fields and send them."""
    page.get_by_label("Name").fill("Ayşe Kaya")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label(re.compile("Wie viele Personen")).fill("1")
    follow(page.get_by_role("button", name="Platz reservieren"))


def newest_mail(page: Page, recipient: str, says: str = "") -> str:
    """Return the text of the newest mail to somebody, as it stands in the demo's mailbox, once it says something."""

    def text() -> str:
        page.goto("/_postfach")
        found = page.get_by_role("main").get_by_role("listitem").filter(has_text=recipient)
        if not found.count():
            return ""
        follow(found.first.get_by_role("link"))
        said = page.get_by_role("main").inner_text()
        return said if says in said else ""

    return until_mailed(page, text)


def test_a_visitor_books_corrects_the_address_and_cancels(phone: Page) -> None:
    event = open_bookable(phone)
    radio = phone.locator("input[name=slot]").first
    slot = str(radio.get_attribute("value"))
    before = places(phone, slot)
    radio.check(force=True)
    follow(phone.get_by_role("button", name="Weiter zu Ihren Angaben"))
    book(phone, "ayse.tippfehler@example.org")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Ihr Platz ist reserviert")
    own = phone.url
    phone.goto(event)
    assert places(phone, slot) != before

    phone.goto(own)
    follow(phone.get_by_role("link", name=re.compile("Korrigieren")))
    phone.get_by_label("E-Mail-Adresse").fill("ayse.richtig@example.org")
    follow(phone.get_by_role("button", name="Adresse speichern"))
    corrected = phone.url.partition("?")[0]
    assert corrected != own
    mail = newest_mail(phone, "ayse.richtig@example.org")
    assert corrected in mail

    phone.goto(corrected)
    follow(phone.get_by_role("link", name="Buchung absagen"))
    follow(phone.get_by_role("button", name="Ja, absagen"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Abgesagt")
    phone.goto(event)
    assert places(phone, slot) == before
    assert phone.context.cookies() == []


def test_a_slot_that_fills_up_meanwhile_is_replaced_with_one_tap(phone: Page) -> None:
    open_bookable(phone)
    radio = phone.locator("input[name=slot]").first
    radio.check(force=True)
    follow(phone.get_by_role("button", name="Weiter zu Ihren Angaben"))
    form = phone.url
    rival = phone.context.new_page()
    for number in range(40):
        rival.goto(form)
        if not rival.get_by_role("button", name="Platz reservieren").count():
            break
        rival.get_by_label("Name").fill(f"Gast {number}")
        rival.get_by_label("E-Mail-Adresse").fill(f"gast{number}@example.org")
        rival.get_by_label(re.compile("Wie viele Personen")).fill("10")
        follow(rival.get_by_role("button", name="Platz reservieren"))
        if "buchen" in rival.url:
            rival.get_by_label(re.compile("Wie viele Personen")).fill("1")
            follow(rival.get_by_role("button", name=re.compile("versuchen|Platz reservieren")).last)
    rival.close()

    book(phone, "ayse@example.org")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Diese Uhrzeit ist inzwischen ausgebucht")
    expect(phone.get_by_label("Name")).to_have_value("Ayşe Kaya")
    follow(phone.get_by_role("button", name=re.compile("reservieren$")).first)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ihr Platz ist reserviert")


def test_the_whole_page_is_light_and_asks_nobody_else(desk: Page) -> None:
    requests: list[str] = []
    desk.on("request", lambda request: requests.append(request.url))
    open_bookable(desk)
    address = desk.url
    fresh = desk.context.browser.new_context()
    page = fresh.new_page()
    seen: list[tuple[str, int]] = []
    page.on("requestfinished", lambda request: seen.append((request.url, request.sizes()["responseBodySize"])))

    page.goto(address, wait_until="networkidle")

    origin = "/".join(address.split("/")[:3])
    assert all(url.startswith(origin) for url, _size in seen)
    assert all(url.startswith(origin) for url in requests)
    assert len(seen) <= 4, seen
    assert sum(size for _url, size in seen) <= 32 * 1024, seen
    assert fresh.cookies() == []
    fresh.close()


def test_the_keyboard_alone_books_and_cancels(desk: Page) -> None:
    open_bookable(desk)
    press_until(desk, "Tab", "input[name=slot]")
    desk.keyboard.press("Space")
    press_until(desk, "Tab", "button[type=submit], form button")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ihre Angaben")
    press_until(desk, "Tab", "input[name=name]")
    desk.keyboard.type("Ayşe Kaya")
    desk.keyboard.press("Tab")
    desk.keyboard.type("tastatur@example.org")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ihr Platz ist reserviert")
    press_until(desk, "Tab", "a[href$='/absagen']")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Möchten Sie absagen?")
    press_until(desk, "Tab", "button.danger")
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", level=1)).to_have_text("Abgesagt")


def press_until(page: Page, key: str, selector: str) -> None:
    """Press a key until the focus is on a control; every stop on the way must be visible."""
    page.wait_for_load_state()
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard never reached {selector}")
