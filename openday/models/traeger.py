"""Local providers of the migration services."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday.extensions import Base
from openday.models.types import Word
from openday.models.verband import Verband, traeger_verbaende
from openday.models.words import LegalRegime
from openday.privacy import DataClass, holds, not_personal


class Traeger(Base):
    """Who invites; controller of its visitors' data (Art. 4 Nr. 7 DSGVO)."""

    __tablename__ = "traeger"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True, info=not_personal())
    slug: Mapped[str] = mapped_column(String(80), unique=True, info=not_personal())
    locality: Mapped[str | None] = mapped_column(String(120), info=not_personal())
    legal_regime: Mapped[LegalRegime] = mapped_column(Word(LegalRegime), default=LegalRegime.DSGVO, info=not_personal())
    contact_email: Mapped[str | None] = mapped_column(String(254), info=holds(DataClass.STAFF, "public contact"))
    contact_phone: Mapped[str | None] = mapped_column(String(40), info=holds(DataClass.STAFF, "public contact"))
    website: Mapped[str | None] = mapped_column(String(300), info=not_personal())

    verbaende: Mapped[list[Verband]] = relationship(secondary=traeger_verbaende, order_by=Verband.name)
