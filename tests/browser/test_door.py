"""The entrance on real phones: two helpers, no net, no JavaScript, and a code that opens the guest."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from tests.browser.demo import follow
from tests.browser.test_accessibility import VIEWS, assert_accessible
from tests.browser.test_staff import OLGA, sign_in

TODAY, TOMORROW = "Heute im Lindenhof", "Schon morgen"
PHONE = {"width": 360, "height": 740}


def entrance(page: Page, title: str) -> None:
    """Go to the page of the entrance of one of Olga's events."""
    page.goto("/konto/termine")
    follow(page.get_by_role("link", name=re.compile(title)).first)
    follow(page.get_by_role("link", name="Am Eingang"))


def make_link(page: Page, title: str) -> str:
    """Make a helper's link and return its path."""
    entrance(page, title)
    follow(page.get_by_role("button", name="Link anlegen"))
    assert page.get_by_role("img", name="QR-Code zur Liste am Eingang").is_visible()
    found = re.search(r"/tuer/[\w-]+", page.get_by_role("main").inner_text())
    assert found
    return found[0]


@pytest.fixture(scope="module")
def olga(browser: Browser, demo: str) -> Iterator[BrowserContext]:
    """A browser in which Olga is signed in."""
    context = browser.new_context(base_url=demo, locale="de-DE", viewport=PHONE)  # type: ignore[arg-type]
    sign_in(context.new_page(), OLGA)
    yield context
    context.close()


@pytest.fixture(scope="module")
def link(olga: BrowserContext) -> str:
    """The way to today's list."""
    return make_link(olga.new_page(), TODAY)


@pytest.fixture
def phones(browser: Browser, demo: str) -> Iterator[Any]:
    """Phones of helpers, with JavaScript; a script error on any page fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def new(**more: Any) -> Page:
        context = browser.new_context(**{"base_url": demo, "viewport": PHONE, "locale": "de-DE", **more})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert errors == []


def opened(page: Page, link: str) -> Page:
    """Open the whole list."""
    page.goto(f"{link}?zeigen=alle")
    return page


def someone(page: Page) -> Locator:
    """Return the row of the next guest who is not there yet, found again by its number whatever happens to it."""
    number = page.locator(".guest:not(.here):visible").first.get_attribute("id")
    return page.locator(f"#{number}")


def same(row: Locator, page: Page) -> Locator:
    """Return the row of the same guest on another phone."""
    return page.locator(f"#{row.get_attribute('id')}")


def number_here(page: Page) -> int:
    found = re.match(r"\d+", page.get_by_role("heading", level=1).inner_text())
    assert found
    return int(found[0])


def tick(row: Locator) -> None:
    row.get_by_role("button", name="Anwesend").click()


def test_a_helper_without_javascript(phone: Page, link: str) -> None:
    row = someone(opened(phone, link))
    before = number_here(phone)

    follow(row.get_by_role("button", name="Anwesend"))
    assert re.search(r"\d\d:\d\d da", row.inner_text())
    assert number_here(phone) == before + 1

    row.get_by_text("Zahl ändern").click()
    row.get_by_label("Wie viele sind gekommen?").fill("7")
    follow(row.get_by_role("button", name="Speichern"))
    assert "7 gekommen" in row.inner_text()

    follow(row.get_by_role("button", name="Rückgängig"))
    assert number_here(phone) == before

    name = row.locator("b").inner_text()
    phone.get_by_label("Name oder Code").fill(name)
    follow(phone.get_by_role("button", name="Suchen"))
    assert row.is_visible()
    assert phone.locator(".guest:visible").count() < 5

    follow(phone.get_by_role("button", name="+1 ohne Anmeldung"))
    assert "2 ohne Anmeldung" in phone.get_by_role("main").inner_text()
    follow(phone.get_by_role("button", name="Letzte Person zurücknehmen"))
    assert "1 ohne Anmeldung" in phone.get_by_role("main").inner_text()


def test_two_helpers_tick_the_same_guest_once(phones: Any, link: str) -> None:
    first, second = opened(phones(), link), opened(phones(), link)
    row = someone(first)
    before = number_here(first)

    tick(row)
    expect(first.get_by_role("status")).to_contain_text("ist da")
    tick(same(row, second))

    expect(second.get_by_role("status")).to_contain_text(re.compile(r"Schon um \d\d:\d\d da"))
    expect(row).to_have_class(re.compile("here"))
    for page in (first, second):
        page.reload()
        assert number_here(page) == before + 1
    row.get_by_role("button", name="Rückgängig").click()
    expect(row).not_to_have_class(re.compile("here"))


def wait_for_copy(page: Page) -> None:
    """Return when the page is kept for times without a net."""
    page.wait_for_function(
        "async (name) => (await (await caches.open(name)).keys()).some((kept) => kept.url.endsWith('.door.js'))",
        arg=f"door {page.url.split('?')[0].partition('/tuer/')[1]}{page.url.split('/tuer/')[1].split('?')[0]}",
    )


def test_without_a_net_the_list_stays_and_ticks_are_sent_later(phones: Any, link: str) -> None:
    cellar, street = opened(phones(), link), opened(phones(), link)
    wait_for_copy(cellar)
    before = number_here(cellar)
    row = someone(cellar)
    cellar.context.set_offline(True)
    other = same(row, street).locator("xpath=following-sibling::li[not(contains(@class, 'here'))]").first
    tick(other)
    expect(street.get_by_role("status")).to_contain_text("ist da")

    cellar.reload()
    assert number_here(cellar) == before, "the copy is shown, it knows nothing of the other helper"
    tick(row)
    cellar.get_by_label("Für welche Uhrzeit?").select_option(index=7)
    cellar.get_by_role("button", name="+1 ohne Anmeldung").click()
    expect(cellar.get_by_text("2 noch nicht gesendet")).to_be_visible()
    cellar.reload()
    expect(cellar.get_by_text("2 noch nicht gesendet")).to_be_visible()
    expect(row).to_have_class(re.compile("here"))
    cellar.get_by_label("Name oder Code").fill(row.locator("b").inner_text())
    expect(row).to_be_visible()

    cellar.context.set_offline(False)
    expect(cellar.get_by_text("noch nicht gesendet")).to_be_hidden(timeout=20_000)
    expect(cellar.get_by_role("heading", level=1)).to_contain_text(f"{before + 2} von")
    street.reload()
    expect(same(row, street)).to_have_class(re.compile("here"))
    assert "2 ohne Anmeldung" in street.get_by_role("main").inner_text()


def test_a_door_of_yesterday_leaves_nothing_on_the_phone_when_another_is_opened(phones: Any, link: str) -> None:
    page = opened(phones(), link)
    wait_for_copy(page)
    page.evaluate(
        """async () => {
          await (await caches.open("door /tuer/gestern")).put("/tuer/gestern", new Response("Ayşe Kaya"));
          const past = { queue: [], until: Date.now() - 1, place: "/tuer/gestern" };
          localStorage.setItem("openday.door /tuer/gestern", JSON.stringify(past));
        }"""
    )

    page.goto("/c/AAA-AAAA")

    page.wait_for_function("async () => (await caches.keys()).length === 1 && localStorage.length === 1")


def test_a_revoked_link_takes_the_list_off_the_phone(olga: BrowserContext, phones: Any) -> None:
    desk = olga.new_page()
    page = opened(phones(), make_link(desk, TODAY))
    wait_for_copy(page)

    entrance(desk, TODAY)
    follow(desk.get_by_role("button", name="Beenden").first)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(".guest")).to_have_count(0)
    page.wait_for_function("async () => !(await caches.keys()).length && !localStorage.length")
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.reload()


def test_a_scanned_code_opens_the_guest_on_a_helpers_phone_only(phones: Any, link: str) -> None:
    helper, stranger = opened(phones(), link), phones()
    found = str(helper.locator(".guest").last.get_attribute("data-find"))
    code = found.rpartition(" ")[2]

    helper.goto(f"/c/{code}")
    helper.wait_for_url(f"**{link}?q={code}")
    assert helper.locator(".guest:visible").count() == 1
    assert helper.get_by_role("button", name=f"Anwesend – {found.rpartition(' ')[0]}").is_visible()

    stranger.goto(f"/c/{code}")
    assert stranger.get_by_role("heading", level=1).inner_text() == "Ihr Code für den Eingang"
    assert found.split(maxsplit=1)[0] not in stranger.content()


def test_the_counter_and_the_words_are_english_on_the_english_page(phones: Any, link: str) -> None:
    page = opened(phones(locale="en-GB"), f"/en{link}")
    row = someone(page)

    row.get_by_role("button", name="Present").click()

    expect(page.get_by_role("status")).to_contain_text(re.compile(r"is here\. \d+ of \d+ here"))
    row.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")


def test_every_control_can_be_hit_with_a_thumb(phones: Any, link: str) -> None:
    page = opened(phones(), link)
    tick(someone(page))

    heights = page.locator(".door :is(button, input, select, summary, .chips a):visible").evaluate_all(
        "controls => controls.map((one) => one.getBoundingClientRect().height)"
    )

    assert len(heights) > 30
    assert min(heights) >= 44
    assert min(page.locator(".guest .btn:visible").evaluate_all("all => all.map((one) => one.offsetHeight)")) >= 48


def test_the_keyboard_keeps_its_place(phones: Any, link: str) -> None:
    page = opened(phones(), link)
    row = someone(page)

    row.get_by_role("button", name="Anwesend").focus()
    page.keyboard.press("Enter")

    expect(row.locator("[data-row]")).to_be_focused()
    row.get_by_role("button", name="Rückgängig").focus()
    page.keyboard.press("Enter")
    expect(row).not_to_have_class(re.compile("here"))


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_and_state(olga: BrowserContext, link: str, width: int, scheme: Any) -> None:
    page = olga.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in (link, f"{link}?zeigen=alle", f"{link}?q=niemand", f"/en{link}?zeigen=alle"):
        page.goto(path)
        assert_accessible(page)
    opened(page, link).get_by_text("Zahl ändern").first.click()
    assert_accessible(page)
    closed = make_link(page, TOMORROW)
    assert_accessible(page)
    page.goto(closed)
    assert page.get_by_role("heading", level=1).inner_text() == "Die Liste ist geschlossen"
    assert_accessible(page)
    page.evaluate("localStorage.clear()")
    page.goto("/c/AAA-AAAA")
    assert_accessible(page)
    entrance(page, TODAY)
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Mappe zum Drucken").click()
    assert download.value.suggested_filename.startswith("eingang-heute-im-lindenhof")
    follow(page.get_by_role("link", name="Liste ansehen"))
    assert_accessible(page)
    page.close()
