"""A new Träger in a real browser: from /mitmachen to a listed event, every screen and every field counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from openday import clock
from tests.browser.demo import follow
from tests.browser.mailbox import until_mailed
from tests.browser.test_accessibility import VIEWS, assert_accessible
from tests.browser.test_staff import codes, new_code, sign_in

KARIN, NORA, LOTTE = "karin@awo.example.org", "nora@haus-am-ufer.example.org", "lotte@liga.example.org"
DAY = clock.today() + timedelta(days=9)
PAGES = {
    None: ["/mitmachen", "/en/mitmachen", "/mitmachen/vereinbarung", "/konto/mitmachen", "/en/konto/mitmachen"],
    NORA: ["/konto/", "/konto/traeger", "/konto/traeger/neu", "/en/konto/traeger/neu", "Haus am Ufer Chemnitz e. V."],
    LOTTE: ["/konto/", "/konto/freigabe", "/en/konto/freigabe", "/konto/freigabe#1"],
}
SCREEN, CHOICE, TYPED, MAILBOX = 10, 4, 12, 45
"""Seconds to read a screen, to choose, to type into a field, to fetch a code: slow ones."""


@dataclass
class Stopwatch:
    """Does what a person does and counts what it costs."""

    page: Page
    screens: int = 0
    choices: int = 0
    fields: int = 0
    mails: int = 0

    @property
    def minutes(self) -> float:
        seconds = SCREEN * self.screens + CHOICE * self.choices + TYPED * self.fields + MAILBOX * self.mails
        return seconds / 60

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.screens += 1

    def press(self, name: str, role: Any = "button") -> None:
        follow(self.page.get_by_role("main").get_by_role(role, name=name))
        assert not self.page.title().startswith("Fehler"), self.page.url
        self.screens += 1

    def type(self, label: str, value: str) -> None:
        self.page.get_by_label(re.compile(f"^{label}")).first.fill(value)
        self.fields += 1

    def choose(self, label: str) -> None:
        self.page.get_by_label(re.compile(f"^{label}")).first.check()
        self.choices += 1

    def pick(self, label: str, value: str) -> None:
        self.page.get_by_label(label).select_option(value)
        self.choices += 1


def join(watch: Stopwatch, address: str, name: str) -> None:
    """Sign a Träger up."""
    page = watch.page
    before = codes(page)
    watch.open("/mitmachen")
    watch.press("Träger eintragen", "link")
    watch.type("E-Mail-Adresse", address)
    watch.press("Code anfordern")
    fresh = wait_for_code(page, before)
    watch.mails += 1
    watch.type("Code", fresh)
    watch.press("Anmelden")
    watch.type("Name des Trägers", name)
    watch.type("Postleitzahl", "04109")
    watch.type("Ort", "Leipzig")
    watch.pick("Bundesland", "SN")
    watch.choose("AWO")
    watch.choose("MBE")
    watch.press("Weiter")
    watch.type("Telefon", "030 23125 020")
    watch.press("Weiter")
    watch.type("Ihr Name", "Nina Neu")
    watch.type("Verantwortliche Person", "Gerda Leitung")
    watch.choose("DSGVO")
    watch.choose("Wir nehmen die Vereinbarung")
    watch.press("Träger eintragen")


def wait_for_code(page: Page, before: list[str]) -> str:
    """Read the code in the mailbox and come back to where it is typed."""
    here = page.url
    code = new_code(page, before)
    page.goto(here)
    return code


def publish(watch: Stopwatch, title: str) -> str:
    """Make an event with all six tasks and seven times; returns the address of its page in the console."""
    watch.press("Termin eintragen", "link")
    watch.type("Titel", title)
    watch.press("Entwurf anlegen")
    home = watch.page.url
    watch.press("Was", "link")
    watch.page.locator("#summary").fill("Wir zeigen, wie Beratung hilft.")
    watch.page.locator("#programme_ids-0, #programmes-0").first.check()
    watch.fields, watch.choices = watch.fields + 1, watch.choices + 1
    watch.press("Speichern")
    watch.open(f"{home}/ort")
    watch.type("Straße und Hausnummer", "Beispielstr. 12")
    watch.type("Postleitzahl", "04109")
    watch.type("Ort", "Leipzig")
    watch.pick("Bundesland", "SN")
    watch.press("Speichern")
    watch.open(f"{home}/zeiten")
    watch.type("Erster Tag", DAY.isoformat())
    watch.type("Beginn", "10:00")
    watch.type("Ende", "14:00")
    watch.choose("Mit Anmeldung")
    watch.press("Speichern")
    watch.press("Vorschau anzeigen")
    watch.press("Uhrzeiten übernehmen")
    watch.open(f"{home}/zugang")
    watch.choose("Stufenloser Zugang")
    watch.press("Speichern")
    watch.open(f"{home}/schutz")
    watch.choose("Nur nach Absprache")
    watch.press("Speichern")
    watch.open(f"{home}/kontakt")
    watch.type("Ansprechperson", "Nina Neu")
    watch.type("Telefon", "030 23125 020")
    watch.press("Speichern")
    watch.press("Prüfen und veröffentlichen", "link")
    watch.press("Veröffentlichen")
    return home


@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_a_new_traeger_comes_from_nothing_to_a_listed_event_in_twelve_minutes(
    request: pytest.FixtureRequest, browser: Browser, demo: str, screen: str
) -> None:
    page: Page = request.getfixturevalue(screen)
    watch, title = Stopwatch(page), f"Erster Tag im Haus Neu ({screen})"

    join(watch, f"nina.{screen}@haus-neu.example.org", f"Haus Neu {screen} e. V.")
    assert page.get_by_text("Freigabe steht aus").is_visible()
    assert page.get_by_text("Karin Althaus (AWO)").is_visible()
    home = publish(watch, title)

    assert page.get_by_text("In der Liste steht der Termin nach der Freigabe").first.is_visible()
    print(f"{watch.minutes:.1f} minutes: {watch}")
    assert watch.minutes <= 12
    follow(page.get_by_role("link", name="Öffentliche Seite"))
    assert page.get_by_role("heading", level=1).inner_text() == title
    slug = page.url.rpartition("/t/")[2]
    assert slug not in listed(page)

    with_context(browser, demo, lambda desk: approve(desk, f"Haus Neu {screen} e. V."))

    assert slug in listed(page)
    page.goto(home)
    assert page.get_by_text("Freigabe steht aus").count() == 0


def listed(page: Page) -> str:
    """Return the list of all events of the Land."""
    pages = []
    for number in range(1, 5):
        page.goto(f"/termine?land=SN&seite={number}")
        pages.append(page.content())
    return "".join(pages)


def with_context(browser: Browser, demo: str, do: Any) -> None:
    """Let somebody else do something in a browser of their own."""
    context = browser.new_context(base_url=demo, locale="de-DE")
    do(context.new_page())
    context.close()


def approve(page: Page, name: str) -> None:
    """Find a Träger in the queue and say yes."""
    sign_in(page, KARIN)
    follow(page.get_by_role("link", name=re.compile("Freigaben? warte")))
    follow(page.get_by_role("link", name=name))
    follow(page.get_by_role("button", name="Freigeben und nächster"))
    assert page.get_by_text(f"Freigegeben: {name}").is_visible()


def test_a_plan_is_told_on_a_phone_in_under_a_minute(phone: Page) -> None:
    sign_in(phone, NORA)
    watch = Stopwatch(phone)

    watch.press("Planung anzeigen", "link")
    watch.type("Was planen Sie?", "Sommerfest mit Beratung")
    watch.type("Wann ungefähr?", "Mitte Juni, nachmittags")
    assert phone.get_by_label("Wen können wir fragen?").input_value().startswith("Nora Ahlers"), "known already"
    watch.press("Planung anzeigen")

    print(f"{watch.minutes:.1f} minutes: {watch}")
    assert watch.minutes < 1
    assert phone.get_by_text("Geplant", exact=True).is_visible()


def test_a_colleague_comes_by_invitation_and_leaves_again(phone: Page, browser: Browser, demo: str) -> None:
    sign_in(phone, NORA)
    phone.goto("/konto/traeger")
    follow(phone.get_by_role("link", name="Haus am Ufer Chemnitz e. V."))
    follow(phone.get_by_role("link", name=re.compile("^Team")))
    phone.get_by_label("E-Mail-Adresse").fill("emre@haus-am-ufer.example.org")
    phone.get_by_label(re.compile("^Am Eingang abhaken")).check()
    follow(phone.get_by_role("button", name="Einladung senden"))
    assert phone.get_by_role("rowheader", name="emre@haus-am-ufer.example.org").is_visible()

    with_context(browser, demo, come_and_leave)


def come_and_leave(page: Page) -> None:
    """Take the invitation out of the mailbox, join, and leave the team."""
    mail = page.get_by_role("link", name=re.compile("^Einladung ins Team"))
    until_mailed(page, lambda: page.goto("/_postfach") and mail.count())
    follow(mail.first)
    found = re.search(r"/konto/einladung/[\w-]+", page.content())
    assert found
    before = codes(page)
    page.goto(found[0])
    follow(page.get_by_role("button", name="Code anfordern"))
    page.get_by_label("Code").fill(wait_for_code(page, before))
    follow(page.get_by_role("button", name="Anmelden"))
    follow(page.get_by_role("button", name="Einladung annehmen"))
    assert page.get_by_text("Sie gehören jetzt zum Team.").is_visible()
    follow(page.get_by_role("link", name=re.compile("^Team")))
    follow(page.get_by_role("link", name="Team verlassen"))
    follow(page.get_by_role("button", name="Ja, Team verlassen"))
    assert page.url.endswith("/konto/anmelden")
    page.goto(found[0])
    assert page.get_by_role("heading", level=1).inner_text() == "Diese Einladung gilt nicht mehr"


@pytest.fixture(scope="module")
def people(browser: Browser, demo: str) -> Iterator[dict[str, BrowserContext]]:
    """Nora, whose Träger waits, and Lotte, who may answer it."""
    contexts = {name: browser.new_context(base_url=demo, locale="de-DE") for name in (NORA, LOTTE)}
    for name, context in contexts.items():
        sign_in(context.new_page(), name)
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_of_joining_is_accessible(
    browser: Browser, demo: str, people: dict[str, BrowserContext], scheme: Any, width: int
) -> None:
    for who, paths in {
        None: ["/mitmachen", "/en/mitmachen", "/mitmachen/vereinbarung", "/konto/mitmachen", "/en/konto/mitmachen"],
        NORA: [
            "/konto/",
            "/konto/traeger",
            "/konto/traeger/neu",
            "/en/konto/traeger/neu",
            "Haus am Ufer Chemnitz e. V.",
        ],
        LOTTE: ["/konto/", "/konto/freigabe", "/en/konto/freigabe", "/konto/freigabe#1"],
    }.items():
        context = people[who] if who else browser.new_context(base_url=demo, locale="de-DE")
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            look_at(page, path)
        page.close()


def look_at(page: Page, path: str) -> None:
    """Check a page, of a Träger also its team and its form, of the queue also its first item with an error."""
    if path.startswith("/") and not path.endswith("#1"):
        page.goto(path)
        assert_accessible(page)
    elif path.endswith("#1"):
        page.goto("/konto/freigabe")
        follow(page.locator("table a").first)
        assert_accessible(page)
        page.locator("summary", has_text="Zurückgeben").click()
        follow(page.get_by_role("button", name="Zurückgeben und nächster"))
        assert_accessible(page)
    else:
        page.goto("/konto/traeger")
        follow(page.get_by_role("link", name=path))
        home = page.url
        for part in ("", "/team", "/bearbeiten"):
            page.goto(home + part)
            assert_accessible(page)
