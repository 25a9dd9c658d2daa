"""What a guest can choose from when changing a booking. Whether it is still so is decided with the seats."""

from dataclasses import dataclass
from datetime import date

from openday import clock
from openday.mailing.visit import Visit
from openday.models.words import Mode
from openday.services.own_booking import OwnBooking
from openday.services.seats import audience_of
from openday.services.visit import visits_of_event


@dataclass(frozen=True)
class ModeRoom:
    """Free seats in one way to take part, None without a limit; ``fits`` the whole party."""

    mode: Mode
    left: int | None
    fits: bool


@dataclass(frozen=True)
class TimeChoice:
    """One time of the event; ``is_present`` is the booking's own."""

    visit: Visit
    is_present: bool
    rooms: tuple[ModeRoom, ...]

    @property
    def day(self) -> date:
        """The Berlin day it starts on."""
        return self.visit.day

    @property
    def is_free(self) -> bool:
        """Whether the party can move here, or to the other way to take part of its present time."""
        return any(room.fits for room in self.rooms)


def times_for(booking: OwnBooking) -> list[TimeChoice]:
    """Return the times to come of the booking's event, earliest first, each with the room it has for the party."""
    at = clock.now()
    return [
        time_for(booking, visit)
        for visit in visits_of_event(booking.event.event_id)
        if visit.starts_at > at and not visit.is_called_off
    ]


def time_for(booking: OwnBooking, visit: Visit) -> TimeChoice:
    """Return one time as this party finds it."""
    is_present = booking.visit is not None and visit.slot_id == booking.visit.slot_id
    rooms = []
    for mode in visit.modes:
        left = visit.seats_left(mode, audience_of(booking.guest_kind))
        has_room = left is None or left >= booking.party_size
        rooms.append(ModeRoom(mode, left, fits=has_room and not (is_present and mode is booking.mode)))
    return TimeChoice(visit, is_present, tuple(rooms))
