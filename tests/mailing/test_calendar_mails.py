"""The calendar parts of mails as two libraries read them: asked for, replaced, taken away, always the same entry."""

from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any, NamedTuple

import pytest
import time_machine
import vobject
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.mailing.envelope import envelope, sender_mailbox
from openday.models import Event, OutboxMessage, SeatPool, Slot
from openday.models.words import Attendance, Mode, PoolAudience, Role
from openday.services.attendee_list import AttendeeFilter, attendee_list
from openday.services.booking import book_slot
from openday.services.event_cancellation import cancel_times
from openday.services.scope import Scope
from openday.services.seat_table import Reach
from openday.services.slot_change import Move, move_times
from tests.factories import booking_request, make_event, save
from tests.mailing.samples import letter_of

ROOM = "https://room.example.org/geheim"


class Entry(NamedTuple):
    """What a calendar is told."""

    method: str
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    status: str
    organiser: str
    attendee: str


def as_icalendar(text: str) -> Entry:
    calendar: Any = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    return Entry(
        str(calendar["method"]), str(event["uid"]), int(event["sequence"]), event["dtstart"].dt, event["dtend"].dt,
        str(event["status"]), str(event["organizer"]), str(event["attendee"]),
    )  # fmt: skip


def as_vobject(text: str) -> Entry:
    calendar: Any = vobject.readOne(text)
    event = calendar.vevent
    return Entry(
        calendar.method.value, event.uid.value, int(event.sequence.value), event.dtstart.value, event.dtend.value,
        event.status.value, event.organizer.value, event.attendee.value,
    )  # fmt: skip


def mailed(kind: str) -> tuple[OutboxMessage, str]:
    """Return the newest mail of a kind and its calendar part, taken out of the bytes that are sent."""
    db.session.rollback()
    wanted = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id.desc())
    message = db.session.scalars(wanted).first()
    assert message is not None
    sent = message_from_bytes(envelope(letter_of(message), sender_mailbox("od@example.org")).as_bytes(), policy=default)
    [part] = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == message.calendar_method
    return message, part.get_content()


def digital_slot(starts_at: datetime) -> Slot:
    event = make_event(starts_on=clock.to_berlin(starts_at).date(), attendance=Attendance.HYBRID, room_url=ROOM)
    slot = Slot(event_id=event.id, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    slot.pools = [
        SeatPool(mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=9),
        SeatPool(mode=Mode.ONSITE, audience=PoolAudience.EVERYONE, capacity=9),
    ]
    return save(slot)


def owner_of(event: Event) -> Scope:
    return Scope(user_id=1, roles={event.traeger_id: Role.OWNER})


def test_request_update_and_cancel_are_one_entry_for_both_readers(app: Flask) -> None:
    slot = digital_slot(clock.from_berlin(date(2027, 9, 15), time(10)))
    receipt = book_slot(booking_request(slot, email="a@example.org", mode=Mode.ONLINE))
    seen = [mailed("booking_confirmed")]
    scope, day = owner_of(slot.event), date(2027, 9, 16)
    move_times(scope, slot.event_id, Move(slot.id, Reach.SLOT, day, time(11), None, "Sitzung"))
    seen.append(mailed("time_moved"))
    cancel_times(scope, slot.event_id, slot.id, Reach.SLOT, "Sturm")
    seen.append(mailed("booking_called_off"))

    entries = [as_icalendar(text) for _mail, text in seen]
    assert entries == [as_vobject(text) for _mail, text in seen]
    assert [entry.method for entry in entries] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [entry.status for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert len({entry.uid for entry in entries}) == 1
    sequences = [entry.sequence for entry in entries]
    assert sequences == sorted(set(sequences))
    assert entries[1].starts_at == entries[2].starts_at == clock.from_berlin(day, time(11))
    assert {entry.attendee for entry in entries} == {"mailto:a@example.org"}
    assert {entry.organiser for entry in entries} == {"mailto:kontakt@beispiel.de"}
    for _mail, text in seen:
        assert receipt.token not in text
        assert ROOM not in text
        assert "teilnahme" not in text


@pytest.mark.parametrize(
    ("day", "start", "offset", "end"),
    [
        (date(2027, 10, 31), time(1, 30), 2, "02:30"),
        (date(2027, 10, 31), time(4), 1, "06:00"),
        (date(2028, 3, 26), time(1, 30), 1, "04:30"),
        (date(2028, 3, 26), time(4), 2, "06:00"),
    ],
)
def test_on_the_days_the_clocks_change_page_mail_calendar_and_list_agree(
    app: Flask, client: Any, day: date, start: time, offset: int, end: str
) -> None:
    slot = digital_slot(clock.from_berlin(day, start))
    receipt = book_slot(booking_request(slot, mode=Mode.ONSITE))
    message, text = mailed("booking_confirmed")

    entry = as_icalendar(text)
    assert entry.starts_at == datetime.combine(day, start, tzinfo=clock.UTC) - timedelta(hours=offset)
    assert entry == as_vobject(text)
    assert entry.ends_at - entry.starts_at == timedelta(hours=2)
    words = f"{start:%H:%M} bis {end}\u00a0Uhr"
    assert words in message.text
    [listed] = attendee_list(slot.event_id, AttendeeFilter()).attendees
    assert (listed.starts_at, listed.ends_at) == (entry.starts_at, entry.ends_at)
    spoken = f'{start:%H:%M}<span aria-hidden="true">–</span><span class="vh"> bis </span>{end} Uhr'
    assert spoken in client.get(f"/buchung/{receipt.token}").text
    assert spoken in client.get(f"/t/{slot.event.slug}").text
    assert entry.starts_at.strftime("DTSTART:%Y%m%dT%H%M%SZ") in client.get(f"/buchung/{receipt.token}.ics").text


def test_the_repeated_hour_of_autumn_keeps_its_order(app: Flask) -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=clock.UTC)
    with time_machine.travel(first - timedelta(days=3), tick=False):
        slots = [digital_slot(first), digital_slot(first + timedelta(hours=1))]
        for slot in slots:
            book_slot(booking_request(slot, mode=Mode.ONSITE))

    assert [f"{clock.to_berlin(slot.starts_at):%H:%M}" for slot in slots] == ["02:30", "02:30"]
    wanted = select(OutboxMessage.calendar).where(OutboxMessage.kind == "booking_confirmed").order_by(OutboxMessage.id)
    starts = [as_icalendar(text).starts_at for text in db.session.scalars(wanted) if text]
    assert starts == [first, first + timedelta(hours=1)]
