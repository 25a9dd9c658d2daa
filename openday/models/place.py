"""Where an event happens: one place, several, the stops of a bus, the parts of a day."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.privacy import DataClass, holds, not_personal


class Place(Base):
    """A place of an event, independent of where its Träger sits; of a digital one only the region may be known.

    ``name``, ``street``, ``postcode`` and ``directions`` of a protected event are for confirmed guests only;
    ``locality`` and ``region`` are what everybody may see. ``region`` is the ISO 3166-2:DE code without ``DE-``.
    """

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinates_in_pairs"),
        Index("ix_places_region", "region", "event_id"),
        Index("ix_places_position", "latitude", "longitude"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[str | None] = mapped_column(String(120), info=not_personal())
    name: Mapped[str | None] = mapped_column(String(200), info=holds(DataClass.PROTECTED, "find the place"))
    street: Mapped[str | None] = mapped_column(String(200), info=holds(DataClass.PROTECTED, "find the place"))
    postcode: Mapped[str | None] = mapped_column(String(5), info=holds(DataClass.PROTECTED, "find the place"))
    locality: Mapped[str | None] = mapped_column(String(120), info=not_personal())
    region: Mapped[str | None] = mapped_column(String(2), info=not_personal())
    directions: Mapped[str | None] = mapped_column(String(500), info=holds(DataClass.PROTECTED, "find the place"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    visits_on: Mapped[date | None]
    start_time: Mapped[time | None]
    end_time: Mapped[time | None]
