"""What the editor asks for each kind of event: a market stand has no seats, a digital action no street."""

from collections.abc import Mapping
from enum import StrEnum

from openday.models import Event
from openday.models.words import EventKind


class Concern(StrEnum):
    """A group of questions that not every kind is asked."""

    SEATS = "seats"
    PLACE = "place"
    ROOM = "room"


NOT_ASKED: Mapping[EventKind, frozenset[Concern]] = {
    EventKind.INFO_STAND: frozenset({Concern.SEATS, Concern.ROOM}),
    EventKind.DIGITAL: frozenset({Concern.PLACE}),
}


def is_asked(event: Event, concern: Concern) -> bool:
    """Whether the editor asks for it; what was said before the kind changed stays where it can be mended."""
    if concern not in NOT_ASKED.get(event.kind, frozenset()):
        return True
    said = {Concern.SEATS: event.slots, Concern.PLACE: event.places, Concern.ROOM: event.room_url or event.room_dial_in}
    return bool(said[concern])
