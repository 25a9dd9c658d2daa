"""Waiting for the mails of a demo, as people do: by looking again."""

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

MOST = 60  # seconds: the worker of a demo that has just begun has more to send
Found = TypeVar("Found")


def until_mailed(page: Page, look: Callable[[], Found]) -> Found:
    """Look until something is found, and return it."""
    end = time.monotonic() + MOST
    while not (found := look()):
        if time.monotonic() > end:
            raise AssertionError("no such mail came")
        page.wait_for_timeout(200)
    return found
