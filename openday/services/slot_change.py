"""Moving times: one, a day of them, all. Who booked keeps the seat and hears of it; a booked time is never deleted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import case, or_, select, update

from openday import clock
from openday.errors import EventCancelled, Refusal
from openday.extensions import db
from openday.mailing.house_change_mails import MovedTime, time_moved
from openday.mailing.visit import Visit
from openday.models import Booking, Event, OutboxMessage, Slot, VisitProposal
from openday.models.words import OPEN_STATES, BookingState, SlotState
from openday.privacy import AFTER_EVENT
from openday.services.availability import announce_event
from openday.services.event_change import say_change
from openday.services.event_days import hold_times
from openday.services.mail_plan import concerned, finish, tell
from openday.services.question import keep_answers_until
from openday.services.scope import Scope, editable_event, one_of
from openday.services.seat_table import Reach, slots_within
from openday.services.seats import SILENT
from openday.services.slot import reserves_open_at, tell_times
from openday.services.slot_plan import NoSuchTime, PlannedTime, with_clash
from openday.services.visit import event_facts, visits_of_event
from openday.services.waiting_list import serve_waiting
from openday.transaction import transaction
from openday.wording import day_in_table

log = structlog.get_logger()


class NothingMoves(Refusal):
    """The new time is the old one."""

    code = "nothing_moves"
    message = _l("Das ist schon die Uhrzeit. Geben Sie eine andere ein")


class TimeOver(Refusal):
    """The time has begun: what was cannot be changed."""

    code = "time_over"
    message = _l("Diese Uhrzeit hat schon begonnen")


class MovedIntoPast(Refusal):
    """A time would begin before now."""

    code = "moved_into_past"
    message = _l("Die neue Zeit liegt in der Vergangenheit. Wählen Sie eine spätere")


@dataclass(frozen=True)
class Move:
    """Where a time goes, on the wall clock of Europe/Berlin. The others in ``reach`` go along by the same step.

    ``end`` is for a single time; None keeps its length.
    """

    slot_id: int
    reach: Reach
    day: date
    start: time
    end: time | None
    reason: str


@dataclass(frozen=True)
class Shift:
    """One time on its way from … to …"""

    slot: Slot
    starts_at: datetime
    ends_at: datetime | None
    previous_start: datetime
    previous_end: datetime | None


@transaction
def move_times(scope: Scope, event_id: int, move: Move, *, is_rehearsal: bool = False) -> int:
    """Move times, tell everybody concerned, and return how many that were.

    Raises ``NothingMoves``, ``MovedIntoPast``, ``TimeOver``, ``NoSuchTime`` and ``NotFound``. The event's row is held
    first: who books at the same moment is told, or finds the new time and is asked again.
    """
    editable_event(scope, event_id)
    announce_event(event_id)
    at = clock.now()
    event = editable_event(scope, event_id)
    chosen = coming_slot(event, move.slot_id, at)
    shifts = shifts_of(chosen, slots_within(chosen, move.reach, at), move)
    if any(shift.starts_at <= at for shift in shifts):
        raise MovedIntoPast
    open_slots = [slot for slot in event.slots if slot.state is SlotState.OPEN]
    is_for_all = len(shifts) == sum(slot.starts_at > at for slot in open_slots)
    is_whole = len(shifts) == len(open_slots)
    for shift in shifts:
        carry_out(shift, event, at)
    follow(event, shifts, is_whole=is_whole)
    event.sequence += 1
    say_change(event, None, move.reason)
    db.session.flush()  # versions and bookings are changed by statements of their own
    for shift in shifts:
        take_along(shift)
    tell_times(event, scope, f"{len(shifts)} times moved")
    offers = offered_to([shift.slot.id for shift in shifts])
    plan = tell(
        moved_bookings(event_id, shifts, offers, is_for_all=is_for_all),
        news_of_move(event, shifts, offers, move.reason),
    )
    serve_waiting(event_id, at)
    told = finish(plan, is_rehearsal=is_rehearsal)
    log.info("times moved", event_id=event_id, slots=len(shifts), told=told)
    return told


def clashes_of(scope: Scope, event_id: int, move: Move) -> list[str]:
    """Return the times that moved ones would repeat or overlap, in words; changes nothing, raises as the move does."""
    event, at = editable_event(scope, event_id), clock.now()
    chosen = coming_slot(event, move.slot_id, at)
    shifts = shifts_of(chosen, slots_within(chosen, move.reach, at), move)
    moved = {shift.slot.id for shift in shifts}
    others = [slot for slot in event.slots if slot.id not in moved]
    planned = [with_clash(PlannedTime(one.starts_at, one.ends_at, one.slot.label), others) for one in shifts]
    return [f"{day_in_table(one.day)}, {one.clash}" for one in planned if one.clash]


def coming_slot(event: Event, slot_id: int, at: datetime) -> Slot:
    """Return a time of the event that can still be changed; raises ``TimeOver``, ``EventCancelled``, ``NotFound``."""
    slot = one_of(event.slots, slot_id)
    if slot.state is SlotState.CANCELLED:
        raise EventCancelled
    if slot.starts_at <= at:
        raise TimeOver
    return slot


def shifts_of(chosen: Slot, slots: Sequence[Slot], move: Move) -> list[Shift]:
    """Return where each time goes; raises ``NothingMoves`` and ``NoSuchTime``.

    All make the same step on the wall clock, so that a week across the change of the clocks keeps its hours; lengths
    are real time.
    """
    step = datetime.combine(move.day, move.start) - wall_clock(chosen.starts_at)
    shifts = []
    for slot in slots:
        starts_at = instant(wall_clock(slot.starts_at) + step)
        ends_at = None if slot.ends_at is None else starts_at + (slot.ends_at - slot.starts_at)
        if move.end is not None and move.reach is Reach.SLOT:
            ends_at = instant(datetime.combine(move.day, move.end))
        shifts.append(Shift(slot, starts_at, ends_at, slot.starts_at, slot.ends_at))
    if all((one.starts_at, one.ends_at) == (one.previous_start, one.previous_end) for one in shifts):
        raise NothingMoves
    return shifts


def wall_clock(moment: datetime) -> datetime:
    """Return what a clock in Berlin shows."""
    return clock.to_berlin(moment).replace(tzinfo=None)


def instant(shown: datetime) -> datetime:
    """Return the instant at which a clock in Berlin shows that; raises ``NoSuchTime``."""
    try:
        return clock.from_berlin(shown.date(), shown.time())
    except ValueError as error:
        raise NoSuchTime from error


def carry_out(shift: Shift, event: Event, at: datetime) -> None:
    """Write the new time into its slot and keep the old one beside it."""
    slot = shift.slot
    slot.starts_at, slot.ends_at = shift.starts_at, shift.ends_at
    slot.previous_starts_at, slot.previous_ends_at = shift.previous_start, shift.previous_end
    slot.moved_at = at
    slot.reserves_open_at = reserves_open_at(shift.starts_at, event.reserve_hours)


def take_along(shift: Shift) -> None:
    """Let the bookings of a moved time end with it: no seat is held past its start, nothing is kept longer."""
    last_day = clock.to_berlin(shift.ends_at or shift.starts_at).date()
    db.session.execute(
        update(Booking)
        .where(Booking.slot_id == shift.slot.id, Booking.state.in_(OPEN_STATES))
        .values(
            erase_on=last_day + timedelta(days=AFTER_EVENT.days or 0),
            held_until=case((Booking.held_until > shift.starts_at, shift.starts_at), else_=Booking.held_until),
        ),
        execution_options=SILENT,
    )
    keep_answers_until(Booking.slot_id == shift.slot.id, clock.to_berlin(shift.starts_at).date())


def follow(event: Event, shifts: Sequence[Shift], *, is_whole: bool) -> None:
    """Let the event's own days and hours go with its times: all along when all move, else far enough to hold them."""
    if event.starts_on is None:
        return
    if not is_whole:
        hold_times(event, shifts)
        return
    step = wall_clock(shifts[0].starts_at) - wall_clock(shifts[0].previous_start)
    offset = wall_clock(shifts[0].starts_at).date() - wall_clock(shifts[0].previous_start).date()
    event.starts_on += offset
    event.ends_on = event.ends_on and event.ends_on + offset
    event.start_time, event.end_time = stepped(event.start_time, step), stepped(event.end_time, step)
    if len(shifts) == 1 and event.end_time and shifts[0].ends_at:
        event.end_time = wall_clock(shifts[0].ends_at).time()
    if event.start_time and event.end_time and event.end_time <= event.start_time:
        event.end_time = None


def stepped(shown: time | None, step: timedelta) -> time | None:
    """Return a clock time moved by a step, whatever day that leads to."""
    return None if shown is None else (datetime.combine(date(2000, 6, 15), shown) + step).time()


def offered_to(slot_ids: Sequence[int]) -> dict[int, int]:
    """Return which office has yet to answer whether one of these times suits it: the time by the booking."""
    rows = db.session.execute(
        select(VisitProposal.booking_id, VisitProposal.slot_id)
        .join(Booking, Booking.id == VisitProposal.booking_id)
        .where(VisitProposal.is_by_host, VisitProposal.slot_id.in_(slot_ids), Booking.state == BookingState.REQUESTED)
        .order_by(VisitProposal.position.desc())
    )
    return {row.booking_id: row.slot_id for row in rows}


def moved_bookings(
    event_id: int, shifts: Sequence[Shift], offers: Mapping[int, int], *, is_for_all: bool
) -> Sequence[Booking]:
    """Return who has, wants or was offered seats of the moved times; where all move, also who has no time yet."""
    is_moved = or_(Booking.slot_id.in_([shift.slot.id for shift in shifts]), Booking.id.in_(offers))
    return concerned(event_id, or_(is_moved, Booking.slot_id.is_(None)) if is_for_all else is_moved)


def news_of_move(
    event: Event, shifts: Sequence[Shift], offers: Mapping[int, int], reason: str
) -> Callable[[Booking, str], OutboxMessage]:
    """Return what writes the mail of one booking; the facts are read once for all of them."""
    visits: dict[int | None, Visit] = {visit.slot_id: visit for visit in visits_of_event(event.id)}
    by_slot = {shift.slot.id: shift for shift in shifts}
    first = min(shifts, key=lambda shift: shift.starts_at)

    def write(booking: Booking, token: str) -> OutboxMessage:
        is_offered = booking.slot_id is None and booking.id in offers
        shift = by_slot.get(booking.slot_id or offers.get(booking.id, 0), first)
        news = MovedTime(visits[shift.slot.id], shift.previous_start, shift.previous_end, reason, is_offered=is_offered)
        return time_moved(booking, visits.get(booking.slot_id) or event_facts(event), token, news)

    return write
