"""Accounts of staff: the same call twice adds nothing, a wrong one says why."""

import pytest
from sqlalchemy import select

from openday.extensions import db
from openday.models import Membership, Traeger, User
from openday.models.words import Role
from openday.services.account import AccountRequest, BadAccount, add_user
from openday.services.scope import scope_of
from tests.factories import make_traeger, make_verband


def test_the_first_owner_brings_the_traeger_along(app):
    added = add_user(AccountRequest("Leitung@Example.org", Role.OWNER, "Beratungsstelle Nord e. V.", "Lea Nord"))

    assert (added.is_new_user, added.is_new_role, added.is_new_traeger) == (True, True, True)
    assert db.session.scalars(select(Traeger)).one().slug == "beratungsstelle-nord-e-v"
    assert db.session.scalars(select(User)).one().email == "leitung@example.org"


def test_the_same_call_again_changes_nothing(app):
    request = AccountRequest("leitung@example.org", Role.OWNER, make_traeger().name)
    add_user(request)

    again = add_user(request)

    assert (again.is_new_user, again.is_new_role, again.is_new_traeger) == (False, False, False)
    assert len(db.session.scalars(select(Membership)).all()) == 1


def test_one_person_may_have_several_roles(app):
    add_user(AccountRequest("karin@example.org", Role.COORDINATOR, make_verband(name="AWO").name))
    add_user(AccountRequest("karin@example.org", Role.READER, make_traeger().name))
    add_user(AccountRequest("karin@example.org", Role.ADMIN))

    assert len(db.session.scalars(select(User)).one().memberships) == 3


def test_a_coordinator_may_stand_for_a_land(app):
    added = add_user(AccountRequest("lotte@example.org", Role.COORDINATOR, "Sachsen"))

    assert scope_of(added.user_id).lands == {"SN"}
    assert not add_user(AccountRequest("lotte@example.org", Role.COORDINATOR, "Sachsen")).is_new_role


@pytest.mark.parametrize(
    ("email", "role", "scope", "words"),
    [
        ("keine-adresse", Role.ADMIN, None, "keine vollständige E-Mail-Adresse"),
        ("a@example.org", Role.EDITOR, "Unbekannt", "gibt es nicht"),
        ("a@example.org", Role.OWNER, "Haus Süd", "Meinen Sie: Haus Süd e. V.?"),
        ("a@example.org", Role.OWNER, None, "Geben Sie den Träger an"),
        ("a@example.org", Role.COORDINATOR, "Unbekannt", "gibt es nicht"),
        ("a@example.org", Role.ADMIN, "Haus Süd e. V.", "gilt für alle"),
    ],
)
def test_a_wrong_call_says_why_and_stores_nothing(app, email, role, scope, words):
    make_traeger(name="Haus Süd e. V.", slug="haus-sued")

    with pytest.raises(BadAccount) as refusal:
        add_user(AccountRequest(email, role, scope))

    assert words in str(refusal.value)
    assert db.session.scalars(select(User)).all() == []
    assert len(db.session.scalars(select(Traeger)).all()) == 1
