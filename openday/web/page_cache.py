"""Rendered public pages, ready to send: kept per process and shown only while the version they were made from holds.

Nothing of a person is on these pages and no session is touched, so one copy serves everybody.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock
from time import perf_counter
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from flask import Flask, Response, abort, current_app, request

from openday import clock

REVALIDATED = "public, max-age=0, must-revalidate"  # a browser must not show a full time as free
SHORTLY = "public, max-age=60, stale-while-revalidate=300"
MAX_AGE = timedelta(seconds=30)  # „heute“ and opening times move without a change in the database
SHOWN_QUERY = "openday.shown_query"  # in the environment of the request, as the next
ASKED = "openday.asked_page"
CURRENT = "openday.current_version"  # where it was asked for already
PAGES = 512
SEARCHES = 128
PARTS = 512
OWN = 128


@dataclass(frozen=True)
class ReadyPage:
    """The bytes of a page, and what they were made from; ``begun`` tells who was first."""

    body: bytes
    digest: str
    version: Hashable
    made_at: datetime
    begun: float = 0.0

    @cached_property
    def compressed(self) -> bytes:
        """Its twin for who can unpack it."""
        return gzip.compress(self.body, 6, mtime=0)

    def holds(self, version: Hashable, at: datetime) -> bool:
        """Whether the page may still be shown."""
        return self.version == version and timedelta(0) <= at - self.made_at < MAX_AGE


@dataclass(frozen=True)
class Asked:
    """The page an answer was made of, and the question it hangs on."""

    page: ReadyPage
    version: Callable[[], Hashable]


Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """The pages used last; the one not asked for the longest makes room."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self.makers: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()
        self.lock = Lock()

    def find(self, key: Hashable) -> Kept | None:
        """Return a page and remember that it was asked for."""
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: Kept) -> None:
        """Put a page in front."""
        with self.lock:
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > self.size:
                self.pages.popitem(last=False)

    @contextmanager
    def making(self, key: Hashable) -> Iterator[bool]:
        """Let one thread at a time make a page; says whether this one had to wait."""
        with self.lock:
            maker = self.makers.setdefault(key, Lock())
        has_waited = not maker.acquire(blocking=False)
        if has_waited:
            maker.acquire()
        try:
            yield has_waited
        finally:
            maker.release()


def init_page_cache(app: Flask) -> None:
    """Give the application its shelves: odd searches, and what few guests see, can't push out what all see."""
    sizes = {"pages": PAGES, "searches": SEARCHES, "parts": PARTS, "own": OWN}
    shelves: dict[str, Shelf[Any]] = {name: Shelf(size) for name, size in sizes.items()}
    app.extensions["openday.pages"] = shelves


def kept_page(
    version: Callable[[], Hashable],
    render: Callable[[], str],
    *,
    query: Hashable = None,
    shown_query: str = "",
    shelf: str = "pages",
    cache_control: str = REVALIDATED,
) -> Response:
    """Answer with the kept page of this address, or render and keep it; 404 where the version is None.

    ``query`` is the query string as it was understood; what was not understood must not tell two pages apart, and
    must not stand on a page that others get: its links carry ``shown_query`` instead, which follows from ``query``.
    """
    found = current_app.extensions["openday.pages"][shelf]
    request.environ[SHOWN_QUERY] = shown_query
    current, at, asked = request.environ.get(CURRENT) or there(version), clock.now(), perf_counter()
    key = (request.path, query)
    page = found.find(key)
    if page is None or not page.holds(current, at):
        with found.making(key) as has_waited:
            page = found.find(key)
            if page is None or not (page.begun > asked or page.holds(current, at)):
                if has_waited:
                    current, at = there(version), clock.now()
                request.environ[CURRENT] = current
                begun = perf_counter()
                page = ready_page(render(), current, at, begun)
                found.keep(key, page)
    request.environ[ASKED] = Asked(page, version)
    return answer(page, cache_control)


def version_made() -> Any:
    """Return the version of the page that is being made."""
    return request.environ[CURRENT]


def there(version: Callable[[], Hashable]) -> Hashable:
    """Return what a page must be made from at this moment; 404 where it is None."""
    current = version()
    return abort(404) if current is None else current


def never() -> str:
    """Return the version of what changes with a release only."""
    return ""


def ready_page(html: str, version: Hashable, at: datetime, begun: float) -> ReadyPage:
    """Return a page with everything that is made once."""
    body = html.encode()
    digest = hashlib.sha256(body).hexdigest()[:24]
    return ReadyPage(body, digest, version, at, begun)


def answer(page: ReadyPage, cache_control: str) -> Response:
    """Return the bytes the browser can use, or 304 when it has them."""
    takes_gzip = request.accept_encodings["gzip"] > 0
    etag = f"{page.digest}-gzip" if takes_gzip else page.digest
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = Response(page.compressed if takes_gzip else page.body, content_type="text/html; charset=utf-8")
        if takes_gzip:
            response.content_encoding = "gzip"
    response.set_etag(etag)
    response.headers["Cache-Control"] = cache_control
    response.headers["Vary"] = "Accept-Encoding"
    return response
