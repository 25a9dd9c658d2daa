"""Times somebody suggests for a visit: the office that asks, or the host that answers."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.models.types import Word
from openday.models.words import DayPart
from openday.privacy import not_personal


class VisitProposal(Base):
    """One of up to three suggestions: a Berlin day with a clock time, a part of the day, or an existing slot."""

    __tablename__ = "visit_proposals"
    __table_args__ = (
        CheckConstraint(
            "slot_id IS NOT NULL OR (day IS NOT NULL AND (start_time IS NULL) = (day_part IS NOT NULL))",
            name="says_when",
        ),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True)
    is_by_host: Mapped[bool] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    day: Mapped[date | None]
    start_time: Mapped[time | None]
    day_part: Mapped[DayPart | None] = mapped_column(Word(DayPart), info=not_personal())
