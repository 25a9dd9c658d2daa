"""Who did what, without the personal values themselves."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant
from openday.privacy import not_personal


class AuditEntry(Base):
    """One action on one object, written in the action's own transaction. ``actor_id`` is a user, None a visitor."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_object", "object_type", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(40), info=not_personal())
    object_type: Mapped[str] = mapped_column(String(32), info=not_personal())
    object_id: Mapped[int]
    detail: Mapped[str | None] = mapped_column(String(200), info=not_personal())
