"""What an organiser wrote to guests."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant
from openday.privacy import not_personal


class Announcement(Base):
    """One message to all or a part of the guests of an event; the mails themselves are rows of the outbox."""

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(120), info=not_personal())
    text: Mapped[str] = mapped_column(Text, info=not_personal())
    recipients: Mapped[int] = mapped_column(default=0)
    nonce: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
