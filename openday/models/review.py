"""What a Verband looks at before it is listed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from openday.models.types import Instant, Word
from openday.models.words import ReturnReason
from openday.privacy import not_personal


class UnderReview:
    """A thing that was ``submitted_at``, maybe went up to the platform ``escalated_at``, and got its last answer."""

    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    escalated_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    return_reason: Mapped[ReturnReason | None] = mapped_column(Word(ReturnReason), info=not_personal())
    return_note: Mapped[str | None] = mapped_column(String(500), info=not_personal())
