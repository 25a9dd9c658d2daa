"""What an organiser asks beside the usual fields, and what guests answered."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.models.types import Word
from openday.models.words import QuestionKind, YesNoOpen
from openday.privacy import AFTER_ANSWER, DataClass, holds, not_personal


class Question(Base):
    """Asked once per booking. ``options`` has one choice per line; it shows when the earlier question ``shown_if_id``
    was answered with ``shown_if_answer``. Answers are kept ``keep_days`` after the visit.
    """

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint("keep_days BETWEEN 0 AND 365", name="retention_is_sane"),
        CheckConstraint("(shown_if_id IS NULL) = (shown_if_answer IS NULL)", name="condition_is_whole"),
        Index("ix_questions_event", "event_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[QuestionKind] = mapped_column(Word(QuestionKind), info=not_personal())
    label: Mapped[str] = mapped_column(String(200), info=not_personal())
    hint: Mapped[str | None] = mapped_column(String(300), info=not_personal())
    options: Mapped[str] = mapped_column(Text, default="", info=not_personal())
    is_required: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str] = mapped_column(String(200), info=not_personal())
    keep_days: Mapped[int] = mapped_column(default=30)
    shown_if_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    shown_if_answer: Mapped[str | None] = mapped_column(String(200), info=not_personal())

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices in their order."""
        return tuple(line.strip() for line in self.options.splitlines() if line.strip())

    @property
    def answers_to_choose(self) -> tuple[str, ...]:
        """The answers as they are stored, where there is a choice: what a later question can depend on."""
        if self.kind is QuestionKind.YES_NO:
            return (YesNoOpen.YES.value, YesNoOpen.NO.value)
        return self.choices if self.kind in (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF) else ()

    def is_asked(self, given: Mapping[int, str]) -> bool:
        """Whether it is asked after the earlier answers, by question id."""
        return self.shown_if_id is None or self.shown_if_answer in given.get(self.shown_if_id, "").split("\n")


class Answer(Base):
    """What one booking answered; several choices stand one per line. ``erase_on`` is a Berlin day."""

    __tablename__ = "answers"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, index=True)
    value: Mapped[str] = mapped_column(
        Text, info=holds(DataClass.PROTECTED, "answer to the organiser's question", AFTER_ANSWER)
    )
    erase_on: Mapped[date] = mapped_column(index=True)
