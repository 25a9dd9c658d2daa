"""Everything that is stored about one booking, for the person behind it (Art. 15 and 20 DSGVO).

Names are those of the columns. Left out is only what opens or repeats the booking: the digest of its link, the number
of its form.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload, selectinload

from openday import tokens
from openday.errors import NotFound
from openday.extensions import Base, db
from openday.mailing.links import link_to
from openday.models import AuditEntry, Booking, Event, OutboxMessage, Question, Slot, VisitProposal

SECRETS = frozenset({"token_digest", "nonce"})
KEYS = frozenset({"id", "booking_id", "event_id", "slot_id", "question_id"})  # numbers of rows say nothing to a person


def own_data(token: str) -> dict[str, Any]:
    """Return the booking with everything that hangs on it, ready for JSON; raises ``NotFound`` for a wrong link."""
    booking = db.session.scalars(
        select(Booking)
        .where(Booking.token_digest == tokens.digest(token))
        .options(
            joinedload(Booking.event).joinedload(Event.traeger),
            joinedload(Booking.slot),
            joinedload(Booking.political),
            joinedload(Booking.press),
            selectinload(Booking.answers),
        )
        .execution_options(populate_existing=True)
    ).first()
    if booking is None:
        raise NotFound
    return {
        "booking": columns_of(booking),
        "event": event_of(booking.event),
        "time": time_of(booking.slot) if booking.slot else None,
        "political_visit": columns_of(booking.political) if booking.political else None,
        "press_visit": columns_of(booking.press) if booking.press else None,
        "suggested_times": suggested_times(booking.id),
        "answers": answers_of(booking),
        "mails": mails_of(booking.id),
        "changes": changes_of(booking.id),
    }


def columns_of(row: Base) -> dict[str, Any]:
    """Return the columns of a row but its keys and secrets."""
    names = (column.key for column in inspect(type(row)).column_attrs)
    return {name: plain(getattr(row, name)) for name in names if name not in SECRETS | KEYS}


def plain(value: object) -> object:
    """Return a value as JSON has it: instants in UTC and days as in ISO 8601."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def event_of(event: Event) -> dict[str, Any]:
    """Return what was booked and who has the data."""
    return {
        "title": event.title,
        "organiser": event.traeger.name,
        "contact_email": event.contact_email,
        "page": link_to("public.event.show", slug=event.slug),
    }


def time_of(slot: Slot) -> dict[str, Any]:
    """Return when it is."""
    return {"starts_at": plain(slot.starts_at), "ends_at": plain(slot.ends_at)}


def suggested_times(booking_id: int) -> list[dict[str, Any]]:
    """Return the times the office or the host suggested."""
    proposals = db.session.scalars(
        select(VisitProposal)
        .where(VisitProposal.booking_id == booking_id)
        .order_by(VisitProposal.is_by_host, VisitProposal.position)
    )
    return [columns_of(proposal) for proposal in proposals]


def answers_of(booking: Booking) -> list[dict[str, Any]]:
    """Return the answers to the organiser's questions, each with the reason it was asked for."""
    ids = [answer.question_id for answer in booking.answers]
    questions = {one.id: one for one in db.session.scalars(select(Question).where(Question.id.in_(ids)))}
    return [
        columns_of(answer)
        | {"question": questions[answer.question_id].label, "purpose": questions[answer.question_id].purpose}
        for answer in booking.answers
    ]


def mails_of(booking_id: int) -> list[dict[str, Any]]:
    """Return which mails were written about the booking and when they went out; their texts are erased by sending."""
    mails = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.booking_id == booking_id).order_by(OutboxMessage.id)
    )
    return [
        {"kind": mail.kind, "state": mail.state, "written_at": plain(mail.created_at), "sent_at": plain(mail.sent_at)}
        for mail in mails
    ]


def changes_of(booking_id: int) -> list[dict[str, Any]]:
    """Return what was done with the booking, oldest first."""
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.object_type == "booking", AuditEntry.object_id == booking_id)
        .order_by(AuditEntry.id)
    )
    return [
        {"action": entry.action, "at": plain(entry.happened_at), "by_organiser": entry.actor_id is not None}
        for entry in entries
    ]
