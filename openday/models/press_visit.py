"""What a host has to know when somebody from the press comes."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.models.types import Instant, Word, Words
from openday.models.words import PressProof
from openday.privacy import AFTER_EVENT, DataClass, holds


class PressVisit(Base):
    """Beside a booking of the kind ``press``; the medium is the booking's organisation.

    ``plans`` has words of text, photo, audio, video, live; ``talks_to`` of management, professional, client.
    """

    __tablename__ = "press_visits"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True)
    plans: Mapped[tuple[str, ...]] = mapped_column(
        Words, default=(), info=holds(DataClass.CONTACT, "plan space and consent", AFTER_EVENT)
    )
    proof: Mapped[PressProof | None] = mapped_column(
        Word(PressProof), info=holds(DataClass.CONTACT, "check at the door by sight", AFTER_EVENT)
    )
    talks_to: Mapped[tuple[str, ...]] = mapped_column(
        Words, default=(), info=holds(DataClass.CONTACT, "arrange interviews", AFTER_EVENT)
    )
    deadline: Mapped[str | None] = mapped_column(
        String(120), info=holds(DataClass.CONTACT, "sort by urgency", AFTER_EVENT)
    )
    photo_rule_accepted_at: Mapped[datetime | None] = mapped_column(Instant)
