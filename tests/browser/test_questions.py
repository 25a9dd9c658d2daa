"""Own questions in a real browser: asked without JavaScript, changed in the console, accessible in every state."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import follow
from tests.browser.test_accessibility import assert_accessible, page  # noqa: F401 - the fixture
from tests.browser.test_staff import sign_in

TOUR = "/t/morgen-schon-fuehrung-in-leipzig"


def to_form(browser: Page, language: str = "") -> None:
    browser.goto(f"{language}{TOUR}")
    browser.locator("input[name=slot]").last.check(force=True)
    follow(browser.locator("#zeiten").get_by_role("button"))


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize(("language", "yes"), [("", "Ja"), ("/en", "Yes")])
def test_a_guest_answers_once_and_reads_it_on_the_own_page(
    request: pytest.FixtureRequest, width: str, language: str, yes: str
) -> None:
    browser: Page = request.getfixturevalue(width)
    to_form(browser, language)
    browser.locator("#name").fill("Ayşe Kaya")
    browser.locator("#email").fill(f"kaya.{width}{language.strip('/')}@example.org")
    browser.get_by_label(yes, exact=True).check(force=True)
    browser.get_by_label("Linsensuppe").check(force=True)
    browser.get_by_label(re.compile("Wie viele Kinder")).fill("viele")
    follow(browser.get_by_role("main").get_by_role("button").last)

    assert browser.title().startswith(("Fehler: ", "Error: "))
    expect(browser.get_by_label("Linsensuppe")).to_be_checked()
    browser.get_by_label(re.compile("Wie viele Kinder")).fill("2")
    follow(browser.get_by_role("main").get_by_role("button").last)

    own = browser.get_by_role("main")
    expect(own.locator("dd", has_text="Linsensuppe")).to_be_visible()
    expect(own.locator("dt", has_text="Wie viele Kinder kommen mit?")).to_be_visible()


def test_the_form_with_questions_is_accessible(page: Page) -> None:  # noqa: F811 - the fixture
    to_form(page)
    assert_accessible(page)
    follow(page.get_by_role("button", name="Platz reservieren"))
    assert_accessible(page)


def test_with_a_script_a_question_waits_for_the_answer_it_depends_on(page: Page) -> None:  # noqa: F811 - the fixture
    to_form(page)
    dish = page.get_by_label("Linsensuppe")

    expect(dish).to_be_hidden()
    page.get_by_label("Ja", exact=True).check(force=True)
    expect(dish).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Nein", exact=True).check(force=True)
    expect(dish).to_be_hidden()


def test_staff_ask_are_warned_reorder_and_delete(page: Page) -> None:  # noqa: F811 - the fixture
    sign_in(page, "olga@lindenhof.example.org")
    page.goto("/konto/termine")
    follow(page.get_by_role("link", name=re.compile("Presserundgang")).first)
    follow(page.get_by_role("link", name="Eigene Fragen"))
    assert_accessible(page)
    follow(page.get_by_role("link", name="Frage hinzufügen"))
    assert_accessible(page)
    follow(page.get_by_role("button", name="Speichern"))
    assert_accessible(page)
    page.get_by_label("Frage", exact=True).fill("Welche Allergien haben Sie?")
    page.get_by_label("Kurzer Text").check(force=True)
    page.get_by_label(re.compile("Wofür")).fill("für das Buffet")
    follow(page.get_by_role("button", name="Speichern", exact=True))
    expect(page.get_by_text("Die Frage klingt nach Gesundheit.")).to_be_visible()
    assert_accessible(page)
    follow(page.get_by_role("button", name="Trotzdem speichern"))
    expect(page.get_by_text("Welche Allergien haben Sie?").first).to_be_visible()
    assert_accessible(page)
    follow(page.get_by_role("link", name=re.compile("Löschen")).first)
    assert_accessible(page)
    follow(page.get_by_role("button", name="Ja, löschen"))
    expect(page.get_by_text("Die Frage ist gelöscht.")).to_be_visible()
