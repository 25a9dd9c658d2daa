"""Who gets which mail when the house changes something, and a way to see it before it happens.

The dry run is the change itself, taken back at its end: what it says is what will be done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager

from openday import clock
from openday.extensions import db
from openday.mailing.house_change_mails import stage_of
from openday.models import Booking, OutboxMessage, Slot
from openday.models.words import OPEN_STATES, Awaits
from openday.rows import insert_rows
from openday.services.booking_link import link_token
from openday.services.suppression import is_suppressed

HIDDEN = "…"


@dataclass(frozen=True)
class PlannedMail:
    """One mail in the words of a list: to whom, who has or wants seats of which time, in which language."""

    name: str
    reference: str
    stage: str
    starts_at: datetime | None
    persons: int
    language: str
    kind: str


@dataclass(frozen=True)
class Sample:
    """How a mail reads in a language; the secret link of the guest it was made for is not in it."""

    language: str
    subject: str
    text: str


@dataclass(frozen=True)
class MailPlan:
    """All mails of a change, and one of each language to read."""

    mails: tuple[PlannedMail, ...] = ()
    samples: tuple[Sample, ...] = ()

    @property
    def languages(self) -> dict[str, int]:
        """How many mails are in which language, German first."""
        spoken = [mail.language for mail in self.mails]
        return {language: spoken.count(language) for language in sorted(set(spoken))}

    @property
    def persons(self) -> int:
        """How many people are concerned."""
        return sum(mail.persons for mail in self.mails)


class Rehearsed(Exception):
    """Ends a dry run, so that its transaction is taken back; carries what would have happened."""

    def __init__(self, plan: MailPlan) -> None:
        super().__init__("rehearsed")
        self.plan = plan


def rehearse(change: Callable[..., Any], *request: Any) -> MailPlan:
    """Return whom a change would tell, without changing anything; raises what the change would raise."""
    try:
        change(*request, is_rehearsal=True)
    except Rehearsed as done:
        return done.plan
    return MailPlan()


def concerned(event_id: int, *conditions: ColumnElement[bool]) -> Sequence[Booking]:
    """Return the bookings, requests and entries whose time is still to come, or that have none yet, oldest first."""
    is_to_come = or_(Booking.slot_id.is_(None), Slot.starts_at > clock.now())
    return db.session.scalars(
        select(Booking)
        .outerjoin(Slot, Slot.id == Booking.slot_id)
        .where(Booking.event_id == event_id, Booking.state.in_(OPEN_STATES), Booking.came_at.is_(None))
        .where(is_to_come, *conditions)
        .order_by(Booking.id)
        .options(contains_eager(Booking.slot))
        .execution_options(populate_existing=True)
    ).all()


def tell(bookings: Sequence[Booking], write: Callable[[Booking, str], OutboxMessage]) -> MailPlan:
    """Queue the mail of each booking inside a transaction and return whom that was.

    An address nobody has proven and that wants silence is left alone (threat model, T4).
    """
    told: list[PlannedMail] = []
    mails: list[OutboxMessage] = []
    samples: dict[str, Sample] = {}
    for booking in bookings:
        if booking.awaits is Awaits.MAILBOX and is_suppressed(booking.booker_email):
            continue
        token = link_token(booking)
        mail = write(booking, token)
        mail.booking_id = booking.id
        mails.append(mail)
        told.append(planned(booking, mail.kind))
        text = mail.text.replace(token, HIDDEN)
        samples.setdefault(mail.language, Sample(mail.language, mail.subject, text))
    insert_rows(mails)
    return MailPlan(tuple(told), tuple(samples.values()))


def planned(booking: Booking, kind: str, stage: str | None = None) -> PlannedMail:
    """Return the line of one mail; the booking's time is loaded."""
    return PlannedMail(
        name=booking.greeting_name,
        reference=booking.reference,
        stage=stage or stage_of(booking.state),
        starts_at=booking.slot.starts_at if booking.slot else None,
        persons=booking.party_size,
        language=booking.language,
        kind=kind,
    )


def finish(plan: MailPlan, *, is_rehearsal: bool) -> int:
    """Return how many are told, or end the dry run."""
    if is_rehearsal:
        raise Rehearsed(plan)
    return len(plan.mails)
