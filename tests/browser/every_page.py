"""Every page there is: the links of the demo followed as each of its people, one address for each endpoint."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from openday.app import create_app
from openday.settings import Mode, Settings

LINK = re.compile(r'(?:href|method="get" action)="(?:http://127\.0\.0\.1:\d+)?(/[^"#]*)')
MAIL = re.compile(r'href="(/_postfach/\d+)">(\w+)')
HUBS = {
    "public.event.show": 60,
    "public.booking.show": 20,
    "console.event.show": 20,
    "console.event_task.edit": 12,
    "console.question.show": 20,
    "public.catalogue.show": 4,
}
MOST_OF_A_KIND = 2  # pages of any other endpoint that are read for their links
SHOWN = (200, 409, 410, 422)
WITHOUT_LINK = ("/link-vergessen", "/link-vergessen/gesendet", "/keine-mails", "/mitwirken/abgelehnt", "/c/AAA-AAAA")


def routes(folder: Path) -> MapAdapter:
    """Return what tells the endpoint of an address; nothing is written into ``folder``."""
    settings = Settings(mode=Mode.TESTING, instance_path=folder, database_url="sqlite://", secret_key="x" * 40)
    return create_app(settings).url_map.bind("127.0.0.1")


def endpoints(known: MapAdapter) -> frozenset[str]:
    """Return the endpoints that answer a GET."""
    return frozenset(rule.endpoint for rule in known.map.iter_rules() if "GET" in (rule.methods or ()))


def endpoint_of(known: MapAdapter, path: str) -> str:
    """Return the endpoint of a German address; empty for one that is no page."""
    try:
        endpoint, values = known.match(urlsplit(path).path)
    except HTTPException:
        return ""
    return str(endpoint) if values.get("language", "de") == "de" else ""


def pages_from(starts: Iterable[str], context: BrowserContext, known: MapAdapter) -> Iterator[tuple[str, str]]:
    """Follow links from these pages; yield endpoint and address of each that is shown."""
    waiting, read = deque(dict.fromkeys(starts)), Counter[str]()
    seen = set(waiting)
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(known, path)
        read[endpoint] += 1
        if not endpoint or read[endpoint] > HUBS.get(endpoint, MOST_OF_A_KIND):
            continue
        answer = context.request.get(path, max_redirects=0)
        if answer.status not in SHOWN or not answer.headers["content-type"].startswith("text/html"):
            continue
        yield endpoint, path
        links = dict.fromkeys(map(unescape, LINK.findall(answer.text())))
        waiting.extend(link for link in links if link not in seen)
        seen.update(links)


def links_of_mails(context: BrowserContext) -> list[str]:
    """Return the links in one mail of each kind of the demo's mailbox."""
    newest_first = MAIL.findall(context.request.get("/_postfach").text())
    mails = {kind: path for path, kind in reversed(newest_first)}
    return [link for path in mails.values() for link in map(unescape, LINK.findall(context.request.get(path).text()))]
