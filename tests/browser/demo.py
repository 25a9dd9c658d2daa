"""The demo in a process of its own, and the Chromium that looks at it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator

from tests.cli.commands import running

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--no-opt --no-maglev",  # no script lives long enough to be worth compiling
]


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """Start ``openday demo`` with everything it writes in ``folder``; give its address, end it with the block."""
    variables = {"OPENDAY_INSTANCE_PATH": str(folder / "instance"), "OPENDAY_RATE_LIMITS": "off"}
    with running(folder, "demo", "--fresh", "--small", **variables) as demo:
        demo.wait_until_ready()
        yield demo.url


def follow(control: Locator) -> None:
    """Click a link or button and go on when the page it leads to has loaded."""
    with control.page.expect_navigation():
        control.click()
