"""A Träger signs itself up: an account for whoever asks, then a Träger that may prepare events at once."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, exists, func, select
from sqlalchemy.exc import IntegrityError

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.mailing import review_mails
from openday.models import AuditEntry, Membership, Programme, StaffSession, Traeger, User, Verband
from openday.models.words import LegalRegime, Review, Role
from openday.services.agreement import agree
from openday.services.approver import answer_day, approver_of
from openday.services.review_request import ask
from openday.services.sign_in import send_code
from openday.services.slug import free_slug
from openday.services.suppression import may_write_to
from openday.transaction import transaction

log = structlog.get_logger()

MOST_WAITING = 3
UNUSED_AFTER = timedelta(days=1)


class NameTaken(Refusal):
    """A Träger of this name is here already; ``locality`` says where, as its public page does."""

    code = "name_taken"
    message = _l(
        "Einen Träger mit diesem Namen gibt es hier schon. Ist es Ihrer, bitten Sie das Team um eine Einladung. "
        "Ist es ein anderer, ergänzen Sie den Ort im Namen"
    )


class TooManyWaiting(Refusal):
    """Somebody who has signed up several Träger waits for the answers first."""

    code = "too_many_waiting"
    message = _l("Mehrere Ihrer Träger warten noch auf Freigabe. Tragen Sie den nächsten danach ein.")


@dataclass(frozen=True)
class TraegerRequest:
    """What a Träger says about itself on its three pages; ``person`` is who fills them in."""

    name: str
    postcode: str
    locality: str
    region: str
    verband_ids: tuple[int, ...]
    programme_ids: tuple[int, ...]
    contact_email: str
    contact_phone: str | None
    website: str | None
    person: str
    responsible_name: str
    legal_regime: LegalRegime


@transaction
def send_joining_code(email: str) -> None:
    """Queue a code for an address, known or not: an account is opened for one that is new, unless it wants no mail."""
    address = email.lower()
    user = db.session.scalars(select(User).where(func.lower(User.email) == address)).first()
    is_proven = user is not None and user.verified_at is not None
    if not is_proven and not may_write_to(address):
        return
    if user is None:
        with suppress(IntegrityError), db.session.begin_nested():  # somebody was quicker
            db.session.add(User(email=address))
            db.session.flush()
    send_code(address)


def is_name_taken(name: str, but: int = 0) -> bool:
    """Whether another Träger has this name, however it is capitalised."""
    same = select(Traeger.id).where(func.lower(Traeger.name) == name.lower(), Traeger.id != but)
    return db.session.scalar(same.limit(1)) is not None


@transaction
def join(user_id: int, request: TraegerRequest) -> int:
    """Store a Träger with its first owner, ask its Verband and return its id.

    Raises ``NameTaken``, ``TooManyWaiting``.
    """
    person = db.session.get_one(User, user_id)
    refuse_crowd(user_id)
    if is_name_taken(request.name):
        raise NameTaken
    at = clock.now()
    traeger = Traeger(
        slug=free_slug(request.name, set(db.session.scalars(select(Traeger.slug)))),
        legal_regime=request.legal_regime,
        responsible_name=request.responsible_name,
        review=Review.WAITING,
        submitted_at=at,
    )
    describe(traeger, request)
    agree(traeger, user_id)
    db.session.add(traeger)
    try:
        db.session.flush()  # the membership needs traeger.id
    except IntegrityError as error:
        raise NameTaken from error
    person.name = person.name or request.person
    person.memberships.append(Membership(traeger_id=traeger.id, role=Role.OWNER))
    ask(traeger)
    answer_by = answer_day(at, traeger.region)
    db.session.add(review_mails.traeger_joined(traeger, person, approver_of(traeger).in_words, answer_by))
    db.session.add(AuditEntry(action="joined", actor_id=user_id, object_type="traeger", object_id=traeger.id))
    log.info("traeger joined", traeger_id=traeger.id, user_id=user_id)
    return traeger.id


def describe(traeger: Traeger, request: TraegerRequest) -> None:
    """Write what is public about a Träger."""
    traeger.name = request.name
    traeger.postcode, traeger.locality, traeger.region = request.postcode, request.locality, request.region
    traeger.contact_email, traeger.contact_phone = request.contact_email, request.contact_phone
    traeger.website = request.website
    traeger.verbaende = list(db.session.scalars(select(Verband).where(Verband.id.in_(request.verband_ids))))
    traeger.programmes = list(db.session.scalars(select(Programme).where(Programme.id.in_(request.programme_ids))))


def refuse_crowd(user_id: int) -> None:
    """Keep one person from filling the queue."""
    own = select(func.count()).select_from(Membership).join(Traeger, Traeger.id == Membership.traeger_id)
    waiting = own.where(Membership.user_id == user_id, Traeger.review == Review.WAITING)
    if int(db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise TooManyWaiting


def verbaende() -> list[Verband]:
    """Return all Verbände, then the Trägergruppen, by name."""
    return list(db.session.scalars(select(Verband).order_by(Verband.kind.desc(), Verband.name)))


@transaction
def close_unused_accounts(at: datetime) -> int:
    """Delete accounts without a role that nobody is signed in to: asked for and never used, or left. For the worker."""
    has_role = exists().where(Membership.user_id == User.id)
    is_signed_in = exists().where(StaffSession.user_id == User.id)
    unused = delete(User).where(User.created_at <= at - UNUSED_AFTER, ~has_role, ~is_signed_in).returning(User.id)
    return len(db.session.scalars(unused, execution_options={"synchronize_session": False}).all())
