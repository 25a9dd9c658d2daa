"""Many visitors at once through the HTML forms, each with a connection and addresses of its own."""

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from threading import Barrier, Lock, Thread
from urllib.parse import urlencode

from sqlalchemy import select

from openday import tokens
from openday.extensions import db
from openday.models import Booking, Event, SeatPool, Slot
from openday.models.words import BookingState
from tests.chaos.history import Answer, History, Outcome, Stored
from tests.served import Server

CLIENTS = 200
NONCE = re.compile(r'<input[^>]*name="nonce"[^>]*value="([^"]+)"')
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
OUTCOMES = {303: Outcome.OK, 409: Outcome.FULL, 422: Outcome.REFUSED, 503: Outcome.INFO}


@dataclass(frozen=True)
class Form:
    """A filled-in booking form; sent again it has the same nonce."""

    slug: str
    slot_id: int
    seats: int
    email: str
    nonce: str

    @property
    def path(self) -> str:
        """Where it is sent to."""
        return f"/t/{self.slug}/buchen?slot={self.slot_id}"

    @property
    def body(self) -> str:
        """What is sent."""
        return urlencode({"name": "Ayşe Kaya", "email": self.email, "party_size": self.seats, "nonce": self.nonce})


@dataclass
class Crowd:
    """What all visitors of a storm share: the server, the record, and how often each status came."""

    server: Server
    history: History
    statuses: Counter[int] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def count(self, status: int) -> None:
        """Count an answer."""
        with self.lock:
            self.statuses[status] += 1


class Visitor:
    """One browser: one connection at a time, opened anew when it broke."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.connection: HTTPConnection = crowd.server.connect()

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Return status, location and page; raises ``OSError`` or ``HTTPException`` when there is no answer."""
        try:
            self.connection.request(method, path, body, FORM_TYPE if body is not None else {})
            response = self.connection.getresponse()
            page = response.read().decode()
        except (OSError, HTTPException):
            self.connection.close()
            raise
        self.crowd.count(response.status)
        return response.status, response.headers.get("Location", ""), page

    def open_form(self, slug: str, slot_id: int, seats: int, email: str) -> Form | None:
        """Return the form of a time, None when the page says that it can't be booked."""
        deadline = time.monotonic() + 60
        while True:
            try:
                status, _location, page = self.ask("GET", f"/t/{slug}/buchen?slot={slot_id}")
            except (OSError, HTTPException):
                status, page = 0, ""
            if status == 200:
                found = NONCE.search(page)
                return Form(slug, slot_id, seats, email, unescape(found[1])) if found else None
            assert time.monotonic() < deadline, f"no form, last status {status}"
            time.sleep(0.1)

    def send(self, form: Form) -> Answer:
        """Send a form once and write down what came of it."""
        return self.act("book", form, form.path, form.body)[0]

    def send_until_certain(self, form: Form, patience: float = 90) -> tuple[Answer, str]:
        """Send the same form until somebody knows what became of it; returns the last answer and the booking's path."""
        deadline = time.monotonic() + patience
        while True:
            answer, location = self.act("book", form, form.path, form.body)
            if answer.outcome is not Outcome.INFO or time.monotonic() > deadline:
                return answer, location
            time.sleep(0.05)

    def cancel(self, form: Form, location: str, patience: float = 90) -> Answer:
        """Cancel the booking until somebody knows that it is."""
        deadline = time.monotonic() + patience
        while True:
            answer, _location = self.act("cancel", form, f"{location}/absagen", "")
            if answer.outcome is not Outcome.INFO or time.monotonic() > deadline:
                return answer
            time.sleep(0.05)

    def act(self, act: str, form: Form, path: str, body: str) -> tuple[Answer, str]:
        """Do one changing request between two lines of the record."""
        invoked = self.crowd.history.note(act, form.email, form.slot_id, form.seats)
        try:
            status, location, _page = self.ask("POST", path, body)
        except (OSError, HTTPException):
            status, location = 0, ""
        outcome = OUTCOMES.get(status, Outcome.INFO)
        digest = tokens.digest(location.rsplit("/", 1)[-1]) if act == "book" and outcome is Outcome.OK else ""
        answer = Answer(act, form.email, form.slot_id, form.seats, invoked, time.monotonic(), outcome, digest)
        return self.crowd.history.close(answer), location


def storm(crowd: Crowd, visits: Callable[[Visitor, int, Callable[[], None]], None], clients: int = CLIENTS) -> None:
    """Let every client do its visit; what it calls ``together`` is passed by all of them at the same moment."""
    barrier = Barrier(clients)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            visits(Visitor(crowd), number, lambda: None if barrier.broken else wait(barrier))
        except BaseException as error:
            failures.append(error)
            barrier.abort()

    threads = [Thread(target=run, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert not failures, failures[0]
    assert not any(thread.is_alive() for thread in threads), "some visitors never came back"


def wait(barrier: Barrier) -> None:
    """Wait for all others, for two minutes at most."""
    barrier.wait(120)


def stored_bookings() -> list[Stored]:
    """Return what the database has, read in this process."""
    rows = db.session.execute(
        select(Booking.booker_email, Booking.slot_id, Booking.party_size, Booking.state, Booking.token_digest)
    )
    return [
        Stored(email, slot, seats, state is BookingState.CANCELLED, digest)
        for email, slot, seats, state, digest in rows
    ]


def capacities() -> dict[int, int]:
    """Return the seats of each slot with one pool."""
    return {slot_id: seats or 0 for slot_id, seats in db.session.execute(select(SeatPool.slot_id, SeatPool.capacity))}


def slug_of(slots: Sequence[Slot]) -> str:
    """Return the address of the event of these slots."""
    return str(db.session.scalar(select(Event.slug).where(Event.id == slots[0].event_id)))
