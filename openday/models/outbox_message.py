"""Mails that are written in the transaction that causes them, and sent after it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant, Word
from openday.models.words import OutboxState
from openday.privacy import AFTER_SENDING, DataClass, holds, not_personal


class OutboxMessage(Base):
    """One mail to one address. ``message_id`` never changes, so a second delivery is recognised as the same mail.

    A row in ``sending`` whose lease ran out belongs to nobody and is taken up again. After ``expires_at`` it is of no
    use any more and withheld. ``is_unasked``: anybody could have caused it, so that it offers silence, and whoever
    wants that never gets it (threat model, T4).
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("booking_id", "kind", "version", name="uq_outbox_messages_cause"),
        Index("ix_outbox_messages_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), info=not_personal())
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    message_id: Mapped[str] = mapped_column(String(120), unique=True, info=not_personal())
    recipient: Mapped[str] = mapped_column(String(254), info=holds(DataClass.CONTACT, "deliver", AFTER_SENDING))
    reply_to: Mapped[str | None] = mapped_column(String(254), info=holds(DataClass.STAFF, "answer", AFTER_SENDING))
    language: Mapped[str] = mapped_column(String(2), default="de", info=not_personal())
    is_unasked: Mapped[bool] = mapped_column(default=False, server_default=false())
    subject: Mapped[str] = mapped_column(String(200), info=holds(DataClass.CONTACT, "deliver", AFTER_SENDING))
    text: Mapped[str] = mapped_column(Text, info=holds(DataClass.PROTECTED, "deliver", AFTER_SENDING))
    html: Mapped[str] = mapped_column(Text, info=holds(DataClass.PROTECTED, "deliver", AFTER_SENDING))
    calendar: Mapped[str | None] = mapped_column(Text, info=holds(DataClass.CONTACT, "deliver", AFTER_SENDING))
    calendar_method: Mapped[str | None] = mapped_column(String(16), info=not_personal())
    state: Mapped[OutboxState] = mapped_column(Word(OutboxState), default=OutboxState.QUEUED, info=not_personal())
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    last_answer: Mapped[str | None] = mapped_column(String(120), info=not_personal())
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
