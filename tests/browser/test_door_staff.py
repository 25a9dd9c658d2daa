"""The entrance for staff: the helpers' own page on the device in hand, and the list of the console beside it."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, expect

from tests.browser.demo import follow
from tests.browser.test_door import (  # noqa: F401 - the fixtures
    TODAY,
    entrance,
    link,
    number_here,
    olga,
    opened,
    phones,
    same,
    someone,
    tick,
    wait_for_copy,
)


def test_staff_open_the_same_door_which_needs_neither_net_nor_session(olga: BrowserContext, phones: Any) -> None:  # noqa: F811 - the fixtures
    cellar, street = phones(storage_state=olga.storage_state()), phones(storage_state=olga.storage_state())
    for page in (cellar, street):
        entrance(page, TODAY)
        follow(page.get_by_role("button", name="Tür öffnen"))
        opened(page, page.url)
    wait_for_copy(cellar)
    before = number_here(cellar)
    row = someone(cellar)

    cellar.context.clear_cookies()
    cellar.context.set_offline(True)
    cellar.reload()
    tick(row)
    tick(same(row, street))
    expect(street.get_by_role("status")).to_contain_text("ist da")
    cellar.context.set_offline(False)

    expect(cellar.get_by_role("status")).to_contain_text(re.compile(r"Schon um \d\d:\d\d da"), timeout=20_000)
    assert number_here(cellar) == before + 1
    cellar.goto("/konto/termine")
    assert "/konto/anmelden" in cellar.url, "the door was open without a session"


def test_the_list_of_staff_itself_is_never_kept_on_the_device(olga: BrowserContext, phones: Any) -> None:  # noqa: F811 - the fixtures
    page = phones(storage_state=olga.storage_state())
    entrance(page, TODAY)
    follow(page.get_by_role("link", name="Liste ansehen"))
    assert page.locator(".guest").count() > 1

    kept = page.evaluate("async () => [await caches.keys(), ...Object.values(localStorage)].join()")
    assert '"queue":[]' in kept, "what is kept says only where a scanned code leads"
    assert "door" not in kept
    assert page.locator(".guest b").first.inner_text() not in kept
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.reload()


def test_a_scanned_code_opens_the_guest_for_staff(olga: BrowserContext, link: str) -> None:  # noqa: F811 - the fixtures
    page = opened(olga.new_page(), link)
    code = str(page.locator(".guest").last.get_attribute("data-find")).rpartition(" ")[2]
    page.goto("/impressum")  # the list itself would remember where it is once more
    page.evaluate("localStorage.clear()")

    page.goto(f"/c/{code}")
    follow(page.get_by_role("link", name="Auf der Liste öffnen"))

    assert "/konto/termine/" in page.url
    assert page.locator(".guest:visible").count() == 1
    follow(page.get_by_role("button", name=re.compile("^Anwesend")))
    assert re.search(r"\d\d:\d\d da", page.locator(".guest:visible").inner_text())
    follow(page.get_by_role("button", name=re.compile("^Rückgängig")))
