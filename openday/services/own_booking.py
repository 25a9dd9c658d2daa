"""A visitor's own booking, opened with the secret of its link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from openday import clock
from openday.errors import Refusal
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking
from openday.models.words import OPEN_STATES, Awaits, BookingState, EventState, GuestKind, Mode, SlotState
from openday.services.booking_row import row_of_link
from openday.services.mailbox_proof import UNPROVEN
from openday.services.moving import refuse_change, refuse_correction, size_limit
from openday.services.visit import event_facts, facts_of
from openday.services.waiting_place import Wait, wait_of

ROOM_OPENS = timedelta(minutes=15)
ROOM_CLOSES = timedelta(hours=3)


@dataclass(frozen=True)
class Room:
    """Where a digital session happens; ``url`` and ``dial_in`` are None until ``opens_at``."""

    opens_at: datetime
    is_open: bool
    url: str | None
    dial_in: str | None


@dataclass(frozen=True)
class OwnBooking:
    """Everything a booking's own page shows. ``room`` is None for who comes in person; ``can_change`` says whether the
    guest may still choose another time alone, ``can_correct`` the same of details and of the number of people, up to
    ``size_limit``: also without a seat.

    ``wait`` is where it stands in the waiting list, None for everything else; ``has_answers`` that there may be answers
    to the organiser's questions.

    ``visit`` is None while there is no time: who waits for any time of the event, or asked for one yet to be found.
    """

    id: int
    reference: str
    state: BookingState
    awaits: Awaits | None
    is_provisional: bool
    held_until: datetime | None
    guest_kind: GuestKind
    guest_name: str | None
    mode: Mode
    party_size: int
    name: str
    email: str
    phone: str | None
    needs: str | None
    companions: str | None
    language: str
    sequence: int
    created_at: datetime
    joined_at: datetime | None
    erase_on: date | None
    terms_version: int | None
    terms_accepted_at: datetime | None
    event: EventFacts
    visit: Visit | None
    room: Room | None
    can_change: bool
    can_correct: bool
    size_limit: int
    wait: Wait | None
    has_answers: bool

    @property
    def is_called_off(self) -> bool:
        """Whether the event or the time of the booking does not take place."""
        return self.event.event_state is EventState.CANCELLED or (self.visit is not None and self.visit.is_called_off)

    @property
    def is_past(self) -> bool:
        """Whether the visit has begun."""
        return self.visit is not None and self.visit.is_past

    @property
    def is_confirmed(self) -> bool:
        """Whether the guest has a seat for sure: nobody else learns a protected address or the way into a session."""
        return self.state is BookingState.CONFIRMED

    @property
    def is_unproven(self) -> bool:
        """Whether a click in the mailbox is all that is missing, or was: then the page says nothing of the guest."""
        return self.awaits is Awaits.MAILBOX and self.state in UNPROVEN

    @property
    def can_cancel(self) -> bool:
        """Whether there is something to give up."""
        return self.state in OPEN_STATES and not self.is_past and not self.is_called_off

    @property
    def can_resize(self) -> bool:
        """Whether another number of people is possible at all."""
        return self.can_correct and self.size_limit > 1

    @property
    def can_correct_address(self) -> bool:
        """Whether its mails may go elsewhere: while it is open, unless the mailbox has yet to prove itself."""
        return self.can_cancel and self.awaits is not Awaits.MAILBOX

    @property
    def can_replace_guest(self) -> bool:
        """Whether an office may send somebody else: with seats until the last moment of a change, without any time."""
        has_seats = self.state in (BookingState.HELD, BookingState.CONFIRMED)
        return self.guest_kind is GuestKind.POLITICS and (self.can_change if has_seats else self.can_correct_address)

    @property
    def can_propose(self) -> bool:
        """Whether an office may name other days: while the house has yet to answer those it named."""
        is_open = self.state is BookingState.REQUESTED and self.awaits is Awaits.HOST
        return is_open and self.visit is None and self.can_correct

    @property
    def is_changeable(self) -> bool:
        """Whether it can still be corrected and put into a calendar."""
        return self.is_confirmed and self.can_cancel


def booking_by_token(token: str) -> OwnBooking | None:
    """Return the booking a link opens, None for an unknown or replaced link. At most two statements."""
    booking = row_of_link(token)
    return None if booking is None else own_booking(booking, has_answers=booking.has_answers)


def own_booking(booking: Booking, *, has_answers: bool = True) -> OwnBooking:
    """Return the page's facts of a booking whose slot and event are loaded; whether it answered may be unknown."""
    at, facts = clock.now(), facts_of(booking)
    visit = facts if isinstance(facts, Visit) else None
    return OwnBooking(
        id=booking.id,
        reference=booking.reference,
        state=booking.state,
        awaits=booking.awaits,
        is_provisional=booking.is_provisional,
        held_until=booking.held_until,
        guest_kind=booking.guest_kind,
        guest_name=booking.guest_name,
        mode=booking.mode,
        party_size=booking.party_size,
        name=booking.booker_name,
        email=booking.booker_email,
        phone=booking.booker_phone,
        needs=booking.needs,
        companions=booking.companions,
        language=booking.language,
        sequence=booking.sequence,
        created_at=booking.created_at,
        joined_at=booking.joined_at,
        erase_on=booking.erase_on,
        terms_version=booking.terms_version,
        terms_accepted_at=booking.terms_accepted_at,
        event=facts if visit is None else event_facts(booking.event),
        visit=visit,
        room=room_of(booking),
        can_change=is_allowed(refuse_change, booking, facts, at),
        can_correct=is_allowed(refuse_correction, booking, facts, at),
        size_limit=size_limit(booking),
        wait=wait_of(booking),
        has_answers=has_answers,
    )


def is_allowed(refuse: Callable[[Booking, EventFacts, datetime], None], *case: Any) -> bool:
    """Whether a change would be taken at this moment."""
    try:
        refuse(*case)
    except Refusal:
        return False
    return True


def room_of(booking: Booking) -> Room | None:
    """Return the room of an online guest; its link is given to confirmed guests from 15 minutes before on."""
    slot, event = booking.slot, booking.event
    if slot is None or booking.mode is not Mode.ONLINE:
        return None
    opens_at = slot.starts_at - ROOM_OPENS
    closes_at = (slot.ends_at or slot.starts_at) + ROOM_CLOSES
    takes_place = event.state is EventState.PUBLISHED and slot.state is SlotState.OPEN
    is_open = takes_place and booking.state is BookingState.CONFIRMED and opens_at <= clock.now() <= closes_at
    return Room(
        opens_at=opens_at,
        is_open=is_open,
        url=event.room_url if is_open else None,
        dial_in=event.room_dial_in if is_open else None,
    )
