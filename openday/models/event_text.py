"""What an event says in other languages."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.models.types import Word
from openday.models.words import TextLanguage
from openday.privacy import not_personal


class EventText(Base):
    """Title, summary and description in English or Leichte Sprache; the German ones are the event's own."""

    __tablename__ = "event_texts"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[TextLanguage] = mapped_column(Word(TextLanguage), primary_key=True, info=not_personal())
    title: Mapped[str] = mapped_column(String(200), info=not_personal())
    summary: Mapped[str] = mapped_column(Text, default="", info=not_personal())
    description: Mapped[str] = mapped_column(Text, default="", info=not_personal())
