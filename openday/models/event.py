"""What a Träger invites to."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from openday import clock
from openday.extensions import Base
from openday.models.campaign import Campaign
from openday.models.event_host import EventHost
from openday.models.event_text import EventText
from openday.models.place import Place
from openday.models.programme import Programme, event_programmes
from openday.models.review import UnderReview
from openday.models.slot import Slot
from openday.models.traeger import Traeger
from openday.models.types import Instant, Word, Words
from openday.models.user import User
from openday.models.words import (
    AddressVisibility,
    Admission,
    Attendance,
    ChangedFact,
    Confirmation,
    EventKind,
    EventState,
    PhotoRule,
    Review,
    WaitingList,
)
from openday.privacy import SOON_AFTER_EVENT, DataClass, holds, not_personal


class Event(UnderReview, Base):
    """An open day or any other activity; a fact nobody stated is NULL, never ``00:00``.

    Days and clock times are those of Europe/Berlin. ``version`` rises with everything its page shows, but what bookings
    change alone raises ``seats_version``; ``sequence`` rises with everything a calendar shows (RFC 5545 §3.8.7.4).
    ``change_until_hours``: until so many hours before the slot guests change a booking themselves; ``reserve_hours``:
    so many before it, kept seats open to all, None for never.
    ``is_sold_out``: times are to come and all are full, as counted with the last change of seats.
    ``is_listed``: stands in the lists, which takes that the Träger ``wants_listing`` and is trusted or got a yes in the
    ``review``, None while nobody was asked.
    ``contact_language`` is that of the account the contact's address has, if any.
    ``day_contact_…`` is for guests with a booking only, for everybody is what changed at ``changed_at``: the
    ``changed_fact``, the ``previous_…`` days and hours, and what the house says to it, ``change_note``.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR (starts_on IS NOT NULL AND starts_on <= ends_on)", name="days_in_order"),
        CheckConstraint("end_time IS NULL OR start_time IS NOT NULL", name="no_end_without_start"),
        CheckConstraint("party_limit BETWEEN 1 AND 100", name="party_limit_is_sane"),
        CheckConstraint("change_until_hours BETWEEN 0 AND 720", name="change_deadline_is_sane"),
        CheckConstraint("reserve_hours IS NULL OR reserve_hours BETWEEN 0 AND 720", name="reserve_hours_are_sane"),
        Index(
            "ix_events_listing",  # has all that counting and ordering a listing reads, so that no row is touched for it
            "campaign_id",
            "is_listed",
            "state",
            "starts_on",
            "is_sold_out",
            "start_time",
            "ends_on",
            "id",
        ),
        Index("ix_events_review", "review", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    traeger_id: Mapped[int] = mapped_column(ForeignKey("traeger.id"), index=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True, info=not_personal())
    kind: Mapped[EventKind] = mapped_column(Word(EventKind), default=EventKind.OPEN_DAY, info=not_personal())
    state: Mapped[EventState] = mapped_column(Word(EventState), default=EventState.DRAFT, info=not_personal())
    is_listed: Mapped[bool] = mapped_column(default=True)
    wants_listing: Mapped[bool] = mapped_column(default=True)
    review: Mapped[Review | None] = mapped_column(Word(Review), info=not_personal())

    title: Mapped[str] = mapped_column(String(200), info=not_personal())
    summary: Mapped[str] = mapped_column(Text, default="", info=not_personal())
    description: Mapped[str] = mapped_column(Text, default="", info=not_personal())

    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    start_time: Mapped[time | None]
    end_time: Mapped[time | None]
    date_words: Mapped[str | None] = mapped_column(String(120), info=not_personal())
    time_words: Mapped[str | None] = mapped_column(String(120), info=not_personal())

    attendance: Mapped[Attendance | None] = mapped_column(Word(Attendance), info=not_personal())
    room_url: Mapped[str | None] = mapped_column(
        String(500), info=holds(DataClass.PROTECTED, "take part online", SOON_AFTER_EVENT)
    )
    room_dial_in: Mapped[str | None] = mapped_column(
        String(200), info=holds(DataClass.PROTECTED, "take part online by phone", SOON_AFTER_EVENT)
    )

    admission: Mapped[Admission | None] = mapped_column(Word(Admission), info=not_personal())
    audiences: Mapped[tuple[str, ...]] = mapped_column(Words, default=("public",), info=not_personal())
    booking_opens_at: Mapped[datetime | None] = mapped_column(Instant)
    booking_closes_at: Mapped[datetime | None] = mapped_column(Instant)
    party_limit: Mapped[int] = mapped_column(default=10)
    confirmation: Mapped[Confirmation] = mapped_column(
        Word(Confirmation), default=Confirmation.AUTO, info=not_personal()
    )
    waiting_list: Mapped[WaitingList] = mapped_column(Word(WaitingList), default=WaitingList.OFFER, info=not_personal())
    change_until_hours: Mapped[int] = mapped_column(default=0)
    reserve_hours: Mapped[int | None] = mapped_column(default=24)
    sends_reminders: Mapped[bool] = mapped_column(default=True)
    registers_companions: Mapped[bool] = mapped_column(default=False)
    terms: Mapped[str | None] = mapped_column(Text, info=not_personal())
    terms_version: Mapped[int] = mapped_column(default=1)
    invitation_digest: Mapped[str | None] = mapped_column(String(64), unique=True, info=not_personal())

    access_features: Mapped[tuple[str, ...]] = mapped_column(Words, default=(), info=not_personal())
    access_notes: Mapped[str | None] = mapped_column(Text, info=not_personal())
    languages: Mapped[tuple[str, ...]] = mapped_column(Words, default=("de",), info=not_personal())
    address_visibility: Mapped[AddressVisibility] = mapped_column(
        Word(AddressVisibility), default=AddressVisibility.PUBLIC, info=not_personal()
    )
    photo_rule: Mapped[PhotoRule | None] = mapped_column(Word(PhotoRule), info=not_personal())
    photo_note: Mapped[str | None] = mapped_column(String(300), info=not_personal())

    contact_name: Mapped[str | None] = mapped_column(String(120), info=holds(DataClass.STAFF, "public contact"))
    contact_phone: Mapped[str | None] = mapped_column(String(40), info=holds(DataClass.STAFF, "public contact"))
    contact_email: Mapped[str | None] = mapped_column(String(254), info=holds(DataClass.STAFF, "public contact"))
    contact_language: Mapped[str | None] = column_property(
        select(User.language).where(User.email == func.lower(contact_email)).correlate_except(User).scalar_subquery()
    )

    day_contact_name: Mapped[str | None] = mapped_column(
        String(120), info=holds(DataClass.STAFF, "reach on the day", SOON_AFTER_EVENT)
    )
    day_contact_phone: Mapped[str | None] = mapped_column(
        String(40), info=holds(DataClass.STAFF, "reach on the day", SOON_AFTER_EVENT)
    )

    change_note: Mapped[str | None] = mapped_column(String(300), info=not_personal())
    changed_fact: Mapped[ChangedFact | None] = mapped_column(Word(ChangedFact), info=not_personal())
    previous_starts_on: Mapped[date | None]
    previous_ends_on: Mapped[date | None]
    previous_start_time: Mapped[time | None]
    previous_end_time: Mapped[time | None]
    changed_at: Mapped[datetime | None] = mapped_column(Instant)
    cancel_reason: Mapped[str | None] = mapped_column(String(300), info=not_personal())
    source_key: Mapped[str | None] = mapped_column(String(64), unique=True, info=not_personal())
    source_url: Mapped[str | None] = mapped_column(String(500), info=not_personal())
    source_notes: Mapped[str | None] = mapped_column(Text, info=not_personal())

    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    is_sold_out: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    seats_version: Mapped[int] = mapped_column(default=0, server_default="0")
    sequence: Mapped[int] = mapped_column(default=0)

    campaign: Mapped[Campaign] = relationship()
    traeger: Mapped[Traeger] = relationship()
    hosts: Mapped[list[EventHost]] = relationship(
        cascade="all, delete-orphan", order_by=EventHost.position, back_populates="event"
    )
    places: Mapped[list[Place]] = relationship(cascade="all, delete-orphan", order_by=Place.position)
    slots: Mapped[list[Slot]] = relationship(
        cascade="all, delete-orphan", order_by=Slot.starts_at, back_populates="event"
    )
    programmes: Mapped[list[Programme]] = relationship(secondary=event_programmes, order_by=Programme.position)
    texts: Mapped[list[EventText]] = relationship(cascade="all, delete-orphan", order_by=EventText.language)

    @property
    def is_plan(self) -> bool:
        """Whether it is a planning note: told early, and not yet checked and published."""
        return self.state is EventState.PLANNED and self.published_at is None

    @property
    def is_unpublished(self) -> bool:
        """Whether it still has to be published: a draft or a planning note."""
        return self.state is EventState.DRAFT or self.is_plan

    @property
    def last_day(self) -> date | None:
        """The last calendar day it takes place on, None while no day is fixed."""
        return self.ends_on or self.starts_on

    @property
    def is_protected(self) -> bool:
        """Whether its address is for confirmed guests only."""
        return self.address_visibility is not AddressVisibility.PUBLIC
