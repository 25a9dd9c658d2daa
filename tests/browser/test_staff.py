"""An organiser in a real browser: from the mailed code to the list of guests, without JavaScript and for everybody."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from openday import clock
from tests.browser.demo import follow
from tests.browser.mailbox import until_mailed
from tests.browser.test_accessibility import VIEWS, assert_accessible

OLGA = "olga@lindenhof.example.org"
DAY = clock.today() + timedelta(days=9)


def codes(page: Page) -> list[str]:
    """Return the sign-in codes of the demo's mailbox."""
    page.goto("/_postfach")
    return re.findall(r"Ihr Code: (\d{3} \d{3})", page.content())


def new_code(page: Page, known: list[str]) -> str:
    """Wait for a code that was not there before."""
    return until_mailed(page, lambda: [code for code in codes(page) if code not in known])[0]


def sign_in(page: Page, address: str) -> None:
    """Sign in as people do: ask for a code, read it in the mailbox, type it."""
    before = codes(page)
    page.goto("/konto/anmelden")
    page.get_by_label("E-Mail-Adresse").fill(address)
    follow(page.get_by_role("button", name="Code anfordern"))
    code = new_code(page, before)
    page.goto("/konto/anmelden/code")
    page.get_by_label("Code").fill(code)
    follow(page.get_by_role("button", name="Anmelden"))
    assert page.get_by_role("heading", level=1).inner_text() == "Übersicht"


def fill_in(page: Page, home: str, task: str, **values: str) -> None:
    """Fill one page of the editor by its labels and save it."""
    page.goto(f"{home}/{task}")
    for label, value in values.items():
        page.get_by_label(re.compile(f"^{label.replace('_', ' ')}")).first.fill(value)


def save(page: Page) -> None:
    follow(page.get_by_role("button", name="Speichern"))
    assert not page.title().startswith("Fehler")


def make_event(page: Page, title: str) -> str:
    """Make an event with eight times and put it online; returns the address of its page in the console."""
    page.goto("/konto/termine/neu")
    page.get_by_label("Titel").fill(title)
    follow(page.get_by_role("button", name="Entwurf anlegen"))
    home = page.url
    fill_in(page, home, "ort", Straße_und_Hausnummer="Beispielstr. 12", Postleitzahl="04109")
    page.get_by_label(re.compile("^Ort")).fill("Leipzig")
    page.get_by_label("Bundesland").select_option("SN")
    save(page)
    fill_in(page, home, "zeiten", Erster_Tag=DAY.isoformat(), Beginn="10:00", Ende="14:00")
    page.get_by_label(re.compile("^Mit Anmeldung")).check()
    save(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Uhrzeiten anlegen"
    follow(page.get_by_role("button", name="Vorschau anzeigen"))
    page.get_by_label("12:00").first.uncheck()
    follow(page.get_by_role("button", name="Uhrzeiten übernehmen"))
    assert page.get_by_text("7 Uhrzeiten sind angelegt.").is_visible()
    page.goto(f"{home}/schutz")
    page.get_by_label("Nur nach Absprache").check()
    save(page)
    fill_in(page, home, "kontakt", Ansprechperson="Mira Beispiel", Telefon="0341 000000")
    save(page)
    follow(page.get_by_role("link", name="Prüfen und veröffentlichen"))
    follow(page.get_by_role("button", name="Veröffentlichen"))
    assert page.get_by_text(f"Ist online: {title}").is_visible()
    return home


def book(page: Page, home: str) -> None:
    """Book the first time as a visitor, from the public page."""
    page.goto(home)
    follow(page.get_by_role("link", name="Öffentliche Seite"))
    page.locator("input[name=slot]").first.check(force=True)
    follow(page.get_by_role("button", name="Weiter zu Ihren Angaben"))
    page.get_by_label("Name").fill("Ayşe Kaya")
    page.get_by_label("E-Mail-Adresse").fill("a.kaya@example.org")
    page.get_by_label(re.compile("Wie viele")).fill("2")
    follow(page.get_by_role("button", name="Platz reservieren"))
    assert "/buchung/" in page.url


def test_from_the_mailed_code_to_the_printed_list_without_javascript(phone: Page) -> None:
    sign_in(phone, OLGA)
    home = make_event(phone, "Offene Tür im Hinterhof")
    book(phone, home)

    phone.goto(home)
    follow(phone.get_by_role("link", name="Teilnahmeliste öffnen"))
    assert phone.get_by_role("rowheader", name="Ayşe Kaya").is_visible()
    names = []
    for button in ("CSV", "Excel", "PDF zum Drucken"):
        with phone.expect_download() as download:
            phone.get_by_role("button", name=button).click()
        names.append(download.value.suggested_filename.rpartition(".")[2])
    assert names == ["csv", "xlsx", "pdf"]

    follow(phone.get_by_role("link", name=re.compile("^Absagen")))
    follow(phone.get_by_role("button", name="Ja, absagen"))
    assert phone.get_by_text("Die Buchung ist abgesagt.").is_visible()

    phone.goto(f"{home}/absagen")
    phone.get_by_label("Grund").fill("Wasserschaden im Haus")
    follow(phone.get_by_role("button", name="Ja, absagen"))
    follow(phone.get_by_role("link", name="Öffentliche Seite"))
    assert phone.get_by_text("Dieser Termin ist abgesagt").is_visible()


def test_after_signing_out_the_back_button_and_an_old_cookie_open_nothing(desk: Page) -> None:
    sign_in(desk, OLGA)
    kept = desk.context.cookies()
    follow(desk.get_by_role("button", name="Abmelden"))
    assert desk.url.endswith("/konto/anmelden")

    desk.go_back()
    desk.reload()
    assert "/konto/anmelden" in desk.url
    desk.context.add_cookies(
        [{key: cookie[key] for key in ("name", "value", "url", "domain", "path") if key in cookie} for cookie in kept]
    )  # type: ignore[misc]
    desk.goto("/konto/termine")

    assert "/konto/anmelden" in desk.url


@pytest.fixture(scope="module")
def olga(browser: Browser, demo: str) -> Iterator[BrowserContext]:
    """A browser in which Olga is signed in."""
    context = browser.new_context(base_url=demo, locale="de-DE")
    sign_in(context.new_page(), OLGA)
    yield context
    context.close()


@pytest.fixture(scope="module")
def home(olga: BrowserContext) -> str:
    """An event of hers with a guest."""
    page = olga.new_page()
    address = make_event(page, "Ein Termin für alle Zustände")
    book(page, address)
    return address


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_states_of_the_console(olga: BrowserContext, home: str, width: int, scheme: Any) -> None:
    page = olga.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    tasks = ("ort", "zeiten", "zugang", "schutz", "kontakt")
    for path in (*(f"{home}/{tail}" for tail in (*tasks, "loeschen", "gaeste?q=niemand")), "/konto/termine/999999"):
        page.goto(path)
        assert_accessible(page)
    page.goto(f"{home}/gaeste")
    follow(page.get_by_role("link", name=re.compile("^Absagen")))
    assert_accessible(page)
    for path, button in (("/konto/termine/neu", "Entwurf anlegen"), (f"{home}/absagen", "Ja, absagen")):
        page.goto(path)
        follow(page.get_by_role("button", name=button))
        assert page.title().startswith("Fehler: ")
        assert_accessible(page)
    page.goto(f"{home}/zeiten")
    page.get_by_label(re.compile("^Personen je Buchung")).fill("viele")
    follow(page.get_by_role("button", name="Speichern"))
    assert page.title().startswith("Fehler: ")
    assert_accessible(page)
    page.goto(f"{home}/uhrzeiten")
    follow(page.get_by_role("button", name="Vorschau anzeigen"))
    assert_accessible(page)
    page.close()
