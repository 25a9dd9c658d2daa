"""Who is expected at an event: by the page for the screen, in full for a file. The caller has checked the tenant."""

from collections import Counter, namedtuple
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.errors import NotFound
from openday.exports.attendee_list import Attendee, AttendeeList, Extra, Summary
from openday.exports.words import GUEST_KINDS, MODES, STATES
from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, Slot, WalkIn
from openday.models.words import SEATED_STATES, BookingState, GuestKind, Mode
from openday.privacy import AFTER_EVENT
from openday.services.attendee_extras import EXTRA_COLUMNS, extras_of
from openday.services.name_search import matcher, plain
from openday.services.visit import address_of
from openday.transaction import transaction
from openday.wording import berlin_day, day_in_words, days_in_words, times_in_words

log = structlog.get_logger()

PAGE_SIZE = 100
COLUMNS = (
    Booking.id,
    Booking.slot_id,
    Booking.booker_name,
    Booking.guest_name,
    Booking.party_size,
    Booking.guest_kind,
    Booking.mode,
    Booking.state,
    Booking.came_at,
    Booking.came_size,
    Booking.organisation,
    Booking.needs,
    Booking.reference,
    Booking.booker_email,
    Booking.booker_phone,
    Booking.created_at,
    Booking.erase_on,
    *EXTRA_COLUMNS,
)
BookingRow = Any  # a named tuple: entities and SQLAlchemy's rows cost several times as much, and here are thousands
_booking_row = namedtuple("_booking_row", [column.key for column in COLUMNS])._make  # type: ignore[attr-defined]
SlotsById = Mapping[int, "SlotChoice"]
PINNED = (GuestKind.POLITICS, GuestKind.PRESS)


@dataclass(frozen=True)
class AttendeeFilter:
    """What an organiser looks for; empty means everybody, those who cancelled included."""

    search: str = ""
    slot_id: int | None = None
    guest_kind: GuestKind | None = None
    state: BookingState | None = None


@dataclass(frozen=True)
class SlotChoice:
    """A time to filter by, with how many came without a booking; instants are aware UTC."""

    id: int
    starts_at: datetime
    ends_at: datetime | None
    walk_ins: int


@dataclass(frozen=True)
class AttendeePage:
    """One page of the list on the screen. ``total`` and ``summary`` count all pages, ``has_any`` the whole event."""

    event_title: str
    when: str
    shred_on: date
    summary: Summary
    attendees: tuple[Attendee, ...]
    extras: tuple[Extra, ...]
    page: int
    pages: int
    total: int
    has_any: bool
    slots: tuple[SlotChoice, ...]


def attendee_list(event_id: int, wanted: AttendeeFilter) -> AttendeeList:
    """Return everything a file says, in five statements; raises ``NotFound``."""
    event = _event(event_id)
    rows, slots = _rows_and_slots(event_id)
    found, missed = _found(rows, slots, wanted), _missed(rows, slots)
    extras, values = extras_of(event_id, found)
    return AttendeeList(
        event_title=event.title,
        organiser_name=event.traeger.name,
        when=_when(event, slots, wanted),
        where=" / ".join(filter(None, map(address_of, event.places))),
        generated_at=clock.now(),
        shred_on=_shred_on(event, found),
        summary=_summary(found, missed, _walk_ins(slots, wanted)),
        attendees=_attendees(found, slots, missed, values),
        selection=_selection(wanted),
        extras=extras,
    )


@transaction
def export_attendees(event_id: int, wanted: AttendeeFilter, *, actor_id: int, file_format: str) -> AttendeeList:
    """Return the list and write down who took it, in which format and how many rows; raises ``NotFound``."""
    listing = attendee_list(event_id, wanted)
    rows = len(tuple(listing.attendees))
    db.session.add(
        AuditEntry(
            action="attendees_exported",
            actor_id=actor_id,
            object_type="event",
            object_id=event_id,
            detail=f"{file_format}, {rows} rows",
        )
    )
    log.info("attendees exported", event_id=event_id, actor_id=actor_id, file_format=file_format)
    return listing


def attendee_page(event_id: int, wanted: AttendeeFilter, page: int = 1) -> AttendeePage:
    """Return a page of 100 in five statements; a number outside is the nearest page. Raises ``NotFound``."""
    event = _event(event_id)
    rows, slots = _rows_and_slots(event_id)
    found, missed = _found(rows, slots, wanted), _missed(rows, slots)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    on_page = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    extras, values = extras_of(event_id, on_page)
    return AttendeePage(
        event_title=event.title,
        when=_when(event, slots, wanted),
        shred_on=_shred_on(event, found),
        summary=_summary(found, missed, _walk_ins(slots, wanted)),
        attendees=_attendees(on_page, slots, missed, values),
        extras=extras,
        page=page,
        pages=pages,
        total=len(found),
        has_any=bool(rows),
        slots=tuple(slots.values()),
    )


def _event(event_id: int) -> Event:
    event = db.session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .options(joinedload(Event.traeger), selectinload(Event.places))
        .execution_options(populate_existing=True)
    ).first()
    if event is None:
        raise NotFound
    return event


def _rows_and_slots(event_id: int) -> tuple[list[BookingRow], SlotsById]:
    """Return the bookings that have a time, and the times in their order: few against many rows, so not joined."""
    bookings = select(*COLUMNS).outerjoin(Booking.political).outerjoin(Booking.press)
    rows = list(map(_booking_row, db.session.connection().execute(bookings.where(Booking.event_id == event_id))))
    slots = _slots(event_id)
    return [row for row in rows if row.slot_id in slots], slots


def _slots(event_id: int) -> dict[int, SlotChoice]:
    walk_ins = (
        select(func.coalesce(func.sum(WalkIn.size), 0))
        .where(WalkIn.slot_id == Slot.id, WalkIn.undone_at.is_(None))
        .scalar_subquery()
    )
    columns = select(Slot.id, Slot.starts_at, Slot.ends_at, walk_ins).where(Slot.event_id == event_id)
    rows = db.session.execute(columns.order_by(Slot.starts_at, Slot.id))
    return {row.id: SlotChoice(*row) for row in rows}


def _walk_ins(slots: SlotsById, wanted: AttendeeFilter) -> int:
    """Return how many came without a booking; they have neither name nor state one could look for."""
    if wanted.search or wanted.guest_kind or wanted.state:
        return 0
    return sum(slot.walk_ins for slot in slots.values() if wanted.slot_id in (None, slot.id))


def _found(rows: Sequence[BookingRow], slots: SlotsById, wanted: AttendeeFilter) -> list[BookingRow]:
    """Return the wanted rows as the door needs them: by time, politics and press first, then by name.

    Search and order are ours because databases disagree on umlauts: SQLite's ``lower`` knows ASCII only.
    """
    matches = matcher(wanted.search)
    found = [
        row
        for row in rows
        if wanted.slot_id in (None, row.slot_id)
        and wanted.guest_kind in (None, row.guest_kind)
        and wanted.state in (None, row.state)
        and matches(row.booker_name, row.guest_name, row.reference)
    ]

    def place_in_list(row: BookingRow) -> tuple[datetime, bool, str, int]:
        starts_at = slots[row.slot_id].starts_at
        return starts_at, row.guest_kind not in PINNED, plain(row.guest_name or row.booker_name), row.id

    return sorted(found, key=place_in_list)


def _attendees(
    rows: Sequence[BookingRow], slots: SlotsById, missed: frozenset[int], extras: Mapping[int, tuple[str, ...]]
) -> tuple[Attendee, ...]:
    words = {word: str(name) for word, name in (GUEST_KINDS | MODES | STATES).items()}  # each translated once
    return tuple(
        Attendee(
            starts_at=slots[row.slot_id].starts_at,
            ends_at=slots[row.slot_id].ends_at,
            name=row.guest_name or row.booker_name,
            party_size=row.party_size,
            guest_kind=words[row.guest_kind],
            mode=words[row.mode],
            state=words[row.state],
            organisation=row.organisation or "",
            needs=row.needs or "",
            reference=row.reference,
            email=row.booker_email,
            phone=row.booker_phone or "",
            booked_at=row.created_at,
            is_expected=row.state in SEATED_STATES,
            booking_id=row.id,
            came_at=row.came_at,
            came_size=row.came_size if row.came_at else (0 if row.id in missed else None),
            extras=extras[row.id],
        )
        for row in rows
    )


def _missed(rows: Sequence[BookingRow], slots: SlotsById) -> frozenset[int]:
    """Return the ids of who did not come: known once the day is over, and only where somebody was ticked at all."""
    today = clock.today()
    days = {slot.id: berlin_day(slot.starts_at) for slot in slots.values()}
    ticked = {day for row in rows if row.came_at and (day := days[row.slot_id]) < today}
    return frozenset(
        row.id
        for row in rows
        if days[row.slot_id] in ticked
        and row.came_at is None
        and row.state is BookingState.CONFIRMED
        and row.mode is Mode.ONSITE
    )


def _summary(rows: Sequence[BookingRow], missed: frozenset[int], walk_ins: int) -> Summary:
    """Count who is expected, of them who came and who did not; who cancelled or had no booking is named apart."""
    expected = [row for row in rows if row.state in SEATED_STATES]
    kinds = Counter(row.guest_kind for row in expected)
    groups = [(str(GUEST_KINDS[kind]), kinds[kind]) for kind in PINNED if kinds[kind]]
    if came := sum(bool(row.came_size) for row in rows):
        groups.append((_("gekommen"), came))
    if walk_ins:
        groups.append((_("ohne Anmeldung"), walk_ins))
    if absent := sum(row.id in missed or row.came_size == 0 for row in rows):
        groups.append((_("nicht gekommen"), absent))
    if cancelled := len(rows) - len(expected):
        groups.append((str(STATES[BookingState.CANCELLED]), cancelled))
    return Summary(len(expected), sum(row.party_size for row in expected), tuple(groups))


def _shred_on(event: Event, rows: Sequence[BookingRow]) -> date:
    """Return the first day on which a row of the list has to be gone: a list on paper goes as a whole."""
    days = [row.erase_on for row in rows if row.erase_on is not None]
    kept = timedelta(days=AFTER_EVENT.days or 0)
    return min(days, default=(event.last_day or clock.today()) + kept)


def _when(event: Event, slots: SlotsById, wanted: AttendeeFilter) -> str:
    if slot := slots.get(wanted.slot_id or 0):
        return f"{day_in_words(berlin_day(slot.starts_at))}, {times_in_words(slot.starts_at, slot.ends_at)}"
    if event.starts_on is not None:
        return days_in_words(event.starts_on, event.ends_on)
    return event.date_words or ""


def _selection(wanted: AttendeeFilter) -> str:
    """Return the filters in words, so that nobody takes a part of the list for the whole."""
    quoted = _("„%(search)s“", search=wanted.search) if wanted.search else ""
    kind = str(GUEST_KINDS[wanted.guest_kind]) if wanted.guest_kind else ""
    state = str(STATES[wanted.state]) if wanted.state else ""
    return " · ".join(filter(None, (kind, state, quoted)))
