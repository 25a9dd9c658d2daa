"""Calendar files to download: a visitor's booking, a public event."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.errors import NotFound
from openday.exports.calendar import CalendarEntry, EntryStatus, as_ics
from openday.extensions import db
from openday.mailing.booking_calendar import booking_entry
from openday.mailing.links import link_to
from openday.models import Event
from openday.models.words import BookingState, EventKind, EventState
from openday.services.own_booking import OwnBooking
from openday.services.visit import PUBLIC_STATES, address_of
from openday.settings import current_settings


@dataclass(frozen=True)
class Span:
    """When a calendar shows something: instants, or whole days when no clock time is known."""

    start: datetime | date
    end: datetime | date | None


def calendar_of_booking(booking: OwnBooking) -> bytes:
    """Return the calendar file of a booking, with the entry its mail carried; raises ``NotFound`` without a time."""
    if booking.visit is None:
        raise NotFound
    entry = booking_entry(
        booking.reference,
        booking.sequence,
        booking.visit,
        booking.created_at,
        mode=booking.mode,
        is_cancelled=booking.state is BookingState.CANCELLED or booking.visit.is_called_off,
        is_tentative=booking.state is BookingState.HELD,
    )
    return as_ics(entry)


def calendar_of_event(slug: str) -> bytes | None:
    """Return the calendar file of a public event; None when there is none, or while its day is not fixed."""
    event = db.session.scalars(
        select(Event)
        .where(Event.slug == slug, Event.state.in_(PUBLIC_STATES), Event.kind != EventKind.BACKGROUND_TALK)
        .options(joinedload(Event.traeger), selectinload(Event.places))
    ).first()
    if event is None or (span := span_of(event)) is None:
        return None
    return as_ics(
        CalendarEntry(
            uid=f"event-{event.id}@{current_settings().public_host}",
            sequence=event.sequence,
            status=EntryStatus.CANCELLED if event.state is EventState.CANCELLED else EntryStatus.CONFIRMED,
            starts_at=span.start,
            ends_at=span.end,
            summary=event.title,
            description=event.summary,
            location=public_place(event),
            url=link_to("public.event.show", slug=event.slug),
            organiser_name=event.traeger.name,
            last_modified=event.published_at or event.created_at,
        )
    )


def span_of(event: Event) -> Span | None:
    """Return when the event takes place: clock times only for a single day, a range of days as whole days."""
    if event.starts_on is None:
        return None
    if event.start_time is None or event.ends_on not in (None, event.starts_on):
        return Span(event.starts_on, event.ends_on or event.starts_on)
    end = clock.from_berlin(event.starts_on, event.end_time) if event.end_time else None
    return Span(clock.from_berlin(event.starts_on, event.start_time), end)


def public_place(event: Event) -> str:
    """Return the first place as everybody may know it."""
    place = next(iter(event.places), None)
    if place is None:
        return ""
    return (place.locality if event.is_protected else address_of(place)) or ""
