"""People who sign in: staff of Träger and Verbände. Visitors have no account."""

from datetime import datetime
from uuid import uuid4

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday import clock
from openday.extensions import Base
from openday.models.membership import Membership
from openday.models.types import Instant
from openday.privacy import AFTER_ACCOUNT, AFTER_SESSION, DataClass, holds, not_personal

roles_users = Table(
    "roles_users",
    Base.metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("security_roles.id", ondelete="CASCADE"), primary_key=True),
)


class SecurityRole(Base, RoleMixin):
    """Demanded by Flask-Security and left empty: what somebody may do is a :class:`Membership`."""

    __tablename__ = "security_roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True, info=not_personal())
    description: Mapped[str | None] = mapped_column(String(255), info=not_personal())


class User(Base, UserMixin):
    """A person of a Träger, a Verband or the platform; the column names are those Flask-Security asks for.

    ``verified_at``: when a code mailed to the address was first used. ``language`` is that of their mails, None while
    nobody has said which; ``reads`` is what to write in.
    """

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, info=holds(DataClass.STAFF, "sign in", AFTER_ACCOUNT))
    name: Mapped[str] = mapped_column(String(120), default="", info=holds(DataClass.STAFF, "greet", AFTER_ACCOUNT))
    language: Mapped[str | None] = mapped_column(String(2), info=not_personal())
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None] = mapped_column(String(255), info=not_personal())
    fs_uniquifier: Mapped[str] = mapped_column(
        String(64), unique=True, default=lambda: uuid4().hex, info=not_personal()
    )
    us_totp_secrets: Mapped[str | None] = mapped_column(
        String(1000), info=holds(DataClass.STAFF, "sign in", AFTER_ACCOUNT)
    )
    us_phone_number: Mapped[str | None] = mapped_column(
        String(128), info=holds(DataClass.STAFF, "sign in", AFTER_ACCOUNT)
    )
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    verified_at: Mapped[datetime | None] = mapped_column(Instant)

    roles: Mapped[list[SecurityRole]] = relationship(secondary=roles_users)  # type: ignore[assignment]
    memberships: Mapped[list[Membership]] = relationship(
        cascade="all, delete-orphan", order_by=Membership.id, back_populates="user"
    )

    @property
    def reads(self) -> str:
        """The language their mails are written in: German unless they chose another."""
        return self.language or "de"


class StaffSession(Base):
    """A signed-in browser. The cookie's value is nowhere: only its SHA-256 is kept."""

    __tablename__ = "staff_sessions"

    id_digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=not_personal())
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    content: Mapped[str] = mapped_column(String(4000), info=holds(DataClass.STAFF, "stay signed in", AFTER_SESSION))
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, index=True)
