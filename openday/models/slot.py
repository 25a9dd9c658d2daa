"""A bookable start."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday import clock
from openday.extensions import Base
from openday.models.seat_pool import SeatPool
from openday.models.types import Instant, Word
from openday.models.words import PhotoRule, SlotState
from openday.privacy import not_personal

if TYPE_CHECKING:
    from openday.models.event import Event


class Slot(Base):
    """One time people book; its end may be missing. Its seats are in its pools.

    ``reserves_open_at`` is when seats kept for politics and press are everybody's, None for never; ``previous_…`` is
    what stood there before it was moved at ``moved_at``.
    """

    __tablename__ = "slots"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("room_limit IS NULL OR room_limit BETWEEN 0 AND 100000", name="room_limit_is_sane"),
        Index("ix_slots_event_start", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    label: Mapped[str | None] = mapped_column(String(80), info=not_personal())
    state: Mapped[SlotState] = mapped_column(Word(SlotState), default=SlotState.OPEN, info=not_personal())

    room_limit: Mapped[int | None]
    reserves_open_at: Mapped[datetime | None] = mapped_column(Instant)
    photo_rule: Mapped[PhotoRule | None] = mapped_column(Word(PhotoRule), info=not_personal())
    is_photo_moment: Mapped[bool] = mapped_column(default=False)
    moved_at: Mapped[datetime | None] = mapped_column(Instant)
    previous_starts_at: Mapped[datetime | None] = mapped_column(Instant)
    previous_ends_at: Mapped[datetime | None] = mapped_column(Instant)

    event: Mapped["Event"] = relationship(back_populates="slots")
    pools: Mapped[list[SeatPool]] = relationship(
        cascade="all, delete-orphan", order_by=SeatPool.id, back_populates="slot"
    )

    @property
    def berlin_day(self) -> date:
        """The calendar day it begins on in Europe/Berlin."""
        return clock.to_berlin(self.starts_at).date()
