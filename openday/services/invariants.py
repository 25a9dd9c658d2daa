"""What must always hold (design §3), as questions to the database; ``openday check`` and every test ask them."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from openday import clock
from openday.extensions import db
from openday.models import Booking, BookingSeats, Event, EventHost, OutboxMessage, SeatPool, Slot, WalkIn
from openday.models.words import SEATED_STATES, Awaits, BookingState, Mode
from openday.services.erasure import overdue


def breaches() -> list[str]:
    """Return one German sentence per breach with the number of rows and the first ids, empty when all is well."""
    return [line for check in (seats, bookings_and_mails, scope, retention) for line in check()]


def seats() -> Iterator[str]:
    """I1: never more seats than capacity or room, ``taken`` is the recount, a party sits with as many as it is."""
    held = select(BookingSeats.seat_pool_id, func.sum(BookingSeats.seats).label("seats")).group_by(
        BookingSeats.seat_pool_id
    )
    walked_in = (
        select(WalkIn.seat_pool_id, func.sum(WalkIn.size).label("seats"))
        .where(WalkIn.undone_at.is_(None))
        .group_by(WalkIn.seat_pool_id)
    )
    held_of, walked_in_of = held.subquery(), walked_in.subquery()
    recount = func.coalesce(held_of.c.seats, 0) + func.coalesce(walked_in_of.c.seats, 0)
    pools = (
        select(SeatPool.id)
        .outerjoin(held_of, held_of.c.seat_pool_id == SeatPool.id)
        .outerjoin(walked_in_of, walked_in_of.c.seat_pool_id == SeatPool.id)
    )
    yield from report("I1: Die Zahl der vergebenen Plätze stimmt nicht", pools.where(recount != SeatPool.taken))
    yield from report("I1: Mehr Plätze vergeben als vorhanden", pools.where(recount > SeatPool.capacity))
    yield from report("I1: Eine Buchung hat mehr oder weniger Plätze, als Personen kommen", wrongly_seated())
    strayed = (
        select(Booking.id)
        .join(BookingSeats, BookingSeats.booking_id == Booking.id)
        .join(SeatPool, SeatPool.id == BookingSeats.seat_pool_id)
        .join(Slot, Slot.id == Booking.slot_id)
        .where(
            or_(SeatPool.slot_id != Booking.slot_id, SeatPool.mode != Booking.mode, Slot.event_id != Booking.event_id)
        )
    )
    yield from report("I1: Buchung und Kontingent gehören zu verschiedenen Uhrzeiten", strayed)
    onsite = func.sum(case((SeatPool.mode == Mode.ONSITE, SeatPool.taken), else_=0))
    crowded = select(Slot.id).join(SeatPool, SeatPool.slot_id == Slot.id).group_by(Slot.id, Slot.room_limit)
    yield from report("I1: Mehr Menschen im Raum, als hineindürfen", crowded.having(onsite > Slot.room_limit))


def wrongly_seated() -> Select[int]:
    """Return the bookings whose seats are not as many as their people, or that have seats they gave back."""
    seated = func.coalesce(func.sum(BookingSeats.seats), 0)
    wanted = case((Booking.state.in_(SEATED_STATES), Booking.party_size), else_=0)
    return (
        select(Booking.id)
        .outerjoin(BookingSeats, BookingSeats.booking_id == Booking.id)
        .group_by(Booking.id, Booking.state, Booking.party_size)
        .having(seated != wanted)
    )


def bookings_and_mails() -> Iterator[str]:
    """I3: no booking without its mail, no mail of a booking that is not there.

    An unproven address may have wished for silence.
    """
    is_unproven = and_(Booking.awaits.is_not(None), Booking.awaits == Awaits.MAILBOX)
    silent = lonely(OutboxMessage.kind.is_not(None)).where(or_(Booking.awaits.is_(None), ~is_unproven))
    yield from report("I3: Buchung ohne Mail im Postausgang", silent.where(Booking.state != BookingState.CANCELLED))
    confirmed = lonely(OutboxMessage.kind.like("%confirmed")).where(Booking.state == BookingState.CONFIRMED)
    yield from report("I3: Buchung ohne Bestätigung im Postausgang", confirmed)
    cancelled = lonely(OutboxMessage.kind.in_(("booking_cancelled", "booking_called_off", "waiting_left")))
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
