"""What happens behind the pages: mails per second of the worker, and lists of ten thousand guests."""

import csv
import io
import smtplib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import xlsxwriter
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from openday import clock, tokens
from openday.exports.attendee_csv import as_csv
from openday.exports.attendee_pdf import as_pdf
from openday.exports.attendee_xlsx import as_xlsx
from openday.extensions import db
from openday.mailing.delivery import deliver_due
from openday.models import Booking, OutboxMessage
from openday.models.words import OutboxState
from openday.services.attendee_list import AttendeeFilter, attendee_list
from tests.bench.data import fill, write
from tests.bench.pages import resident
from tests.bench.place import Place
from tests.bench.report import Figure, Report
from tests.served import free_port

TEXT, HTML = "Ihr Platz ist reserviert.\n" * 50, "<p>Ihr Platz ist reserviert.</p>\n" * 120


class Sink:
    """A mail server that takes everything."""

    async def handle_DATA(self, *_args: object) -> str:  # noqa: N802 - the name aiosmtpd calls
        """Take a mail."""
        return "250 ok"


def measure_mails(place: Place, report: Report, mails: int) -> None:
    """Deliver queued mails to a server on loopback, next to a loop over one kept connection."""
    fill(1)
    rows = [
        {
            "kind": "booking_confirmed",
            "message_id": f"<{tokens.new_token()}@example.org>",
            "recipient": f"gast{number}@example.org",
            "subject": "Ihr Platz ist reserviert",
            "text": TEXT,
            "html": HTML,
        }
        for number in range(mails)
    ]
    with db.engine.connect().execution_options(openday_writes=True) as connection, connection.begin():
        write(connection, OutboxMessage, rows)
    port = free_port()
    server = Controller(Sink(), hostname="127.0.0.1", port=port)  # type: ignore[no-untyped-call]
    server.start()  # type: ignore[no-untyped-call]
    try:
        bare = mails / seconds_of(lambda: bare_mails(port, mails))
        settings = place.app.extensions["openday.settings"]
        place.app.extensions["openday.settings"] = replace(settings, mail=replace(settings.mail, port=port))
        place.app.extensions["mail"].port = port
        worker = mails / seconds_of(deliver_all)
    finally:
        server.stop()  # type: ignore[no-untyped-call]
    sent = db.session.scalar(select(func.count()).where(OutboxMessage.state == OutboxState.SENT))
    report.add(Figure(place.database, "mails over one kept connection, bare loop", f"{bare:7.0f}/s"))
    what = f"{worker:7.0f}/s, {sent} of {mails} sent"
    report.add(Figure(place.database, "mails of the worker", what, worker / bare, "bare loop", "0.5"))


def deliver_all() -> None:
    """Deliver until nothing is due."""
    while deliver_due():
        pass


def bare_mails(port: int, mails: int) -> None:
    """Send mails of the same size over one connection."""
    body = f"Subject: x\r\nTo: a@example.org\r\n\r\n{TEXT}{HTML}".replace("\n", "\r\n").encode()
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as connection:
        for _ in range(mails):
            connection.sendmail("openday@example.org", ["a@example.org"], body)


def measure_exports(place: Place, report: Report, guests: int) -> None:
    """Write a list in each format, next to the bare library with the same values."""
    fill(1, slots_each=16, capacity=100_000)
    with db.engine.connect().execution_options(openday_writes=True) as connection, connection.begin():
        write(connection, Booking, [guest_row(number) for number in range(guests)])
    wanted = AttendeeFilter()
    reading = seconds_of(lambda: attendee_list(1, wanted))
    report.add(Figure(place.database, f"reading {guests} guests", f"{reading:6.2f} s"))
    listing = attendee_list(1, wanted)
    rows = [
        [
            str(one.starts_at),
            one.name,
            str(one.party_size),
            one.mode,
            one.state,
            one.reference,
            one.email,
            one.needs or "",
        ]
        for one in listing.attendees
    ]
    bare = {"CSV": seconds_of(lambda: bare_csv(rows)), "XLSX": seconds_of(lambda: bare_xlsx(rows))}
    writers: dict[str, tuple[Callable[[], object], str]] = {
        "CSV": (lambda: b"".join(as_csv(listing)), "1.5"),
        "XLSX": (lambda: as_xlsx(listing), "1.5"),
        "PDF": (lambda: as_pdf(listing), "2"),
    }
    for name, (write_it, goal) in writers.items():
        before = forget_peak()
        with place.app.test_request_context():
            taken = seconds_of(write_it)
        value = f"{taken:6.2f} s, {peak() - before} MB more"
        ratio = taken / bare[name] if name in bare else None
        figure = Figure(place.database, f"{name} of {guests} guests", value, ratio, "bare library", f"at most {goal}")
        report.add(figure)


def guest_row(number: int) -> dict[str, object]:
    """Return a stored booking."""
    slot_id = number % 16 + 1
    return {
        "reference": f"{number:07d}",
        "event_id": 1,
        "slot_id": slot_id,
        "booker_name": f"Ayşe Kaya {number}",
        "booker_email": f"gast{number}@example.org",
        "token_digest": f"{number:064d}",
        "nonce": tokens.new_token(),
        "payload_digest": "",
        "created_at": clock.now(),
        "erase_on": clock.today() + timedelta(days=30),
    }


def bare_csv(rows: list[list[str]]) -> bytes:
    """Write the rows with the standard library."""
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(rows)
    return target.getvalue().encode()


def bare_xlsx(rows: list[list[str]]) -> bytes:
    """Write the rows with XlsxWriter."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return target.getvalue()


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    begin = time.perf_counter()
    act()
    return max(1e-6, time.perf_counter() - begin)


def forget_peak() -> int:
    """Let the kernel forget the highest memory so far; returns the memory now in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return resident("self")


def peak() -> int:
    """Return the highest memory since it was forgotten, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
