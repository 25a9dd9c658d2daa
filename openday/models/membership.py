"""What a person may do, and where."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday.extensions import Base
from openday.models.traeger import Traeger
from openday.models.types import Word
from openday.models.verband import Verband
from openday.models.words import Role
from openday.privacy import not_personal

if TYPE_CHECKING:
    from openday.models.user import User


class Membership(Base):
    """A role at one Träger, at one Verband or in one Land (a Liga), or (with none of them) on the whole platform."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint(
            "(role IN ('owner', 'editor', 'reader', 'door')"
            " AND traeger_id IS NOT NULL AND verband_id IS NULL AND land IS NULL)"
            " OR (role = 'coordinator' AND traeger_id IS NULL AND (verband_id IS NULL) != (land IS NULL))"
            " OR (role = 'admin' AND traeger_id IS NULL AND verband_id IS NULL AND land IS NULL)",
            name="role_fits_scope",
        ),
        UniqueConstraint("user_id", "traeger_id", "verband_id", "role", name="uq_memberships_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    traeger_id: Mapped[int | None] = mapped_column(ForeignKey("traeger.id", ondelete="CASCADE"), index=True)
    verband_id: Mapped[int | None] = mapped_column(ForeignKey("verbaende.id", ondelete="CASCADE"), index=True)
    land: Mapped[str | None] = mapped_column(String(2), info=not_personal())
    role: Mapped[Role] = mapped_column(Word(Role), info=not_personal())

    user: Mapped["User"] = relationship(back_populates="memberships")
    traeger: Mapped[Traeger | None] = relationship()
    verband: Mapped[Verband | None] = relationship()
