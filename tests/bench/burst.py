"""The hour after the press release: bookings and views that come by the clock, more than there are seats for."""

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from sqlalchemy import func, select

from openday.extensions import db
from openday.models import Booking, SeatPool
from openday.models.words import BookingState
from openday.services.invariants import breaches
from tests.bench.data import SLOTS_EACH, fill
from tests.bench.load import Browser, Load, Round, pages, posts
from tests.bench.place import KEY, Place
from tests.bench.report import Figure, Report

BOOKINGS, VIEWS = 50, 200  # each second
EVENTS = 25
SLOTS = EVENTS * SLOTS_EACH
SEATS = 0.9  # for each booking that comes: the last ones find nothing and must not get it either


@dataclass(frozen=True)
class Burst:
    """What arrives where, and for how many seconds."""

    port: int
    views: tuple[str, ...]
    bookings: tuple[str, ...]
    seconds: float
    key: str = field(default="", repr=False)


def measure_burst(place: Place, report: Report, seconds: float) -> None:
    """Let bookings and views arrive for some time, then count in the database what came of them."""
    capacity = max(1, int(BOOKINGS * seconds * SEATS) // SLOTS)
    fill(EVENTS, capacity=capacity)
    forms = tuple(f"/t/termin-{(n - 1) // SLOTS_EACH + 1}/buchen?slot={n}" for n in range(1, SLOTS + 1))
    shown = ("/termine", *(f"/t/termin-{n}" for n in range(1, EVENTS + 1)))
    with place.served() as server:
        views, bookings = measured(Burst(server.port, shown, forms, seconds, KEY))
    for what, load, wanted in (("views", views, VIEWS), ("bookings", bookings, BOOKINGS)):
        p95 = load.quantile(0.95)
        failed = load.failed - load.refused
        value = f"{load.per_second:.0f}/s answered, p95 {p95:.0f} ms, {failed} failed"
        name = f"burst of {seconds:.0f} s: {wanted} {what} a second"
        report.add(Figure(place.database, name, value, p95 / 1000, "one second", "at most 1, none failed"))
    report.add(Figure(place.database, "  seats of the burst", verdict(bookings, SLOTS * capacity)))


def verdict(load: Load, seats: int) -> str:
    """Say what the clients were told against what is stored; nobody may be refused while a seat is free."""
    db.session.rollback()
    confirmed = db.session.scalar(select(func.count()).where(Booking.state == BookingState.CONFIRMED)) or 0
    taken = db.session.scalar(select(func.sum(SeatPool.taken))) or 0
    wrong = [*map(str, breaches())]
    if confirmed != load.booked:
        wrong.append(f"{load.booked} acknowledged, {confirmed} stored")
    if taken != confirmed or taken > seats:
        wrong.append(f"{taken} of {seats} seats taken by {confirmed}")
    if load.refused and taken < seats:
        wrong.append(f"{load.refused} refused while {seats - taken} seats were free")
    return "; ".join(wrong) or f"{taken} of {seats} taken, {load.refused} refused, 0 oversold"


def measured(burst: Burst) -> tuple[Load, Load]:
    """Run a burst in a process of its own and return what became of the views and of the bookings."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run_here, burst).result()


def run_here(burst: Burst) -> tuple[Load, Load]:
    """Run a burst in this process."""
    return asyncio.run(run(burst))


async def run(burst: Burst) -> tuple[Load, Load]:
    """Let both streams arrive."""
    begin = time.perf_counter() + 0.5
    views = stream(pages(burst.views), burst, VIEWS, begin)
    bookings = stream(posts(burst.bookings, burst.key), burst, BOOKINGS, begin)
    return await views, await bookings


def stream(one_round: Round, burst: Burst, per_second: int, begin: float) -> "asyncio.Task[Load]":
    """Begin a round at each beat, answered or not; its time counts from the beat, so that a queue can't hide."""
    load, idle = Load(), list[Browser]()

    async def go(due: float) -> None:
        browser = idle.pop() if idle else Browser(burst.port)
        try:
            is_good = await one_round(browser, load)
        except ConnectionError:
            is_good = False
        idle.append(browser)
        load.failed += not is_good
        load.times.append((time.perf_counter() - due) * 1000)

    async def arrive() -> Load:
        async with asyncio.TaskGroup() as group:
            for turn in range(int(per_second * burst.seconds)):
                due = begin + turn / per_second
                await asyncio.sleep(due - time.perf_counter())
                group.create_task(go(due))
        load.seconds = time.perf_counter() - begin
        return load

    return asyncio.create_task(arrive())
