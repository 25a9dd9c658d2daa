"""Umbrella associations and the groups beside them."""

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.models.types import Word
from openday.models.words import VerbandKind
from openday.privacy import not_personal


class Verband(Base):
    """AWO, Caritas, Diakonie, DRK, Paritätischer, ZWST, or a Trägergruppe such as BAG EJSA."""

    __tablename__ = "verbaende"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True, info=not_personal())
    kind: Mapped[VerbandKind] = mapped_column(Word(VerbandKind), default=VerbandKind.VERBAND, info=not_personal())


traeger_verbaende = Table(
    "traeger_verbaende",
    Base.metadata,
    Column("traeger_id", ForeignKey("traeger.id", ondelete="CASCADE"), primary_key=True),
    Column("verband_id", ForeignKey("verbaende.id", ondelete="CASCADE"), primary_key=True),
)
"""A Liga or a working group belongs to several Verbände at once."""
