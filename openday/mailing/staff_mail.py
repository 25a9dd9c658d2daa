"""The form of a mail to somebody at a Träger, at a Verband, at the platform, or whom one of them invites."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from flask_babel import force_locale

from openday.mailing.messages import frame_facts, message_id, rendered
from openday.mailing.phrases import greeting_name
from openday.mailing.suppression import suppression_link
from openday.models import OutboxMessage, User


@dataclass(frozen=True)
class Addressee:
    """Whom a mail goes to, and in which language. ``is_known``: has an account; anybody else may want silence (T4)."""

    email: str
    language: str
    name: str = ""
    is_known: bool = True

    @classmethod
    def of(cls, user: User) -> Self:
        """Return somebody who has an account."""
        return cls(user.email, user.reads, user.name or "")


def to_staff(
    kind: str,
    to: Addressee,
    cause: str,
    facts: Callable[[], Mapping[str, Any]],
    *,
    expires_at: datetime | None = None,
) -> OutboxMessage:
    """Return the outbox row of a mail to a person; one ``cause`` is one mail to one address, however often written."""
    with force_locale(to.language):
        words = frame_facts() | {"name": greeting_name(to.name)} | dict(facts())
        if not to.is_known:
            words["suppression_link"] = suppression_link(to.email)
        subject, text, html = rendered(kind, words)
    return OutboxMessage(
        kind=kind,
        message_id=message_id(f"{cause} to {to.email}", kind, 1),
        recipient=to.email,
        language=to.language,
        is_unasked=not to.is_known,
        subject=subject,
        text=text,
        html=html,
        expires_at=expires_at,
    )
