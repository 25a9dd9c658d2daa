"""The seats of a slot for one mode and one audience."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday.extensions import Base
from openday.models.types import Word
from openday.models.words import Mode, PoolAudience
from openday.privacy import not_personal

if TYPE_CHECKING:
    from openday.models.slot import Slot


class SeatPool(Base):
    """``taken`` seats of ``capacity``; without a capacity there is no limit. The database refuses an oversold pool.

    ``is_saved``: its free seats are saved up for a party on the waiting list that was passed over too often.
    """

    __tablename__ = "seat_pools"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="taken_within_capacity"),
        CheckConstraint("capacity IS NULL OR capacity BETWEEN 0 AND 100000", name="capacity_is_sane"),
        UniqueConstraint("slot_id", "mode", "audience", name="uq_seat_pools_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"))
    mode: Mapped[Mode] = mapped_column(Word(Mode), default=Mode.ONSITE, info=not_personal())
    audience: Mapped[PoolAudience] = mapped_column(
        Word(PoolAudience), default=PoolAudience.EVERYONE, info=not_personal()
    )
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    is_saved: Mapped[bool] = mapped_column(default=False)

    slot: Mapped["Slot"] = relationship(back_populates="pools")
