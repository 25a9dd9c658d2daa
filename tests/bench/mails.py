"""Mails per second of the worker, next to loops that only hand mails over: no outbox, no lease."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage

from jinja2 import Template
from sqlalchemy import delete, func, select

from openday import tokens
from openday.extensions import db, writer
from openday.mailing.delivery import deliver_due
from openday.mailing.envelope import envelope, sender_mailbox
from openday.mailing.outbox import LETTER_COLUMNS, Letter
from openday.models import OutboxMessage, Slot
from openday.models.words import OutboxState
from openday.services.booking import book_slot
from tests.bench.data import fill, write
from tests.bench.place import Place
from tests.bench.report import Figure, Report, seconds_of
from tests.factories import booking_request
from tests.served import free_port

SENDER = "openday@example.org"


def measure_mails(place: Place, report: Report, mails: int) -> None:
    """Deliver confirmations to a server on loopback, a process of its own; the bare loops send mails of their size."""
    letter = queue(place, mails)
    with mail_server() as port:
        ready = mails / seconds_of(lambda: send_ready(port, letter, mails))
        composed = mails / seconds_of(lambda: send_composed(port, letter, mails))
        settings = place.app.extensions["openday.settings"]
        place.app.extensions["openday.settings"] = replace(settings, mail=replace(settings.mail, port=port))
        place.app.extensions["mail"].port = port
        worker = mails / seconds_of(deliver_all)
    sent = db.session.scalar(select(func.count()).where(OutboxMessage.state == OutboxState.SENT))
    size = len(envelope(letter, sender_mailbox(SENDER)).as_bytes()) / 1000
    kept = f"of {size:.1f} KB over one kept connection"
    report.add(Figure(place.database, f"ready mails {kept}, bare loop", f"{ready:7.0f}/s"))
    report.add(Figure(place.database, "  the same, each rendered with Jinja, EmailMessage", f"{composed:7.0f}/s"))
    what = f"{worker:7.0f}/s, {sent} of {mails} sent"
    report.add(Figure(place.database, "mails of the worker", what, worker / ready, "ready mails", "0.5"))
    report.add(Figure(place.database, "  the same", "", worker / composed, "rendered mails"))


def queue(place: Place, mails: int) -> Letter:
    """Fill the outbox with copies of a real confirmation and return one of them."""
    fill(1)
    with place.app.test_request_context():
        book_slot(booking_request(db.session.get_one(Slot, 1)))
    kept = [one for one in OutboxMessage.__table__.columns if not one.primary_key]
    model = db.session.execute(select(*kept).where(OutboxMessage.kind == "booking_confirmed")).one()._mapping
    with writer(db.engine) as connection, connection.begin():
        connection.execute(delete(OutboxMessage))
        copies = [
            {
                **model,
                "booking_id": None,
                "message_id": f"<{tokens.new_token()}@example.org>",
                "recipient": f"gast{number}@example.org",
            }
            for number in range(mails)
        ]
        write(connection, OutboxMessage, copies)
    return Letter(**db.session.execute(select(*LETTER_COLUMNS).limit(1)).one()._mapping)


@contextmanager
def mail_server() -> Iterator[int]:
    """Run a mail server that takes everything and forgets it; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    with subprocess.Popen(command) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    """Wait until somebody answers."""
    until = time.monotonic() + 20
    while True:
        try:
            smtplib.SMTP("127.0.0.1", port, timeout=10).quit()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def deliver_all() -> None:
    """Deliver until nothing is due."""
    while deliver_due():
        pass


def send_ready(port: int, letter: Letter, mails: int) -> None:
    """Send the bytes of one mail again and again; nothing is built."""
    ready = envelope(letter, sender_mailbox(SENDER)).as_bytes()
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as connection:
        for number in range(mails):
            connection.sendmail(SENDER, [f"gast{number}@example.org"], ready)


def send_composed(port: int, letter: Letter, mails: int) -> None:
    """Send mails of which each is rendered and put together, as a small script would."""
    text, html = (Template(words.replace("Ayşe Kaya", "{{ name }}")) for words in (letter.text, letter.html))
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as connection:
        for number in range(mails):
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = SENDER, f"gast{number}@example.org", letter.subject
            mail.set_content(text.render(name=f"Gast {number}"))
            mail.add_alternative(html.render(name=f"Gast {number}"), subtype="html")
            mail.add_attachment(letter.calendar or "", subtype="calendar", filename="termin.ics")
            connection.send_message(mail)
