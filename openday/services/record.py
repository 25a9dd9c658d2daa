"""What is kept of everything that happens to a stored booking: an entry in the history, and the mails about it."""

from collections.abc import Iterable

from sqlalchemy import insert

from openday.models import AuditEntry, Booking, OutboxMessage
from openday.rows import insert_rows
from openday.transaction import connection

HAPPENED = insert(AuditEntry).values(object_type="booking").inline()


def record(
    booking: Booking, action: str, mails: Iterable[OutboxMessage | None] = (), actor_id: int | None = None
) -> None:
    """Write down what happened to a stored booking and queue the mails there are."""
    connection().execute(HAPPENED, {"action": action, "actor_id": actor_id, "object_id": booking.id})
    announce(booking, mails)


def announce(booking: Booking, mails: Iterable[OutboxMessage | None]) -> None:
    """Queue the mails there are about a stored booking."""
    found = [mail for mail in mails if mail is not None]
    for mail in found:
        mail.booking_id = booking.id
    insert_rows(found)
