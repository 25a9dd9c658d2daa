"""Parts of pages that are made once for all who see the same: kept by everything they show, so they are always true.

A booking changes the seats of an event's page and the number in a form, and nothing else on them. What does change is
put into the hole that is left for it. Nothing of a person is in a part.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from secrets import token_hex

from flask import current_app, request
from jinja2.runtime import Macro

from openday.web.chrome import Chrome, page_chrome
from openday.web.page_cache import Shelf

HOLE = token_hex(16)
"""What stands where something is put in: nobody outside this process can write it into a text."""


@lru_cache(2048)
def kept(macro: Macro, *shown: Hashable) -> str:
    """Return what a macro makes of what is shown, made once: of the many times of a page a booking changes one.

    The macro must hang on nothing else; each language has its own.
    """
    return macro(*shown)


def kept_part(shown: Hashable, render: Callable[[], str], *, chrome: Chrome | None = None, shelf: str = "parts") -> str:
    """Return the kept part that shows the same in the same frame, or render and keep it.

    ``shown`` is equal only where the same is shown; what the frame takes from the request is known here, unless it
    says with its own ``chrome`` what is a hole.
    """
    found: Shelf[str] = current_app.extensions["openday.pages"][shelf]
    key = (request.endpoint, request.root_path, chrome or page_chrome(), shown)
    part = found.find(key)
    if part is None:
        part = render()
        found.keep(key, part)
    return part
