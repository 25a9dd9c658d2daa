"""What mails say about somebody from the press, in words; what is planned decides on space and consent."""

from typing import Any

from openday.exports.words import PRESS_PARTNERS, PRESS_PLANS, PRESS_PROOFS
from openday.mailing.phrases import one_line
from openday.models import Booking
from openday.models.words import GuestKind, PressProof

SHOWN_AT_DOOR = (PressProof.CARD, PressProof.ASSIGNMENT)


def press_facts(booking: Booking) -> dict[str, Any]:
    """Return empty words for everybody else."""
    press = booking.press if booking.guest_kind is GuestKind.PRESS else None  # nobody else is asked about
    return {
        "plans": in_words(PRESS_PLANS, press.plans) if press else "",
        "talks_to": in_words(PRESS_PARTNERS, press.talks_to) if press else "",
        "proof": str(PRESS_PROOFS[press.proof]) if press and press.proof in SHOWN_AT_DOOR else "",
        "deadline": one_line(press.deadline) if press else "",
    }


def in_words(names: dict[str, Any], chosen: tuple[str, ...]) -> str:
    """Return the chosen words with commas between them."""
    return ", ".join(str(names[word]) for word in chosen if word in names)
