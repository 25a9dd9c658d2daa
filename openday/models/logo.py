"""What a Träger is recognised by."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.privacy import not_personal


class Logo(Base):
    """The picture of a Träger, drawn anew as PNG; a table of its own, so that nothing loads it by the way."""

    __tablename__ = "logos"

    traeger_id: Mapped[int] = mapped_column(ForeignKey("traeger.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), index=True, info=not_personal())
    image: Mapped[bytes] = mapped_column(LargeBinary, info=not_personal())
