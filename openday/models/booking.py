"""One party, one slot: the unit that is changed, moved, cancelled."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from openday import clock
from openday.extensions import Base
from openday.models.booking_seats import BookingSeats
from openday.models.event import Event
from openday.models.political_visit import PoliticalVisit
from openday.models.press_visit import PressVisit
from openday.models.question import Answer
from openday.models.slot import Slot
from openday.models.types import Instant, Word, Words
from openday.models.visit_proposal import VisitProposal
from openday.models.words import Awaits, BookingState, CancelledBy, FieldOfWork, GuestKind, Mode
from openday.privacy import AFTER_EVENT, SOON_AFTER_EVENT, DataClass, holds, not_personal


class Booking(Base):
    """A party that has, wants or had seats. ``booker`` is who booked, ``guest`` who comes when that is somebody else.

    Its seats are the rows of ``booking_seats``. Without a ``slot`` it waits for any time of the event, or asks for one
    that has yet to be found and has the days that were ``proposed``. ``awaits`` says whose turn it is, ``held_until``
    how long seats are kept for that; an ``is_provisional`` visit is held until somebody makes it certain. ``nonce`` is
    the form's own number: sent twice it is the same booking, ``payload_digest`` tells whether it said the same.
    ``network_digest`` tells holds from one network apart and goes with the hold. ``erase_on`` is the Berlin day after
    which no personal value may be left.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("party_size BETWEEN 1 AND 100", name="party_size_is_sane"),
        CheckConstraint("came_size IS NULL OR came_size BETWEEN 0 AND 200", name="came_size_is_sane"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_a_time"),
        CheckConstraint(
            "slot_id IS NOT NULL OR state NOT IN ('held', 'offered', 'confirmed')", name="seats_are_of_a_slot"
        ),
        CheckConstraint("state NOT IN ('held', 'offered') OR held_until IS NOT NULL", name="hold_has_an_end"),
        Index("ix_bookings_event_state", "event_id", "state"),
        Index("ix_bookings_slot", "slot_id"),
        Index("ix_bookings_state_held_until", "state", "held_until"),
        Index("ix_bookings_booker_email", "booker_email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, info=not_personal())
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id"))
    mode: Mapped[Mode] = mapped_column(Word(Mode), default=Mode.ONSITE, info=not_personal())
    state: Mapped[BookingState] = mapped_column(Word(BookingState), default=BookingState.CONFIRMED, info=not_personal())
    awaits: Mapped[Awaits | None] = mapped_column(Word(Awaits), info=not_personal())
    is_provisional: Mapped[bool] = mapped_column(default=False)
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    network_digest: Mapped[str | None] = mapped_column(
        String(64), index=True, info=holds(DataClass.CONTACT, "stop a flood of holds", SOON_AFTER_EVENT)
    )
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
    field_of_work: Mapped[FieldOfWork | None] = mapped_column(
        Word(FieldOfWork), info=holds(DataClass.CONTACT, "adapt the talk", AFTER_EVENT)
    )
    needs: Mapped[str | None] = mapped_column(
        String(300), info=holds(DataClass.PROTECTED, "prepare help", SOON_AFTER_EVENT)
    )
    companions: Mapped[str | None] = mapped_column(
        Text, info=holds(DataClass.PROTECTED, "register at a house that must", SOON_AFTER_EVENT)
    )
    language: Mapped[str] = mapped_column(String(2), default="de", info=not_personal())
    token_digest: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    nonce: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    payload_digest: Mapped[str] = mapped_column(
        String(64), info=holds(DataClass.CONTACT, "know a repeated form", AFTER_EVENT)
    )
    terms_version: Mapped[int | None]
    terms_accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(default=0)

    waits_since: Mapped[datetime | None] = mapped_column(Instant)
    overtaken: Mapped[int] = mapped_column(default=0)
    offers_lapsed: Mapped[int] = mapped_column(default=0)
    passed_slots: Mapped[tuple[str, ...]] = mapped_column(Words, default=(), info=not_personal())
    takes_late_offer: Mapped[bool] = mapped_column(default=False)

    came_at: Mapped[datetime | None] = mapped_column(Instant)
    came_size: Mapped[int | None]
    joined_at: Mapped[datetime | None] = mapped_column(Instant)

    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_by: Mapped[CancelledBy | None] = mapped_column(Word(CancelledBy), info=not_personal())
    erase_on: Mapped[date | None] = mapped_column(index=True)

    event: Mapped[Event] = relationship()
    slot: Mapped[Slot | None] = relationship()
    seats: Mapped[list[BookingSeats]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    political: Mapped[PoliticalVisit | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    answers: Mapped[list[Answer]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    press: Mapped[PressVisit | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    proposed: Mapped[list[VisitProposal]] = relationship(
        primaryjoin=lambda: and_(VisitProposal.booking_id == Booking.id, VisitProposal.is_by_host.is_(False)),
        order_by=VisitProposal.position,
        passive_deletes="all",
    )

    @property
    def greeting_name(self) -> str:
        """The name to call at the door."""
        return self.guest_name or self.booker_name
