"""The mailed link: a page for everybody, a code for the invited mailbox alone, one place in the team."""

import pytest
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import OutboxMessage, Traeger, User
from openday.models.words import Role
from openday.services.scope import scope_of
from tests.factories import make_team_invitation, make_traeger, make_user
from tests.web.staff import browser, mailed_code, signed_in

TOKEN = "einladung-4711"
PATH = f"/konto/einladung/{TOKEN}"


@pytest.fixture
def traeger(app: Flask) -> Traeger:
    found = make_traeger(name="Lindenhof e. V.")
    make_team_invitation(found, token=TOKEN)
    return found


def test_an_invited_newcomer_proves_the_mailbox_and_joins(app: Flask, traeger: Traeger) -> None:
    client = browser(app)
    page = client.get(PATH).text
    client.form_token = client.token(PATH)

    asked = client.send(PATH)
    emre = db.session.scalars(select(User).where(User.email == "emre@example.org")).one()
    entered = client.send("/konto/anmelden/code", {"code": mailed_code(emre)})
    client.form_token = None
    client.form_token = client.token(PATH)
    joined = client.send(PATH)

    assert "Lindenhof e. V." in page
    assert "Termine und Gäste bearbeiten" in page
    assert "emre@example.org" not in page
    assert asked.headers["Location"].endswith("/konto/anmelden/code")
    assert entered.headers["Location"].endswith(PATH)
    assert joined.headers["Location"].endswith(f"/konto/traeger/{traeger.id}")
    assert dict(scope_of(emre.id).roles) == {traeger.id: Role.EDITOR}


def test_opening_the_link_changes_nothing_and_sends_nothing(app: Flask, traeger: Traeger) -> None:
    for client in (browser(app), signed_in(app, make_user(email="emre@example.org"))):
        assert client.get(PATH).status_code == 200

    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_whoever_is_signed_in_with_another_address_can_not_take_it(app: Flask, traeger: Traeger) -> None:
    stranger = make_user(email="fremd@example.org")
    client = signed_in(app, stranger)

    assert "andere E-Mail-Adresse" in client.get(PATH).text
    assert client.send(PATH).status_code == 409
    assert dict(scope_of(stranger.id).roles) == {}


@pytest.mark.parametrize("overrides", [{"used_at": clock.now()}, {"expires_at": clock.now()}])
def test_what_was_used_or_has_expired_is_gone(app: Flask, overrides: dict[str, object]) -> None:
    make_team_invitation(make_traeger(), token=TOKEN, **overrides)
    client = signed_in(app, make_user(email="emre@example.org"))

    assert client.get(PATH).status_code == 410
    assert client.send(PATH).status_code == 410
