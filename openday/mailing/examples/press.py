"""Examples of what a newsroom gets, and what the house hears of it."""

from typing import Any

from openday.mailing import visit_request_mails
from openday.mailing.examples.example import TOKEN, Example
from openday.mailing.examples.visit_request import REASON, for_host, house, political_booking
from openday.models import Booking, PressVisit
from openday.models.words import BookingState, GuestKind, PressProof


def press_booking(**overrides: Any) -> Booking:
    """Return the registration of a newsroom; the house answers next."""
    values: dict[str, Any] = {
        "id": 12,
        "guest_kind": GuestKind.PRESS,
        "guest_name": None,
        "booker_name": "Robin Feder",
        "booker_email": "redaktion@stadtblatt.example.org",
        "booker_phone": "0170 000001",
        "organisation": "Stadtblatt",
        "party_size": 2,
        "political": None,
        "press": PressVisit(
            plans=("photo", "video"),
            proof=PressProof.CARD,
            talks_to=("management", "client"),
            deadline="heute, 18 Uhr",
        ),
    }
    return political_booking(**{**values, **overrides})


def confirmed_press(**overrides: Any) -> Booking:
    """Return a registration the house agreed to."""
    values = {"state": BookingState.CONFIRMED, "awaits": None, "held_until": None, "sequence": 1}
    return press_booking(**{**values, **overrides})


def declined_press(**overrides: Any) -> Booking:
    """Return a registration the house could not take."""
    return press_booking(**{"state": BookingState.DECLINED, "sequence": 1, **overrides})


EXAMPLES = (
    Example(
        "press_requested",
        lambda booking, visit: visit_request_mails.visit_requested(booking, visit, TOKEN),
        press_booking,
        house,
    ),
    Example(
        "press_confirmed",
        lambda booking, visit: visit_request_mails.visit_confirmed(booking, visit, TOKEN),
        confirmed_press,
        house,
    ),
    Example(
        "press_declined",
        lambda booking, visit: visit_request_mails.visit_declined(booking, visit, REASON),
        declined_press,
        house,
    ),
    Example("request_for_host-press", for_host, press_booking, house, is_for_staff=True),
)
