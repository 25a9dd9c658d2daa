"""One party, one slot: the unit that is changed, moved, cancelled."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday import clock
from openday.extensions import Base
from openday.models.seat_pool import SeatPool
from openday.models.slot import Slot
from openday.models.types import Instant, Word
from openday.models.words import BookingState, CancelledBy, GuestKind
from openday.privacy import AFTER_EVENT, SOON_AFTER_EVENT, DataClass, holds, not_personal


class Booking(Base):
    """Seats taken by a party. ``booker`` is who booked, ``guest`` who comes when that is somebody else.

    ``nonce`` is the form's own number: sent twice it is the same booking, ``payload_digest`` tells whether it said the
    same. ``erase_on`` is the Berlin day after which no personal value may be left.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("party_size BETWEEN 1 AND 100", name="party_size_is_sane"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_a_time"),
        Index("ix_bookings_event_state", "event_id", "state"),
        Index("ix_bookings_slot", "slot_id"),
        Index("ix_bookings_pool_state", "seat_pool_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, info=not_personal())
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"))
    seat_pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pools.id"))
    state: Mapped[BookingState] = mapped_column(Word(BookingState), default=BookingState.CONFIRMED, info=not_personal())
    guest_kind: Mapped[GuestKind] = mapped_column(
        Word(GuestKind), default=GuestKind.PUBLIC, info=holds(DataClass.CONTACT, "plan the visit", AFTER_EVENT)
    )
    party_size: Mapped[int] = mapped_column(default=1)
    booker_name: Mapped[str] = mapped_column(String(120), info=holds(DataClass.PROTECTED, "greet", AFTER_EVENT))
    booker_email: Mapped[str] = mapped_column(
        String(254), info=holds(DataClass.CONTACT, "confirm, change, cancel", AFTER_EVENT)
    )
    booker_phone: Mapped[str | None] = mapped_column(
        String(40), info=holds(DataClass.CONTACT, "reach at short notice", AFTER_EVENT)
    )
    guest_name: Mapped[str | None] = mapped_column(String(120), info=holds(DataClass.PROTECTED, "greet", AFTER_EVENT))
    organisation: Mapped[str | None] = mapped_column(
        String(200), info=holds(DataClass.CONTACT, "plan a shared session", AFTER_EVENT)
    )
    needs: Mapped[str | None] = mapped_column(
        String(300), info=holds(DataClass.PROTECTED, "prepare help", SOON_AFTER_EVENT)
    )
    language: Mapped[str] = mapped_column(String(2), default="de", info=not_personal())
    token_digest: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    nonce: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    payload_digest: Mapped[str] = mapped_column(
        String(64), info=holds(DataClass.CONTACT, "know a repeated form", AFTER_EVENT)
    )
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_by: Mapped[CancelledBy | None] = mapped_column(Word(CancelledBy), info=not_personal())
    erase_on: Mapped[date | None] = mapped_column(index=True)

    slot: Mapped[Slot] = relationship()
    pool: Mapped[SeatPool] = relationship()

    @property
    def greeting_name(self) -> str:
        """The name to call at the door."""
        return self.guest_name or self.booker_name
