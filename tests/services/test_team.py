"""Teams: invitations bound to one mailbox and used once; who leaves is signed out; somebody always runs the Träger."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from openday import clock, tokens
from openday.errors import NotAllowed, NotFound
from openday.extensions import db
from openday.models import DoorLink, Membership, OutboxMessage, StaffSession, TeamInvitation, Traeger, User
from openday.models.words import Role
from openday.services.door_link import create_door_link
from openday.services.erasure import erase_due
from openday.services.scope import scope_of
from openday.services.staff_session import begin_session
from openday.services.team import (
    InvitationOver,
    LastOwner,
    OtherAddress,
    accept,
    invitation_of,
    invite,
    remove_member,
    team_of,
    withdraw,
)
from tests.door import DAY, make_door_event
from tests.factories import make_team_invitation, make_traeger, make_user, save

TOKEN = "einladung-4711"


@pytest.fixture
def traeger(app: Flask) -> Traeger:
    return make_traeger()


@pytest.fixture
def owner(traeger: Traeger) -> User:
    return make_user(traeger)


def roles_of(user: User) -> dict[int, Role]:
    return dict(scope_of(user.id).roles)


def test_the_mailed_link_brings_the_invited_person_into_the_team(traeger: Traeger, owner: User) -> None:
    emre = make_user(email="emre@example.org")
    invite(scope_of(owner.id), traeger.id, "Emre@Example.org", Role.DOOR)
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "team_invited")).one()
    found = re.search(r"/konto/einladung/(\S+)", mail.text)
    assert found

    accept(emre.id, found[1])

    assert mail.recipient == "emre@example.org"
    assert roles_of(emre) == {traeger.id: Role.DOOR}
    assert found[1] not in repr(db.session.execute(TeamInvitation.__table__.select()).all())


def test_an_invitation_works_once(traeger: Traeger, owner: User) -> None:
    emre = make_user(email="emre@example.org")
    make_team_invitation(traeger, token=TOKEN)
    accept(emre.id, TOKEN)

    with pytest.raises(InvitationOver):
        accept(emre.id, TOKEN)


def test_an_invitation_is_of_no_use_to_whoever_it_was_forwarded_to(traeger: Traeger, owner: User) -> None:
    stranger = make_user(email="fremd@example.org")
    make_team_invitation(traeger, token=TOKEN)

    with pytest.raises(OtherAddress):
        accept(stranger.id, TOKEN)

    assert roles_of(stranger) == {}
    assert invitation_of(TOKEN).used_at is None


def test_an_invitation_ends_after_72_hours(traeger: Traeger, owner: User) -> None:
    now = clock.now()
    with time_machine.travel(now, tick=False):
        invite(scope_of(owner.id), traeger.id, "emre@example.org", Role.READER)
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "team_invited")).one()
    token = mail.text.partition("/konto/einladung/")[2].split()[0]

    with time_machine.travel(now + timedelta(hours=72, seconds=-1), tick=False):
        assert invitation_of(token).email == "emre@example.org"
    with time_machine.travel(now + timedelta(hours=72), tick=False), pytest.raises(InvitationOver):
        invitation_of(token)


def test_a_new_invitation_of_the_same_address_replaces_the_old_one(traeger: Traeger, owner: User) -> None:
    make_team_invitation(traeger, token=TOKEN)

    invite(scope_of(owner.id), traeger.id, "emre@example.org", Role.READER)

    with pytest.raises(NotFound):
        invitation_of(TOKEN)
    assert [one.role for one in team_of(scope_of(owner.id), traeger.id).invited] == [Role.READER]


def test_an_invitation_taken_back_opens_nothing(traeger: Traeger, owner: User) -> None:
    invitation = make_team_invitation(traeger, token=TOKEN)

    withdraw(scope_of(owner.id), traeger.id, invitation.id)

    with pytest.raises(NotFound):
        invitation_of(TOKEN)


def test_only_an_owner_invites_and_removes(traeger: Traeger, owner: User) -> None:
    editor = make_user(traeger, role=Role.EDITOR)
    stranger = make_user(make_traeger())

    with pytest.raises(NotAllowed):
        invite(scope_of(editor.id), traeger.id, "x@example.org", Role.OWNER)
    with pytest.raises(NotAllowed):
        remove_member(scope_of(editor.id), traeger.id, owner.id)
    with pytest.raises(NotFound):
        remove_member(scope_of(stranger.id), traeger.id, editor.id)
    with pytest.raises(NotFound):
        remove_member(scope_of(owner.id), traeger.id, stranger.id)


def test_who_is_taken_out_or_leaves_is_signed_out_everywhere_at_once(traeger: Traeger, owner: User) -> None:
    editor, reader = make_user(traeger, role=Role.EDITOR), make_user(traeger, role=Role.READER)
    for user in (owner, editor, editor, reader):
        begin_session(tokens.new_token(), user.id, {})

    remove_member(scope_of(owner.id), traeger.id, editor.id)
    remove_member(scope_of(reader.id), traeger.id, reader.id)

    assert list(db.session.scalars(select(StaffSession.user_id))) == [owner.id]
    assert roles_of(editor) == roles_of(reader) == {}


def test_who_is_taken_out_leaves_no_door_open(app: Flask) -> None:
    event = make_door_event()
    owner, editor = make_user(event.traeger), make_user(event.traeger, role=Role.EDITOR)
    foreign = make_door_event()
    for one, user in ((event, owner), (event, editor), (foreign, editor)):
        create_door_link(one.id, DAY, user.id)

    remove_member(scope_of(owner.id), event.traeger_id, editor.id)

    ended = db.session.execute(
        select(DoorLink.event_id, DoorLink.created_by).where(DoorLink.revoked_at.is_not(None))
    ).all()
    assert ended == [(event.id, editor.id)]


def test_the_last_owner_stays(traeger: Traeger, owner: User) -> None:
    make_user(traeger, role=Role.EDITOR)
    with pytest.raises(LastOwner):
        remove_member(scope_of(owner.id), traeger.id, owner.id)

    save(Membership(user_id=make_user().id, traeger_id=traeger.id, role=Role.OWNER))
    remove_member(scope_of(owner.id), traeger.id, owner.id)

    assert roles_of(owner) == {}


def test_the_last_owner_can_not_become_less_by_an_invitation(traeger: Traeger, owner: User) -> None:
    make_team_invitation(traeger, token=TOKEN, email=owner.email, role=Role.READER)

    with pytest.raises(LastOwner):
        accept(owner.id, TOKEN)

    assert roles_of(owner) == {traeger.id: Role.OWNER}


def test_an_invitation_gives_another_role_instead_of_a_second_one(traeger: Traeger, owner: User) -> None:
    emre = make_user(traeger, role=Role.READER, email="emre@example.org")
    make_team_invitation(traeger, token=TOKEN, role=Role.EDITOR)

    accept(emre.id, TOKEN)

    assert [one.role for one in db.session.scalars(select(Membership).where(Membership.user_id == emre.id))] == [
        Role.EDITOR
    ]


def test_an_old_invitation_is_forgotten(traeger: Traeger) -> None:

    invitation = make_team_invitation(traeger)
    with time_machine.travel(invitation.expires_at + timedelta(days=7), tick=False):
        erase_due()
        assert clock.now() > invitation.expires_at

    assert db.session.scalars(select(TeamInvitation)).all() == []
