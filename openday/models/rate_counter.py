"""Counters of the rate limits, shared by all web processes."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.privacy import AFTER_SESSION, DataClass, holds


class RateCounter(Base):
    """How often a caller came in a window; ``key`` holds an HMAC of its network, ``expires_at`` is epoch seconds."""

    __tablename__ = "rate_counters"

    key: Mapped[str] = mapped_column(
        String(160), primary_key=True, info=holds(DataClass.CONTACT, "keep floods out", AFTER_SESSION)
    )
    hits: Mapped[int]
    expires_at: Mapped[float] = mapped_column(index=True)
