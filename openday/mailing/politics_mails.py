"""Mails about a political visit that stands: what its office is reminded of."""

from flask_babel import force_locale

from openday.mailing.links import link_to
from openday.mailing.visit import Visit
from openday.mailing.visit_request_mails import briefing, to_booker, version_of
from openday.models import Booking, OutboxMessage


def visit_reminder(booking: Booking, visit: Visit, token: str, days: int) -> OutboxMessage:
    """Return the whole briefing once more, ``days`` before the visit: 7 or 1."""
    with force_locale(booking.language):
        words = briefing(booking, visit) | {
            "days": days,
            "booking_link": link_to("public.booking.show", token=token),
        }
        version = version_of(booking) * 10 + days  # one for each of the two days, also after a change
        message = to_booker("visit_reminder", booking, visit, words, version)
    message.calendar = message.calendar_method = None
    return message
