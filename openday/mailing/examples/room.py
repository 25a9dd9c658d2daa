"""Examples of the mail about a digital room that changed."""

from datetime import timedelta
from typing import Any

from openday.mailing.examples.example import STARTS_AT, TOKEN, Example, example_booking
from openday.mailing.room_mails import RoomNews, room_changed
from openday.models import Booking
from openday.models.words import Mode

OPENS_AT = STARTS_AT - timedelta(minutes=15)


def online_booking(**overrides: Any) -> Booking:
    """Return a booking of a place at the screen."""
    return example_booking(**{"mode": Mode.ONLINE, **overrides})


EXAMPLES = (
    Example(
        "room_changed",
        lambda booking, visit: room_changed(booking, visit, TOKEN, RoomNews(OPENS_AT, is_known=True, version=1)),
        booking=online_booking,
    ),
    Example(
        "room_changed-link_follows",
        lambda booking, visit: room_changed(booking, visit, TOKEN, RoomNews(OPENS_AT, is_known=False, version=2)),
        booking=online_booking,
    ),
)
