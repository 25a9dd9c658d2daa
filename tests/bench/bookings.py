"""Bookings per second through the HTML forms, next to the least one can do; each is counted in the database."""

import time

from sqlalchemy import func, insert, select, update

from openday import clock, tokens
from openday.extensions import db, writer
from openday.models import Booking, BookingSeats, Event, OutboxMessage, SeatPool
from openday.services.booking import book_slot
from openday.services.invariants import breaches
from tests.bench.data import SLOTS_EACH, fill
from tests.bench.load import Job, Kind, Load, measured, posts, visits
from tests.bench.pages import BARE, value_of
from tests.bench.place import KEY, Place
from tests.bench.report import Figure, Report
from tests.factories import booking_request
from tests.served import Server

SPREAD = 1000
ROOM = 100_000


def measure_bookings(place: Place, report: Report, seconds: float) -> None:
    """Measure form posts and whole visits on one time and on a thousand."""
    hot = ("/t/termin-1/buchen?slot=1",)
    spread = tuple(f"/t/termin-{(n - 1) // SLOTS_EACH + 1}/buchen?slot={n}" for n in range(1, SPREAD + 1))
    fill(SPREAD // SLOTS_EACH, capacity=ROOM)
    with place.served(BARE) as server:
        bare_hot = run(place, server, posts, ("/book/1",), seconds)
        bare_spread = run(place, server, posts, tuple(f"/book/{n}" for n in range(1, SPREAD + 1)), seconds)
    report.add(Figure(place.database, "minimal ORM booking, one time, 16 clients", value_of(bare_hot)))
    report.add(Figure(place.database, "minimal ORM booking, 1,000 times, 16 clients", value_of(bare_spread)))
    fill(SPREAD // SLOTS_EACH, capacity=ROOM)
    with place.served() as server:
        loads = {}
        for name, paths, bare in (("one time", hot, bare_hot), ("1,000 times", spread, bare_spread)):
            load = loads[name] = run(place, server, posts, paths, seconds)
            ratio = load.per_second / max(1.0, bare.per_second)
            what = f"booking POST, {name}, 16 clients"
            report.add(Figure(place.database, what, value_of(load), ratio, "minimal ORM booking", "0.4, aim 0.6"))
        ratio = loads["one time"].per_second / max(1.0, loads["1,000 times"].per_second)
        report.add(Figure(place.database, "  one time against 1,000", "", ratio, "spread", "0.8, aim 1.0"))
        for name, paths in (("one time", hot), ("1,000 times", spread)):
            load = run(place, server, visits, paths, seconds)
            report.add(Figure(place.database, f"form, booking, confirmation, {name}", value_of(load)))
    found = breaches()
    report.add(Figure(place.database, "invariants after all bookings", "hold" if not found else str(found)))
    measure_transactions(place, report, seconds)


def run(place: Place, server: Server, kind: Kind, paths: tuple[str, ...], seconds: float) -> Load:
    """Let sixteen clients book, and count what arrived; raises when a booking is missing or too many."""
    before = number_of_bookings()
    load = measured(Job(kind, server.port, paths, 16, seconds, KEY))
    arrived = number_of_bookings() - before
    if arrived != load.booked:
        raise SystemExit(f"{place.database}: {load.booked} bookings were acknowledged, {arrived} are stored")
    return load


def number_of_bookings() -> int:
    """Count the bookings."""
    db.session.rollback()
    return int(db.session.scalar(select(func.count(Booking.id))) or 0)


def measure_transactions(place: Place, report: Report, seconds: float) -> None:
    """Measure the service alone and the bare statements, one after the other in this process."""
    fill(1, capacity=ROOM)
    bare = repeated(bare_transaction, seconds / 2)
    report.add(Figure(place.database, "bare SQL transaction, one client", f"{bare:7.0f}/s"))
    service = repeated(book_once, seconds / 2)
    report.add(Figure(place.database, "book_slot, one client", f"{service:7.0f}/s", service / bare, "bare SQL"))


def repeated(act: object, seconds: float) -> float:
    """Return how often an act is done each second."""
    assert callable(act)
    begin, times = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        act()
        times += 1
    return times / (time.perf_counter() - begin)


def book_once() -> None:
    """Book through the service."""
    book_slot(booking_request(type("Slot", (), {"id": 1})()))  # type: ignore[arg-type]


def bare_transaction() -> None:
    """Do the statements of a booking and nothing else."""
    token = tokens.new_token()
    with writer(db.engine) as connection, connection.begin():
        pool_id = connection.scalar(
            update(SeatPool)
            .where(SeatPool.slot_id == 1, SeatPool.taken + 1 <= SeatPool.capacity)
            .values(taken=SeatPool.taken + 1)
            .returning(SeatPool.id)
        )
        booking_id = connection.scalar(
            insert(Booking)
            .values(
                reference=tokens.new_reference(),
                event_id=1,
                slot_id=1,
                booker_name="Ayşe Kaya",
                booker_email="a@example.org",
                token_digest=tokens.digest(token),
                nonce=token,
                payload_digest="",
                erase_on=clock.today(),
            )
            .returning(Booking.id)
        )
        connection.execute(insert(BookingSeats).values(booking_id=booking_id, seat_pool_id=pool_id, seats=1))
        mail = insert(OutboxMessage).values(
            kind="booking_confirmed",
            booking_id=booking_id,
            event_id=1,
            message_id=token,
            recipient="a@example.org",
            subject="x",
            text="x" * 1500,
            html="x" * 4000,
        )
        connection.execute(mail)
        connection.execute(update(Event).where(Event.id == 1).values(version=Event.version + 1))
