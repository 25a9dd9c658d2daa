"""Examples of what the house tells its guests, and what it is told about them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from openday.mailing import announcement_mails, house_change_mails, house_mails, messages, reminder_mails
from openday.mailing.examples.example import STARTS_AT, TOKEN, Example, example_booking, without_time
from openday.mailing.examples.visit_request import present
from openday.mailing.house_change_mails import MovedTime
from openday.mailing.house_mails import Expected, NewBookings
from openday.mailing.visit import Visit
from openday.models import Announcement, Booking, OutboxMessage
from openday.models.words import Awaits, BookingState, Mode

REASON = "Die Beraterin ist krank."
TEXT = "Bitte klingeln Sie im Hof.\nDer Eingang an der Straße ist wegen Bauarbeiten zu.\n\nWir freuen uns auf Sie."
MONDAY = date(2024, 9, 16)


def waiting_booking(**overrides: Any) -> Booking:
    """Return an entry of the waiting list."""
    return example_booking(**{"state": BookingState.WAITING, **overrides})


def requested_booking(**overrides: Any) -> Booking:
    """Return a booking the house has yet to answer."""
    return example_booking(**{"state": BookingState.REQUESTED, "awaits": Awaits.HOST, **overrides})


def online_booking(**overrides: Any) -> Booking:
    """Return a booking of somebody who takes part online."""
    return example_booking(**{"mode": Mode.ONLINE, **overrides})


def moved(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the news of a time moved by a day."""
    news = MovedTime(visit, STARTS_AT - timedelta(days=1), None, REASON)
    return house_change_mails.time_moved(booking, visit, TOKEN, news)


def moved_for_any_time(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the news for somebody who waits for any time."""
    news = MovedTime(visit, STARTS_AT - timedelta(days=1), None, REASON)
    return house_change_mails.time_moved(booking, without_time(visit), TOKEN, news)


def moved_offer(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the news for an office that has yet to answer whether the time suits it."""
    news = MovedTime(visit, STARTS_AT - timedelta(days=1), None, REASON, is_offered=True)
    return house_change_mails.time_moved(booking, without_time(visit), TOKEN, news)


def another_place(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the news of another place."""
    previous = "Altes Haus, Beispielstraße 3, 04109 Leipzig"
    return house_change_mails.place_changed(booking, visit, TOKEN, previous, REASON)


def called_off_time(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the news that one of several times falls out."""
    return messages.booking_called_off(booking, visit, REASON, stage="waiting", has_other_times=True)


def announcement(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return what an organiser writes to everybody."""
    words = Announcement(id=5, subject="Eingang im Hof", text=TEXT)
    return announcement_mails.announced(booking, visit, TOKEN, words)


def digest(_booking: Booking, visit: Visit) -> OutboxMessage:
    """Return what the house reads in the morning."""
    news = NewBookings(bookings=3, persons=5, taken=31, seats=64)
    return present(house_mails.new_bookings(visit, MONDAY, news))


def day_before(_booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the numbers of tomorrow."""
    expected = Expected(
        bookings=31, persons=54, starts_at=datetime(2024, 9, 16, 8, 0, tzinfo=UTC), politics=1, press=1, needs=2
    )
    return present(house_mails.tomorrow(visit, MONDAY, expected))


EXAMPLES = (
    Example("time_moved", moved),
    Example("time_moved-any_time", moved_for_any_time, waiting_booking),
    Example("time_moved-request", moved, requested_booking),
    Example("time_moved-offer", moved_offer, requested_booking),
    Example("place_changed", another_place),
    Example("booking_called_off-one_time", called_off_time, waiting_booking),
    Example("reminder", lambda booking, visit: reminder_mails.reminder(booking, visit, TOKEN)),
    Example(
        "reminder-online",
        lambda booking, visit: reminder_mails.reminder(booking, visit, TOKEN, is_today=True),
        online_booking,
    ),
    Example("announcement", announcement),
    Example("new_bookings", digest, is_for_staff=True),
    Example("tomorrow", day_before, is_for_staff=True),
)
