"""Waiting for a seat, without JavaScript: getting in line, being offered a place, taking it, passing it on, leaving."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo import follow
from tests.browser.mailbox import until_mailed
from tests.browser.test_accessibility import VIEWS, assert_accessible
from tests.browser.test_politics import SLUG as HOUSE
from tests.browser.test_politics import say_how, say_who
from tests.browser.test_visitor import newest_mail

FULL = "/t/kochen-und-erzaehlen-im-weidenkorb"
BUSY = "/t/brueckenwerk-dresden-oeffnet-die-tuer"
PRESS_TOUR = "presserundgang-mit-fototermin"


@pytest.fixture(params=[360, 1280])
def visitor(request: pytest.FixtureRequest, browser: Browser, demo: str) -> Iterator[Page]:
    """A browser without JavaScript, on a phone and on a desk."""
    context = browser.new_context(
        base_url=demo, viewport={"width": request.param, "height": 800}, java_script_enabled=False, locale="de-DE"
    )
    yield context.new_page()
    context.close()


def fill_up(page: Page) -> tuple[str, str, int]:
    """Book all that is left of a time; return its number, the page of the booking and how many places it took."""
    page.goto(BUSY)
    label = page.locator("label").filter(has_text=re.compile("Noch [23] Plätze|Letzter Platz")).first
    seats = int((re.search(r"Noch (\d)", label.inner_text()) or [None, "1"])[1])
    radio = page.locator(f"#{label.get_attribute('for')}")
    slot = str(radio.get_attribute("value"))
    radio.check(force=True)
    follow(page.get_by_role("button", name="Weiter zu Ihren Angaben"))
    fill_in(page, f"zuerst-{slot}@example.org", seats)
    follow(page.get_by_role("button", name="Platz reservieren"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("reserviert"))
    return slot, page.url, seats


def fill_in(page: Page, email: str, seats: int = 1) -> None:
    """Type the three fields, whatever the language of their labels."""
    page.locator("[name=name]").fill("Ayşe Kaya")
    page.locator("[name=email]").fill(email)
    page.locator("[name=party_size]").fill(str(seats))


def get_in_line(page: Page, slot: str, email: str, seats: int, language: str = "") -> None:
    """Join the waiting list of a time."""
    page.goto(f"{language}{BUSY}/warteliste?slot={slot}")
    fill_in(page, email, seats)
    follow(page.get_by_role("button", name=re.compile("Auf die Warteliste|Join waiting list")))


def give_back(page: Page, booking: str) -> None:
    """Cancel the booking that filled the time up."""
    page.goto(f"{booking}/absagen")
    follow(page.get_by_role("button", name="Ja, absagen"))


def wait_for_mail(page: Page, recipient: str, subject: str) -> None:
    """Return once a mail with that subject lies in the demo's mailbox."""
    mails = page.get_by_role("main").get_by_role("listitem").filter(has_text=recipient)
    until_mailed(page, lambda: page.goto("/_postfach") and mails.filter(has_text=subject).count())


def test_a_sold_out_event_has_a_waiting_list_one_can_join_and_leave(visitor: Page) -> None:
    visitor.goto("/termine?land=MV")
    expect(visitor.get_by_text("Ausgebucht – Warteliste offen").first).to_be_visible()
    visitor.goto(FULL)
    follow(visitor.get_by_role("link", name="Auf die Warteliste"))

    fill_in(visitor, f"wartet-{visitor.viewport_size['width']}@example.org", 2)
    follow(visitor.get_by_role("button", name="Auf die Warteliste"))

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Sie stehen auf der Warteliste")
    expect(visitor.get_by_role("main")).to_contain_text(re.compile(r"Platz \d"))
    follow(visitor.get_by_role("link", name="Angaben ändern"))
    visitor.locator("[name=name]").fill("Aysche Kaya")
    follow(visitor.get_by_role("button", name="Angaben speichern"))
    expect(visitor.get_by_role("main")).to_contain_text("Aysche Kaya")
    right = f"richtig-{visitor.viewport_size['width']}@example.org"
    follow(visitor.get_by_role("link", name=re.compile("Korrigieren")))
    visitor.locator("[name=email]").fill(right)
    follow(visitor.get_by_role("button", name="Adresse speichern"))
    expect(visitor.get_by_role("main")).to_contain_text(right)
    follow(visitor.get_by_role("link", name="Ändern – Personen"))
    visitor.locator("[name=party_size]").fill("1")
    follow(visitor.get_by_role("button", name="Personenzahl speichern"))
    expect(visitor.get_by_text("Ihre Änderung ist gespeichert.")).to_be_visible()
    follow(visitor.get_by_role("link", name="Eintrag löschen"))
    follow(visitor.get_by_role("button", name="Ja, löschen"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ihr Eintrag ist gelöscht")


def test_whoever_loses_a_time_while_typing_waits_with_one_tap(visitor: Page) -> None:
    slot, booking, seats = fill_up(visitor)
    give_back(visitor, booking)
    late = visitor.context.new_page()
    late.goto(f"{BUSY}/buchen?slot={slot}")
    fill_in(late, f"zu-spaet-{slot}@example.org", seats)
    _slot, again, _seats = fill_up(visitor)

    follow(late.get_by_role("button", name="Platz reservieren"))
    follow(late.get_by_role("button", name="Auf die Warteliste"))

    expect(late.get_by_role("heading", level=1)).to_have_text("Sie stehen auf der Warteliste")
    follow(late.get_by_role("link", name="Eintrag löschen"))
    follow(late.get_by_role("button", name="Ja, löschen"))
    give_back(visitor, again)


def test_an_offered_place_is_taken_from_the_mail_in_one_tap(visitor: Page) -> None:
    slot, booking, seats = fill_up(visitor)
    email = f"angebot-{visitor.viewport_size['width']}@example.org"
    get_in_line(visitor, slot, email, seats)
    entry = visitor.url
    give_back(visitor, booking)
    wait_for_mail(visitor, email, "Platz frei bis")

    visitor.goto(entry)
    expect(visitor.get_by_role("heading", level=1)).to_have_text(re.compile("frei für Sie"))
    follow(visitor.get_by_role("button", name="Platz nehmen"))

    expect(visitor.get_by_role("heading", level=1)).to_have_text(re.compile("reserviert"))
    give_back(visitor, entry)


def test_an_offered_place_is_passed_on_in_english(visitor: Page) -> None:
    slot, booking, seats = fill_up(visitor)
    get_in_line(visitor, slot, f"pass-on-{visitor.viewport_size['width']}@example.org", seats, language="/en")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("You are on the waiting list")
    entry = visitor.url
    give_back(visitor, booking)

    visitor.goto(entry)
    follow(visitor.get_by_role("link", name="Pass the place on"))
    follow(visitor.get_by_role("button", name="Yes, pass it on"))

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Your entry is deleted")
    answer = visitor.request.post(f"{entry}/platz-nehmen")
    assert answer.status == 409
    assert "The place went on" in answer.text()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_nothing_on_any_page_of_the_waiting_list(
    browser: Browser, demo: str, width: int, scheme: str, language: str
) -> None:
    context = browser.new_context(base_url=demo, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{language}{FULL}")
    assert_accessible(page)
    slot, booking, seats = fill_up(page)
    page.goto(f"{language}{FULL}/warteliste")
    assert_accessible(page)
    follow(page.get_by_role("button", name=re.compile("Auf die Warteliste|Join waiting list")))
    assert_accessible(page)
    page.goto(f"{language}{BUSY}/buchen?slot={slot}")
    assert_accessible(page)
    get_in_line(page, slot, f"axe-{width}-{scheme}{language.strip('/')}@example.org", seats, language)
    assert_accessible(page)
    entry = page.url
    page.goto(f"{entry}/warteliste-verlassen")
    assert_accessible(page)
    give_back(page, booking)
    page.goto(entry)
    assert_accessible(page)
    page.goto(f"{entry}/weitergeben")
    assert_accessible(page)
    follow(page.get_by_role("button", name=re.compile("Ja, weitergeben|Yes, pass it on")))
    assert_accessible(page)
    get_in_line(page, slot, "niemand@example.org", seats, language)
    assert_accessible(page)
    context.close()


def test_an_office_waits_for_a_full_time_and_the_press_on_one_page(browser: Browser, demo: str) -> None:
    context = browser.new_context(base_url=demo, viewport={"width": 360, "height": 800}, color_scheme="dark")
    page, email = context.new_page(), "buero.wartet@example.org"
    page.goto(f"/t/{HOUSE}/politik")
    assert_accessible(page)

    follow(page.get_by_role("button", name="Auf die Warteliste"))
    say_who(page, email)
    say_how(page)
    assert_accessible(page)
    follow(page.get_by_role("button", name="Auf die Warteliste"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Prüfen Sie Ihr Postfach")
    wait_for_mail(page, email, "Warteliste: Besuch von Dr. Kim Sommer")
    page.goto(re.search(r"/buchung/[\w-]+", newest_mail(page, email))[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie stehen auf der Warteliste")
    assert_accessible(page)
    follow(page.get_by_role("link", name="Angaben ändern"))
    page.get_by_label("Themen oder Fragen").fill("Wartezeiten")
    assert_accessible(page)
    follow(page.get_by_role("button", name="Angaben speichern"))
    expect(page.get_by_text("Ihre Änderung ist gespeichert.")).to_be_visible()
    page.goto(f"/t/{PRESS_TOUR}/warteliste")
    expect(page.get_by_label("Medium oder Redaktion")).to_be_visible()
    assert_accessible(page)
    context.close()
