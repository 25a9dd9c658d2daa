"""The attendee list: who is found, in which order, in how many statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event as listening
from sqlalchemy import select

from openday.errors import NotFound
from openday.exports.attendee_csv import as_csv
from openday.exports.attendee_pdf import as_pdf
from openday.exports.attendee_xlsx import as_xlsx
from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, SeatPool, Slot
from openday.models.words import BookingState, GuestKind, Mode, PoolAudience
from openday.services.attendee_list import AttendeeFilter, attendee_list, attendee_page, export_attendees
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.name_search import matcher
from tests.factories import booking_request, make_event, make_slot, make_traeger, make_user, numbers

TODAY = datetime(2024, 9, 1, 12, 0, tzinfo=UTC)
MORNING = datetime(2024, 9, 16, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def late_summer() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def make_booking(slot: Slot, *, is_cancelled: bool = False, **overrides: Any) -> Booking:
    """Book as a visitor does; what no form asks for yet is written into the row."""
    asked = {name: overrides.pop(name) for name in ("name", "party_size", "needs", "mode") if name in overrides}
    receipt = book_slot(booking_request(slot, email=f"gast{next(numbers)}@example.org", **asked))
    if is_cancelled:
        cancel_booking(receipt.token)
    booking = db.session.scalars(select(Booking).where(Booking.reference == receipt.reference)).one()
    for column, value in overrides.items():
        setattr(booking, column, value)
    db.session.commit()
    return booking


def make_day(**overrides: Any) -> tuple[Event, Slot, Slot]:
    """An event with two times; the second comes first in the database's order of ids."""
    event = make_event(starts_on=date(2024, 9, 16), title="Tag der offenen Tür", **overrides)
    late = make_slot(event, capacity=50, starts_at=MORNING + timedelta(hours=1))
    early = make_slot(event, capacity=50, starts_at=MORNING)
    return event, early, late


def names(listing: Any) -> list[str]:
    return [one.name for one in listing.attendees]


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    listening.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        listening.remove(db.engine, "before_cursor_execute", note)


def test_list_tells_everything_a_file_says(app):
    event, early, _late = make_day(traeger=make_traeger(name="MBE Leipzig e. V."))
    listed = make_booking(
        early, reference="K7QX2M", party_size=2, needs="Stuhl", organisation="Stadt", booker_phone="0341 1"
    )

    listing = attendee_list(event.id, AttendeeFilter())

    [attendee] = listing.attendees
    assert (listing.event_title, listing.organiser_name) == ("Tag der offenen Tür", "MBE Leipzig e. V.")
    assert listing.where == "Beratungsstelle Mitte, Beispielstraße 12, 04109 Leipzig"
    assert listing.when.replace("\u00a0", " ") == "Mo., 16. September 2024"
    assert listing.shred_on == date(2024, 10, 16)
    assert (attendee.starts_at, attendee.ends_at) == (MORNING, MORNING + timedelta(minutes=30))
    assert (attendee.name, attendee.party_size, attendee.guest_kind) == ("Ayşe Kaya", 2, "Gäste")
    assert (attendee.mode, attendee.state, attendee.is_expected) == ("Vor Ort", "gebucht", True)
    assert (attendee.organisation, attendee.needs, attendee.reference) == ("Stadt", "Stuhl", "K7QX2M")
    assert (attendee.email, attendee.phone) == (listed.booker_email, "0341 1")
    assert attendee.booked_at == TODAY


def test_order_is_time_then_politics_and_press_then_the_name_as_people_sort_it(app):
    event, early, late = make_day()
    make_booking(late, name="Aaron")
    make_booking(early, name="zoe")
    make_booking(early, name="Öztürk")
    make_booking(early, name="Pavel")
    make_booking(early, name="Zora", guest_kind=GuestKind.POLITICS)

    assert names(attendee_list(event.id, AttendeeFilter())) == ["Zora", "Öztürk", "Pavel", "zoe", "Aaron"]


def test_guest_is_named_and_found_where_an_office_booked(app):
    event, early, _late = make_day()
    make_booking(early, name="Büro Sommer", guest_name="Dr. Sommer, MdB", guest_kind=GuestKind.POLITICS)

    assert names(attendee_list(event.id, AttendeeFilter(search="mdb"))) == ["Dr. Sommer, MdB"]
    assert names(attendee_list(event.id, AttendeeFilter(search="büro"))) == ["Dr. Sommer, MdB"]


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("müller", "MÜLLER"),
        ("MÜLLER", "müller"),
        ("mueller", "Jörg Müller"),
        ("muller", "Jörg Müller"),
        ("Müller", "Mueller"),
        ("ayse", "Ayşe Kaya"),
        ("kaya ayşe", "Ayşe Kaya"),
        ("strasse", "Weißstraße"),
        ("weiß", "WEISS"),
        ("isik", "Işık"),
        ("lukasz", "Łukasz"),
        ("nguyen", "Nguyễn Văn"),
        ("иван", "ИВАН ПЕТРОВ"),
        ("محمد", "محمد علي"),
        ("Mu\u0308ller", "Müller"),
        ("mueller", "Mu\u0308ller"),
        ("k7qx", "K7QX2M"),
        ("", "Ayşe"),
        ("   ", "Ayşe"),
    ],
)
def test_search_finds_what_was_understood_at_the_door(search: str, name: str):
    assert matcher(search)(name)


@pytest.mark.parametrize(
    ("search", "name"), [("maier", "Müller"), ("kaya x", "Ayşe Kaya"), ("%", "Kaya"), ("_", "Kaya")]
)
def test_search_finds_nobody_else(search: str, name: str):
    assert not matcher(search)(name, None)


def test_search_is_the_same_on_every_database(app):
    event, early, _late = make_day()
    make_booking(early, name="ÖZGÜR Çelik")
    make_booking(early, name="Anna Schmidt", reference="OEZ999")

    assert names(attendee_list(event.id, AttendeeFilter(search="özgür"))) == ["ÖZGÜR Çelik"]
    assert names(attendee_list(event.id, AttendeeFilter(search="oez999"))) == ["Anna Schmidt"]
    assert names(attendee_list(event.id, AttendeeFilter(search="example.org"))) == []


def test_filters_narrow_by_time_kind_and_state_and_say_so(app):
    event, early, late = make_day()
    make_booking(early, name="Erna Früh")
    make_booking(late, name="Presse", guest_kind=GuestKind.PRESS)
    make_booking(late, name="Fort", is_cancelled=True)

    by_time = attendee_list(event.id, AttendeeFilter(slot_id=late.id))
    by_kind = attendee_list(event.id, AttendeeFilter(guest_kind=GuestKind.PRESS, search="e"))
    by_state = attendee_list(event.id, AttendeeFilter(state=BookingState.CANCELLED))

    assert names(by_time) == ["Presse", "Fort"]
    assert by_time.when.replace("\u00a0", " ") == "Mo., 16. September 2024, 11:30 bis 12:00 Uhr"
    assert names(by_kind) == ["Presse"]
    assert by_kind.selection == "Presse · „e“"
    assert names(by_state) == ["Fort"]
    assert [one.is_expected for one in by_state.attendees] == [False]


def test_counts_are_of_those_who_are_expected(app):
    event, early, late = make_day()
    make_booking(early, party_size=3)
    make_booking(early, party_size=2, guest_kind=GuestKind.POLITICS)
    make_booking(late, party_size=5, is_cancelled=True)

    summary = attendee_list(event.id, AttendeeFilter()).summary

    assert (summary.bookings, summary.persons) == (2, 5)
    assert summary.groups == (("Politik", 1), ("abgesagt", 1))


def test_paper_goes_when_its_first_row_has_to(app):
    event, early, late = make_day()
    make_booking(early, erase_on=date(2024, 10, 16))
    make_booking(late, erase_on=date(2024, 10, 20))

    assert attendee_list(event.id, AttendeeFilter()).shred_on == date(2024, 10, 16)
    assert attendee_list(event.id, AttendeeFilter(slot_id=late.id)).shred_on == date(2024, 10, 20)


def test_online_guests_are_told_apart(app):
    event, early, _late = make_day()
    early.pools.append(SeatPool(mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=None, taken=0))
    db.session.commit()
    make_booking(early, mode=Mode.ONLINE)

    assert [one.mode for one in attendee_list(event.id, AttendeeFilter()).attendees] == ["Digital"]


def test_other_events_guests_are_never_on_the_list(app):
    event, _early, _late = make_day()
    _other, slot, _later = make_day()
    make_booking(slot, name="Fremd")

    assert names(attendee_list(event.id, AttendeeFilter())) == []
    assert names(attendee_list(event.id, AttendeeFilter(slot_id=slot.id))) == []


def test_event_that_does_not_exist_is_not_found(app):
    with pytest.raises(NotFound):
        attendee_list(4711, AttendeeFilter())
    with pytest.raises(NotFound):
        attendee_page(4711, AttendeeFilter())


def test_pages_have_a_hundred_rows_and_count_them_all(app):
    event, early, _late = make_day()
    early.pools[0].capacity = None
    db.session.commit()
    for number in range(101):
        make_booking(early, name=f"Gast {number:03}")

    first, last, beyond, before = (attendee_page(event.id, AttendeeFilter(), page) for page in (1, 2, 99, -1))

    assert len(first.attendees) == 100
    assert names(last) == names(beyond) == ["Gast 100"]
    assert (beyond.page, beyond.pages, beyond.total, beyond.summary.bookings) == (2, 2, 101, 101)
    assert before.page == 1
    assert first.attendees[0].booking_id


def test_page_offers_the_times_in_order_and_knows_an_empty_list_from_an_empty_search(app):
    event, early, late = make_day()

    nobody = attendee_page(event.id, AttendeeFilter())
    make_booking(early)
    not_found = attendee_page(event.id, AttendeeFilter(search="Niemand"))

    assert [slot.id for slot in nobody.slots] == [early.id, late.id]
    assert (nobody.has_any, nobody.total, nobody.pages) == (False, 0, 1)
    assert (not_found.has_any, not_found.total) == (True, 0)


@pytest.mark.parametrize("read", [attendee_list, attendee_page])
@pytest.mark.parametrize("guests", [1, 30])
def test_five_statements_are_enough_however_long_the_list(app, read, guests):
    event, early, _late = make_day()
    for _number in range(guests):
        make_booking(early)
    event_id = event.id
    db.session.rollback()

    with counted() as statements:
        read(event_id, AttendeeFilter(search="kaya"))

    assert len([one for one in statements if one != "BEGIN"]) == 5


def test_who_takes_the_list_along_is_written_down_without_names(app):
    event, early, _late = make_day()
    make_booking(early)
    organiser = make_user(role="owner", traeger=event.traeger)

    listing = export_attendees(event.id, AttendeeFilter(), actor_id=organiser.id, file_format="csv")
    db.session.rollback()

    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.object_type == "event")).all()
    assert names(listing) == ["Ayşe Kaya"]
    assert (entry.action, entry.object_type, entry.object_id) == ("attendees_exported", "event", event.id)
    assert (entry.actor_id, entry.detail) == (organiser.id, "csv, 1 rows")


def test_list_can_be_read_by_every_format(app):
    event, early, _late = make_day()
    make_booking(early, name="=1+1")
    listing = attendee_list(event.id, AttendeeFilter())

    assert b'"\'=1+1"' in b"".join(as_csv(listing))
    assert as_xlsx(listing).startswith(b"PK")
    assert as_pdf(listing).startswith(b"%PDF")
