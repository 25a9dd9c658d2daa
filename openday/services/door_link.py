"""Who may stand at the door: staff of the Träger, and whoever has the secret link of the day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select, update

from openday import clock, tokens
from openday.errors import NotFound, Refusal
from openday.extensions import db
from openday.models import AuditEntry, DoorLink, Event, Slot, User
from openday.models.words import EventState, SlotState
from openday.transaction import transaction
from openday.wording import berlin_day

log = structlog.get_logger()

DELIVERY = timedelta(hours=12)  # after the day a phone may still hand in what it ticked without a net


class DoorClosed(Refusal):
    """The door is looked for before its day, or after it; ``day`` is the Berlin day it is open on."""

    code = "door_closed"
    message = _l("Die Liste ist nur am Tag des Termins offen.")

    def __init__(self, day: date, *, is_over: bool) -> None:
        super().__init__()
        self.day = day
        self.is_over = is_over


class NoSuchDay(Refusal):
    """The event has no time on that day, or the day is past."""

    code = "no_such_day"
    message = _l("Wählen Sie einen Tag, an dem der Termin stattfindet")


@dataclass(frozen=True)
class Door:
    """The guests of one event on one Berlin day, and who stands there: a link's helper, or a person signed in."""

    event_id: int
    day: date
    link_id: int | None = None
    actor_id: int | None = None

    @property
    def opens_at(self) -> datetime:
        """The instant the day begins in Europe/Berlin."""
        return clock.from_berlin(self.day, time.min)

    @property
    def closes_at(self) -> datetime:
        """The instant the day is over in Europe/Berlin."""
        return clock.from_berlin(self.day + timedelta(days=1), time.min)

    def has(self) -> ColumnElement[bool]:
        """Return the condition on :class:`Slot` of the times people come to on this day."""
        is_of_day = (Slot.starts_at >= self.opens_at) & (Slot.starts_at < self.closes_at)
        return (Slot.event_id == self.event_id) & (Slot.state == SlotState.OPEN) & is_of_day


@dataclass(frozen=True)
class LinkLine:
    """A link as the organiser sees it; its secret is nowhere."""

    id: int
    day: date
    created_at: datetime
    created_by: str
    revoked_at: datetime | None


@transaction
def create_door_link(event_id: int, day: date, actor_id: int) -> str:
    """Return the secret of a new link, which nobody can read again; raises ``NoSuchDay``. The caller has checked."""
    if day not in door_days(event_id) or day < clock.today():
        raise NoSuchDay
    token = tokens.new_token()
    link = DoorLink(event_id=event_id, day=day, token_digest=tokens.digest(token), created_by=actor_id)
    db.session.add(link)
    db.session.flush()  # the audit entry needs the link's id
    db.session.add(written_down("door_link_created", link.id, actor_id))
    log.info("door link created", event_id=event_id, link_id=link.id, actor_id=actor_id)
    return token


@transaction
def create_link_here(door: Door) -> str:
    """Return the secret of a link for the device in the hand of who is signed in; raises ``DoorClosed``."""
    if door.day != clock.today():
        raise DoorClosed(door.day, is_over=door.day < clock.today())
    assert door.actor_id is not None  # noqa: S101 - a door of staff
    return create_door_link(door.event_id, door.day, door.actor_id)


@transaction
def revoke_door_link(event_id: int, link_id: int, actor_id: int) -> bool:
    """End a link of the event now; False when it had ended before. Raises ``NotFound`` for another event's."""
    if db.session.scalar(select(DoorLink.id).where(DoorLink.id == link_id, DoorLink.event_id == event_id)) is None:
        raise NotFound
    revoked = db.session.scalar(
        update(DoorLink)
        .where(DoorLink.id == link_id, DoorLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(DoorLink.id),
        execution_options={"synchronize_session": False},
    )
    if revoked is None:
        return False
    db.session.add(written_down("door_link_revoked", link_id, actor_id))
    log.info("door link revoked", event_id=event_id, link_id=link_id, actor_id=actor_id)
    return True


def end_door_links_of(user_id: int, traeger_id: int) -> None:
    """End every link a person made for a Träger's doors, within the caller's transaction: it leaves with them."""
    of_traeger = select(Event.id).where(Event.traeger_id == traeger_id)
    db.session.execute(
        update(DoorLink)
        .where(DoorLink.created_by == user_id, DoorLink.revoked_at.is_(None), DoorLink.event_id.in_(of_traeger))
        .values(revoked_at=clock.now()),
        execution_options={"synchronize_session": False},
    )


def written_down(action: str, link_id: int, actor_id: int) -> AuditEntry:
    """Return the audit entry of what was done to a link."""
    return AuditEntry(action=action, actor_id=actor_id, object_type="door_link", object_id=link_id)


def door_days(event_id: int) -> tuple[date, ...]:
    """Return the Berlin days on which the event has times, in order."""
    starts = db.session.scalars(
        select(Slot.starts_at).where(Slot.event_id == event_id, Slot.state == SlotState.OPEN).order_by(Slot.starts_at)
    )
    return tuple(dict.fromkeys(map(berlin_day, starts)))


def door_links(event_id: int) -> tuple[LinkLine, ...]:
    """Return the links of an event that are of some use: not past, newest first, revoked ones too."""
    rows = db.session.execute(
        select(DoorLink, User.name)
        .outerjoin(User, User.id == DoorLink.created_by)
        .where(DoorLink.event_id == event_id, DoorLink.day >= clock.today())
        .order_by(DoorLink.day, DoorLink.id.desc())
    )
    return tuple(LinkLine(link.id, link.day, link.created_at, name or "", link.revoked_at) for link, name in rows)


def door_of_link(token: str, *, is_delivery: bool = False) -> Door:
    """Return the door a secret opens today; with ``is_delivery`` also a few hours later, to hand in what was ticked.

    Raises ``NotFound`` for an unknown or revoked link and for an event that does not take place, ``DoorClosed`` on any
    other day.
    """
    link = db.session.scalars(
        select(DoorLink)
        .join(Event, Event.id == DoorLink.event_id)
        .where(
            DoorLink.token_digest == tokens.digest(token),
            DoorLink.revoked_at.is_(None),
            Event.state == EventState.PUBLISHED,
        )
        .execution_options(populate_existing=True)
    ).first()
    if link is None:
        raise NotFound
    door = Door(link.event_id, link.day, link_id=link.id)
    at = clock.now()
    if at < door.opens_at:
        raise DoorClosed(door.day, is_over=False)
    if at >= door.closes_at + (DELIVERY if is_delivery else timedelta(0)):
        raise DoorClosed(door.day, is_over=True)
    return door


def door_of_staff(event_id: int, day: date, actor_id: int) -> Door:
    """Return the door of a day for somebody whose scope was checked; raises ``NotFound`` when there is no time on it.

    Staff may look before the day and enter later what was ticked on paper.
    """
    if day not in door_days(event_id):
        raise NotFound
    return Door(event_id, day, actor_id=actor_id)
