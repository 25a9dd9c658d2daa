"""What every answer of every test must hold: the response contract, and for pages the shape of good HTML."""

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from openday.extensions import db
from openday.web.headers import CONTRACT
from tests.rolls import Watch

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
LABELLED = frozenset({"input", "select", "textarea"})
UNLABELLED_TYPES = frozenset({"hidden", "submit", "button"})
DATA_BLOCKS = frozenset({"application/ld+json"})
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]*')
REFERENCES = frozenset({"aria-describedby", "aria-labelledby"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
DOCTYPE = "<!doctype html>"
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+(?:[a-z][a-z-]*|viewBox)(?:="[^"]*")?)*)\s*(/?)>')
ATTRIBUTE = re.compile(r'\s([a-zB-]+)(?:="([^"]*)")?')
SLIP = re.compile(r"Undefined|<built-in|lazy_gettext| None |object at 0x")


class Page:
    """Reads a page and collects what is wrong with it, which a tag without its quotes already is."""

    def __init__(self, text: str) -> None:
        self.problems: list[str] = [] if text.startswith(DOCTYPE) else ["no doctype"]
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.controls: list[tuple[str, str]] = []
        self.references: list[tuple[str, str]] = []
        self.levels: list[int] = []
        self.read(text.removeprefix(DOCTYPE))
        self.conclude()

    def read(self, text: str) -> None:
        """Go from tag to tag."""
        before, *found = TAG.split(text)
        self.take_text(before)
        for is_end, tag, attributes, is_both, after in zip(*(found[part::5] for part in range(5)), strict=True):
            if not is_end:
                self.take_start(tag, dict(ATTRIBUTE.findall(attributes)) if attributes else {})
            if is_end or is_both:
                self.take_end(tag)
            if after and not after.isspace():
                self.take_text(after)

    def take_start(self, tag: str, found: dict[str, str]) -> None:
        self.counts[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        if tag in HEADINGS:
            self.levels.append(int(tag[1]))
        if tag == "style" or "style" in found:
            self.problems.append(f"inline style on <{tag}>")
        if tag == "script" and "src" not in found and found.get("type") not in DATA_BLOCKS:
            self.problems.append("inline script")
        if tag in LABELLED and found.get("type") not in UNLABELLED_TYPES and not found.get("aria-label"):
            self.controls.append((tag, found.get("id", "")))
        if tag == "html" and not found.get("lang"):
            self.problems.append("no language")
        if tag == "img" and "alt" not in found:
            self.problems.append("image without alternative text")
        if found:
            self.take_attributes(tag, found)

    def take_attributes(self, tag: str, found: dict[str, str]) -> None:
        if number := found.get("id"):
            self.ids[number] += 1
        if tag == "label" and found.get("for"):
            self.labels.add(found["for"])
        self.problems += [f"inline script: {name}" for name in found if name.startswith("on")]
        for name in REFERENCES & found.keys():
            self.references += [(name, part) for part in found[name].split()]

    def take_end(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.problems.append(f"</{tag}> closes something else")

    def take_text(self, text: str) -> None:
        if "<" in text:
            self.problems.append(f"no tag as it should be: {text.strip()[:60]}")
        if "script" not in self.open and SLIP.search(f" {unescape(text)} "):
            self.problems.append(f"a slip of the programmer is shown: {text.strip()[:60]}")

    def conclude(self) -> None:
        if self.counts["h1"] != 1:
            self.problems.append(f"{self.counts['h1']} h1")
        if self.counts["title"] != 1:
            self.problems.append("no single title")
        if self.counts["main"] != 1:
            self.problems.append("no single main")
        self.problems += [f"id {number} twice" for number, times in self.ids.items() if times > 1]
        self.problems += [f"<{tag} id={name!r}> has no label" for tag, name in self.controls if name not in self.labels]
        self.problems += [f"{name} to missing {to!r}" for name, to in self.references if to not in self.ids]
        for before, after in zip(self.levels, self.levels[1:], strict=False):
            if after > before + 1:
                self.problems.append(f"heading h{before} is followed by h{after}")
        if self.open:
            self.problems.append(f"never closed: {self.open}")


def problems_of(answer: TestResponse) -> list[str]:
    """Return what is wrong with an answer, whatever its route and status."""
    problems = [f"header {name}" for name, value in CONTRACT.items() if answer.headers.get(name) != value]
    path = answer.request.path.removeprefix("/en")
    is_staff = path == "/konto" or path.startswith("/konto/")
    cache = answer.headers.get("Cache-Control", "")
    if is_staff and cache != "no-store":
        problems.append(f"a private page may be kept: {cache!r}")
    if not cache.startswith(("no-store", "public, ")):
        problems.append(f"Cache-Control: {cache!r}")
    if not is_staff and (answer.headers.getlist("Set-Cookie") or "Cookie" in answer.headers.get("Vary", "")):
        problems.append("a visitor got a cookie")
    if answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303, 308}:
        if answer.content_type != "text/html; charset=utf-8":
            problems.append(answer.content_type or "no content type")
        problems += problems_of_page(answer.text) if answer.data and not answer.content_encoding else ()
    return problems


def problems_of_page(text: str) -> tuple[str, ...]:
    """Return what is wrong with a page; one that differs in its tokens alone is not read again."""
    return read(TOKEN.sub("", text))


@lru_cache(1024)
def read(text: str) -> tuple[str, ...]:
    """Read a page."""
    return tuple(Page(text).problems)


class CheckingClient(FlaskClient):
    """A browser that looks at everything it gets."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()  # the test's own reading transaction would keep SQLite's writers waiting
        with self.application.app_context():  # nothing of one request is left in ``g`` for the next
            watch = Watch() if kwargs.get("method") == "POST" else None
            answer = super().open(*args, **kwargs)
            problems = [*problems_of(answer), *(watch.problems() if watch else ())]
        assert not problems, f"{answer.request.method} {answer.request.path} → {answer.status_code}: {problems}"
        return answer
