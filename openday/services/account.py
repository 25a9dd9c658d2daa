"""Accounts of staff: who may do what, and where."""

from dataclasses import dataclass

import structlog
from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from sqlalchemy import literal, or_, select

from openday.errors import Refusal
from openday.extensions import db
from openday.geo import REGIONS
from openday.models import AuditEntry, Membership, Traeger, User, Verband
from openday.models.words import Role
from openday.services.slug import free_slug
from openday.transaction import transaction

log = structlog.get_logger()

LONGEST_NAME = 200
TRAEGER_ROLES = (Role.OWNER, Role.EDITOR, Role.READER, Role.DOOR)


class BadAccount(Refusal):
    """An account can't be made like this; the message says why."""

    code = "bad_account"


@dataclass(frozen=True)
class AccountRequest:
    """Who shall get which role; ``scope`` is the name of the Träger, Verband or Land, None for the whole platform."""

    email: str
    role: Role
    scope: str | None = None
    name: str = ""


@dataclass(frozen=True)
class AddedAccount:
    """What came of it: the same request again adds nothing."""

    user_id: int
    is_new_user: bool
    is_new_role: bool
    is_new_traeger: bool = False


@transaction
def add_user(request: AccountRequest) -> AddedAccount:
    """Give a person a role, and an account if there is none yet; raises ``BadAccount``."""
    email = normal_address(request.email)
    is_new_traeger = request.role is Role.OWNER and found_traeger(request.scope)
    scope = scope_of(request)
    user = db.session.scalars(select(User).where(User.email == email)).first()
    is_new_user = user is None
    if user is None:
        user = User(email=email, name=request.name)
        db.session.add(user)
        db.session.flush()  # the membership needs user.id
    elif request.name:
        user.name = request.name
    wanted = (*scope, request.role)
    is_new_role = wanted not in {(one.traeger_id, one.verband_id, one.land, one.role) for one in user.memberships}
    if is_new_role:
        traeger_id, verband_id, land = scope
        membership = Membership(traeger_id=traeger_id, verband_id=verband_id, land=land, role=request.role)
        user.memberships.append(membership)
        detail = f"{request.role.value} traeger={traeger_id} verband={verband_id} land={land}"
        db.session.add(AuditEntry(action="role_granted", object_type="user", object_id=user.id, detail=detail))
        log.info("role granted", user_id=user.id, role=request.role.value)
    return AddedAccount(user.id, is_new_user, is_new_role, is_new_traeger)


@transaction
def describe_self(user_id: int, name: str, language: str) -> None:
    """Store how a person wants to be called and which language their mails are written in."""
    person = db.session.get_one(User, user_id)
    person.name, person.language = name, language
    log.info("account described", user_id=user_id, language=language)


def normal_address(email: str) -> str:
    """Return the address as it is stored and looked up; raises ``BadAccount`` when it is none."""
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise BadAccount(_l("„%(email)s“ ist keine vollständige E-Mail-Adresse.", email=email)) from error


def found_traeger(name: str | None) -> bool:
    """Store the Träger a first owner is named for; False when it, or one it may be mistaken for, is there already."""
    if not name or similar_names(Traeger, name):
        return False
    if len(name) > LONGEST_NAME:
        raise BadAccount(_l("Der Name des Trägers ist länger als %(limit)s Zeichen.", limit=LONGEST_NAME))
    db.session.add(Traeger(name=name, slug=free_slug(name, set(db.session.scalars(select(Traeger.slug))))))
    db.session.flush()  # the membership looks it up by its name
    return True


def similar_names(kind: type[Traeger] | type[Verband], name: str) -> list[str]:
    """Return up to five stored names that contain the given one, or are contained in it."""
    is_close = or_(kind.name.icontains(name, autoescape=True), literal(name).icontains(kind.name))
    return list(db.session.scalars(select(kind.name).where(is_close).order_by(kind.name).limit(5)))


def scope_of(request: AccountRequest) -> tuple[int | None, int | None, str | None]:
    """Return Träger, Verband and Land the role is for, as stored; raises ``BadAccount`` when they don't fit it."""
    if request.role is Role.ADMIN:
        if request.scope:
            raise BadAccount(_l("Die Rolle admin gilt für alle: Lassen Sie Träger und Verband weg."))
        return None, None, None
    if request.role is Role.COORDINATOR and request.scope in REGIONS.values():
        return None, None, next(code for code, name in REGIONS.items() if name == request.scope)
    if request.role is Role.COORDINATOR:
        missing = _l("Geben Sie den Verband oder das Land an, für das die Rolle gilt.")
        return None, named(Verband, request.scope, missing), None
    return named(Traeger, request.scope, _l("Geben Sie den Träger an, für den die Rolle gilt.")), None, None


def named(kind: type[Traeger] | type[Verband], name: str | None, missing: object) -> int:
    """Return the id of the Träger or Verband of this name; raises ``BadAccount`` and names similar ones."""
    if not name:
        raise BadAccount(missing)
    found = db.session.scalar(select(kind.id).where(kind.name == name))
    if found is not None:
        return int(found)
    similar = similar_names(kind, name)
    if similar:
        message = _l("„%(name)s“ gibt es nicht. Meinen Sie: %(names)s?", name=name, names=", ".join(similar))
        raise BadAccount(message)
    raise BadAccount(_l("„%(name)s“ gibt es nicht.", name=name))
