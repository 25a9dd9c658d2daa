"""A real Chromium on the running demo. Without a Chromium these tests are skipped, and say so."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo import CHROMIUM, QUIET, running_demo


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and skip it where there is nothing to drive."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: install the package chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's Chromium: no browser is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo as a newcomer starts it; gives its address."""
    with running_demo(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture
def phone(browser: Browser, demo: str) -> Iterator[Page]:
    """A phone without JavaScript."""
    context = browser.new_context(
        base_url=demo, viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="de-DE"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser, demo: str) -> Iterator[Page]:
    """A desktop browser with JavaScript; a script error on any page fails the test."""
    context = browser.new_context(base_url=demo, viewport={"width": 1280, "height": 900}, locale="de-DE")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert [line for line in errors if "status of 4" not in line] == []
