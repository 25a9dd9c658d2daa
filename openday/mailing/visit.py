"""What somebody who goes to a slot has to know: the facts behind the booking page, the mails and the calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from openday import clock
from openday.models.words import (
    AddressVisibility,
    Attendance,
    Confirmation,
    EventKind,
    EventState,
    Mode,
    PhotoRule,
    PoolAudience,
    SlotState,
    WaitingList,
)
from openday.privacy import AFTER_EVENT


@dataclass(frozen=True)
class Contact:
    """The named person, phone and e-mail that are the other way to register, and the language to write there in."""

    name: str | None
    phone: str | None
    email: str | None
    language: str = "de"


@dataclass(frozen=True)
class Pool:
    """Seats of a slot for one mode and audience at one moment; ``seats_left`` None means no limit.

    ``is_open`` ones are everybody's: the general pool, and reserves that have opened.
    """

    mode: Mode
    seats_left: int | None
    audience: PoolAudience = PoolAudience.EVERYONE
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What guests of an event have to know whatever their time is. ``address`` is None where no address is known;
    ``region`` is the Land whose holidays its people keep; what is known not to ``may_ask`` has no questions of its own,
    what is known not to ``may_share`` no partners that get something of its guests' data.

    ``address`` and ``directions`` are there for confirmed guests: whoever shows them elsewhere checks
    ``is_protected`` first; ``day_contact_…`` is for guests with a booking as well. The room link is not among these
    facts on purpose.
    """

    event_id: int
    campaign_id: int
    slug: str
    title: str
    traeger: str
    region: str | None
    kind: EventKind
    event_state: EventState
    event_sequence: int
    last_day: date | None
    attendance: Attendance | None
    audiences: tuple[str, ...]
    party_limit: int
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None
    confirmation: Confirmation
    waiting_list: WaitingList
    sends_reminders: bool
    registers_companions: bool
    terms: str | None
    terms_version: int
    address: str | None
    locality: str | None
    directions: str | None
    address_visibility: AddressVisibility
    photo_rule: PhotoRule | None
    photo_note: str | None
    contact: Contact
    day_contact_name: str | None
    day_contact_phone: str | None
    may_ask: bool = True
    may_share: bool = True

    def day_without_time(self, today: date) -> date:
        """Return the day a request without a time counts as: the last of the event, or one half a year ahead."""
        return self.last_day or today + timedelta(days=180)

    def erase_without_time_on(self, today: date) -> date:
        """Return when a request without a time is forgotten."""
        return self.day_without_time(today) + timedelta(days=AFTER_EVENT.days or 0)

    @property
    def is_for_invited(self) -> bool:
        """Whether it has no public page: only who has its link knows of it."""
        return self.kind is EventKind.BACKGROUND_TALK

    @property
    def is_protected(self) -> bool:
        """Whether the address is for confirmed guests only."""
        return self.address_visibility is not AddressVisibility.PUBLIC


@dataclass(frozen=True, kw_only=True)
class Visit(EventFacts):
    """One slot of one event; instants are aware UTC. ``change_until`` is when guests stop changing it themselves;
    ``previous_…`` is what stood there before the house moved it at ``moved_at``.
    """

    slot_id: int
    slot_state: SlotState
    starts_at: datetime
    ends_at: datetime | None
    pools: tuple[Pool, ...]
    is_photo_moment: bool
    change_until: datetime
    moved_at: datetime | None = None
    previous_starts_at: datetime | None = None
    previous_ends_at: datetime | None = None

    def without_seats(self) -> "Visit":
        """Return what stays true when seats are taken or given back."""
        return replace(self, pools=tuple(replace(pool, seats_left=None) for pool in self.pools))

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The ways one can take part; two of them make the form ask."""
        return tuple(dict.fromkeys(pool.mode for pool in self.pools if pool.audience is not PoolAudience.WALK_IN))

    def seats_left(self, mode: Mode, audience: PoolAudience = PoolAudience.EVERYONE) -> int | None:
        """Free seats a party of an audience finds in a mode, None without a limit, 0 when there is no such way."""
        left = 0
        for pool in self.pools:
            if pool.mode is mode and (pool.is_open or pool.audience is audience):
                if pool.seats_left is None:
                    return None
                left += pool.seats_left
        return left

    def is_full(self, audience: PoolAudience = PoolAudience.EVERYONE) -> bool:
        """Whether a party of an audience finds no seat in any mode."""
        return all(self.seats_left(mode, audience) == 0 for mode in self.modes)

    @property
    def day(self) -> date:
        """The Berlin calendar day it starts on."""
        return clock.to_berlin(self.starts_at).date()

    @property
    def erase_on(self) -> date:
        """The Berlin day after which no personal value of its bookings is left."""
        return clock.to_berlin(self.ends_at or self.starts_at).date() + timedelta(days=AFTER_EVENT.days or 0)

    @property
    def is_called_off(self) -> bool:
        """Whether the event or this time of it does not take place."""
        return self.event_state is EventState.CANCELLED or self.slot_state is SlotState.CANCELLED

    @property
    def is_past(self) -> bool:
        """Whether it has begun."""
        return self.starts_at <= clock.now()

    @property
    def has_opened(self) -> bool:
        """Whether the registration is open, or was and has closed since."""
        return self.booking_opens_at is None or self.booking_opens_at <= clock.now()

    @property
    def has_closed(self) -> bool:
        """Whether it is too late to register."""
        return self.is_past or (self.booking_closes_at is not None and self.booking_closes_at <= clock.now())

    @property
    def is_bookable(self) -> bool:
        """Whether a single person could book it at this moment."""
        return self.is_bookable_by(PoolAudience.EVERYONE)

    def is_bookable_by(self, audience: PoolAudience) -> bool:
        """Whether a single person of an audience could book it at this moment."""
        is_open = self.has_opened and not self.has_closed and not self.is_called_off
        return is_open and not self.is_full(audience)
