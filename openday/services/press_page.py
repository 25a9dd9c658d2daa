"""What the press can come to: events that invite it, with their photo moments and the times to register for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from openday import clock
from openday.extensions import db
from openday.mailing.visit import Contact
from openday.models import Event, SeatPool, Slot
from openday.models.types import has_word
from openday.models.words import Admission, EventState, GuestKind, PhotoRule, PoolAudience, SlotState
from openday.services.catalogue import campaigns
from openday.services.catalogue_cards import Card, card_rows, cards_of
from openday.services.catalogue_conditions import listed
from openday.services.seats import LEFT_TO_ALL, open_to_all

PAGE_SIZE = 20
TIMES = 4
SUNDAY = 6
PRESS_FACTS = (
    Event.id,
    Event.photo_rule,
    Event.photo_note,
    Event.contact_name,
    Event.contact_phone,
    Event.contact_email,
)


class PressDays(StrEnum):
    """Which days are asked for: those of this week end on its Sunday in Berlin."""

    ALL = ""
    TODAY = "heute"
    WEEK = "woche"


@dataclass(frozen=True)
class PressWish:
    """What a newsroom filters by. ``page`` starts at 1."""

    days: PressDays = PressDays.ALL
    only_photo_moments: bool = False
    page: int = 1


@dataclass(frozen=True)
class PressTime:
    """A time one can register for; ``photo_rule`` is its own or else the event's."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime | None
    photo_rule: PhotoRule | None
    is_photo_moment: bool


@dataclass(frozen=True)
class PressEvent:
    """An event that invites the press, with whom to call; photo moments stand before its other times."""

    card: Card
    contact: Contact
    photo_rule: PhotoRule | None
    photo_note: str | None
    times: tuple[PressTime, ...]
    more_times: int

    @property
    def slug(self) -> str:
        """Where its page is."""
        return self.card.slug


@dataclass(frozen=True)
class PressPage:
    """One page of the events that fit; ``total`` counts all of them."""

    campaign: str
    wish: PressWish
    events: tuple[PressEvent, ...]
    total: int
    page: int
    pages: int


def press_page(wish: PressWish) -> PressPage:
    """Return the listed events for the press that fit a wish; five statements."""
    known = campaigns()
    if not known:
        return PressPage("", wish, (), 0, 1, 1)
    at = clock.now()
    fitting = [
        *listed(known[0].id, at),
        Event.audiences.like(has_word(GuestKind.PRESS)),
        Event.state.in_((EventState.PUBLISHED, EventState.PLANNED)),
        *wanted_days(wish, at),
    ]
    total = int(db.session.scalar(select(func.count()).select_from(Event).where(*fitting)) or 0)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(wish.page, pages)
    order = (Event.starts_on.is_(None), Event.starts_on, Event.start_time.is_(None), Event.start_time, Event.id)
    ids = (
        select(Event.id.label("id"), func.row_number().over(order_by=order).label("rank"))
        .where(*fitting)
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    cards = cards_of(card_rows(ids), at) if total else []
    return PressPage(known[0].name, wish, with_times(cards, wish, at), total, page, pages)


def wanted_days(wish: PressWish, at: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions on days: for photo moments those of the moment itself."""
    last = last_day(wish.days, at)
    if wish.only_photo_moments:
        return [exists().where(Slot.event_id == Event.id, Slot.is_photo_moment, *coming(at, last))]
    if last is None:
        return []
    today = clock.to_berlin(at).date()
    return [and_(Event.starts_on <= last, func.coalesce(Event.ends_on, Event.starts_on) >= today)]


def last_day(days: PressDays, at: datetime) -> date | None:
    """Return the last Berlin day that is asked for, None for no end."""
    today = clock.to_berlin(at).date()
    if days is PressDays.TODAY:
        return today
    return today + timedelta(days=SUNDAY - today.weekday()) if days is PressDays.WEEK else None


def coming(at: datetime, last: date | None) -> list[ColumnElement[bool]]:
    """Return the conditions for a time that takes place from now on until the end of a Berlin day."""
    found = [Slot.state == SlotState.OPEN, Slot.starts_at > at]
    if last is not None:
        found.append(Slot.starts_at < clock.from_berlin(last + timedelta(days=1), time(0)))
    return found


def with_times(cards: Sequence[Card], wish: PressWish, at: datetime) -> tuple[PressEvent, ...]:
    """Return the events of cards with their photo rule and the times the press finds a seat at."""
    ids = [card.id for card in cards]
    rules = {row.id: row for row in db.session.execute(select(*PRESS_FACTS).where(Event.id.in_(ids)))}
    times: dict[int, list[PressTime]] = {}
    for row in db.session.execute(free_times(ids, wish, at)):
        rule = row.photo_rule or rules[row.event_id].photo_rule
        times.setdefault(row.event_id, []).append(
            PressTime(row.id, row.starts_at, row.ends_at, rule, row.is_photo_moment)
        )
    return tuple(
        PressEvent(
            card=card,
            contact=Contact(rules[card.id].contact_name, rules[card.id].contact_phone, rules[card.id].contact_email),
            photo_rule=rules[card.id].photo_rule,
            photo_note=rules[card.id].photo_note,
            times=tuple(found[:TIMES]),
            more_times=max(0, len(found) - TIMES),
        )
        for card in cards
        for found in [times.get(card.id, [])]
    )


def free_times(ids: Sequence[int], wish: PressWish, at: datetime) -> Select[*tuple[Any, ...]]:
    """Return the statement for the times of events with a seat the press finds; photo moments first."""
    shown = [Slot.is_photo_moment] if wish.only_photo_moments else []
    return (
        select(Slot.event_id, Slot.id, Slot.starts_at, Slot.ends_at, Slot.photo_rule, Slot.is_photo_moment)
        .join(Event, Event.id == Slot.event_id)
        .join(SeatPool, SeatPool.slot_id == Slot.id)
        .where(
            Slot.event_id.in_(ids),
            *coming(at, last_day(wish.days, at)),
            *shown,
            *takes_press(at),
            or_(open_to_all(at), SeatPool.audience == PoolAudience.PRESS),
            LEFT_TO_ALL > 0,
        )
        .group_by(Slot.event_id, Slot.id, Slot.starts_at, Slot.ends_at, Slot.photo_rule, Slot.is_photo_moment)
        .order_by(Slot.is_photo_moment.desc(), Slot.starts_at, Slot.id)
    )


def takes_press(at: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions of an event the press can register for at an instant."""
    return [
        Event.state == EventState.PUBLISHED,
        or_(Event.admission.is_(None), Event.admission != Admission.INVITATION),
        or_(Event.booking_opens_at.is_(None), Event.booking_opens_at <= at),
        or_(Event.booking_closes_at.is_(None), Event.booking_closes_at > at),
    ]
