"""The example of every mail as the tests call it, and the letter the worker would make of one."""

from openday.mailing.envelope import Letter
from openday.mailing.examples.example import STARTS_AT, TOKEN
from openday.mailing.examples.example import example_booking as sample_booking
from openday.mailing.examples.example import example_visit as sample_visit
from openday.models import OutboxMessage

__all__ = ["STARTS_AT", "TOKEN", "letter_of", "sample_booking", "sample_visit"]


def letter_of(message: OutboxMessage) -> Letter:
    """Return the letter the worker would make of a row that has just been claimed."""
    return Letter(
        id=1,
        kind=message.kind,
        message_id=message.message_id,
        recipient=message.recipient,
        reply_to=message.reply_to,
        language=message.language,
        is_unasked=bool(message.is_unasked),
        subject=message.subject,
        text=message.text,
        html=message.html,
        calendar=message.calendar,
        calendar_method=message.calendar_method,
        attempts=0,
        created_at=STARTS_AT,
        lease_until=STARTS_AT,
    )
