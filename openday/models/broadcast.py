"""What a Verband or a Liga wrote to its Träger."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant
from openday.privacy import not_personal


class Broadcast(Base):
    """One message to all Träger in scope: of a Verband, of a Land, or (with neither) of the platform."""

    __tablename__ = "broadcasts"

    id: Mapped[int] = mapped_column(primary_key=True)
    verband_id: Mapped[int | None] = mapped_column(ForeignKey("verbaende.id", ondelete="CASCADE"), index=True)
    land: Mapped[str | None] = mapped_column(String(2), info=not_personal())
    subject: Mapped[str] = mapped_column(String(120), info=not_personal())
    text: Mapped[str] = mapped_column(Text, info=not_personal())
    recipients: Mapped[int] = mapped_column(default=0)
    nonce: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
