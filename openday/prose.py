"""Long texts of organisers: a safe part of Markdown (CommonMark 0.31) becomes HTML, everything else stays text."""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}
SCHEMES = {"http", "https", "mailto"}
TOO_MUCH = ("image", "code", "fence", "html_block", "html_inline", "table", "hr", "lheading", "backticks", "entity")


def as_html(text: str) -> Markup:
    """Return a text as HTML of :data:`TAGS`: an empty line parts paragraphs, a line break stays one.

    Headings become ``h3`` and ``h4``, because the page has its own above them. Links go to :data:`SCHEMES` only. What
    comes out of the parser is held to the list once more, so that a bug in one of the two opens nothing (threat T16).
    """
    html = nh3.clean(
        parser().render(text),
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return Markup(html)  # noqa: S704 - the allow-list above made it


@cache
def parser() -> MarkdownIt:
    """Return the parser: no HTML, no pictures, no code."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(list(TOO_MUCH), ignoreInvalid=True)
    markdown.validateLink = has_known_scheme  # type: ignore[method-assign]
    markdown.core.ruler.push("lower_headings", lower_headings)
    return markdown


def has_known_scheme(url: str) -> bool:
    """Whether a link leads to a page or a mailbox; one within this site is none an organiser can know."""
    return url.partition(":")[0].lower() in SCHEMES


def lower_headings(state: object) -> None:
    """Put an organiser's headings below those of the page."""
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
