"""``python -m tests.screenshots`` takes the README's pictures from the demo."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.browser.demo import CHROMIUM, QUIET, running_demo
from tests.browser.test_staff import OLGA, sign_in

HERE = Path(__file__).parent
EVENT = "Lindenhof Leipzig öffnet die Tür"


def take_event(page: Page) -> None:
    """Picture a public event with its times."""
    page.goto("/t/lindenhof-leipzig-oeffnet-die-tuer")
    page.locator("img").evaluate_all("(images) => Promise.all(images.map((image) => image.decode()))")
    page.screenshot(path=HERE / "event.png")


def take_attendee_list(page: Page) -> None:
    """Picture the organiser's list of guests."""
    sign_in(page, OLGA)
    page.goto("/konto/termine")
    page.get_by_role("link", name=EVENT, exact=True).first.click()
    page.get_by_role("link", name="Teilnahmeliste öffnen").first.click()
    page.screenshot(path=HERE / "attendee_list.png")


def main() -> None:
    """Start the demo, take both pictures, stop the demo."""
    with TemporaryDirectory() as folder, running_demo(Path(folder)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for take in (take_event, take_attendee_list):
            context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 1420}, locale="de-DE")
            take(context.new_page())
            context.close()
        browser.close()


main()
