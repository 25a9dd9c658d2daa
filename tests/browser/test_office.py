"""An office and a house on both kinds of screens, in both languages: a request is corrected, seats are set."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo import follow
from tests.browser.test_politics import SLUG, last_day, own_page
from tests.browser.test_staff import OLGA, sign_in
from tests.browser.test_visitor import newest_mail

HOUSE = "kontakt@lindenhof.example.org"
SCREENS = {"phone": (360, ""), "desk in english": (1280, "/en")}


@pytest.fixture(params=SCREENS.values(), ids=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Browser, demo: str) -> Iterator[tuple[Page, str]]:
    """A browser without JavaScript, and where the pages of its language begin."""
    width, language = request.param
    context = browser.new_context(
        base_url=demo, viewport={"width": width, "height": 900}, java_script_enabled=False, locale="de-DE"
    )
    yield context.new_page(), language
    context.close()


def send(page: Page) -> None:
    """Press the first button of the form in hand."""
    follow(page.locator("main form button.btn:not(.quiet)").first)


def test_an_office_proposes_a_day_and_corrects_what_it_said(screen: tuple[Page, str]) -> None:
    page, language = screen
    email = f"korrigiert{language.strip('/')}@abgeordnete.example.org"
    page.goto(f"/t/{SLUG}/politik")
    day, month, year = last_day(page.get_by_text(re.compile("Nennen Sie einen bis drei Tage")).inner_text())
    page.goto(f"{language}/t/{SLUG}/politik")
    form = page.locator("form").filter(has=page.locator("[name=day_1]"))
    form.locator("[name=day_1]").fill(f"{year}-{month:02}-{day:02}")
    form.locator("[name=part_1]").select_option("morning")
    follow(form.locator("button.btn").first)
    page.locator("[name=level][value=landtag]").check()
    page.locator("[name=booker][value=fuer_andere]").check()
    for name, value in {
        "guest": "Mika Lindner", "booker_name": "Alex Büro", "email": email, "phone": "030 1", "party_size": "2",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    send(page)
    page.locator("[name=brings_press][value=open]").check()
    page.locator("[name=may_announce][value=no]").check()
    send(page)
    send(page)

    page.goto(own_page(page, email))
    follow(page.locator("a[href$='/angaben']").first)
    page.locator("[name=phone]").fill("030 77")
    page.locator("[name=topics]").fill("Haushalt 2027")
    send(page)
    expect(page.get_by_role("main")).to_contain_text("030 77")
    own = page.url.partition("?")[0]
    assert "Haushalt 2027" in newest_mail(page, HOUSE, says="030 77")
    page.goto(own)
    follow(page.locator("a[href$='/vorschlag']").first)
    page.locator("[name=part_1]").select_option("afternoon")
    send(page)
    assert "Vorschlag: " in newest_mail(page, HOUSE, says="Nachmittag")


def test_all_seats_of_a_time_are_set_in_one_table(browser: Browser, demo: str, screen: tuple[Page, str]) -> None:
    page, language = screen
    sign_in(page, OLGA)
    page.goto("/konto/termine")
    follow(page.get_by_role("link", name=re.compile("Lesecafé")).first)
    page.goto(f"{language}{page.url.removeprefix(demo)}/plaetze")
    follow(page.locator("main a[href$='/plaetze']:has(.vh)").last)
    seats = {"onsite_total": 16, "onsite_politics": 2, "onsite_press": 1, "onsite_walk_in": 3, "online_total": 70}
    for name, number in seats.items():
        page.locator(f"[name={name}]").fill(str(number))
    send(page)

    expect(page.get_by_role("main")).to_contain_text(re.compile(r"16 \D+2 \D+1 \D+3 \D+70 "))
    follow(page.locator("main a[href$='/plaetze']:has(.vh)").last)
    page.locator("[name=onsite_politics]").fill("99")
    send(page)
    assert page.title().startswith(("Fehler: ", "Error: "))
    expect(page.locator("[name=onsite_politics]")).to_have_value("99")
