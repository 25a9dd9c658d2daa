"""Which Träger invite together."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday.extensions import Base
from openday.models.traeger import Traeger
from openday.models.types import Instant, Words
from openday.privacy import not_personal

if TYPE_CHECKING:
    from openday.models.event import Event


class EventHost(Base):
    """One of the Träger of an event, the owning one included; at most one leads.

    A partner was ``asked_at`` by a mailed link and is one since ``confirmed_at``; of the guests it gets the
    ``shared_columns`` that were agreed, none by default.
    """

    __tablename__ = "event_hosts"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    traeger_id: Mapped[int] = mapped_column(ForeignKey("traeger.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
    is_lead: Mapped[bool] = mapped_column(default=False)
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True, info=not_personal())
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    shared_columns: Mapped[tuple[str, ...]] = mapped_column(Words, default=(), info=not_personal())

    event: Mapped["Event"] = relationship(back_populates="hosts")
    traeger: Mapped[Traeger] = relationship()
