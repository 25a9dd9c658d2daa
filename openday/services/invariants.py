"""What must always hold (design §3), as questions to the database; ``openday check`` and every test ask them."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, EventHost, OutboxMessage, SeatPool, Slot
from openday.models.words import SEATED_STATES, BookingState
from openday.services.erasure import overdue

MAILED_KINDS = ("booking_confirmed", "booking_confirm_request")


def breaches() -> list[str]:
    """Return one German sentence per breach with the number of rows and the first ids, empty when all is well."""
    return [line for check in (seats, bookings_and_mails, scope, retention) for line in check()]


def seats() -> Iterator[str]:
    """I1: never more seats than capacity, and ``taken`` is what the bookings add up to."""
    seated = func.coalesce(func.sum(case((Booking.state.in_(SEATED_STATES), Booking.party_size), else_=0)), 0)
    recount = (
        select(SeatPool.id)
        .outerjoin(Booking, Booking.seat_pool_id == SeatPool.id)
        .group_by(SeatPool.id, SeatPool.taken, SeatPool.capacity)
    )
    yield from report("I1: Die Zahl der vergebenen Plätze stimmt nicht", recount.having(seated != SeatPool.taken))
    yield from report("I1: Mehr Plätze vergeben als vorhanden", recount.having(seated > SeatPool.capacity))
    strayed = (
        select(Booking.id)
        .join(SeatPool, SeatPool.id == Booking.seat_pool_id)
        .join(Slot, Slot.id == Booking.slot_id)
        .where(or_(SeatPool.slot_id != Booking.slot_id, Slot.event_id != Booking.event_id))
    )
    yield from report("I1: Buchung und Kontingent gehören zu verschiedenen Uhrzeiten", strayed)


def bookings_and_mails() -> Iterator[str]:
    """I3: no booking without its mail, no mail of a booking that is not there."""
    yield from report("I3: Buchung ohne Bestätigung im Postausgang", lonely(OutboxMessage.kind.in_(MAILED_KINDS)))
    cancelled = lonely(OutboxMessage.kind.in_(("booking_cancelled", "booking_called_off")))
    yield from report("I3: Absage ohne Mail im Postausgang", cancelled.where(Booking.state == BookingState.CANCELLED))


def lonely(is_wanted: ColumnElement[bool]) -> Select[int]:
    """Return the bookings without a mail of the wanted kinds, personal values of which are still kept."""
    mail = exists().where(OutboxMessage.booking_id == Booking.id, is_wanted)
    return select(Booking.id).where(~mail, Booking.erase_on >= clock.today())


def scope() -> Iterator[str]:
    """I4: the owner of an event is one of its hosts."""
    is_host = exists().where(EventHost.event_id == Event.id, EventHost.traeger_id == Event.traeger_id)
    yield from report("I4: Veranstaltung, deren Träger nicht mitwirkt", select(Event.id).where(~is_host))


def retention() -> Iterator[str]:
    """I7: a booking knows the day it is erased on, and past its time no personal value is left."""
    yield from report("I7: Buchung ohne Löschdatum", select(Booking.id).where(Booking.erase_on.is_(None)))
    for table, rows in overdue():
        if number := db.session.scalar(select(func.count()).select_from(rows.subquery())):
            yield f"I7: Löschfrist überschritten in {table} ({number})"


def report(sentence: str, rows: Select[int]) -> Iterator[str]:
    """Yield the sentence with the number of rows and the first ids, nothing when there is no row."""
    ids = list(db.session.scalars(rows))
    if ids:
        yield f"{sentence} ({len(ids)}): {', '.join(str(number) for number in ids[:5])}"
