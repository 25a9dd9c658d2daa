"""Which seats a booking has."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from openday.extensions import Base


class BookingSeats(Base):
    """``seats`` of one pool; a party of a reserved pool may sit in the general one too. Given back, the row is gone."""

    __tablename__ = "booking_seats"
    __table_args__ = (CheckConstraint("seats >= 1", name="some_seats"),)

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True)
    seat_pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pools.id"), primary_key=True, index=True)
    seats: Mapped[int]
