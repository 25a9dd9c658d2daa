"""The helpers' way to the door list."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant
from openday.privacy import not_personal


class DoorLink(Base):
    """A secret link that opens the check-in of one event on one Berlin day, until somebody revokes it."""

    __tablename__ = "door_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
