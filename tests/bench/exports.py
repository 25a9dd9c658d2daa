"""Lists of ten thousand guests as files, from the database to the last byte, next to the bare library."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from openday import clock, tokens
from openday.exports.attendee_csv import as_csv
from openday.exports.attendee_pdf import as_pdf
from openday.exports.attendee_xlsx import as_xlsx
from openday.extensions import db, writer
from openday.models import Booking
from openday.services.attendee_list import AttendeeFilter, attendee_list
from tests.bench.bare_exports import bare_csv, bare_pdf, bare_xlsx
from tests.bench.data import fill, write
from tests.bench.memory import peak_of
from tests.bench.place import Place
from tests.bench.report import Figure, Report, seconds_of

ROUNDS = 3


@dataclass(frozen=True)
class Contest:
    """A format of ours, the bare library's, and by how much ours may be slower."""

    name: str
    ours: Callable[[], object]
    bare: Callable[[], object]
    goal: str


CONTESTS = (
    Contest("CSV", lambda: b"".join(as_csv(attendee_list(1, AttendeeFilter()))), bare_csv, "1.5"),
    Contest("XLSX", lambda: as_xlsx(attendee_list(1, AttendeeFilter())), bare_xlsx, "1.5"),
    Contest("PDF", lambda: as_pdf(attendee_list(1, AttendeeFilter())), bare_pdf, "2"),
)


def measure_exports(place: Place, report: Report, guests: int) -> None:
    """Read a list and write it in each format; bare are plain SQL, a loop and the library itself."""
    fill(1, slots_each=16, capacity=100_000)
    with writer(db.engine) as connection, connection.begin():
        write(connection, Booking, [guest_row(number) for number in range(guests)])
    with place.app.test_request_context():
        for contest in CONTESTS:
            measure(contest, place.database, report, guests)


def measure(contest: Contest, database: str, report: Report, guests: int) -> None:
    """Report the memory of one run and the median time of some, ours and bare by turns."""
    db.session.remove()
    db.engine.dispose()  # no connection is shared with the copy of this process
    memory = peak_of(contest.ours)
    rounds = [(seconds_of(contest.bare), seconds_of(contest.ours)) for _round in range(ROUNDS)]
    bare, ours = (median(times) for times in zip(*rounds, strict=True))
    report.add(Figure(database, f"{contest.name} of {guests} guests, bare library", f"{bare:6.2f} s"))
    value = f"{ours:6.2f} s, {memory} MB more"
    goal = f"at most {contest.goal}; 100 MB"
    report.add(Figure(database, f"{contest.name} of {guests} guests", value, ours / bare, "bare library", goal))


def guest_row(number: int) -> dict[str, object]:
    """Return a stored booking; every second guest gives a telephone number, every tenth a need."""
    return {
        "reference": f"{number:07d}",
        "event_id": 1,
        "slot_id": number % 16 + 1,
        "party_size": number % 3 + 1,
        "booker_name": f"Ayşe Kaya {number}",
        "booker_email": f"gast{number}@example.org",
        "booker_phone": None if number % 2 else f"0341 {number:06d}",
        "needs": None if number % 10 else "Ich brauche Schriftdolmetschung.",
        "token_digest": f"{number:064d}",
        "nonce": tokens.new_token(),
        "payload_digest": "",
        "created_at": clock.now() - timedelta(seconds=number),
        "erase_on": clock.today() + timedelta(days=30),
    }
