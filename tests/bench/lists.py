"""Lists among few and among many events: one request after the other in one process, nothing kept but the roll."""

import time
from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

from openday.services.availability import announce_event
from openday.services.listing_change import announce_listing
from openday.services.overview import Wanted, behind, overview
from openday.services.rolls import rolls
from openday.services.scope import Scope
from openday.transaction import transaction
from openday.web import page_cache
from tests.bench.data import fill
from tests.bench.place import Place
from tests.bench.report import Figure, Report

PLATFORM = Scope(user_id=1, roles={}, is_admin=True)
PAGES = (
    "/termine",
    "/termine?plz=04109&km=25",
    "/termine?plz=04109&km=100",
    "/termine?frei=1",
    "/termine?land=SN&art=vor-ort",
    "/",
)
GOAL = "at most 1.3, aim 1.1"


def measure_lists(place: Place, report: Report, sizes: tuple[int, ...], rounds: int) -> None:
    """Measure each list as it is, and again with one event changed before each look."""
    smallest: dict[str, float] = {}
    client = place.app.test_client()
    questions: dict[str, Callable[[], object]] = {path: lambda path=path: client.get(path) for path in PAGES}
    questions |= {
        "overview, counted anew": lambda: overview(PLATFORM),
        "behind a number": lambda: behind(PLATFORM, Wanted(land="SN")),
    }
    for size in sizes:
        fill(size)
        rolls.kept.clear()
        with patch.object(page_cache, "MAX_AGE", timedelta(0)):
            begin = time.perf_counter()
            client.get("/termine")
            first = f"{time.perf_counter() - begin:7.2f} s"
            report.add(Figure(place.database, f"first list of a process, {size} events", first))
            for what, ask in questions.items():
                for change, suffix in ((None, ""), (change_one, ", one event changed")):
                    name = f"{what}{suffix}, {size} events"
                    taken = milliseconds(ask, change, rounds)
                    times = taken / smallest.setdefault(f"{what}{suffix}", taken)
                    report.add(Figure(place.database, name, f"{taken:7.2f} ms", times, f"{sizes[0]} events", GOAL))


def milliseconds(ask: Callable[[], object], change: Callable[[], object] | None, rounds: int) -> float:
    """Return the quickest of so many answers: what else the machine does only adds. The change is not counted."""
    taken = []
    for _number in range(rounds):
        if change is not None:
            change()
        begin = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begin)
    return min(taken) * 1000


@transaction
def change_one() -> None:
    """Tell the lists of an event, as whoever edits it does."""
    announce_event(1)
    announce_listing(1, 1)
