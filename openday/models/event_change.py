"""The readable history of an event."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant, Word
from openday.models.words import TextLanguage
from openday.privacy import not_personal


class EventChange(Base):
    """One fact of an event that somebody changed. Both values are kept of texts only, never of a personal column.

    ``language`` is None for German; a text that was put back is ``undone_at``.
    """

    __tablename__ = "event_changes"
    __table_args__ = (Index("ix_event_changes_event", "event_id", "changed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    fact: Mapped[str] = mapped_column(String(40), info=not_personal())
    language: Mapped[TextLanguage | None] = mapped_column(Word(TextLanguage), info=not_personal())
    before: Mapped[str | None] = mapped_column(Text, info=not_personal())
    after: Mapped[str | None] = mapped_column(Text, info=not_personal())
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
