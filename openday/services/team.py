"""The people of a Träger: who is in, who is invited, who leaves. A Träger always keeps an owner."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from openday import clock, tokens
from openday.errors import NotAllowed, NotFound, Refusal
from openday.extensions import db
from openday.mailing.staff_mail import Addressee
from openday.mailing.team_mails import team_invited
from openday.models import AuditEntry, Membership, TeamInvitation, Traeger, User
from openday.models.words import Role
from openday.services.door_link import end_door_links_of
from openday.services.join import send_joining_code
from openday.services.scope import Scope, owned_traeger, traeger_of_team
from openday.services.staff_session import end_sessions_of
from openday.services.suppression import may_write_to
from openday.transaction import transaction

log = structlog.get_logger()

INVITATION_LIFETIME = timedelta(hours=72)
MOST_INVITED = 50


class LastOwner(Refusal):
    """Nobody would be left who runs the Träger."""

    code = "last_owner"
    message = _l("Sie sind die letzte Person mit allen Rechten. Geben Sie zuerst jemand anderem alle Rechte.")


class TooManyInvited(Refusal):
    """More open invitations than any team needs."""

    code = "too_many_invited"
    message = _l("Es sind schon sehr viele Einladungen offen. Ziehen Sie zuerst welche zurück.")


class InvitationOver(Refusal):
    """It was used, has expired or was withdrawn."""

    code = "invitation_over"
    message = _l("Diese Einladung gilt nicht mehr. Lassen Sie sich eine neue schicken.")


class OtherAddress(Refusal):
    """The invitation is for somebody else."""

    code = "other_address"
    message = _l("Diese Einladung gilt für eine andere E-Mail-Adresse.")


@dataclass(frozen=True)
class Team:
    """The people of a Träger and the invitations nobody has answered yet."""

    members: list[Membership]
    invited: list[TeamInvitation]


def team_of(scope: Scope, traeger_id: int) -> Team:
    """Return a team to somebody in it; raises ``NotFound``."""
    traeger_of_team(scope, traeger_id)
    members = select(Membership).where(Membership.traeger_id == traeger_id).options(joinedload(Membership.user))
    return Team(list(db.session.scalars(members.order_by(Membership.id))), open_invitations(traeger_id))


def open_invitations(traeger_id: int) -> list[TeamInvitation]:
    """Return what can still be answered, the newest first."""
    is_open = (TeamInvitation.used_at.is_(None), TeamInvitation.expires_at > clock.now())
    statement = select(TeamInvitation).where(TeamInvitation.traeger_id == traeger_id, *is_open)
    return list(db.session.scalars(statement.order_by(TeamInvitation.id.desc())))


@transaction
def invite(scope: Scope, traeger_id: int, email: str, role: Role) -> None:
    """Mail somebody the way into the team; an earlier invitation of the same address is void.

    Raises ``NotFound``, ``NotAllowed``, ``TooManyInvited``.
    """
    traeger = owned_traeger(scope, traeger_id)
    address = email.lower()
    db.session.execute(
        delete(TeamInvitation).where(
            TeamInvitation.traeger_id == traeger_id, TeamInvitation.email == address, TeamInvitation.used_at.is_(None)
        )
    )
    if len(open_invitations(traeger_id)) >= MOST_INVITED:
        raise TooManyInvited
    token = tokens.new_token()
    invitation = TeamInvitation(
        traeger_id=traeger_id,
        email=address,
        role=role,
        token_digest=tokens.digest(token),
        invited_by=scope.user_id,
        expires_at=clock.now() + INVITATION_LIFETIME,
    )
    db.session.add(invitation)
    if may_write_to(address):
        inviter = db.session.get_one(User, scope.user_id)
        db.session.add(team_invited(traeger.name, inviter.name, invitation, token, invited(address, inviter)))
    note("invited", scope.user_id, traeger_id, role.value)


def invited(address: str, inviter: User) -> Addressee:
    """Return who is invited: written to in their own language if that is known, else in the inviter's."""
    user = db.session.scalars(select(User).where(User.email == address)).first()
    language = user.language if user and user.language else inviter.reads
    return Addressee(address, language, is_known=user is not None and user.verified_at is not None)


@transaction
def withdraw(scope: Scope, traeger_id: int, invitation_id: int) -> None:
    """Make an invitation void; raises ``NotFound``, ``NotAllowed``."""
    owned_traeger(scope, traeger_id)
    gone = delete(TeamInvitation).where(
        TeamInvitation.id == invitation_id,
        TeamInvitation.traeger_id == traeger_id,
        TeamInvitation.used_at.is_(None),
    )
    if db.session.scalar(gone.returning(TeamInvitation.id)) is None:
        raise NotFound
    note("invitation_withdrawn", scope.user_id, traeger_id)


def invitation_of(token: str) -> TeamInvitation:
    """Return an invitation that can be accepted; raises ``NotFound``, ``InvitationOver``."""
    found = db.session.scalars(
        select(TeamInvitation)
        .where(TeamInvitation.token_digest == tokens.digest(token))
        .options(joinedload(TeamInvitation.traeger))
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound
    if found.used_at is not None or found.expires_at <= clock.now():
        raise InvitationOver
    return found


@transaction
def send_invited_code(token: str) -> str:
    """Mail a sign-in code to the invited address and to no other, and return it. Raises like :func:`invitation_of`."""
    invitation = invitation_of(token)
    send_joining_code(invitation.email)
    return invitation.email


@transaction
def accept(user_id: int, token: str) -> int:
    """Join the team once, as the invited person only, and return its Träger's id.

    Raises ``NotFound``, ``InvitationOver``, ``OtherAddress``, ``LastOwner``.
    """
    invitation = invitation_of(token)
    person = db.session.get_one(User, user_id)
    if person.email.lower() != invitation.email:
        raise OtherAddress
    claimed = db.session.scalar(
        update(TeamInvitation)
        .where(TeamInvitation.id == invitation.id, TeamInvitation.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(TeamInvitation.id)
    )
    if claimed is None:
        raise InvitationOver
    held = members_locked(invitation.traeger_id)
    if invitation.role is not Role.OWNER:
        refuse_last_owner(held, user_id)
    for membership in held:
        if membership.user_id == user_id:
            db.session.delete(membership)
    db.session.add(Membership(user_id=user_id, traeger_id=invitation.traeger_id, role=invitation.role))
    note("joined_team", user_id, invitation.traeger_id, invitation.role.value)
    return invitation.traeger_id


@transaction
def remove_member(scope: Scope, traeger_id: int, user_id: int) -> None:
    """Take somebody, oneself too, out of a team; all their browsers are signed out at once.

    Raises ``NotFound``, ``NotAllowed``, ``LastOwner``.
    """
    traeger_of_team(scope, traeger_id)
    if user_id != scope.user_id and scope.roles[traeger_id] is not Role.OWNER:
        raise NotAllowed
    held = members_locked(traeger_id)
    own = [membership for membership in held if membership.user_id == user_id]
    if not own:
        raise NotFound
    refuse_last_owner(held, user_id)
    for membership in own:
        db.session.delete(membership)
    ended = end_sessions_of(user_id)
    end_door_links_of(user_id, traeger_id)
    note("left_team", scope.user_id, traeger_id, f"user={user_id}")
    log.info("member left", traeger_id=traeger_id, user_id=user_id, sessions_ended=ended)


def members_locked(traeger_id: int) -> list[Membership]:
    """Return the members of a Träger whose row is held from here to the commit: two owners can't leave at once."""
    db.session.execute(
        update(Traeger).where(Traeger.id == traeger_id).values(slug=Traeger.slug),
        execution_options={"synchronize_session": False},
    )
    members = select(Membership).where(Membership.traeger_id == traeger_id)
    return list(db.session.scalars(members.execution_options(populate_existing=True)))


def refuse_last_owner(held: list[Membership], user_id: int) -> None:
    """Raise ``LastOwner`` when nobody but this person runs the Träger."""
    owners = {membership.user_id for membership in held if membership.role is Role.OWNER}
    if owners == {user_id}:
        raise LastOwner


def member_count(traeger_id: int) -> int:
    """Return how many people a team has."""
    members = select(func.count(Membership.user_id.distinct())).where(Membership.traeger_id == traeger_id)
    return int(db.session.scalar(members) or 0)


def note(action: str, actor_id: int, traeger_id: int, detail: str | None = None) -> None:
    """Write down what happened to a team."""
    db.session.add(
        AuditEntry(action=action, actor_id=actor_id, object_type="traeger", object_id=traeger_id, detail=detail)
    )
