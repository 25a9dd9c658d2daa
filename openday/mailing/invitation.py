"""The calendar part of a mail (iMIP, RFC 6047): one entry per booking that later mails replace or remove."""

from openday import clock
from openday.exports.calendar import Method, as_ics
from openday.mailing.booking_calendar import booking_entry
from openday.mailing.phrases import one_line
from openday.mailing.visit import Visit
from openday.models import Booking
from openday.models.words import BookingState, Mode


def invitation(booking: Booking, visit: Visit, mode: Mode | None) -> tuple[str, Method]:
    """Return the entry that puts the visit into a calendar, tentative while it is only held."""
    entry = booking_entry(
        booking.reference,
        booking.sequence or 0,
        visit,
        clock.now(),
        mode=mode,
        is_tentative=booking.state is BookingState.HELD,
        email=one_line(booking.booker_email),
    )
    method: Method = "REQUEST" if visit.contact.email else "PUBLISH"  # RFC 5546 §3.2.2: a REQUEST names its organiser
    return as_ics(entry, method).decode(), method


def withdrawal(booking: Booking, visit: Visit) -> tuple[str, Method]:
    """Return the entry that removes the visit from a calendar."""
    entry = booking_entry(
        booking.reference,
        booking.sequence or 0,
        visit,
        clock.now(),
        is_cancelled=True,
        email=one_line(booking.booker_email),
    )
    return as_ics(entry, "CANCEL").decode(), "CANCEL"
