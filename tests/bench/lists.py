"""Lists among few and among many events: one request after the other in one process, nothing kept but the roll.

The few fill a page of each list, else there would be less to write and not less to look for: 2 rows of 50 are written
in a third of the time, whatever stands behind them.
"""

import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from openday.services.availability import announce_event
from openday.services.listing_change import announce_listing
from openday.services.rolls import rolls
from openday.services.staff_session import begin_session
from openday.transaction import transaction
from openday.web import page_cache
from openday.web.account.sessions import USER_KEY
from tests.bench.data import fill
from tests.bench.place import Place
from tests.bench.report import Figure, Report
from tests.factories import make_coordinator

PAGES = (
    "/termine",
    "/termine?plz=04109&km=25",
    "/termine?plz=04109&km=100",
    "/termine?frei=1",
    "/termine?land=SN&art=vor-ort",
    "/",
    "/konto/verband",
    "/konto/verband/termine?land=SN",
)
GOAL = "at most 1.3, aim 1.1"


def measure_lists(place: Place, report: Report, sizes: tuple[int, ...], rounds: int) -> None:
    """Measure each list as it is, and again with one event changed before each look."""
    smallest: dict[str, float] = {}
    for size in sizes:
        fill(size)
        rolls.kept.clear()
        visitor, coordinator = place.app.test_client(), desk(place.app)
        with patch.object(page_cache, "MAX_AGE", timedelta(0)):
            begin = time.perf_counter()
            visitor.get("/termine")
            first = f"{time.perf_counter() - begin:7.2f} s"
            report.add(Figure(place.database, f"first list of a process, {size} events", first))
            for path in PAGES:
                client = coordinator if path.startswith("/konto/") else visitor
                ask = partial(get, client, path)
                for change, suffix in ((None, ""), (change_one, ", one event changed")):
                    name = f"{path}{suffix}, {size} events"
                    taken = milliseconds(ask, change, rounds)
                    times = taken / smallest.setdefault(f"{path}{suffix}", taken)
                    report.add(Figure(place.database, name, f"{taken:7.2f} ms", times, f"{sizes[0]} events", GOAL))


def desk(app: Flask) -> FlaskClient:
    """Return a client in which somebody has signed in who oversees everything."""
    user, session_id = make_coordinator(), secrets.token_urlsafe(32)
    begin_session(session_id, user.id, {"_user_id": user.fs_uniquifier, "_fresh": True, USER_KEY: user.id})
    client = app.test_client()
    client.set_cookie("od", session_id)
    return client


def get(client: FlaskClient, path: str) -> TestResponse:
    """Ask for a page in a context of its own: who is asking is kept there."""
    with client.application.app_context():
        return client.get(path)


def milliseconds(ask: Callable[[], TestResponse], change: Callable[[], object] | None, rounds: int) -> float:
    """Return the quickest of so many answers: what else the machine does only adds. The change is not counted."""
    taken = []
    for _number in range(rounds):
        if change is not None:
            change()
        begin = time.perf_counter()
        status = ask().status
        taken.append(time.perf_counter() - begin)
        if status != "200 OK":
            raise SystemExit(f"a list answered {status}")
    return min(taken) * 1000


@transaction
def change_one() -> None:
    """Tell the lists of an event, as whoever edits it does."""
    announce_event(1)
    announce_listing(1, 1)
