"""Local providers of the migration services."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday.extensions import Base
from openday.models.programme import Programme, traeger_programmes
from openday.models.review import UnderReview
from openday.models.types import Instant, Word
from openday.models.verband import Verband, traeger_verbaende
from openday.models.words import LegalRegime, Review
from openday.privacy import DataClass, holds, not_personal


class Traeger(UnderReview, Base):
    """Who invites; controller of its visitors' data (Art. 4 Nr. 7 DSGVO).

    One that was entered by the platform is trusted; one that signed itself up waits for its Verband. ``region`` is the
    ISO 3166-2:DE code without ``DE-``. ``agreement_…`` says which processing agreement (Art. 28 DSGVO) was accepted.
    """

    __tablename__ = "traeger"
    __table_args__ = (Index("ix_traeger_review", "review", "submitted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True, info=not_personal())
    slug: Mapped[str] = mapped_column(String(80), unique=True, info=not_personal())
    postcode: Mapped[str | None] = mapped_column(String(5), info=not_personal())
    locality: Mapped[str | None] = mapped_column(String(120), info=not_personal())
    region: Mapped[str | None] = mapped_column(String(2), info=not_personal())
    legal_regime: Mapped[LegalRegime] = mapped_column(Word(LegalRegime), default=LegalRegime.DSGVO, info=not_personal())
    contact_email: Mapped[str | None] = mapped_column(String(254), info=holds(DataClass.STAFF, "public contact"))
    contact_phone: Mapped[str | None] = mapped_column(String(40), info=holds(DataClass.STAFF, "public contact"))
    website: Mapped[str | None] = mapped_column(String(300), info=not_personal())
    responsible_name: Mapped[str | None] = mapped_column(String(120), info=holds(DataClass.STAFF, "answer for data"))
    agreement_version: Mapped[str | None] = mapped_column(String(20), info=not_personal())
    agreement_accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    agreement_accepted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    review: Mapped[Review] = mapped_column(Word(Review), default=Review.TRUSTED, info=not_personal())

    verbaende: Mapped[list[Verband]] = relationship(secondary=traeger_verbaende, order_by=Verband.name)
    programmes: Mapped[list[Programme]] = relationship(secondary=traeger_programmes, order_by=Programme.position)

    @property
    def is_trusted(self) -> bool:
        """Whether its events are listed without anybody being asked."""
        return self.review is Review.TRUSTED
