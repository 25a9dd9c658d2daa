"""Stands before Flask: a page that is kept and still true leaves as it left before, without the way through the house.

It asks the same question of the database as the page itself (``page_cache.kept_page``), so it is just as exact. What
comes with a cookie, with a query that was not understood, or changes anything goes the whole way.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from openday import clock
from openday.web.page_cache import ASKED, CURRENT, SHOWN_QUERY, Asked, ReadyPage, Shelf

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ANSWERS = 1024
FORBIDDEN = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE")
DECISIVE = (
    "wsgi.url_scheme",
    "HTTP_HOST",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
)
"""What an anonymous page may depend on."""


@dataclass(frozen=True)
class Answer:
    """An answer as it left, and how to ask whether it may leave again."""

    asked: Asked
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class PageFront:
    """The outermost door; the shelf is one of the application's, so that who empties those empties this."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.inside: WSGIApplication = app.wsgi_app
        self.shelf: Shelf[Answer] = Shelf(ANSWERS)
        app.extensions["openday.pages"]["answers"] = self.shelf

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.inside(environ, start_response)
        answer = self.shelf.find(key)
        if answer is not None:
            environ[CURRENT] = self.version_of(answer.asked)
            if answer.asked.page.holds(environ[CURRENT], clock.now()):
                start_response(answer.status, list(answer.headers))
                return [answer.body]

        def remember(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            if (found := answer_of(environ, status, headers)) is not None:
                self.shelf.keep(key, found)
            return start_response(status, headers, exc_info)

        return self.inside(environ, remember)

    def version_of(self, asked: Asked) -> Hashable:
        """Return what a page must have been made from; None where the database is silent: the house will say so."""
        with self.app.app_context():
            try:
                return asked.version()
            except SQLAlchemyError:
                return None


def key_of(environ: "WSGIEnvironment") -> Hashable | None:
    """Return what an answer depends on, None for a request that goes the whole way."""
    if environ["REQUEST_METHOD"] != "GET" or any(environ.get(name) for name in FORBIDDEN):
        return None
    return tuple(environ.get(name, "") for name in DECISIVE)


def answer_of(environ: "WSGIEnvironment", status: str, headers: list[tuple[str, str]]) -> Answer | None:
    """Return an answer to keep: a kept page, whole or unchanged, at an address that says what it shows and no more."""
    asked, query = environ.get(ASKED), environ.get("QUERY_STRING", "")
    if asked is None or (f"?{query}" if query else "") != environ[SHOWN_QUERY]:
        return None
    names = {name.lower(): value for name, value in headers}
    body = body_of(asked.page, names.get("content-encoding", "")) if status.startswith("200 ") else b""
    is_kept = status.startswith(("200 ", "304 ")) and body is not None and "set-cookie" not in names
    is_new_to_everybody = status.startswith("304 ") or not environ.get("HTTP_IF_NONE_MATCH")
    return Answer(asked, status, headers, body or b"") if is_kept and is_new_to_everybody else None


def body_of(page: ReadyPage, encoding: str) -> bytes | None:
    """Return the bytes of a page as they left, None for a way to pack them that is not ours."""
    if encoding == "gzip":
        return page.compressed
    return None if encoding else page.body
