"""What every page's frame needs: its language, the same page in the other language, the assets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from jinja2 import pass_context
from jinja2.runtime import Context

from openday import wording
from openday.forms import words
from openday.web.assets import asset
from openday.web.kept_links import kept_links
from openday.web.language import PREFIXES, language_of_path
from openday.web.page_cache import SHOWN_QUERY


@dataclass(frozen=True)
class Chrome:
    """The frame of one page; ``other_href`` is empty where no other language exists."""

    language: str
    other_language: str
    other_href: str
    css: str
    js: str
    door_js: str


def page_chrome() -> Chrome:
    """Read the language from the path alone, so that error pages have it too and no session is touched."""
    language = language_of_path(request.path)
    other = "de" if language == "en" else "en"
    tail = request.path.removeprefix(PREFIXES.get(language, "")) or "/"
    query = request.environ.get(SHOWN_QUERY, request.query_string.decode("ascii", "replace")).removeprefix("?")
    return Chrome(
        language=language,
        other_language=other,
        other_href=PREFIXES.get(other, "") + tail + (f"?{query}" if query else ""),
        css=asset("css").url,
        js=asset("js").url,
        door_js=asset("door.js").url,
    )


def counted(translate: Any) -> Callable[..., Any]:
    """Return the templates' ``ngettext`` with its number written as people read it: ``1.250``."""

    @pass_context
    def ngettext(context: Context, one: str, many: str, count: int, **variables: Any) -> Any:
        return translate(context, one, many, count, **{"num": wording.number(count), **variables})

    return ngettext


def init_chrome(app: Flask) -> None:
    """Offer ``chrome`` to every template."""
    app.context_processor(lambda: {"chrome": page_chrome()})
    app.jinja_env.globals["url_for"] = kept_links(app)
    app.jinja_env.globals["ngettext"] = counted(app.jinja_env.globals["ngettext"])
    app.jinja_env.globals["words"] = words
