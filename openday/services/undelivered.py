"""Mails that were refused for good: the organiser has to know, because the guest does not."""

from collections.abc import Mapping

from sqlalchemy import select

from openday.extensions import db
from openday.models import Booking, OutboxMessage
from openday.models.words import OutboxState


def undelivered_mails(event_id: int) -> Mapping[str, str]:
    """Return the booking numbers of an event whose newest mail failed, with the answer of the mail server."""
    rows = db.session.execute(
        select(Booking.reference, OutboxMessage.state, OutboxMessage.last_answer)
        .join(OutboxMessage, OutboxMessage.booking_id == Booking.id)
        .where(Booking.event_id == event_id)
        .order_by(OutboxMessage.id)
    )
    newest = {row.reference: row for row in rows}
    return {reference: row.last_answer or "" for reference, row in newest.items() if row.state is OutboxState.FAILED}
