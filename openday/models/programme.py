"""The federally funded services: a table, because programmes end and begin."""

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.privacy import not_personal


class Programme(Base):
    """MBE, JMD, AVB, PSZ; ``code`` is what people say and what filters use."""

    __tablename__ = "programmes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True, info=not_personal())
    name: Mapped[str] = mapped_column(String(200), info=not_personal())
    position: Mapped[int] = mapped_column(default=0)


event_programmes = Table(
    "event_programmes",
    Base.metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("programme_id", ForeignKey("programmes.id"), primary_key=True, index=True),
)

traeger_programmes = Table(
    "traeger_programmes",
    Base.metadata,
    Column("traeger_id", ForeignKey("traeger.id", ondelete="CASCADE"), primary_key=True),
    Column("programme_id", ForeignKey("programmes.id"), primary_key=True, index=True),
)
