"""The desk of a Verband in a real browser: ten answers without a mouse, the overview, a message, a planning list."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from openday import clock
from openday.app import create_app
from openday.extensions import db
from openday.models import Verband
from openday.models.words import Review
from openday.settings import Mode, Settings
from tests.browser.demo import follow, running_demo
from tests.browser.mailbox import until_mailed
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_staff import sign_in
from tests.factories import make_traeger
from tests.services.activity_lists import csv_bytes, line, xlsx_bytes

KARIN, LOTTE = "karin@awo.example.org", "lotte@liga.example.org"
NAMES = [f"Haus Nummer {number} e. V." for number in range(1, 11)]
DAY = (clock.today() + timedelta(days=9)).isoformat()
MOST_TABS = 25


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo of its own, in which ten Träger have waited the longest."""
    folder = tmp_path_factory.mktemp("desk")
    with running_demo(folder) as address:
        sign_up_ten(folder / "instance")
        yield address


def sign_up_ten(instance: Path) -> None:
    """Let ten Träger of the AWO wait."""
    settings = Settings(Mode.TESTING, instance, f"sqlite:///{instance / 'openday.sqlite'}", "k" * 50)
    with create_app(settings).app_context():
        awo = db.session.scalars(select(Verband).where(Verband.name == "AWO")).one()
        for number, name in enumerate(NAMES):
            waits_since = clock.now() - timedelta(days=1, hours=2, minutes=-number)
            make_traeger(name=name, verbaende=[awo], region="SN", review=Review.WAITING, submitted_at=waits_since)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == name:
            return
    raise AssertionError(f"{name} is not within {MOST_TABS} tabs on {page.url}")


def enter(page: Page) -> None:
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_ten_items_are_approved_by_keyboard_alone(desk: Page) -> None:
    sign_in(desk, KARIN)
    tab_to(desk, "Freigaben")
    enter(desk)
    tab_to(desk, NAMES[0])
    enter(desk)
    for name in NAMES:
        assert desk.get_by_role("heading", level=1).inner_text() == name
        tab_to(desk, "Freigeben und nächster")
        enter(desk)
        assert desk.get_by_text(f"Freigegeben: {name}").is_visible()

    desk.goto("/konto/freigabe")
    assert not any(name in desk.content() for name in NAMES)


@pytest.mark.parametrize(("screen", "as_bytes"), [("phone", csv_bytes), ("desk", xlsx_bytes)])
def test_she_reads_the_overview_writes_to_all_and_reads_a_list(
    request: pytest.FixtureRequest, screen: str, as_bytes: Any
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, KARIN)
    page.goto("/konto/verband")
    assert page.get_by_role("heading", name="Lücken").is_visible()

    follow(page.get_by_role("link", name="Nachricht an Träger"))
    page.get_by_label("Betreff").fill(f"Termine melden ({screen})")
    page.get_by_label("Nachricht").fill("Bitte tragen Sie Ihre Termine bis Freitag ein.")
    follow(page.get_by_role("button", name="Vorschau anzeigen"))
    assert page.get_by_text(re.compile(r"^\d+ E-Mails an \d+ Träger\.$")).is_visible()
    follow(page.get_by_role("button", name="Nachricht senden"))
    assert page.get_by_text(re.compile(r"^An \d+ Adressen gesendet\.$")).is_visible()
    assert page.get_by_text(f"Termine melden ({screen})").first.is_visible()

    page.goto("/konto/verband")
    follow(page.get_by_role("link", name="Planungsliste einlesen"))
    give(page, as_bytes(*rows(screen)))
    assert page.get_by_role("row", name=re.compile("Der Träger .* gehört nicht zu Ihrem Bereich")).count() == 1
    follow(page.get_by_role("button", name="2 Termine einlesen"))
    assert page.get_by_text("2 Termine eingelesen.").is_visible()
    page.goto("/konto/verband/einlesen")
    give(page, as_bytes(*rows(screen)))
    assert page.get_by_text("In dieser Liste ist nichts Neues").is_visible()
    mailed(page, f"Termine melden ({screen})")


def rows(screen: str) -> list[dict[str, str]]:
    """Return two rows of the own Verband and one of another's Träger."""
    return [
        line(title=f"Offenes Haus ({screen})", date=DAY),
        line(title=f"Stand am Markt ({screen})", date=DAY, activity_type="info_stand", traeger=NAMES[0]),
        line(title=f"Fremd ({screen})", date=DAY, traeger="Brückenwerk Dresden gGmbH"),
    ]


def give(page: Page, content: bytes) -> None:
    """Choose a file and look at what would become of it."""
    page.get_by_label("Datei", exact=True).set_input_files(
        {"name": "liste", "mimeType": "application/octet-stream", "buffer": content}
    )
    follow(page.get_by_role("button", name="Vorschau anzeigen"))


def mailed(page: Page, subject: str) -> None:
    """Wait until a mail is in the mailbox of the demo."""

    def is_there() -> int:
        page.goto("/_postfach")
        return page.get_by_role("link", name=subject).count()

    until_mailed(page, is_there)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_desk_is_accessible(browser: Browser, demo: str, scheme: Any) -> None:
    page = browser.new_context(base_url=demo, locale="de-DE", color_scheme=scheme).new_page()
    sign_in(page, LOTTE)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("/konto/freigabe", "/konto/verband", "/konto/verband/nachricht", "/konto/verband/einlesen"):
            for language in ("", "/en"):
                page.goto(language + path)
                assert_accessible(page)
        page.goto("/konto/verband/nachricht")
        follow(page.get_by_role("button", name="Vorschau anzeigen"))
        assert page.title().startswith("Fehler")
        assert_accessible(page)
        page.get_by_label("Betreff").fill("Termine melden")
        page.get_by_label("Nachricht").fill("Bis Freitag.")
        follow(page.get_by_role("button", name="Vorschau anzeigen"))
        assert_accessible(page)
        page.goto("/konto/verband/einlesen")
        give(page, csv_bytes(line(), line(date="gestern")))
        assert_accessible(page)
        give(page, b"\xff\xfe")
        assert page.title().startswith("Fehler")
        assert_accessible(page)
    page.context.close()


def test_a_number_of_two_digits_leaves_the_name_above_it_room_for_a_finger(browser: Browser, demo: str) -> None:
    page = browser.new_context(base_url=demo, locale="de-DE", viewport={"width": 320, "height": 900}).new_page()
    sign_in(page, LOTTE)
    page.goto("/en/konto/verband")
    page.evaluate(
        """for (const cell of document.querySelectorAll('td[data-label="Planned"]')) {
            const number = document.createElement("a");
            [number.href, number.textContent] = ["/", "12"];
            cell.replaceChildren(number);
        }"""
    )
    assert page.get_by_role("link", name="12", exact=True).count() > 5
    assert_accessible(page)
    page.context.close()
