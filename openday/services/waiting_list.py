"""The waiting list of an event: whoever frees seats calls :func:`serve_waiting` in the same transaction.

So no passer-by slips between the one who goes and the one who waits. Who is next is said by ``waiting_queue``.
"""

from datetime import datetime

import structlog
from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from openday.extensions import db
from openday.mailing import waiting_mails
from openday.mailing.visit import Visit
from openday.models import Booking, Event, OutboxMessage, SeatPool, Slot
from openday.models.words import (
    SEATED_STATES,
    Awaits,
    BookingState,
    EventState,
    Mode,
    PoolAudience,
    SlotState,
    WaitingList,
)
from openday.services.availability import announce_event, announce_left, seats_to_come
from openday.services.booking_link import link_token
from openday.services.hold import FOR_THE_HOST
from openday.services.news import news_of
from openday.services.question import keep_answers_until
from openday.services.record import record
from openday.services.seats import audience_of, give_back, seat_booking, take
from openday.services.stored_booking import claimed
from openday.services.visit import visit_of_slot
from openday.services.waiting_place import is_last_offer
from openday.services.waiting_queue import Party, Plan, Pool, Time, Turn, is_short_notice, offer_ends_at, plan
from openday.transaction import transaction

log = structlog.get_logger()


def waits() -> ColumnElement[bool]:
    """Return the condition that somebody waits for seats of the event of the statement."""
    return exists().where(Booking.event_id == Event.id, Booking.state == BookingState.WAITING)


def saves() -> ColumnElement[bool]:
    """Return the condition that seats of the event of the statement are saved up."""
    return exists().where(Slot.event_id == Event.id, SeatPool.slot_id == Slot.id, SeatPool.is_saved)


HEAD = select(Event.campaign_id, Event.waiting_list, saves().label("has_saved")).where(
    Event.id == bindparam("event"), Event.state == EventState.PUBLISHED, or_(waits(), saves())
)
"""Asked with every cancellation, so it is built once; no row where nothing is to do."""


def serve_waiting(event_id: int, at: datetime) -> int:
    """Give the seats that are free to the next in line and return to how many, inside a transaction.

    Call it behind the event's row (``announce_event`` or ``claim_event``) wherever seats become free.
    """
    head = db.session.execute(HEAD, {"event": event_id}).first()
    if head is None:
        return 0
    made = plan_of(event_id, at)
    if not (made.served or made.saved or head.has_saved):
        return 0
    before = seats_to_come(event_id, at)
    visits = {slot_id: visit_of_slot(slot_id) for slot_id in {turn.slot_id for turn in made.served}}
    served = 0
    for turn in made.served:
        visit = visits[turn.slot_id]
        if visit is not None and serve(turn, visit, head.waiting_list, at):
            served += 1
    count_overtaken(made)
    save_up(event_id, made.saved)
    announce_left(event_id, head.campaign_id, at, before)
    return served


def plan_of(event_id: int, at: datetime) -> Plan:
    """Return what is to be done with the free seats of an event; changes nothing."""
    return plan(line_of(event_id), times_of(event_id, at), at)


passer_by = aliased(Booking)
PASSED = (
    select(func.count())
    .where(
        passer_by.event_id == Booking.event_id,
        passer_by.mode == Booking.mode,
        or_(passer_by.slot_id == Booking.slot_id, Booking.slot_id.is_(None)),
        passer_by.state.in_(SEATED_STATES),
        passer_by.waits_since.is_(None),
        passer_by.created_at > Booking.waits_since,
    )
    .correlate(Booking)
    .scalar_subquery()
)
LINE = (
    select(
        Booking.id,
        Booking.party_size,
        Booking.slot_id,
        Booking.mode,
        Booking.guest_kind,
        Booking.overtaken,
        PASSED.label("passers_by"),
        Booking.takes_late_offer,
        Booking.passed_slots,
    )
    .where(Booking.event_id == bindparam("event"), Booking.state == BookingState.WAITING)
    .order_by(Booking.waits_since, Booking.id)
)


TIMES = (
    select(
        Slot.id,
        Slot.starts_at,
        Slot.reserves_open_at,
        SeatPool.id.label("pool_id"),
        SeatPool.mode,
        SeatPool.audience,
        SeatPool.capacity,
        SeatPool.taken,
    )
    .join(SeatPool, SeatPool.slot_id == Slot.id)
    .where(
        Slot.event_id == bindparam("event"),
        Slot.state == SlotState.OPEN,
        Slot.starts_at > bindparam("at"),
        SeatPool.audience != PoolAudience.WALK_IN,
    )
    .order_by(Slot.starts_at, Slot.id, SeatPool.id)
)
SAVED = (
    select(SeatPool.id)
    .join(Slot, Slot.id == SeatPool.slot_id)
    .where(Slot.event_id == bindparam("event"), SeatPool.is_saved)
)
_is_kept = SeatPool.id.in_(bindparam("pools", expanding=True))
SAVE_UP = (
    update(SeatPool)
    .where(
        SeatPool.slot_id.in_(select(Slot.id).where(Slot.event_id == bindparam("event"))),
        SeatPool.is_saved != _is_kept,
    )
    .values(is_saved=_is_kept)
)


def line_of(event_id: int) -> list[Party]:
    """Return who waits, in their order; guests who booked in passing since then have overtaken them."""
    return [
        Party(
            row.id,
            row.party_size,
            row.slot_id,
            row.mode,
            audience_of(row.guest_kind),
            overtaken=row.overtaken + row.passers_by,
            takes_late=row.takes_late_offer,
            passed=frozenset(int(slot_id) for slot_id in row.passed_slots),
        )
        for row in db.session.execute(LINE, {"event": event_id})
    ]


def times_of(event_id: int, at: datetime) -> list[Time]:
    """Return the coming times with the seats that can be booked, earliest first, one for each mode."""
    times: dict[tuple[int, Mode], Time] = {}
    for row in db.session.execute(TIMES, {"event": event_id, "at": at}):
        time = times.setdefault((row.id, row.mode), Time(row.id, row.mode, row.starts_at, []))
        time.pools.append(Pool(row.pool_id, row.audience, row.capacity, row.taken, row.reserves_open_at))
    return list(times.values())


def serve(turn: Turn, visit: Visit, way: WaitingList, at: datetime) -> bool:
    """Offer seats of a time to one who waits, or book them at once; False when he does not wait any more."""
    booking = db.session.get_one(Booking, turn.party_id, populate_existing=True)
    if not take(turn.seats):
        return False
    at_once = way is WaitingList.AUTOMATIC or is_short_notice(visit.starts_at, at)
    is_proven = booking.awaits is not Awaits.MAILBOX
    values = (
        confirmed(booking.awaits, visit.starts_at, at)
        if at_once and is_proven
        else {"state": BookingState.OFFERED, "held_until": offer_ends_at(at, visit.starts_at)}
    )
    if booking.slot_id is None:
        values |= {"passed_slots": (*booking.passed_slots, str(visit.slot_id))}
    values |= {"slot_id": visit.slot_id, "erase_on": visit.erase_on}
    if not claim_turn(booking, BookingState.WAITING, values):
        give_back(turn.seats)
        return False
    keep_answers_until(Booking.id == booking.id, visit.day)
    seat_booking(booking.id, turn.seats)
    add_news(booking, seat_news(booking, visit), booking.state.value)
    return True


def confirmed(awaits: Awaits | None, starts_at: datetime, at: datetime) -> dict[str, object]:
    """Return what taking a place makes of an entry: a booking, or a request where the host has to say yes."""
    if awaits is Awaits.HOST:
        return {"state": BookingState.HELD, "held_until": min(at + FOR_THE_HOST, starts_at)}
    return {"state": BookingState.CONFIRMED, "awaits": None, "held_until": None, "confirmed_at": at}


def claim_turn(booking: Booking, before: BookingState, values: dict[str, object], *conditions: object) -> bool:
    """Move an entry on if it still stands as it was read; whoever comes second changes nothing."""
    is_as_read = (Booking.id == booking.id, Booking.state == before, *conditions)
    change = update(Booking).where(*is_as_read).values(sequence=Booking.sequence + 1, **values)  # type: ignore[arg-type]
    return claimed(booking, change)


def seat_news(booking: Booking, visit: Visit) -> list[OutboxMessage]:
    """Return the mails about seats that an entry got."""
    token = link_token(booking)
    if booking.state is BookingState.OFFERED:
        return [waiting_mails.seat_offered(booking, visit, token, is_last=is_last_offer(booking))]
    return news_of(booking, visit, token)


def add_news(booking: Booking, mails: list[OutboxMessage], action: str) -> None:
    """Queue the mails and write down what happened to an entry."""
    record(booking, action, mails)
    log.info("waiting list moved on", booking_id=booking.id, action=action)


OVERTAKE = (
    update(Booking).where(Booking.id == bindparam("booking")).values(overtaken=Booking.overtaken + bindparam("times"))
)


def count_overtaken(made: Plan) -> None:
    """Store who was overtaken by somebody behind."""
    for booking_id, times in made.overtaken.items():
        db.session.connection().execute(OVERTAKE, {"booking": booking_id, "times": times})


def save_up(event_id: int, pools: frozenset[int]) -> None:
    """Keep the free seats of these pools out of sight, and show those of all others again."""
    db.session.connection().execute(SAVE_UP, {"event": event_id, "pools": list(pools)})


IN_TURN = select(Event.id).where(Event.state == EventState.PUBLISHED, or_(waits(), saves())).order_by(Event.id)


def serve_due(at: datetime) -> int:
    """Serve every event where time alone has freed seats: a reserve that opened, savings that ended. For the worker."""
    due = db.session.scalars(IN_TURN).all()
    return sum(serve_event(event_id, at) for event_id in due if has_turn(event_id, at))


def has_turn(event_id: int, at: datetime) -> bool:
    """Whether serving would change anything; looked at without a lock."""
    made = plan_of(event_id, at)
    saved = db.session.scalars(SAVED, {"event": event_id})
    return bool(made.served) or made.saved != frozenset(saved)


@transaction
def serve_event(event_id: int, at: datetime) -> int:
    """Serve one event in a transaction of its own."""
    announce_event(event_id)
    return serve_waiting(event_id, at)
