"""How colleagues come into the team of a Träger."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday import clock
from openday.extensions import Base
from openday.models.traeger import Traeger
from openday.models.types import Instant, Word
from openday.models.words import Role
from openday.privacy import AFTER_INVITATION, DataClass, holds, not_personal


class TeamInvitation(Base):
    """A mailed link that gives the owner of one address one role, once, until it expires; withdrawn, the row goes."""

    __tablename__ = "team_invitations"
    __table_args__ = (CheckConstraint("role IN ('owner', 'editor', 'reader', 'door')", name="role_of_a_traeger"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    traeger_id: Mapped[int] = mapped_column(ForeignKey("traeger.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254), info=holds(DataClass.STAFF, "invite", AFTER_INVITATION))
    role: Mapped[Role] = mapped_column(Word(Role), info=not_personal())
    token_digest: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)

    traeger: Mapped[Traeger] = relationship()
