"""Who is expected at the door on one day and who is there. It shows no address, no telephone and no organisation."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from openday import clock
from openday.errors import NotFound
from openday.exports.words import GUEST_KINDS
from openday.extensions import db
from openday.models import Booking, Event, Slot, WalkIn
from openday.models.words import BookingState, GuestKind
from openday.services.check_in import UNDO, is_at
from openday.services.door_link import Door
from openday.services.name_search import matcher, plain
from openday.services.scope import Scope
from openday.wording import berlin_day

EARLY = timedelta(minutes=30)  # so long before its start a time counts as „jetzt“
OPEN_ENDED = timedelta(hours=1)  # how long one without an end does


@dataclass(frozen=True)
class DoorFilter:
    """What a helper wants to see: a name or number, everybody, or (neither) those of the times that are now."""

    search: str = ""
    shows_all: bool = False


@dataclass(frozen=True)
class DoorTime:
    """One time of the day; ``walk_ins`` came to it without a booking."""

    id: int
    starts_at: datetime
    ends_at: datetime | None
    is_now: bool
    walk_ins: int
    label: str = ""


@dataclass(frozen=True)
class DoorGuest:
    """One party. ``is_tickable`` is False for one that is not confirmed; ``came_at`` is None until it is there."""

    id: int
    reference: str
    name: str
    party_size: int
    kind: str
    needs: str
    time: DoorTime
    is_tickable: bool
    came_at: datetime | None
    came_size: int
    can_undo: bool
    is_shown: bool

    @property
    def is_here(self) -> bool:
        """Whether anybody of the party is there; a tick corrected to 0 people is none."""
        return self.came_at is not None and self.came_size > 0


@dataclass(frozen=True)
class DoorList:
    """The list of one day, by time and name; ``last_walk_in`` is the id of the newest one that can be taken back."""

    event_id: int
    title: str
    day: date
    times: tuple[DoorTime, ...]
    guests: tuple[DoorGuest, ...]
    last_walk_in: int | None

    @property
    def expected(self) -> tuple[DoorGuest, ...]:
        """The parties that have a confirmed place."""
        return tuple(guest for guest in self.guests if guest.is_tickable)

    @property
    def parties_here(self) -> int:
        """How many parties are there."""
        return sum(guest.is_here for guest in self.guests)

    @property
    def persons(self) -> int:
        """How many people are expected."""
        return sum(guest.party_size for guest in self.expected)

    @property
    def persons_here(self) -> int:
        """How many of the expected people are there."""
        return sum(guest.came_size for guest in self.guests)

    @property
    def walk_ins(self) -> int:
        """How many came without a booking."""
        return sum(time.walk_ins for time in self.times)

    @property
    def next_time(self) -> DoorTime | None:
        """The time a guest without a booking is most likely counted to."""
        return next((time for time in self.times if time.is_now), self.times[-1] if self.times else None)


def door_list(door: Door, wanted: DoorFilter) -> DoorList:
    """Return the list in four statements; raises ``NotFound`` when the event is gone.

    All guests of the day are in it: the page has to work without a net. ``is_shown`` says whom the filter wants.
    """
    title = db.session.scalar(select(Event.title).where(Event.id == door.event_id))
    if title is None:
        raise NotFound
    at = clock.now()
    counts, last = walk_ins_of(door, at)
    times = times_of(door, at, counts)
    return DoorList(door.event_id, title, door.day, times, guests_of(door, times, wanted, at), last)


def walk_ins_of(door: Door, at: datetime) -> tuple[Counter[int], int | None]:
    """Return how many walked in by slot, and the newest that can still be taken back."""
    rows = db.session.execute(
        select(WalkIn.id, WalkIn.slot_id, WalkIn.size, WalkIn.came_at)
        .join(Slot, Slot.id == WalkIn.slot_id)
        .where(door.has(), WalkIn.undone_at.is_(None))
        .order_by(WalkIn.came_at, WalkIn.id)
    ).all()
    counts: Counter[int] = Counter()
    for row in rows:
        counts[row.slot_id] += row.size
    fresh = [row.id for row in rows if row.came_at >= at - UNDO]
    return counts, fresh[-1] if fresh else None


def times_of(door: Door, at: datetime, walk_ins: Counter[int]) -> tuple[DoorTime, ...]:
    """Return the times of the day in order; „jetzt“ are those that run or begin soon, else the next, else the last."""
    rows = db.session.execute(
        select(Slot.id, Slot.starts_at, Slot.ends_at, Slot.label).where(door.has()).order_by(Slot.starts_at, Slot.id)
    ).all()
    now = {row.id for row in rows if row.starts_at - EARLY <= at < (row.ends_at or row.starts_at + OPEN_ENDED)}
    if not now and rows:
        nearest = next((row.starts_at for row in rows if row.starts_at > at), rows[-1].starts_at)
        now = {row.id for row in rows if row.starts_at == nearest}
    return tuple(
        DoorTime(row.id, row.starts_at, row.ends_at, row.id in now, walk_ins[row.id], row.label or "") for row in rows
    )


def guests_of(door: Door, times: tuple[DoorTime, ...], wanted: DoorFilter, at: datetime) -> tuple[DoorGuest, ...]:
    """Return who has a place, and who has asked for one but is not confirmed; those who cancelled are not named."""
    rows = db.session.execute(
        select(
            Booking.id,
            Booking.reference,
            Booking.booker_name,
            Booking.guest_name,
            Booking.party_size,
            Booking.guest_kind,
            Booking.needs,
            Booking.slot_id,
            Booking.state,
            Booking.came_at,
            Booking.came_size,
        ).where(is_at(door), Booking.state.in_((BookingState.CONFIRMED, BookingState.HELD)))
    ).all()
    by_id = {time.id: time for time in times}
    matches = matcher(wanted.search)
    found = [
        DoorGuest(
            id=row.id,
            reference=row.reference,
            name=row.guest_name or row.booker_name,
            party_size=row.party_size,
            kind="" if row.guest_kind is GuestKind.PUBLIC else str(GUEST_KINDS[row.guest_kind]),
            needs=row.needs or "",
            time=by_id[row.slot_id],
            is_tickable=row.state is BookingState.CONFIRMED,
            came_at=row.came_at,
            came_size=row.came_size or 0,
            can_undo=row.came_at is not None and row.came_at >= at - UNDO,
            is_shown=matches(row.guest_name, row.booker_name, row.reference, row.reference.replace("-", ""))
            if wanted.search
            else wanted.shows_all or by_id[row.slot_id].is_now,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda guest: (guest.time.starts_at, plain(guest.name), guest.id)))


def door_of_reference(scope: Scope, reference: str) -> tuple[int, date]:
    """Return event and Berlin day of a booking number, for people of its Träger; raises ``NotFound`` for all others."""
    found = db.session.execute(
        select(Booking.event_id, Slot.starts_at)
        .join(Event, Event.id == Booking.event_id)
        .join(Slot, Slot.id == Booking.slot_id)
        .where(Booking.reference == reference, Event.traeger_id.in_(scope.door_traeger_ids))
    ).first()
    if found is None:
        raise NotFound
    return found.event_id, berlin_day(found.starts_at)
