"""Two people of a Träger or a Verband at the same moment."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from openday import clock
from openday.extensions import db
from openday.models import Membership, OutboxMessage, Traeger
from openday.models.words import Review, Role
from openday.services import team as team_service
from openday.services.join import NameTaken, join
from openday.services.review import AlreadyAnswered, approve_traeger
from openday.services.scope import scope_of
from openday.services.team import InvitationOver, LastOwner, accept, remove_member
from tests.chaos.together import Pause, at_once
from tests.factories import make_coordinator, make_team_invitation, make_traeger, make_user, make_verband
from tests.services.test_join import traeger_request

pytestmark = pytest.mark.chaos
TOKEN = "einladung-4711"


def owners(traeger: Traeger) -> int:
    held = select(func.count()).where(Membership.traeger_id == traeger.id, Membership.role == Role.OWNER)
    return db.session.scalar(held) or 0


def leaving(traeger: Traeger, pause: Pause, app: Flask) -> list[object]:
    """Let both owners leave while one of them is in the middle of it."""
    first, second = make_user(traeger).id, make_user(traeger).id
    traeger_id = traeger.id
    acts = [lambda who=who: remove_member(scope_of(who), traeger_id, who) for who in (first, second)]
    return at_once(app, [acts[0], pause.meanwhile(acts[1])])


def test_two_owners_can_not_leave_at_the_same_moment(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    traeger, pause = make_traeger(), Pause()
    monkeypatch.setattr(team_service, "members_locked", pause.behind(team_service.members_locked))

    answers = leaving(traeger, pause, app)

    assert sum(isinstance(answer, LastOwner) for answer in answers) == 1
    assert owners(traeger) == 1


def test_without_the_lock_both_would_leave(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control; SQLite has one writer at a time anyway."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time")
    traeger, pause = make_traeger(), Pause()

    def unlocked(traeger_id: int) -> list[Membership]:
        return list(db.session.scalars(select(Membership).where(Membership.traeger_id == traeger_id)))

    monkeypatch.setattr(team_service, "members_locked", pause.behind(unlocked))

    leaving(traeger, pause, app)

    assert owners(traeger) == 0


def test_an_invitation_pressed_eight_times_is_one_place(app: Flask) -> None:
    traeger = make_traeger()
    user_id = make_user(email="emre@example.org").id
    make_team_invitation(traeger, token=TOKEN)

    answers = at_once(app, [lambda: accept(user_id, TOKEN)] * 8)

    assert sum(isinstance(answer, InvitationOver) for answer in answers) == 7
    assert db.session.scalar(select(func.count()).where(Membership.user_id == user_id)) == 1


def test_of_two_coordinators_who_say_yes_at_once_one_is_told_so(app: Flask) -> None:
    verband = make_verband()
    traeger = make_traeger(verbaende=[verband], review=Review.WAITING, submitted_at=clock.now())
    make_user(traeger)
    people, traeger_id = [make_coordinator(verband).id for _ in range(4)], traeger.id

    answers = at_once(app, [lambda who=who: approve_traeger(scope_of(who), traeger_id) for who in people])

    assert sum(isinstance(answer, AlreadyAnswered) for answer in answers) == 3
    assert db.session.scalar(select(func.count()).where(OutboxMessage.kind == "review_approved")) == 1


def test_of_eight_people_with_the_same_name_one_gets_it(app: Flask) -> None:
    people = [make_user().id for _ in range(8)]

    answers = at_once(app, [lambda who=who: join(who, traeger_request()) for who in people])

    assert sum(isinstance(answer, NameTaken) for answer in answers) == 7
    assert db.session.scalar(select(func.count()).select_from(Traeger)) == 1
    assert db.session.scalar(select(func.count()).where(OutboxMessage.kind == "traeger_joined")) == 1
