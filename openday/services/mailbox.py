"""Reading the demo's mailbox: the outbox rows themselves, because a demo sends nothing."""

import re
from collections.abc import Iterator

from sqlalchemy import select

from openday.extensions import db
from openday.models import OutboxMessage
from openday.models.words import OutboxState

NEWEST = 100
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def arrived() -> list[OutboxMessage]:
    """Return at most a hundred mails, those written last first, as their dates say.

    A sign-in code overtakes what waits; what is sent after it must not push it out.
    """
    found = select(OutboxMessage).where(OutboxMessage.state == OutboxState.SENT)
    newest = found.order_by(OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
    return list(db.session.scalars(newest.limit(NEWEST)))


def arrived_mail(message_id: int) -> OutboxMessage | None:
    """Return one mail, None when it is unknown or still on its way."""
    mail = db.session.get(OutboxMessage, message_id, populate_existing=True)
    return mail if mail is not None and mail.state is OutboxState.SENT else None


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, each with whether it is a web address."""
    end = 0
    for found in _ADDRESS.finditer(text):
        yield text[end : found.start()], False
        yield found.group(), True
        end = found.end()
    yield text[end:], False
