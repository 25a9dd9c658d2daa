"""What was tapped at a door, handed in one tap after the other: a phone without a net sends many of them later."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from openday.errors import NotFound, SlotFull
from openday.services.check_in import NotExpected, NotHere, Tap, UndoOver, check_in, count_party, undo_check_in
from openday.services.door_link import Door
from openday.services.walk_in import count_walk_in, undo_walk_in
from openday.wording import clock_time


class Deed(StrEnum):
    """What a button of the door list does."""

    HERE = "here"
    BACK = "back"
    COUNT = "count"
    WALK_IN = "walk_in"
    WALK_IN_BACK = "walk_in_back"


class Ending(StrEnum):
    """How a tap ended: it counts, somebody else had been there first, or it can't be."""

    DONE = "done"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True)
class QueuedTap:
    """One tap: ``number`` is the id of a booking, of a time (walk-in) or of a walk-in (its undo)."""

    deed: Deed
    number: int
    tap: Tap
    size: int = 0


@dataclass(frozen=True)
class Outcome:
    """How one tap ended, with the words to say, empty when there is nothing to say."""

    nonce: str
    ending: Ending
    words: str = ""


def hand_in(door: Door, taps: Iterable[QueuedTap]) -> tuple[Outcome, ...]:
    """Do the taps in their order, each in a transaction of its own: one that can't be keeps none of the others.

    Handed in again nothing changes. Raises ``DoorClosed`` before the day, ``Busy``.
    """
    return tuple(do(door, one) for one in taps)


def do(door: Door, one: QueuedTap) -> Outcome:
    """Do one tap; a refusal becomes its words."""
    try:
        return DEEDS[one.deed](door, one)
    except NotFound:
        words = _("Diese Buchung steht nicht mehr auf der Liste.")
    except SlotFull:
        words = _("Für diese Uhrzeit ist kein Platz mehr frei. Zählen Sie die Person zu einer anderen Uhrzeit.")
    except (NotExpected, NotHere, UndoOver) as refusal:
        words = str(refusal)
    return Outcome(one.tap.nonce, Ending.REFUSED, words)


def tick(door: Door, one: QueuedTap) -> Outcome:
    """Note that a party is there."""
    arrival = check_in(door, one.number, one.tap)
    if arrival is None or arrival.is_first:
        return Outcome(one.tap.nonce, Ending.DONE)
    words = _("Schon um %(time)s da", time=clock_time(arrival.came_at))
    return Outcome(one.tap.nonce, Ending.ALREADY, words)


def take_back(door: Door, one: QueuedTap) -> Outcome:
    """Take a tick back."""
    undo_check_in(door, one.number, one.tap)
    return Outcome(one.tap.nonce, Ending.DONE)


def count(door: Door, one: QueuedTap) -> Outcome:
    """Write down how many really came."""
    count_party(door, one.number, one.tap, one.size)
    return Outcome(one.tap.nonce, Ending.DONE)


def walk_in(door: Door, one: QueuedTap) -> Outcome:
    """Count somebody without a booking."""
    count_walk_in(door, one.number, one.tap)
    return Outcome(one.tap.nonce, Ending.DONE)


def take_back_walk_in(door: Door, one: QueuedTap) -> Outcome:
    """Take somebody without a booking back."""
    undo_walk_in(door, one.number, one.tap)
    return Outcome(one.tap.nonce, Ending.DONE)


DEEDS: dict[Deed, Callable[[Door, QueuedTap], Outcome]] = {
    Deed.HERE: tick,
    Deed.BACK: take_back,
    Deed.COUNT: count,
    Deed.WALK_IN: walk_in,
    Deed.WALK_IN_BACK: take_back_walk_in,
}
