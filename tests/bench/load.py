"""Clients in a process of their own: in a closed loop each sends its next request as soon as the last one is answered.

In an open loop (:mod:`tests.bench.burst`) requests begin by the clock, whoever still waits.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from urllib.parse import urlencode

from openday import tokens

NONCE = re.compile(rb'name="nonce"[^>]*value="([^"]+)"')
WARM_UP = 0.15  # of the time, not measured


@dataclass
class Load:
    """What came of a run; times in milliseconds."""

    seconds: float = 0
    times: list[float] = field(default_factory=list)
    booked: int = 0
    refused: int = 0
    failed: int = 0

    @property
    def per_second(self) -> float:
        """Rounds that were finished each second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def mean(self) -> float:
        """Return what a round took on average: what half of them took says little where two processes share them."""
        return sum(self.times) / max(1, len(self.times))

    def quantile(self, part: float) -> float:
        """Return the time that this part of all rounds did not exceed."""
        ordered = sorted(self.times) or [0.0]
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Browser:
    """One kept connection, and the cookies that came by it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.cookies: dict[str, str] = {}

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, str, bytes]:
        """Return status, location and body."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n"
        if method == "GET" and "buchen" in path:
            head = head.replace("Accept-Encoding: gzip\r\n", "")
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return await self.exchange(head.encode() + b"\r\n" + body)

    async def exchange(self, request: bytes) -> tuple[int, str, bytes]:
        """Return status, location and body; a connection the server closed is opened once more."""
        for _attempt in range(3):
            try:
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                self.writer.write(request)
                return await self.answer()
            except (OSError, asyncio.IncompleteReadError):
                self.writer = None
        raise ConnectionError("no answer")

    async def answer(self) -> tuple[int, str, bytes]:
        """Read one response."""
        assert self.reader is not None
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, location, length, is_last = int(head[9:12]), "", 0, False
        for line in head.split(b"\r\n")[1:]:
            name, _colon, value = line.partition(b":")
            lowered = name.lower()
            if lowered == b"content-length":
                length = int(value)
            elif lowered == b"location":
                location = value.strip().decode()
            elif lowered == b"connection":
                is_last = b"close" in value.lower()
            elif lowered == b"set-cookie":
                cookie, _equals, content = value.strip().decode().partition(";")[0].partition("=")
                self.cookies[cookie] = content
        body = await self.reader.readexactly(length)
        if is_last:
            self.writer = None  # not before the body is read: this closes it
        return status, location, body


Round = Callable[[Browser, Load], Awaitable[bool]]
Kind = Callable[[Sequence[str], str], Round]


def pages(paths: Sequence[str], _key: str = "") -> Round:
    """Return rounds that get one page after the other."""
    turns = cycle(paths)

    async def get(browser: Browser, _load: Load) -> bool:
        status, _location, _body = await browser.ask("GET", next(turns))
        return status == 200

    return get


def form_fields(nonce: str) -> bytes:
    """Return the form of somebody new: an address that books twice at an event takes the long way by its mailbox."""
    email = f"gast-{tokens.new_token()[:12].lower()}@example.org"
    return urlencode({"name": "Ayşe Kaya", "email": email, "party_size": 1, "nonce": nonce}).encode()


def posts(paths: Sequence[str], key: str) -> Round:
    """Return rounds that send one form, the number of which was given out before."""
    turns = cycle(paths)

    async def post(browser: Browser, load: Load) -> bool:
        body = form_fields(tokens.sign_nonce(key, "booking"))
        status, _location, _body = await browser.ask("POST", next(turns), body)
        load.booked += status == 303
        load.refused += status == 409
        return status == 303

    return post


def visits(paths: Sequence[str], _key: str) -> Round:
    """Return rounds of a whole visit: form, booking, confirmation."""
    turns = cycle(paths)

    async def visit(browser: Browser, load: Load) -> bool:
        path = next(turns)
        _status, _location, page = await browser.ask("GET", path)
        found = NONCE.search(page)
        if found is None:
            return False
        status, location, _body = await browser.ask("POST", path, form_fields(found[1].decode()))
        load.booked += status == 303
        if status != 303:
            return False
        status, _location, _body = await browser.ask("GET", location)
        return status == 200

    return visit


@dataclass(frozen=True)
class Job:
    """What the clients do, where, and for how many seconds."""

    kind: Kind
    port: int
    paths: tuple[str, ...]
    clients: int
    seconds: float
    key: str = field(default="", repr=False)
    warm_up: float = WARM_UP


async def run(job: Job) -> Load:
    """Let the clients go round and round."""
    load, one_round = Load(), job.kind(job.paths, job.key)
    begin = time.perf_counter()
    measured_from, until = begin + job.seconds * job.warm_up, begin + job.seconds

    async def client() -> None:
        browser = Browser(job.port)
        while (started := time.perf_counter()) < until:
            try:
                is_good = await one_round(browser, load)
            except ConnectionError:
                is_good = False
            load.failed += not is_good
            if is_good and started >= measured_from:
                load.times.append((time.perf_counter() - started) * 1000)

    await asyncio.gather(*(client() for _ in range(job.clients)))
    load.seconds = time.perf_counter() - measured_from
    return load


def measured(job: Job) -> Load:
    """Run the clients in a process of their own and return what they saw."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run_here, job).result()


def run_here(job: Job) -> Load:
    """Run the clients in this process."""
    return asyncio.run(run(job))
