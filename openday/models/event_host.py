"""Which Träger invite together."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday.extensions import Base
from openday.models.traeger import Traeger
from openday.models.types import Instant

if TYPE_CHECKING:
    from openday.models.event import Event


class EventHost(Base):
    """One of the Träger of an event, the owning one included; at most one leads."""

    __tablename__ = "event_hosts"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    traeger_id: Mapped[int] = mapped_column(ForeignKey("traeger.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
    is_lead: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)

    event: Mapped["Event"] = relationship(back_populates="hosts")
    traeger: Mapped[Traeger] = relationship()
