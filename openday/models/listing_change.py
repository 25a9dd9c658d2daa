"""Which event a rise of a campaign's version was about."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base


class ListingChange(Base):
    """One rise: who keeps the campaign's events in memory reads those of the later ones again.

    A version without a row was about anything. The event may be gone since.
    """

    __tablename__ = "listing_changes"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int]
