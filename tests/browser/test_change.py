"""A guest changes a booking alone: without JavaScript on a phone, by keyboard on a desktop, in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo import follow, running_demo
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_visitor import newest_mail, press_until

EVENT = "/t/lindenhof-leipzig-oeffnet-die-tuer"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo that has just begun: its session opens within minutes, and no other test took its seats."""
    folder: Path = tmp_path_factory.mktemp("demo")
    with running_demo(folder) as address:
        yield address


@pytest.fixture(params=[(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, fresh: str) -> Iterator[Page]:
    """A browser as axe needs it, with JavaScript."""
    width, scheme = request.param
    context = browser.new_context(
        base_url=fresh, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(params=[360, 1280], ids=["phone", "desktop"])
def plain(request: pytest.FixtureRequest, browser: Browser, fresh: str) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = browser.new_context(
        base_url=fresh, viewport={"width": request.param, "height": 740}, java_script_enabled=False, locale="de-DE"
    )
    yield context.new_page()
    context.close()


def book(page: Page, event: str, email: str, people: int = 1, *, mode: str = "", last: bool = True) -> str:
    """Book a time of an event and return where the sender of the form ended up."""
    page.goto(event)
    radios = page.locator("input[name=slot]")
    (radios.last if last else radios.first).check(force=True)
    follow(page.locator("form:has(input[name=slot]) button"))
    if mode:
        page.locator(f"input[name=mode][value={mode}]").check(force=True)
    page.locator("input[name=name]").fill("Ayşe Kaya")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=party_size]").fill(str(people))
    follow(page.locator("form:has(input[name=email]) button"))
    return page.url


def test_time_people_details_and_cancelling(plain: Page) -> None:
    own = book(plain, EVENT, f"ayse{plain.viewport_size['width']}@example.org", 2)

    follow(plain.get_by_role("link", name="Ändern – Uhrzeit"))
    plain.locator("input[name=slot]").last.check(force=True)
    follow(plain.get_by_role("button", name="Neue Uhrzeit speichern"))
    expect(plain.get_by_role("region", name="Hinweis")).to_have_text("Ihre Änderung ist gespeichert.")

    follow(plain.get_by_role("link", name="Ändern – Personen"))
    plain.get_by_label(re.compile("Wie viele")).fill("1")
    follow(plain.get_by_role("button", name="Personenzahl speichern"))
    follow(plain.get_by_role("link", name="Angaben ändern"))
    plain.get_by_label("Unterstützung").fill("Ein Stuhl")
    plain.get_by_label("Englisch").check(force=True)
    follow(plain.get_by_role("button", name="Angaben speichern"))
    expect(plain.get_by_role("main")).to_contain_text("Ein Stuhl")

    follow(plain.get_by_role("link", name="Buchung absagen"))
    follow(plain.get_by_role("button", name="Ja, absagen"))
    expect(plain.get_by_role("heading", level=1)).to_have_text("Abgesagt")
    assert plain.url == own
    assert plain.context.cookies() == []


def test_the_same_in_english(plain: Page) -> None:
    book(plain, f"/en{EVENT}", f"english{plain.viewport_size['width']}@example.org")

    follow(plain.get_by_role("link", name="Change – Time"))
    plain.locator("input[name=slot]").last.check(force=True)
    follow(plain.get_by_role("button", name="Save new time"))

    expect(plain.get_by_role("region", name="Note")).to_contain_text("Your change is saved.")
    assert "Ändern" not in plain.get_by_role("main").inner_text()


def test_a_lost_link_comes_to_the_mailbox(plain: Page) -> None:
    email = f"vergesslich{plain.viewport_size['width']}@example.org"
    own = book(plain, EVENT, email)
    plain.goto("/buchung/unbekannt")

    follow(plain.get_by_role("link", name="Link neu senden"))
    plain.get_by_label("E-Mail-Adresse").fill(email)
    follow(plain.get_by_role("button", name="Link neu senden"))

    expect(plain.get_by_role("heading", level=1)).to_have_text("Prüfen Sie Ihr Postfach")
    for _ in range(40):
        if "sehen und ändern Sie Ihre Buchung" in (mail := newest_mail(plain, email)):
            break
    assert own in mail


def test_a_large_party_confirms_from_the_mailbox(plain: Page) -> None:
    email = f"gruppe{plain.viewport_size['width']}@example.org"
    neutral = book(plain, EVENT, email, 6)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Prüfen Sie Ihr Postfach")

    link = re.search(r"http\S+/buchung/\S+", newest_mail(plain, email))
    assert link
    assert link[0] != neutral
    plain.goto(link[0])
    assert "Ayşe" not in plain.get_by_role("main").inner_text()
    follow(plain.get_by_role("button", name="Buchung bestätigen"))

    expect(plain.get_by_role("heading", level=1)).to_have_text("Ihre Plätze sind reserviert")


def test_a_guest_at_the_screen_goes_into_the_room(plain: Page) -> None:
    plain.route("https://raum.example.org/**", lambda route: route.fulfill(body="<title>Raum</title>Willkommen"))
    book(plain, "/t/gleich-geht-es-los", f"digital{plain.viewport_size['width']}@example.org", mode="online")

    follow(plain.get_by_role("link", name="Zur Sitzung"))
    expect(plain.get_by_role("main")).to_contain_text("Kennzahl 4712")
    plain.get_by_role("button", name="An der Sitzung teilnehmen").click()

    plain.wait_for_url("https://raum.example.org/**")


def test_the_keyboard_alone_moves_a_booking(browser: Browser, fresh: str) -> None:
    context = browser.new_context(base_url=fresh, viewport={"width": 1280, "height": 900}, locale="de-DE")
    page = context.new_page()
    book(page, EVENT, "tastatur@example.org")

    press_until(page, "Tab", "a[href$='/uhrzeit']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uhrzeit ändern")
    press_until(page, "Tab", "input[name=slot]")
    page.keyboard.press("Space")
    press_until(page, "Tab", "form button")
    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="Hinweis")).to_have_text("Ihre Änderung ist gespeichert.")
    context.close()


def test_every_page_and_state_is_accessible(page: Page) -> None:
    width, scheme = page.viewport_size["width"], page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    own = book(page, EVENT, f"axe{width}{scheme}@example.org", 2)
    for tail in ("", "?geaendert=1", "/uhrzeit", "/personen", "/angaben", "/absagen", "/adresse"):
        page.goto(own + tail)
        assert_accessible(page)
    page.goto(own)
    page.locator("details.more summary").click()
    assert_accessible(page)
    for tail in ("uhrzeit", "personen", "angaben"):
        page.goto(f"{own}/{tail}")
        for text in page.locator("main input[type=text], main input:not([type])").all():
            text.fill("")
        follow(page.locator("main form button"))
        expect(page).to_have_title(re.compile("^Fehler: "))
        assert_accessible(page)
    session = book(page, "/t/gleich-geht-es-los", f"raum{width}{scheme}@example.org", mode="online")
    page.goto(f"{session}/teilnahme")
    assert_accessible(page)
    for path in ("/link-vergessen", "/link-vergessen/gesendet", "/keine-mails", "/buchung/unbekannt"):
        page.goto(path)
        assert_accessible(page)
    page.goto(f"{own}/absagen")
    follow(page.get_by_role("button", name="Ja, absagen"))
    assert_accessible(page)
    for tail in ("uhrzeit", "personen", "angaben"):
        page.goto(f"{own}/{tail}")
        assert_accessible(page)
