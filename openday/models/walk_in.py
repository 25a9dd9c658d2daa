"""Guests who came without a booking."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant
from openday.privacy import not_personal


class WalkIn(Base):
    """``size`` people counted at the door against the seats of a pool; ``nonce`` makes a repeated tap the same one."""

    __tablename__ = "walk_ins"
    __table_args__ = (CheckConstraint("size BETWEEN 1 AND 100", name="size_is_sane"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"), index=True)
    seat_pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pools.id"), index=True)
    size: Mapped[int] = mapped_column(default=1)
    nonce: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    came_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
