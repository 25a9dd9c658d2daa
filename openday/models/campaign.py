"""The Aktionswoche of a year."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base
from openday.privacy import not_personal


class Campaign(Base):
    """A named week with run-up and after-phase; the newest year is the current one.

    ``version`` rises in the transaction of every change that shows in a listing: pages kept in memory hang on it.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("year BETWEEN 2000 AND 2999", name="year_has_four_digits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120), info=not_personal())
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
