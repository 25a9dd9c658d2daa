"""The form of a mail to somebody who has an account: at a Träger, at a Verband, at the platform."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from openday.mailing.messages import frame_facts, message_id, rendered
from openday.mailing.phrases import greeting_name
from openday.mailing.visit_request_mails import STAFF_LANGUAGE
from openday.models import OutboxMessage


def to_staff(
    kind: str,
    address: str,
    cause: str,
    facts: Callable[[], Mapping[str, Any]],
    *,
    name: str = "",
    expires_at: datetime | None = None,
) -> OutboxMessage:
    """Return the outbox row of a mail to a person; one ``cause`` is one mail to one address, however often written."""
    with force_locale(STAFF_LANGUAGE):
        subject, text, html = rendered(kind, frame_facts() | {"name": greeting_name(name)} | dict(facts()))
    return OutboxMessage(
        kind=kind,
        message_id=message_id(f"{cause} to {address}", kind, 1),
        recipient=address,
        language=STAFF_LANGUAGE,
        subject=subject,
        text=text,
        html=html,
        expires_at=expires_at,
    )
