"""Examples of the mails anybody can cause with somebody else's address."""

from datetime import UTC, datetime

from openday.mailing import check_mails
from openday.mailing.check_mails import LinkedBooking
from openday.mailing.examples.example import TOKEN, Example
from openday.mailing.messages import message_id
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage

HELD_UNTIL = datetime(2024, 9, 1, 10, 30, tzinfo=UTC)


def lost_link(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the row the worker sends once its texts are written."""
    texts = check_mails.lost_link(booking.booker_email, booking.language, [LinkedBooking(visit, TOKEN)])
    return OutboxMessage(
        kind="lost_link",
        message_id=message_id("example", "lost_link", 1),
        recipient=booking.booker_email,
        language=booking.language,
        is_unasked=True,
        subject=texts.subject,
        text=texts.text,
        html=texts.html,
    )


EXAMPLES = (
    Example(
        "please_confirm",
        lambda booking, visit: check_mails.please_confirm(booking, visit, TOKEN, HELD_UNTIL),
        is_check=True,
    ),
    Example(
        "please_confirm-without_seats",
        lambda booking, visit: check_mails.please_confirm(booking, visit, TOKEN, None),
        is_check=True,
    ),
    Example("lost_link", lost_link, is_check=True),
)
