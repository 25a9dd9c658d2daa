"""Who came: ticked once, whoever taps how often, and taken back for ten minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Row, exists, select, update

from openday import clock
from openday.errors import NotFound, Refusal
from openday.extensions import db
from openday.models import AuditEntry, Booking, Slot
from openday.models.words import BookingState, Mode
from openday.services.door_link import Door, DoorClosed
from openday.transaction import transaction

log = structlog.get_logger()

UNDO = timedelta(minutes=10)
MOST = 200  # people of one party
SILENT = {"synchronize_session": False}


class NotExpected(Refusal):
    """The booking is cancelled, or was never confirmed: it has no place at the door."""

    code = "not_expected"
    message = _l("Diese Buchung gilt nicht: Sie ist abgesagt oder noch nicht bestätigt.")


class NotHere(Refusal):
    """Nobody of the party was ticked."""

    code = "not_here"
    message = _l("Diese Gäste sind noch nicht als anwesend vermerkt.")


class UndoOver(Refusal):
    """The tap is older than ten minutes."""

    code = "undo_over"
    message = _l("Zurücknehmen geht nur 10 Minuten lang. Danach lässt sich die Zahl der Personen ändern, auch auf 0.")


@dataclass(frozen=True)
class Tap:
    """When somebody tapped (aware UTC), and the tap's own number: sent again it is the same tap."""

    at: datetime
    nonce: str


@dataclass(frozen=True)
class Arrival:
    """A party that is there. ``is_first`` is False when another tap had been before this one."""

    came_at: datetime
    came_size: int
    is_first: bool


@transaction
def check_in(door: Door, booking_id: int, tap: Tap) -> Arrival | None:
    """Note that the whole party is there; None when this very tap was taken back since.

    Two helpers who tick the same guest count once: the database decides who was first. Raises ``NotFound``,
    ``NotExpected`` and, before the day, ``DoorClosed``.
    """
    at = moment_of(door, tap)
    is_again = is_repeated(door, booking_id, tap)
    if not is_again:
        came = db.session.execute(
            update(Booking)
            .where(Booking.id == booking_id, is_expected_at(door), not_ticked())
            .values(came_at=at, came_size=Booking.party_size)
            .returning(Booking.came_at, Booking.came_size),
            execution_options=SILENT,
        ).first()
        if came is not None:
            note(door, booking_id, tap, "checked_in")
            return Arrival(came.came_at, came.came_size, is_first=True)
    found = guest_at(door, booking_id)
    if found.came_at is not None:
        return Arrival(found.came_at, found.came_size or 0, is_first=is_again)
    if found.state is not BookingState.CONFIRMED:
        raise NotExpected
    return None


@transaction
def undo_check_in(door: Door, booking_id: int, tap: Tap) -> bool:
    """Take a tick back that is at most ten minutes old; False when there is none. Raises ``UndoOver``, ``NotFound``."""
    at = moment_of(door, tap)
    found = guest_at(door, booking_id)
    if found.came_at is None or is_repeated(door, booking_id, tap):
        return False
    undone = db.session.scalar(
        update(Booking)
        .where(Booking.id == booking_id, Booking.came_at == found.came_at, Booking.came_at >= at - UNDO)
        .values(came_at=None, came_size=None)
        .returning(Booking.id),
        execution_options=SILENT,
    )
    if undone is None:
        raise UndoOver
    note(door, booking_id, tap, "check_in_undone")
    return True


@transaction
def count_party(door: Door, booking_id: int, tap: Tap, size: int) -> int:
    """Write down how many of a ticked party really came, from 0 to 200. Raises ``NotHere``, ``NotFound``."""
    moment_of(door, tap)
    found = guest_at(door, booking_id)
    if is_repeated(door, booking_id, tap):
        return found.came_size or 0
    counted = db.session.scalar(
        update(Booking)
        .where(Booking.id == booking_id, Booking.came_at.is_not(None))
        .values(came_size=size)
        .returning(Booking.id),
        execution_options=SILENT,
    )
    if counted is None:
        raise NotHere
    note(door, booking_id, tap, "party_counted")
    return size


def is_at(door: Door) -> ColumnElement[bool]:
    """Return the condition on :class:`Booking`: somebody who comes in person on the day of this door."""
    return (
        (Booking.event_id == door.event_id)
        & (Booking.mode == Mode.ONSITE)
        & exists().where(Slot.id == Booking.slot_id, door.has())
    )


def is_expected_at(door: Door) -> ColumnElement[bool]:
    """Return the condition on :class:`Booking` under which a party can be ticked."""
    return is_at(door) & (Booking.state == BookingState.CONFIRMED)


def not_ticked() -> ColumnElement[bool]:
    """Return the condition that decides who is first."""
    return Booking.came_at.is_(None)


def guest_at(door: Door, booking_id: int) -> Row[BookingState, datetime | None, int | None]:
    """Return state and arrival of a booking of this door as they are now; raises ``NotFound``."""
    columns = select(Booking.state, Booking.came_at, Booking.came_size)
    found = db.session.execute(columns.where(Booking.id == booking_id, is_at(door))).first()
    if found is None:
        raise NotFound
    return found


def moment_of(door: Door, tap: Tap) -> datetime:
    """Return when it happened, never in the future and never before the day; raises ``DoorClosed`` before the day."""
    if clock.now() < door.opens_at:
        raise DoorClosed(door.day, is_over=False)
    return max(door.opens_at, min(tap.at, clock.now()))


def is_repeated(door: Door, booking_id: int, tap: Tap) -> bool:
    """Whether this very tap was done before: a phone that got no answer sends it again."""
    done = exists().where(
        AuditEntry.object_type == "booking", AuditEntry.object_id == booking_id, AuditEntry.detail == mark_of(door, tap)
    )
    return bool(db.session.scalar(select(done)))


def mark_of(door: Door, tap: Tap) -> str:
    """Return what tells one tap from all others, in the audit log too."""
    return f"link {door.link_id}, {tap.nonce}" if door.link_id is not None else tap.nonce


def note(door: Door, booking_id: int, tap: Tap, action: str) -> None:
    """Write down who did it, in the same transaction."""
    db.session.add(
        AuditEntry(
            action=action,
            actor_id=door.actor_id,
            object_type="booking",
            object_id=booking_id,
            detail=mark_of(door, tap),
        )
    )
    log.info("door list changed", action=action, event_id=door.event_id, booking_id=booking_id, link_id=door.link_id)
