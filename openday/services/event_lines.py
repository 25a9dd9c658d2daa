"""The events of a person's scope, each with its sums: for the dashboard and the list of the console."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.extensions import db
from openday.models import Booking, Campaign, Event, OutboxMessage, SeatPool, Slot
from openday.models.words import SEATED_STATES, EventState, OutboxState, SlotState
from openday.services.event_check import Finding, findings
from openday.services.scope import Ability, Scope, abilities, has_guests_for, is_visible

PAGE = 50
SHOWN = 10
SHOWN_PAST = 3
UNDATED = date(9999, 12, 31)
LAST_DAY = func.coalesce(Event.ends_on, Event.starts_on, UNDATED)


@dataclass(frozen=True)
class Sums:
    """What is booked at an event: sums only, no guest."""

    bookings: int = 0
    persons: int = 0
    seats: int | None = None


@dataclass(frozen=True)
class EventLine:
    """One event with its sums and what the person may do with it."""

    event: Event
    sums: Sums
    can: frozenset[Ability]
    failed_mails: int = 0

    @property
    def is_over(self) -> bool:
        """Whether its last day is behind us."""
        last = self.event.last_day
        return last is not None and last < clock.today()


@dataclass(frozen=True)
class Dashboard:
    """What needs somebody today: drafts with what is still open, mails nobody got, and what comes next.

    ``past`` are own events of earlier campaigns, to be held once more.
    """

    coming: list[EventLine]
    drafts: list[tuple[EventLine, list[Finding]]]
    undelivered: list[EventLine]
    past: list[Event]
    is_first_visit: bool


def event_lines(scope: Scope, which: ColumnElement[bool] | None = None, page: int = 1) -> tuple[list[EventLine], int]:
    """Return one page of the visible events, the next ones first, and how many there are in all."""
    condition = is_visible(scope) if which is None else and_(is_visible(scope), which)
    is_past = case((clock.today() > LAST_DAY, 1), else_=0)
    events = list(
        db.session.scalars(
            select(Event)
            .where(condition)
            .options(
                joinedload(Event.traeger),
                joinedload(Event.campaign),
                selectinload(Event.places),
                selectinload(Event.slots).selectinload(Slot.pools),
                selectinload(Event.programmes),
            )
            .order_by(is_past, func.coalesce(Event.starts_on, UNDATED), Event.start_time, Event.id)
            .limit(PAGE)
            .offset((page - 1) * PAGE)
            .execution_options(populate_existing=True)
        )
    )
    total = db.session.scalar(select(func.count()).select_from(Event).where(condition)) or 0
    ids = [event.id for event in events]
    sums, failed = sums_of(ids), failed_mails_of(ids, scope)
    lines = [
        EventLine(event, sums.get(event.id, Sums()), abilities(scope, event), failed.get(event.id, 0))
        for event in events
    ]
    return lines, total


def sums_of(event_ids: list[int]) -> Mapping[int, Sums]:
    """Return bookings, persons and seats (None: no limit or no times) of some events in two statements."""
    booked = db.session.execute(
        select(Booking.event_id, func.count(), func.sum(Booking.party_size))
        .where(Booking.event_id.in_(event_ids), Booking.state.in_(SEATED_STATES))
        .group_by(Booking.event_id)
    ).all()
    unlimited = func.sum(case((SeatPool.capacity.is_(None), 1), else_=0))
    offered = db.session.execute(
        select(Slot.event_id, func.sum(SeatPool.capacity), unlimited)
        .join(SeatPool, SeatPool.slot_id == Slot.id)
        .where(Slot.event_id.in_(event_ids), Slot.state == SlotState.OPEN)
        .group_by(Slot.event_id)
    ).all()
    seats = {row[0]: None if row[2] else int(row[1] or 0) for row in offered}
    counted = {row[0]: (int(row[1]), int(row[2] or 0)) for row in booked}
    return {one: Sums(*counted.get(one, (0, 0)), seats=seats.get(one)) for one in event_ids}


def failed_mails_of(event_ids: list[int], scope: Scope) -> Mapping[int, int]:
    """Return how many bookings of an event have a newest mail that was refused for good, where guests may be seen."""
    rows = db.session.execute(
        undelivered(scope).with_only_columns(Booking.event_id, func.count()).where(Booking.event_id.in_(event_ids))
    )
    return {row[0]: int(row[1]) for row in rows}


def undelivered(scope: Scope) -> Select[int]:
    """Return the events with bookings whose newest mail was refused for good, where guests may be seen."""
    newest = select(func.max(OutboxMessage.id)).where(OutboxMessage.booking_id == Booking.id).correlate(Booking)
    return (
        select(Booking.event_id)
        .join(OutboxMessage, OutboxMessage.booking_id == Booking.id)
        .join(Event, Event.id == Booking.event_id)
        .where(
            OutboxMessage.state == OutboxState.FAILED,
            OutboxMessage.id == newest.scalar_subquery(),
            has_guests_for(scope),
        )
        .group_by(Booking.event_id)
    )


def dashboard(scope: Scope) -> Dashboard:
    """Return what needs this person today."""
    is_to_come = clock.today() <= LAST_DAY
    is_public = Event.state.in_((EventState.PUBLISHED, EventState.PLANNED))
    is_my_draft = and_(Event.state == EventState.DRAFT, Event.traeger_id.in_(scope.editable_traeger_ids))
    coming, _total = event_lines(scope, and_(is_to_come, is_public))
    drafts, _total = event_lines(scope, and_(is_to_come, is_my_draft))
    failed, _total = event_lines(scope, Event.id.in_(undelivered(scope)))
    has_any = bool(coming or drafts or failed) or event_lines(scope)[1] > 0
    return Dashboard(
        coming=coming[:SHOWN],
        drafts=[(line, findings(line.event)) for line in drafts[:SHOWN]],
        undelivered=failed,
        past=past_events(scope),
        is_first_visit=not has_any,
    )


def past_events(scope: Scope) -> list[Event]:
    """Return the newest events of earlier campaigns that the person's Träger held."""
    newest = select(func.max(Campaign.year)).scalar_subquery()
    return list(
        db.session.scalars(
            select(Event)
            .join(Campaign, Campaign.id == Event.campaign_id)
            .where(
                Event.traeger_id.in_(scope.editable_traeger_ids),
                Event.state == EventState.PUBLISHED,
                Campaign.year < newest,
                clock.today() > LAST_DAY,
            )
            .order_by(Event.starts_on.desc(), Event.id.desc())
            .limit(SHOWN_PAST)
        )
    )
