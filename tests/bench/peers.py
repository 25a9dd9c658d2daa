"""The event page and the visitor's whole flow, next to those of a pretix and an Indico that already run here.

Each flow begins at the event's page and ends with the confirmation: pages only, without styles, scripts and pictures.
Whoever walks through is somebody new. The peers are installed and started by hand, with one event that is free and has
room for everybody; it asks for no more than name and address, and Indico lets people in without an account.
"""

import json
import re
from argparse import ArgumentTypeError
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape
from urllib.parse import SplitResult, urlencode, urlsplit

from openday import tokens
from tests.bench.bookings import ROOM, run
from tests.bench.data import fill
from tests.bench.load import Browser, Job, Kind, Load, Round, measured, pages
from tests.bench.pages import load_of, value_of, warm_up
from tests.bench.place import Place
from tests.bench.report import Figure, Report

ROUNDS = 3
OURS = "/t/termin-1"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
DJANGO_TOKEN = r'name="csrfmiddlewaretoken" value="([^"]+)"'


class Visitor:
    """Somebody new, who follows redirects; raises where there is no page."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.path = browser, ""
        browser.cookies.clear()
        self.email = f"gast-{tokens.new_token()[:12].lower()}@example.org"

    async def open(self, path: str) -> str:
        """Return the page behind a link."""
        return await self.ask(f"GET {path} HTTP/1.1")

    async def send(self, path: str, **fields: str) -> str:
        """Return the page behind a form."""
        return await self.post(path, FORM, urlencode(fields))

    async def post(self, path: str, kind: str, text: str, *more: str) -> str:
        """Return what follows on a text that was sent."""
        body = text.encode()
        head = (f"POST {path} HTTP/1.1", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more)
        return await self.ask(*head, body=body)

    async def ask(self, *head: str, body: bytes = b"") -> str:
        """Ask and go where the answer points, until there is a page; ``path`` is its address."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())
        lines = (*head, f"Host: 127.0.0.1:{self.browser.port}", *([f"Cookie: {cookies}"] if cookies else []), "", "")
        status, location, page = await self.browser.exchange("\r\n".join(lines).encode() + body)
        if status in {302, 303}:
            return await self.open(urlsplit(location)._replace(scheme="", netloc="").geturl())
        if status != 200:
            raise ConnectionError(f"{head[0]}: {status}")
        self.path = head[0].split()[1]
        return page.decode()


Flow = Callable[[Visitor, str], Awaitable[None]]
Measure = Callable[[], Load]


def found(pattern: str, page: str) -> str:
    """Return what a page says at some place."""
    if match := re.search(pattern, page):
        return unescape(match[1])
    raise ConnectionError(f"nothing like {pattern}")


async def openday(visitor: Visitor, event: str) -> None:
    """Choose a time, give name and address, see the confirmation: 4 requests."""
    page = await visitor.open(event)
    form, slot = found(r'action="([^"]+/buchen)"', page), found(r'name="slot"[^>]* value="(\d+)"', page)
    page = await visitor.open(f"{form}?slot={slot}")
    nonce = found(r'name="nonce"[^>]* value="([^"]+)"', page)
    await visitor.send(visitor.path, name="Ayşe Kaya", email=visitor.email, party_size="1", nonce=nonce)


async def pretix(visitor: Visitor, event: str) -> None:
    """Put the first thing into the basket, go to the checkout, give an address, confirm, see the order: 9 requests."""
    page = await visitor.open(event)
    basket = {found(r'name="(item_\d+)"', page): "1", "csrfmiddlewaretoken": found(DJANGO_TOKEN, page)}
    page = await visitor.send(found(r'action="([^"]+/cart/add[^"]*)"', page), **basket)
    page = await visitor.open(found(r'action="([^"]+/checkout/start[^"]*)"', page))
    page = await visitor.send(visitor.path, email=visitor.email, csrfmiddlewaretoken=found(DJANGO_TOKEN, page))
    page = await visitor.send(visitor.path, csrfmiddlewaretoken=found(DJANGO_TOKEN, page))
    found("(/order/)", visitor.path)


async def indico(visitor: Visitor, event: str) -> None:
    """Open the form, send what its script would send, see the registration: 4 requests."""
    page = await visitor.open(event)
    page = await visitor.open(found(r'href="([^"]+/registrations/\d+/)"', page))
    fields = json.loads(found(r'data-initial-values="([^"]+)"', page))
    fields |= {"first_name": "Ayşe", "last_name": "Kaya", "email": visitor.email}
    token = found(r'id="csrf-token" content="([^"]+)"', page)
    answer = await visitor.post(visitor.path, JSON, json.dumps(fields), f"X-CSRF-Token: {token}")
    await visitor.open(json.loads(answer)["redirect"])


@dataclass(frozen=True)
class Peer:
    """Somebody else's way to book, and how many times as fast ours is to be."""

    name: str
    flow: Flow
    page_goal: str
    flow_goal: str


PRETIX = Peer("pretix", pretix, "100", "40, aim 80")
INDICO = Peer("Indico", indico, "", "15, aim 25")


def walks(flow: Flow, paths: Sequence[str], _key: str) -> Round:
    """Return rounds of a flow, each of somebody new."""

    async def walk(browser: Browser, load: Load) -> bool:
        await flow(Visitor(browser), paths[0])
        load.booked += 1
        return True

    return walk


def local_event(text: str) -> SplitResult:
    """Return the address of an event on this machine; no other is put under load."""
    address = urlsplit(text)
    if address.scheme != "http" or address.hostname != "127.0.0.1" or address.port is None:
        raise ArgumentTypeError("an event's address is like http://127.0.0.1:8345/somebody/event/")
    return address


def measure_peers(place: Place, report: Report, events: dict[Peer, SplitResult | None], seconds: float) -> None:
    """Measure the peers whose events are given, in turns with openday, which has just one event too."""
    fill(1, capacity=ROOM)
    with place.served() as server:
        warm_up(server, OURS)
        for peer, event in events.items():
            if event is None:
                report.add(Figure(place.database, f"next to {peer.name}", "its address is not given"))
                continue
            their_page = partial(theirs, event, pages, seconds)
            our_page = partial(load_of, server, OURS, 16, seconds)
            compare(place, report, f"{peer.name}, event page", their_page, our_page, peer.page_goal)
            their_flow = partial(theirs, event, partial(walks, peer.flow), seconds * 2)
            our_flow = partial(run, place, server, partial(walks, openday), (OURS,), seconds * 2)
            compare(place, report, f"{peer.name}, event page to confirmation", their_flow, our_flow, peer.flow_goal)


def theirs(event: SplitResult, kind: Kind, seconds: float) -> Load:
    """Let sixteen clients loose on a peer; rounds count from the first second, as one may take them all."""
    assert event.port is not None
    return measured(Job(kind, event.port, (event.path,), 16, seconds, warm_up=0))


def compare(place: Place, report: Report, what: str, peer: Measure, ours: Measure, goal: str) -> None:
    """Put the median turns side by side; what a peer says it has booked is there to be counted in its database."""
    turns = [(peer(), ours()) for _ in range(ROUNDS)]
    booked = sum(load.booked for load, _ours in turns)
    other, own = (sorted(loads, key=lambda load: load.per_second)[ROUNDS // 2] for loads in zip(*turns, strict=True))
    report.add(Figure(place.database, what + f", {booked} booked" * bool(booked), value_of(other)))
    ratio = own.per_second / max(0.01, other.per_second)
    report.add(Figure(place.database, "  the same of openday", value_of(own), ratio, "the peer", goal))
