"""What somebody who goes to a slot has to know: the facts behind the booking page, the mails and the calendar."""

from dataclasses import dataclass
from datetime import datetime

from openday.models.words import AddressVisibility, Attendance, EventState, Mode, PhotoRule, SlotState


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
