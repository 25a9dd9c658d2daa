"""Every page there is, by construction: axe sees each route dark and light, narrow and wide, in both languages."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.demo import follow, running_demo
from tests.browser.every_page import WITHOUT_LINK, endpoints, links_of_mails, pages_from, routes
from tests.browser.test_accessibility import problems, sideways_scroll
from tests.browser.test_staff import OLGA, sign_in
from tests.browser.test_visitor import newest_mail

KARIN, STRANGER = "karin@awo.example.org", "niemand@example.org"
NO_PAGE = {
    "assets.favicon",
    "assets.show",
    "console.code.show",
    "public.booking.calendar",
    "public.door.worker",
    "public.event.calendar",
    "public.health.live",
    "public.health.ready",
    "public.logo.show",
    "public.mailbox.calendar",
    "public.mailbox_check.confirm",
    "public.own_data.download",
    "public.room.enter",
    "public.waiting_list.accept",
    "verband.overview.download",
    "verband.overview.download_events",
    "verband.planning_list.blank",
}
SHOWN_BY = {
    "public.door.show": "test_door",
    "public.invitation.register": "test_politics",
    "public.room.show": "test_change",
    "public.visit.pick": "test_politics",
}
Found = dict[str, tuple[str, str]]
States = dict[str, StorageState | None]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo nobody has written into: among the events of other journeys the links to its own would be too far down."""
    with running_demo(tmp_path_factory.mktemp("every_page")) as address:
        yield address


@pytest.fixture(scope="module")
def states(browser: Browser, demo: str) -> States:
    """Nobody, an organiser, a coordinator, and somebody whose code is under way."""
    kept: States = {"": None}
    for who, come_in in {OLGA: sign_in, KARIN: sign_in, STRANGER: ask_for_code}.items():
        context = browser.new_context(base_url=demo, locale="de-DE")
        come_in(context.new_page(), who)
        kept[who] = context.storage_state()
        context.close()
    return kept


def ask_for_code(page: Page, address: str) -> None:
    """Stop half-way into the console."""
    page.goto("/konto/anmelden")
    page.get_by_label("E-Mail-Adresse").fill(address)
    follow(page.get_by_role("button", name="Code anfordern"))


@pytest.fixture(scope="module")
def found(browser: Browser, demo: str, states: States, tmp_path_factory: Any) -> Found:
    """One address of each endpoint, and who sees it."""
    known = routes(tmp_path_factory.mktemp("routes"))
    pages: Found = {}
    for who, state in states.items():
        context = browser.new_context(base_url=demo, locale="de-DE", storage_state=state)
        for endpoint, path in pages_from(starts_of(who, context), context, known):
            pages.setdefault(endpoint, (who, path))
        context.close()
    return pages


def starts_of(who: str, context: BrowserContext) -> list[str]:
    """Return where a person begins; the organiser makes what the demo has none of."""
    if not who:
        return ["/", *WITHOUT_LINK, *links_of_mails(context)]
    if who == KARIN:
        return ["/konto/", waiting_event(context)]
    if who != OLGA:
        return ["/konto/anmelden/code"]
    page = context.new_page()
    page.goto("/konto/termine/neu")
    page.get_by_label("Titel").fill("Noch ein Entwurf")
    follow(page.get_by_role("button", name="Entwurf anlegen"))
    return ["/konto/", f"{urlsplit(page.url).path}/loeschen", *half_a_traeger(page), invitation(page)]


def waiting_event(context: BrowserContext) -> str:
    """Return the event of a Träger that waits itself: until that is answered no link leads to its page in the queue."""
    paths = (f"/konto/freigabe/termin/{number}" for number in range(70, 0, -1))
    return next(path for path in paths if context.request.get(path).ok)


def half_a_traeger(page: Page) -> list[str]:
    """Sign a Träger up but for the last button; return the pages after the first."""
    page.goto("/konto/traeger/neu")
    for label, value in {"Name des Trägers": "Haus Ulme", "Postleitzahl": "04109", "Ort": "Leipzig"}.items():
        page.get_by_label(re.compile(f"^{label}")).first.fill(value)
    page.get_by_label("Bundesland").select_option("SN")
    page.get_by_label("AWO").first.check()
    page.get_by_label(re.compile("^MBE")).first.check()
    follow(page.get_by_role("button", name="Weiter"))
    page.get_by_label(re.compile("^Telefon")).fill("030 23125 020")
    follow(page.get_by_role("button", name="Weiter"))
    return ["/konto/traeger/neu/kontakt", "/konto/traeger/neu/verantwortung"]


def invitation(page: Page) -> str:
    """Invite somebody into the team; return the link of the mail."""
    page.goto("/konto/traeger")
    follow(page.get_by_role("main").get_by_role("link", name=re.compile("Lindenhof")).first)
    follow(page.get_by_role("link", name=re.compile("^Team")))
    page.get_by_label("E-Mail-Adresse").fill("neu@lindenhof.example.org")
    page.get_by_label(re.compile("^Am Eingang abhaken")).check()
    follow(page.get_by_role("button", name="Einladung senden"))
    found = re.search(r"/konto/einladung/[\w-]+", newest_mail(page, "neu@lindenhof.example.org"))
    assert found
    return found[0]


@pytest.fixture(params=[(320, "dark", "/en"), (1280, "light", "")], ids=["phone-dark-english", "desk-light-german"])
def view(request: pytest.FixtureRequest) -> tuple[int, Any, str]:
    width, scheme, prefix = request.param
    return width, scheme, prefix


@pytest.fixture
def screens(browser: Browser, demo: str, states: States, view: Any) -> Iterator[dict[str, Page]]:
    """A browser for each of the people."""
    size = {"width": view[0], "height": 900}
    options: dict[str, Any] = {"base_url": demo, "locale": "de-DE", "color_scheme": view[1], "viewport": size}
    contexts = {who: browser.new_context(storage_state=state, **options) for who, state in states.items()}
    yield {who: context.new_page() for who, context in contexts.items()}
    for context in contexts.values():
        context.close()


def test_no_route_is_forgotten(found: Found, tmp_path: Any) -> None:
    everything = endpoints(routes(tmp_path))

    assert everything - set(found) - NO_PAGE - set(SHOWN_BY) == set()
    assert NO_PAGE | set(SHOWN_BY) <= everything, "the tables name a route that is gone"
    assert NO_PAGE & set(found) == set()


def test_axe_finds_nothing_on_any_page(found: Found, screens: dict[str, Page], view: Any) -> None:
    broken: list[str] = []
    for who, path in found.values():
        page = screens[who]
        page.goto(view[2] + path)
        broken += problems(page)
        if view[0] > 320:
            page.set_viewport_size({"width": 320, "height": 900})
            broken += sideways_scroll(page)
            page.set_viewport_size({"width": view[0], "height": 900})
    assert broken == []
