"""What somebody who goes to a slot has to know: the facts behind the booking page, the mails and the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openday import clock
from openday.models.words import AddressVisibility, Attendance, EventState, Mode, PhotoRule, SlotState
from openday.privacy import AFTER_EVENT


@dataclass(frozen=True)
class Contact:
    """The named person, phone and e-mail that are the other way to register."""

    name: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True)
class Pool:
    """Seats for everyone in one mode; None means no limit."""

    mode: Mode
    seats_left: int | None


@dataclass(frozen=True)
class Visit:
    """One slot of one event; instants are aware UTC. ``address`` is None where no address is known.

    ``address`` and ``directions`` are there for confirmed guests: whoever shows them elsewhere checks
    ``is_protected`` first. The room link is not among these facts on purpose.
    """

    slot_id: int
    event_id: int
    campaign_id: int
    slug: str
    title: str
    traeger: str
    event_state: EventState
    slot_state: SlotState
    event_sequence: int
    starts_at: datetime
    ends_at: datetime | None
    attendance: Attendance | None
    pools: tuple[Pool, ...]
    party_limit: int
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None
    address: str | None
    locality: str | None
    directions: str | None
    address_visibility: AddressVisibility
    photo_rule: PhotoRule | None
    photo_note: str | None
    contact: Contact

    @property
    def is_protected(self) -> bool:
        """Whether the address is for confirmed guests only."""
        return self.address_visibility is not AddressVisibility.PUBLIC

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The ways one can take part; two of them make the form ask."""
        return tuple(pool.mode for pool in self.pools)

    def seats_left(self, mode: Mode) -> int | None:
        """Free seats in a mode, None without a limit, 0 when there is no such way."""
        for pool in self.pools:
            if pool.mode is mode:
                return pool.seats_left
        return 0

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
        is_open = self.has_opened and not self.has_closed and not self.is_called_off
        return is_open and any(pool.seats_left != 0 for pool in self.pools)
