"""Mails about a political visit that stands: what its office is reminded of."""

from datetime import date

from flask_babel import force_locale

from openday.mailing.links import link_to
from openday.mailing.visit import Visit
from openday.mailing.visit_request_mails import briefing, to_booker
from openday.models import Booking, OutboxMessage

VISIT_REMINDER = "visit_reminder"


def visit_reminder(
    booking: Booking, visit: Visit, token: str, days: int, days_left: int | None = None
) -> OutboxMessage:
    """Return the whole briefing once more, ``days`` before the visit: 7 or 1; a late one says how many are left.

    There is one of each for each day of a visit: moved to another day, the office is reminded once more.
    """
    with force_locale(booking.language):
        words = briefing(booking, visit) | {
            "days": days if days_left is None else days_left,
            "booking_link": link_to("public.booking.show", token=token),
        }
        message = to_booker(VISIT_REMINDER, booking, visit, words, reminder_version(visit.day, days))
    message.calendar = message.calendar_method = None
    return message


def reminder_version(day: date, days: int) -> int:
    """Return the number of the reminder so many days before a visit on that day."""
    return day.toordinal() * 10 + days
