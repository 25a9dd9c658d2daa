"""A message of a Verband, a Land or the platform to its Träger, sent once however often the button is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import false, func, or_, select, true, update

from openday import clock
from openday.errors import NotFound, Refusal
from openday.extensions import db
from openday.geo import REGIONS
from openday.mailing.broadcast_mails import Reader, broadcast_sent
from openday.mailing.suppression import address_digest
from openday.models import AuditEntry, Broadcast, Membership, OutboxMessage, Suppression, Traeger, User, Verband
from openday.models.words import Role
from openday.rows import insert_rows
from openday.services.scope import Scope, is_reviewed_by
from openday.tokens import digest
from openday.transaction import transaction

log = structlog.get_logger()

MOST_A_DAY = 5


class NoTraegerToTell(Refusal):
    """Nobody of the circle has an address that may be written to."""

    code = "no_traeger_to_tell"
    message = _l("Hier gibt es noch keinen Träger mit E-Mail-Adresse. Wählen Sie anders aus")


class TooManyBroadcasts(Refusal):
    """The Träger got enough for a day."""

    code = "too_many_broadcasts"
    message = _l("Sie haben heute schon %(most)s Nachrichten gesendet. Schreiben Sie morgen wieder", most=MOST_A_DAY)


@dataclass(frozen=True)
class Circle:
    """The Träger of a Verband or of a Land; with neither, and no name, those of the whole platform."""

    name: str
    verband_id: int | None = None
    land: str | None = None

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"verband-{self.verband_id}" if self.verband_id else f"land-{self.land}" if self.land else "alle"

    def of(self, scope: Scope) -> Scope:
        """Return the scope made as narrow as the circle."""
        return replace(
            scope,
            is_admin=not (self.verband_id or self.land),
            verband_ids=frozenset([self.verband_id] if self.verband_id else []),
            lands=frozenset([self.land] if self.land else []),
        )


@dataclass(frozen=True)
class Message:
    """What is said to whom; ``nonce`` is the form's own number: sent twice it is the same message."""

    circle: str
    subject: str
    text: str
    nonce: str


@dataclass(frozen=True)
class BroadcastPlan:
    """Who would get it, how one of the mails reads, and the Träger nobody can write to."""

    readers: tuple[Reader, ...]
    traeger: int
    unreachable: tuple[str, ...]
    sample: OutboxMessage


def circles_of(scope: Scope) -> list[Circle]:
    """Return the circles this person may write to, the widest first."""
    is_own = true() if scope.is_admin else Verband.id.in_(scope.verband_ids)
    verbaende = db.session.execute(select(Verband.id, Verband.name).where(is_own).order_by(Verband.name)).all()
    lands = [land for land in REGIONS if scope.is_admin or land in scope.lands]
    return [
        *([Circle("")] if scope.is_admin else []),
        *(Circle(name, verband_id=verband_id) for verband_id, name in verbaende),
        *(Circle(REGIONS[land], land=land) for land in lands),
    ]


def sent_broadcasts(scope: Scope) -> Sequence[Broadcast]:
    """Return what was written to the circles of this person, the newest first."""
    mine = or_(
        true() if scope.is_admin else false(),
        Broadcast.verband_id.in_(scope.verband_ids),
        Broadcast.land.in_(scope.lands),
    )
    return db.session.scalars(select(Broadcast).where(mine).order_by(Broadcast.id.desc()).limit(50)).all()


def plan_broadcast(scope: Scope, message: Message) -> BroadcastPlan:
    """Return who would get a message, without sending it; raises what :func:`send_broadcast` raises."""
    circle = circle_in(scope, message.circle)
    refuse_flood(scope.user_id)
    traeger, readers = readers_in(circle.of(scope))
    if not readers:
        raise NoTraegerToTell
    reached = {traeger_id for reader in readers for traeger_id in reader.traeger_ids}
    unreachable = tuple(name for traeger_id, name in traeger.items() if traeger_id not in reached)
    draft = Broadcast(subject=message.subject, text=message.text)
    sample = broadcast_sent(draft, sender_of(scope), circle.name, readers[0])
    return BroadcastPlan(readers, len(reached), unreachable, sample)


def send_broadcast(scope: Scope, message: Message) -> int:
    """Queue one mail for each person and return how many; the same form again sends nothing more.

    The mails are written first, so that nobody who books waits for them. Raises ``NotFound`` for a foreign circle,
    ``NoTraegerToTell`` and ``TooManyBroadcasts``.
    """
    circle = circle_in(scope, message.circle)
    _traeger, readers = readers_in(circle.of(scope))
    if not readers:
        raise NoTraegerToTell
    broadcast = Broadcast(
        verband_id=circle.verband_id,
        land=circle.land,
        subject=message.subject,
        text=message.text,
        recipients=len(readers),
        nonce=digest(f"broadcast {scope.user_id}:{message.nonce}"),
        created_by=scope.user_id,
    )
    sender = sender_of(scope)
    return store_broadcast(broadcast, [broadcast_sent(broadcast, sender, circle.name, reader) for reader in readers])


@transaction
def store_broadcast(broadcast: Broadcast, mails: list[OutboxMessage]) -> int:
    """Store a message with its mails, or return how many got it when it is stored already."""
    sender_id, nonce = broadcast.created_by, broadcast.nonce
    db.session.execute(update(User).where(User.id == sender_id).values(active=User.active))  # one click at a time
    known = db.session.scalars(select(Broadcast).where(Broadcast.nonce == nonce)).first()
    if known is not None:
        return known.recipients
    refuse_flood(sender_id)
    db.session.add(broadcast)
    db.session.flush()  # the audit entry needs broadcast.id
    insert_rows(mails)
    db.session.add(
        AuditEntry(
            action="broadcast",
            actor_id=sender_id,
            object_type="broadcast",
            object_id=broadcast.id,
            detail=f"{len(mails)} people told",
        )
    )
    log.info("broadcast queued", broadcast_id=broadcast.id, told=len(mails))
    return len(mails)


def circle_in(scope: Scope, key: str) -> Circle:
    """Return a circle of this person; raises ``NotFound``."""
    for circle in circles_of(scope):
        if circle.key == key:
            return circle
    raise NotFound


def sender_of(scope: Scope) -> User:
    """Return who writes: answers go there."""
    return db.session.get_one(User, scope.user_id)


def refuse_flood(sender_id: int | None) -> None:
    """Raise ``TooManyBroadcasts`` when this person wrote often enough in the last 24 hours."""
    since = clock.now() - timedelta(days=1)
    sent = select(func.count()).where(Broadcast.created_by == sender_id, Broadcast.created_at > since)
    if (db.session.scalar(sent) or 0) >= MOST_A_DAY:
        raise TooManyBroadcasts


def readers_in(scope: Scope) -> tuple[dict[int, str], tuple[Reader, ...]]:
    """Return the Träger of a scope by id, and once each address: owners and editors, else the public contact."""
    traeger = db.session.execute(
        select(Traeger.id, Traeger.name, Traeger.contact_email).where(is_reviewed_by(scope)).order_by(Traeger.name)
    ).all()
    people = db.session.execute(
        select(Membership.traeger_id, User)
        .join(User, User.id == Membership.user_id)
        .join(Traeger, Traeger.id == Membership.traeger_id)
        .where(Membership.role.in_([Role.OWNER, Role.EDITOR]), User.active.is_(True), is_reviewed_by(scope))
        .order_by(User.id)
    ).all()
    staffed = {row.traeger_id for row in people}
    found: dict[str, Reader] = {}
    for row in people:
        join_reader(found, reader_of(row.User, row.traeger_id))
    for traeger_id, _name, contact_email in traeger:
        if contact_email and traeger_id not in staffed:
            join_reader(found, Reader(contact_email, "", frozenset([traeger_id])))
    digests = {address_digest(reader.email): key for key, reader in found.items()}
    silent = db.session.scalars(select(Suppression.address_digest).where(Suppression.address_digest.in_(digests)))
    for wish in silent:
        del found[digests[wish]]
    return {row.id: row.name for row in traeger}, tuple(found.values())


def reader_of(user: User, traeger_id: int) -> Reader:
    """Return somebody who has an account, reading for one Träger."""
    return Reader(user.email, user.name or "", frozenset([traeger_id]), has_account=True, language=user.reads)


def join_reader(found: dict[str, Reader], reader: Reader) -> None:
    """Add a reader; one address reads once, for all its Träger."""
    key = reader.email.casefold()
    known = found.setdefault(key, reader)
    found[key] = replace(known, traeger_ids=known.traeger_ids | reader.traeger_ids)
