"""Waiting for the mails of a demo, as people do: by looking again."""

from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

LOOKS = 100
Found = TypeVar("Found")


def until_mailed(page: Page, look: Callable[[], Found]) -> Found:
    """Look until something is found, and return it."""
    for _ in range(LOOKS):
        if found := look():
            return found
        page.wait_for_timeout(100)
    raise AssertionError("no such mail came")
