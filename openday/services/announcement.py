"""A message of the house to all or some of its guests, sent once however often the button is pressed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, or_, select

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.mailing.announcement_mails import announced
from openday.mailing.visit import Visit
from openday.models import Announcement, AuditEntry, Booking, Event, OutboxMessage
from openday.models.words import Awaits, BookingState, GuestKind
from openday.services.availability import announce_event
from openday.services.mail_plan import concerned, finish, tell
from openday.services.scope import Ability, Scope, event_in_scope
from openday.services.visit import event_facts, visits_of_event
from openday.tokens import digest
from openday.transaction import transaction

log = structlog.get_logger()

MOST_A_DAY = 10


class Stage(StrEnum):
    """Where those stand who are written to."""

    BOOKED = "booked"
    WAITING = "waiting"
    REQUESTED = "requested"


STATES = {
    Stage.BOOKED: (BookingState.CONFIRMED,),
    Stage.WAITING: (BookingState.WAITING, BookingState.OFFERED),
    Stage.REQUESTED: (BookingState.HELD, BookingState.REQUESTED),
}


class NobodyToTell(Refusal):
    """No guest is left by the choice."""

    code = "nobody_to_tell"
    message = _l("Zu dieser Auswahl gibt es niemanden. Wählen Sie weniger eng aus")


class TooManyMessages(Refusal):
    """Guests got enough for a day."""

    code = "too_many_messages"
    message = _l("Heute gingen schon %(most)s Nachrichten hinaus. Schreiben Sie morgen wieder", most=MOST_A_DAY)


class RoomLinkInText(Refusal):
    """The room's link would get into mailboxes (threat model, T21)."""

    code = "room_link_in_text"
    message = _l(
        "Der Raum-Link gehört nicht in eine E-Mail. Gäste finden ihn ab 15 Minuten vorher auf der Seite ihrer Buchung"
    )


@dataclass(frozen=True)
class Audience:
    """Who is written to; None is no choice."""

    slot_id: int | None = None
    guest_kind: GuestKind | None = None
    stage: Stage | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on :class:`Booking`; an address nobody has proven gets no such mail (T4)."""
        found = [or_(Booking.awaits.is_(None), Booking.awaits != Awaits.MAILBOX)]
        if self.slot_id is not None:
            found.append(Booking.slot_id == self.slot_id)
        if self.guest_kind is not None:
            found.append(Booking.guest_kind == self.guest_kind)
        if self.stage is not None:
            found.append(Booking.state.in_(STATES[self.stage]))
        return found


@dataclass(frozen=True)
class Message:
    """What is said to whom; ``nonce`` is the form's own number: sent twice it is the same message."""

    subject: str
    text: str
    audience: Audience
    nonce: str


def sent_announcements(event_id: int) -> Sequence[Announcement]:
    """Return what the house has written so far, the newest first."""
    mine = select(Announcement).where(Announcement.event_id == event_id)
    return db.session.scalars(mine.order_by(Announcement.id.desc())).all()


@transaction
def announce(scope: Scope, event_id: int, message: Message, *, is_rehearsal: bool = False) -> int:
    """Queue the mail of each guest and return how many; the same form again sends nothing more.

    Raises ``NobodyToTell``, ``RoomLinkInText`` and ``TooManyMessages``.
    """
    event_in_scope(scope, event_id, Ability.CHANGE_GUESTS)
    announce_event(event_id)
    event = event_in_scope(scope, event_id, Ability.CHANGE_GUESTS)
    nonce = digest(f"{event_id}:{message.nonce}")
    known = db.session.scalars(select(Announcement).where(Announcement.nonce == nonce)).first()
    if known is not None:
        return known.recipients
    refuse_unfit(event, message)
    announcement = Announcement(
        event_id=event_id,
        subject=message.subject,
        text=message.text,
        nonce=nonce,
        created_by=scope.user_id,
    )
    db.session.add(announcement)
    db.session.flush()  # the mails are told apart by announcement.id
    visits: dict[int | None, Visit] = {visit.slot_id: visit for visit in visits_of_event(event_id)}

    def write(booking: Booking, token: str) -> OutboxMessage:
        return announced(booking, visits.get(booking.slot_id) or event_facts(event), token, announcement)

    plan = tell(one_each(concerned(event_id, *message.audience.conditions)), write)
    if not plan.mails:
        raise NobodyToTell
    announcement.recipients = len(plan.mails)
    db.session.add(
        AuditEntry(
            action="announced",
            actor_id=scope.user_id,
            object_type="event",
            object_id=event_id,
            detail=f"{len(plan.mails)} bookings told",
        )
    )
    told = finish(plan, is_rehearsal=is_rehearsal)
    log.info("guests written to", event_id=event_id, told=told)
    return told


def refuse_unfit(event: Event, message: Message) -> None:
    """Raise the refusal of a message that gives the room away, or of one too many."""
    secrets = [one for one in (event.room_url, event.room_dial_in) if one]
    if any(secret.casefold() in f"{message.subject}\n{message.text}".casefold() for secret in secrets):
        raise RoomLinkInText
    since = clock.now() - timedelta(days=1)
    sent = select(func.count()).where(Announcement.event_id == event.id, Announcement.created_at > since)
    if (db.session.scalar(sent) or 0) >= MOST_A_DAY:
        raise TooManyMessages


def one_each(bookings: Iterable[Booking]) -> list[Booking]:
    """Return one booking of each address: nobody gets the same words twice."""
    firsts: dict[str, Booking] = {}
    for booking in bookings:
        firsts.setdefault(booking.booker_email.casefold(), booking)
    return list(firsts.values())
