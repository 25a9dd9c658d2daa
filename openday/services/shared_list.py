"""What a partner gets of an event's guests: the columns that were agreed, and none of the others is even read.

Who booked before the partner said yes read nothing of it before sending: those guests are not in its list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, select

from openday import clock
from openday.errors import NotAllowed
from openday.exports.attendee_list import Attendee, AttendeeList, Summary, shared_columns
from openday.exports.words import GUEST_KINDS
from openday.extensions import db
from openday.models import AuditEntry, Booking, Event, EventHost, Slot
from openday.models.words import BookingState, SharedColumn
from openday.privacy import AFTER_EVENT
from openday.services.scope import Scope, event_in_scope
from openday.transaction import transaction
from openday.wording import days_in_words

log = structlog.get_logger()

READ: Mapping[SharedColumn, tuple[Any, ...]] = {
    SharedColumn.NAME: (Booking.booker_name, Booking.guest_name),
    SharedColumn.PERSONS: (Booking.party_size,),
    SharedColumn.KIND: (Booking.guest_kind,),
    SharedColumn.ORGANISATION: (Booking.organisation,),
    SharedColumn.EMAIL: (Booking.booker_email,),
}


@dataclass(frozen=True)
class Agreement:
    """What was agreed with a partner, and since when guests read of it before they book."""

    columns: tuple[SharedColumn, ...]
    since: datetime


def agreement_with(scope: Scope, event: Event) -> Agreement | None:
    """Return what was agreed with the Träger of this person that are partners of the event, None where nothing was."""
    partners = scope.guest_traeger_ids - {event.traeger_id}
    if not partners:
        return None
    agreed = db.session.execute(
        select(EventHost.shared_columns, EventHost.confirmed_at).where(
            EventHost.event_id == event.id,
            EventHost.traeger_id.in_(partners),
            EventHost.confirmed_at.is_not(None),
        )
    ).all()
    columns = {column for row in agreed for column in row.shared_columns}
    if not columns:
        return None
    since = max(row.confirmed_at for row in agreed if row.shared_columns)
    return Agreement(tuple(column for column in SharedColumn if column in columns), since)


def shared_list(scope: Scope, event_id: int) -> AttendeeList:
    """Return the confirmed guests as a partner may see them; raises ``NotFound``, ``NotAllowed`` where nothing is."""
    event = event_in_scope(scope, event_id)
    agreement = agreement_with(scope, event)
    if agreement is None:
        raise NotAllowed
    columns: list[Any] = [Slot.starts_at, Slot.ends_at, *(one for column in agreement.columns for one in READ[column])]
    rows = db.session.execute(
        select(*columns)
        .join(Slot, Slot.id == Booking.slot_id)
        .where(
            Booking.event_id == event.id,
            Booking.state == BookingState.CONFIRMED,
            Booking.created_at >= agreement.since,
        )
        .order_by(Slot.starts_at, Booking.id)
    ).all()
    last = event.last_day or clock.today()
    return AttendeeList(
        event_title=event.title,
        organiser_name=event.traeger.name,
        when=days_in_words(event.starts_on, event.ends_on) if event.starts_on else "",
        where="",
        generated_at=clock.now(),
        shred_on=last + (AFTER_EVENT.period or timedelta()),
        summary=Summary(len(rows), sum(getattr(row, "party_size", 0) for row in rows)),
        attendees=tuple(attendee(row) for row in rows),
        columns=shared_columns(agreement.columns),
    )


def attendee(row: Row[Any]) -> Attendee:
    """Return a guest of whom nothing is known but what was read."""
    known = row._mapping
    kind = known.get("guest_kind")
    return Attendee(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        name=known.get("guest_name") or known.get("booker_name") or "",
        party_size=known.get("party_size") or 0,
        guest_kind=str(GUEST_KINDS[kind]) if kind else "",
        mode="",
        state="",
        organisation=known.get("organisation") or "",
        needs="",
        reference="",
        email=known.get("booker_email") or "",
        phone="",
        booked_at=row.starts_at,
    )


@transaction
def export_shared(scope: Scope, event_id: int, file_format: str) -> AttendeeList:
    """Return the list for a file and write down who took it; raises ``NotFound`` and ``NotAllowed``."""
    listing = shared_list(scope, event_id)
    db.session.add(
        AuditEntry(
            action="shared_list_exported",
            actor_id=scope.user_id,
            object_type="event",
            object_id=event_id,
            detail=f"{file_format}, {listing.summary.bookings} rows",
        )
    )
    log.info("shared list exported", event_id=event_id, actor_id=scope.user_id, file_format=file_format)
    return listing
