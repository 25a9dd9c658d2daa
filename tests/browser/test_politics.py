"""An office books for a member of parliament, without JavaScript; the house answers; a talk behind closed doors."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.demo import follow
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_staff import OLGA, sign_in
from tests.browser.test_visitor import newest_mail

HOUSE = "Gesprächszeiten im Lindenhof"
SLUG = "gespraechszeiten-im-lindenhof"
BACKGROUND = "Was Kürzungen bedeuten"
MOST_SCREENS = 6


@pytest.fixture(params=[("light", 320), ("dark", 1280)], ids=["phone light", "desk dark"])
def looked_at(request: pytest.FixtureRequest, browser: Browser, demo: str) -> Iterator[Page]:
    """A browser for axe, which needs JavaScript."""
    scheme, width = request.param
    context = browser.new_context(base_url=demo, viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def button(page: Page, words: str) -> Any:
    return page.get_by_role("main").get_by_role("button", name=re.compile(words))


def say_who(page: Page, email: str, guest: str = "Dr. Kim Sommer") -> None:
    page.get_by_label("Bundestag").check()
    page.get_by_label("Name der Person, die kommt").fill(guest)
    page.get_by_label("Ich buche für diese Person").check()
    page.get_by_label("Ihr Name").fill("Alex Büro")
    page.get_by_label("Ihre E-Mail-Adresse").fill(email)
    page.get_by_label(re.compile("Wie viele Personen")).fill("3")
    follow(button(page, "Weiter"))


def say_how(page: Page, **values: str) -> None:
    page.get_by_role("group", name="Bringen Sie Presse mit?").get_by_label("Nein").check()
    page.get_by_label("Erst nach Rücksprache").check()
    page.get_by_label(re.compile("^Sicherheit und Ablauf")).fill("Hintereingang")
    if "until" in values:
        page.get_by_label("Wir können noch nicht fest zusagen").check()
    follow(button(page, "Weiter"))


def propose(page: Page, email: str) -> None:
    """Propose the morning of the first day that can be proposed."""
    page.goto(f"/t/{SLUG}/politik")
    form = page.locator("form").filter(has_text="1. Vorschlag")
    days = page.get_by_text(re.compile("Nennen Sie einen bis drei Tage")).inner_text()
    day, month, year = last_day(days)
    form.get_by_label("Tag").first.fill(f"{year}-{month:02}-{day:02}")
    form.get_by_label("Wann?").first.select_option(label="Vormittag")
    follow(form.get_by_role("button", name="Andere Zeit vorschlagen"))
    say_who(page, email, "Robin Herbst")
    say_how(page)
    follow(button(page, "Termin anfragen"))


def last_day(words: str) -> tuple[int, int, int]:
    months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
              "November", "Dezember"]  # fmt: skip
    found = re.search(r"bis (\d+)\.\s(\w+)\s(\d{4})", words)
    assert found, words
    return int(found[1]), months.index(found[2]) + 1, int(found[3])


def mail_about(page: Page, words: str) -> str:
    """Return the text of a mail to the house whose subject has these words."""
    page.goto("/_postfach")
    mails = page.get_by_role("main").get_by_role("listitem").filter(has_text="kontakt@lindenhof.example.org")
    follow(mails.filter(has_text=words).first.get_by_role("link"))
    return page.get_by_role("main").inner_text()


def name_another_guest(page: Page, name: str) -> None:
    """Say on a visit's own page who comes instead."""
    follow(page.get_by_role("link", name=re.compile("Jemand anderes kommt")))
    page.get_by_label("Name der Person, die kommt").fill(name)
    page.get_by_label(re.compile("Funktion oder Amt")).fill("Büroleitung")
    follow(button(page, "Gast ändern"))
    expect(page.get_by_text(f"{name}, Büroleitung")).to_be_visible()


def own_page(page: Page, email: str) -> str:
    """Return the address in the newest mail to an office."""
    found = re.search(r"http\S+/buchung/\S+", newest_mail(page, email))
    assert found
    return found[0]


def test_an_assistant_books_for_a_guest_with_two_staff_on_six_screens_and_passes_it_on(phone: Page) -> None:
    screens: list[str] = []

    def count(response: Response) -> None:
        if response.request.is_navigation_request() and response.status != 303:
            screens.append(response.url)

    phone.on("response", count)
    phone.goto("/politik")
    phone.get_by_label("Postleitzahl oder Ort").fill("04109")
    follow(button(phone, "Einrichtungen zeigen"))
    follow(phone.get_by_role("link", name=re.compile(f"Uhr – {HOUSE}")).first)
    say_who(phone, "buero@abgeordnete.example.org")
    say_how(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Prüfen Sie Ihre Angaben")
    follow(button(phone, "Termin buchen"))

    assert len(screens) <= MOST_SCREENS, screens
    expect(phone.get_by_role("heading", level=1)).to_have_text("Prüfen Sie Ihr Postfach")
    expect(phone.get_by_text("Sommer")).to_have_count(0)
    assert phone.context.cookies() == []

    phone.goto(own_page(phone, "buero@abgeordnete.example.org"))
    expect(phone.get_by_text("Dr. Kim Sommer")).to_be_visible()
    name_another_guest(phone, "Robin Winter")
    newest_mail(phone, "buero@abgeordnete.example.org", says="Robin Winter")


def test_a_provisional_visit_is_promised_from_its_mail(phone: Page) -> None:
    phone.goto(f"/t/{SLUG}/politik")
    phone.locator("input[name=slot]").last.check(force=True)
    follow(phone.get_by_role("main").get_by_role("button", name="Weiter").first)
    say_who(phone, "vertippt@abgeordnete.example.org")
    phone.go_back()  # asks nobody whether to send a form again
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wer kommt?")
    say_who(phone, "vorlaeufig@abgeordnete.example.org")
    say_how(phone, until="as proposed")
    follow(button(phone, "Vorläufig buchen"))

    phone.goto(own_page(phone, "vorlaeufig@abgeordnete.example.org"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vorläufig reserviert")
    follow(button(phone, "Fest zusagen"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ihre Plätze sind reserviert")


def test_the_house_answers_a_request_the_link_of_its_mail_leads_to(phone: Page, desk: Page) -> None:
    propose(phone, "vorschlag@abgeordnete.example.org")

    sign_in(desk, OLGA)
    follow(desk.get_by_role("link", name="Anfrage von Robin Herbst"))
    request = desk.url
    expect(desk.get_by_text("Hintereingang")).to_be_visible()
    desk.locator("summary", has_text="Andere Zeit anbieten").click()
    desk.locator("input[name=slots]").last.check()
    follow(button(desk, "Zeiten anbieten"))
    expect(desk.get_by_text("Wartet auf das Büro")).to_be_visible()
    assert request in mail_about(phone, "Robin Herbst")

    phone.goto(own_page(phone, "vorschlag@abgeordnete.example.org"))
    name_another_guest(phone, "Kim Berg")
    newest_mail(phone, "kontakt@lindenhof.example.org", says="Kim Berg, Büroleitung")
    phone.goto(own_page(phone, "vorschlag@abgeordnete.example.org"))
    phone.locator("input[name=position]").first.check(force=True)
    follow(button(phone, "Diese Zeit nehmen"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ihre Plätze sind reserviert")


def test_a_background_talk_is_found_with_its_link_alone(phone: Page, desk: Page) -> None:
    sign_in(desk, OLGA)
    follow(desk.get_by_role("link", name="Alle meine Termine"))
    follow(desk.get_by_role("link", name=BACKGROUND, exact=True).first)
    follow(desk.get_by_role("link", name="Einladungslink"))
    link = str(desk.locator("main a[href*='/einladung/']").first.get_attribute("href"))

    phone.goto("/termine?q=Kürzungen")
    expect(phone.get_by_text(BACKGROUND)).to_have_count(0)
    phone.goto(link)
    expect(phone.get_by_text("Aus dem Gespräch wird nicht zitiert.")).to_be_visible()
    phone.locator("input[name=slot]").first.check(force=True)
    follow(button(phone, "Weiter zu Ihren Angaben"))
    follow(button(phone, "Anmelden"))
    expect(phone.get_by_text("Nehmen Sie die Bedingungen an, wenn Sie teilnehmen möchten").first).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_an_office(looked_at: Page) -> None:
    for language in ("", "/en"):
        for path in ("/politik", "/politik?wo=04109", "/politik?wo=99999", f"/t/{SLUG}/politik"):
            looked_at.goto(language + path)
            assert_accessible(looked_at)
    looked_at.goto(f"/t/{SLUG}/politik")
    follow(looked_at.get_by_role("button", name="Andere Zeit vorschlagen"))
    assert looked_at.title().startswith("Fehler: ")
    assert_accessible(looked_at)
    looked_at.goto(f"/t/{SLUG}/politik")
    looked_at.locator("input[name=slot]").nth(3).check(force=True)
    follow(looked_at.get_by_role("main").get_by_role("button", name="Weiter").first)
    assert_accessible(looked_at)
    follow(button(looked_at, "Weiter"))
    assert_accessible(looked_at)
    email = f"axe{looked_at.viewport_size}@abgeordnete.example.org".replace(" ", "")
    email = re.sub(r"[^a-z0-9@.]", "", email)
    say_who(looked_at, email)
    assert_accessible(looked_at)
    follow(button(looked_at, "Weiter"))
    assert_accessible(looked_at)
    say_how(looked_at, until="as proposed")
    assert_accessible(looked_at)
    follow(button(looked_at, "Vorläufig buchen"))
    assert_accessible(looked_at)
    looked_at.goto(own_page(looked_at, email))
    assert_accessible(looked_at)
    looked_at.goto(f"{looked_at.url}/gast")
    assert_accessible(looked_at)
    looked_at.get_by_label("Name der Person, die kommt").fill("")
    follow(button(looked_at, "Gast ändern"))
    assert_accessible(looked_at)


def test_axe_finds_nothing_where_an_office_picks_one_of_the_houses_times(looked_at: Page) -> None:
    email = f"axe{looked_at.viewport_size['width']}@waehlt.example.org"
    propose(looked_at, email)
    sign_in(looked_at, OLGA)
    follow(looked_at.get_by_role("link", name="Anfrage von Robin Herbst").last)
    looked_at.locator("summary", has_text="Andere Zeit anbieten").click()
    looked_at.locator("input[name=slots]").last.check()
    follow(button(looked_at, "Zeiten anbieten"))
    looked_at.goto(own_page(looked_at, email))
    assert_accessible(looked_at)
    looked_at.goto(f"{looked_at.url}/zeit")
    assert_accessible(looked_at)
    follow(button(looked_at, "Diese Zeit nehmen"))
    assert looked_at.title().startswith("Fehler: ")
    assert_accessible(looked_at)


def test_axe_finds_nothing_on_the_pages_of_the_house(looked_at: Page) -> None:
    sign_in(looked_at, OLGA)
    assert_accessible(looked_at)
    follow(looked_at.get_by_role("link", name=re.compile("Anfrage von Dr. Kim Sommer")).first)
    for summary in looked_at.locator("summary", has_text=re.compile("Andere Zeit anbieten|^Absagen")).all():
        summary.click()
    assert_accessible(looked_at)
    follow(button(looked_at, "Anfrage absagen"))
    assert_accessible(looked_at)
    looked_at.goto("/konto/termine")
    follow(looked_at.get_by_role("link", name=BACKGROUND, exact=True).first)
    follow(looked_at.get_by_role("link", name="Einladungslink"))
    assert_accessible(looked_at)
    link = str(looked_at.locator("main a[href*='/einladung/']").first.get_attribute("href"))
    for address in (link, link.replace("/einladung/", "/en/einladung/")):
        looked_at.goto(address)
        assert_accessible(looked_at)
        looked_at.locator("input[name=slot]").first.check(force=True)
        follow(looked_at.locator("main form button[type=submit]").first)
        assert_accessible(looked_at)
