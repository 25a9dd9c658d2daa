"""What every page's frame needs: its language, the same page in the other language, the two assets."""

from dataclasses import dataclass

from flask import Flask, request

from openday.web.assets import asset

ENGLISH = "/en"


@dataclass(frozen=True)
class Chrome:
    """The frame of one page; ``other_href`` is empty where no other language exists."""

    language: str
    other_language: str
    other_href: str
    css: str
    js: str


def page_chrome() -> dict[str, Chrome]:
    """Read the language from the path alone, so that error pages have it too and no session is touched."""
    path = request.path
    is_english = path == ENGLISH or path.startswith(f"{ENGLISH}/")
    other = (path.removeprefix(ENGLISH) or "/") if is_english else ENGLISH + path
    query = request.query_string.decode("ascii", "replace")
    return {
        "chrome": Chrome(
            language="en" if is_english else "de",
            other_language="de" if is_english else "en",
            other_href=f"{other}?{query}" if query else other,
            css=asset("css").url,
            js=asset("js").url,
        )
    }


def init_chrome(app: Flask) -> None:
    """Offer ``chrome`` to every template."""
    app.context_processor(page_chrome)
