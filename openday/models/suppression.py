"""Addresses that want no mail from here, never again."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from openday import clock
from openday.extensions import Base
from openday.models.types import Instant
from openday.privacy import AFTER_WISH, DataClass, holds


class Suppression(Base):
    """Only a keyed digest of the address is kept, for two years: enough to stay silent, of no use to anybody else."""

    __tablename__ = "suppressions"

    address_digest: Mapped[str] = mapped_column(
        String(64), primary_key=True, info=holds(DataClass.CONTACT, "never write again", AFTER_WISH)
    )
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
