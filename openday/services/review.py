"""The Verband's answers: yes, not yet with a reason, or trust. Each is given once; whoever comes second is told so."""

from dataclasses import dataclass
from typing import Any

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.sql.base import ExecutableOption

from openday import clock
from openday.errors import NotFound, Refusal
from openday.extensions import db
from openday.mailing import review_mails
from openday.models import AuditEntry, Event, Membership, Traeger, User
from openday.models.words import ReturnReason, Review, Role
from openday.services.availability import announce_event
from openday.services.listing import settle_listing
from openday.services.listing_change import announce_listing
from openday.services.scope import Scope, is_reviewed_by
from openday.transaction import transaction

log = structlog.get_logger()

Thing = tuple[type[Traeger] | type[Event], int]


class AlreadyAnswered(Refusal):
    """Somebody else was quicker."""

    code = "already_answered"
    message = _l("Das hat inzwischen jemand anderes bearbeitet.")


@dataclass(frozen=True)
class Return:
    """Why something is given back; the note says what to do."""

    reason: ReturnReason
    note: str


@transaction
def approve_traeger(scope: Scope, traeger_id: int, *, trusts: bool = False) -> None:
    """Say yes to a Träger and to what it has online; of a trusted one everything is listed at once from now on.

    Raises ``NotFound``, ``AlreadyAnswered``.
    """
    traeger = traeger_to_review(scope, traeger_id)
    word = Review.TRUSTED if trusts else Review.APPROVED
    earlier = (Review.WAITING, Review.RETURNED, Review.APPROVED) if trusts else (Review.WAITING, Review.RETURNED)
    answer(scope, (Traeger, traeger_id), word, earlier)
    db.session.refresh(traeger)
    waiting = select(Event.id).where(Event.traeger_id == traeger_id, Event.review == Review.WAITING)
    listed = [list_event(scope, event_id) for event_id in db.session.scalars(waiting.order_by(Event.id)).all()]
    if traeger.submitted_at is not None:
        tell(traeger, lambda owner: review_mails.review_approved(traeger, None, owner, listed=len(listed)))


@transaction
def approve_event(scope: Scope, event_id: int, *, trusts: bool = False) -> None:
    """Let an event into the lists; with trust also every later one. Raises ``NotFound``, ``AlreadyAnswered``."""
    event = event_to_review(scope, event_id)
    if trusts:
        approve_traeger(scope, event.traeger_id, trusts=True)
        return
    list_event(scope, event_id)
    tell(event.traeger, lambda owner: review_mails.review_approved(event.traeger, event, owner))


@transaction
def return_traeger(scope: Scope, traeger_id: int, why: Return) -> None:
    """Give a Träger back; its events stay open to whoever has their links. Raises ``NotFound``, ``AlreadyAnswered``."""
    traeger = traeger_to_review(scope, traeger_id)
    answer(scope, (Traeger, traeger_id), Review.RETURNED, (Review.WAITING,), why)
    db.session.refresh(traeger)
    tell(traeger, lambda owner: review_mails.review_returned(traeger, None, owner))


@transaction
def return_event(scope: Scope, event_id: int, why: Return) -> None:
    """Give an event back; it stays open to whoever has the link. Raises ``NotFound``, ``AlreadyAnswered``."""
    event = event_to_review(scope, event_id)
    announce_event(event_id)
    answer(scope, (Event, event_id), Review.RETURNED, (Review.WAITING,), why)
    db.session.refresh(event)
    tell(event.traeger, lambda owner: review_mails.review_returned(event.traeger, event, owner))


@transaction
def withdraw_trust(scope: Scope, traeger_id: int, why: str) -> None:
    """Look at later events first again, and say why; what is in the lists stays.

    Raises ``NotFound``, ``AlreadyAnswered``.
    """
    traeger = traeger_to_review(scope, traeger_id)
    answer(scope, (Traeger, traeger_id), Review.APPROVED, (Review.TRUSTED,), Return(ReturnReason.OTHER, why))
    listed = update(Event).where(
        Event.traeger_id == traeger_id,
        Event.is_listed.is_(True),
        Event.published_at.is_not(None),
        Event.review.is_(None),
    )
    values = {"review": Review.APPROVED, "reviewed_at": clock.now(), "reviewed_by": scope.user_id}
    db.session.execute(listed.values(**values), execution_options={"synchronize_session": False})
    db.session.add(
        AuditEntry(action="trust_withdrawn", actor_id=scope.user_id, object_type="traeger", object_id=traeger_id)
    )
    db.session.refresh(traeger)
    tell(traeger, lambda owner: review_mails.trust_withdrawn(traeger, owner))


def traeger_to_review(scope: Scope, traeger_id: int) -> Traeger:
    """Return a Träger this person may answer; raises ``NotFound``."""
    found = db.session.scalars(select(Traeger).where(Traeger.id == traeger_id, is_reviewed_by(scope))).first()
    if found is None:
        raise NotFound
    return found


def event_to_review(scope: Scope, event_id: int, *parts: ExecutableOption) -> Event:
    """Return an event that was ever in the queue of this person, read with some parts; raises ``NotFound``."""
    found = db.session.scalars(
        select(Event)
        .join(Traeger, Traeger.id == Event.traeger_id)
        .where(Event.id == event_id, Event.review.is_not(None), is_reviewed_by(scope))
        .options(*parts)
    ).first()
    if found is None:
        raise NotFound
    return found


def list_event(scope: Scope, event_id: int) -> Event:
    """Approve one event inside a transaction and settle where it stands."""
    announce_event(event_id)
    answer(scope, (Event, event_id), Review.APPROVED, (Review.WAITING, Review.RETURNED))
    event = db.session.get_one(Event, event_id, populate_existing=True)
    settle_listing(event)
    db.session.flush()  # the listing's version is raised by a statement of its own
    announce_listing(event.campaign_id, event.id)
    return event


def answer(scope: Scope, thing: Thing, word: Review, earlier: tuple[Review, ...], why: Return | None = None) -> None:
    """Claim the question and write the answer; raises ``AlreadyAnswered``."""
    kind, thing_id = thing
    values: dict[str, Any] = {
        "review": word,
        "reviewed_at": clock.now(),
        "reviewed_by": scope.user_id,
        "return_reason": why.reason if why else None,
        "return_note": why.note if why else None,
    }
    claim = update(kind).where(kind.id == thing_id, kind.review.in_(earlier)).values(**values).returning(kind.id)
    if db.session.scalar(claim, execution_options={"synchronize_session": False}) is None:
        raise AlreadyAnswered
    name = "event" if kind is Event else "traeger"
    db.session.add(
        AuditEntry(action=f"review_{word.value}", actor_id=scope.user_id, object_type=name, object_id=thing_id)
    )
    log.info("review answered", object_type=name, object_id=thing_id, answer=word.value)


def tell(traeger: Traeger, mail: Any) -> None:
    """Mail the owners of a Träger."""
    owners = select(User).join(Membership).where(Membership.traeger_id == traeger.id, Membership.role == Role.OWNER)
    db.session.add_all(mail(owner) for owner in db.session.scalars(owners.where(User.active.is_(True))))
