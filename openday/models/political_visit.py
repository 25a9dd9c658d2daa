"""What a host has to know when somebody from politics comes."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.models.types import Word
from openday.models.words import MayAnnounce, PoliticalLevel, YesNoOpen
from openday.privacy import AFTER_EVENT, SOON_AFTER_EVENT, DataClass, holds


class PoliticalVisit(Base):
    """Beside a booking of the kind ``politics``. Nothing is announced unless ``may_announce`` says yes."""

    __tablename__ = "political_visits"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[PoliticalLevel | None] = mapped_column(
        Word(PoliticalLevel), info=holds(DataClass.CONTACT, "invite the right host", AFTER_EVENT)
    )
    guest_role: Mapped[str | None] = mapped_column(
        String(120), info=holds(DataClass.CONTACT, "address correctly", AFTER_EVENT)
    )
    constituency: Mapped[str | None] = mapped_column(
        String(120), info=holds(DataClass.CONTACT, "match house and constituency", AFTER_EVENT)
    )
    is_for_guest: Mapped[bool] = mapped_column(default=False)
    brings_press: Mapped[YesNoOpen | None] = mapped_column(
        Word(YesNoOpen), info=holds(DataClass.CONTACT, "warn the house", AFTER_EVENT)
    )
    may_announce: Mapped[MayAnnounce | None] = mapped_column(
        Word(MayAnnounce), default=MayAnnounce.NO, info=holds(DataClass.CONTACT, "announce with consent", AFTER_EVENT)
    )
    topics: Mapped[str | None] = mapped_column(
        String(300), info=holds(DataClass.CONTACT, "prepare the talk", AFTER_EVENT)
    )
    security_notes: Mapped[str | None] = mapped_column(
        String(300), info=holds(DataClass.PROTECTED, "plan arrival and escort", SOON_AFTER_EVENT)
    )
