"""Calendar files to download."""

from openday.exports.calendar import as_ics
from openday.mailing.booking_calendar import booking_entry
from openday.models.words import BookingState
from openday.services.own_booking import OwnBooking


def calendar_of_booking(booking: OwnBooking) -> bytes:
    """Return the calendar file of a booking, with the entry its mail carried."""
    entry = booking_entry(
        booking.reference,
        booking.sequence,
        booking.visit,
        booking.created_at,
        is_cancelled=booking.state is BookingState.CANCELLED or booking.visit.is_called_off,
    )
    return as_ics(entry)
