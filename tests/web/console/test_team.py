"""The pages of a Träger and its team."""

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import OutboxMessage, StaffSession, Traeger
from openday.models.words import ReturnReason, Review, Role
from openday.services.scope import scope_of
from tests.factories import make_traeger, make_user
from tests.web.staff import signed_in


@pytest.fixture
def traeger(app: Flask) -> Traeger:
    return make_traeger()


def test_an_owner_invites_a_colleague(app: Flask, traeger: Traeger) -> None:
    client = signed_in(app, make_user(traeger))
    path = f"/konto/traeger/{traeger.id}/team"

    answer = client.send(path, {"email": "emre@example.org", "role": "door"})

    assert answer.status_code == 303
    assert db.session.scalars(select(OutboxMessage.recipient)).all() == ["emre@example.org"]
    assert "emre@example.org" in client.get(path).text


@pytest.mark.parametrize(
    "values",
    [{"email": "emre@example.org", "role": "admin"}, {"email": "emre@example.org", "role": "coordinator"},
     {"email": "a@example.org\r\nBcc: b@example.org", "role": "editor"}, {"email": "", "role": ""},
     {"email": "x" * 10_000, "role": "owner"}, {"email": "a\x00@example.org", "role": "owner"}],
)  # fmt: skip
def test_an_invitation_of_anything_else_is_refused(app: Flask, traeger: Traeger, values: dict[str, str]) -> None:
    answer = signed_in(app, make_user(traeger)).send(f"/konto/traeger/{traeger.id}/team", values)

    assert answer.status_code == 422
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_leaving_asks_first_and_then_closes_every_browser(app: Flask, traeger: Traeger) -> None:
    make_user(traeger)
    user = make_user(traeger, role=Role.EDITOR)
    client, other = signed_in(app, user), signed_in(app, user)
    path = f"/konto/traeger/{traeger.id}/team/{user.id}/entfernen"

    assert "Möchten Sie das Team verlassen?" in client.get(path).text
    assert client.send(path).headers["Location"].endswith("/konto/anmelden")

    assert other.get("/konto/").status_code == 303
    assert client.get("/konto/").status_code == 303
    assert db.session.scalars(select(StaffSession)).all() == []
    assert dict(scope_of(user.id).roles) == {}


def test_the_last_owner_is_told_why_not(app: Flask, traeger: Traeger) -> None:
    user = make_user(traeger)

    answer = signed_in(app, user).send(f"/konto/traeger/{traeger.id}/team/{user.id}/entfernen")

    assert answer.status_code == 409
    assert "letzte Person mit allen Rechten" in answer.text


def test_what_was_given_back_is_said_with_its_reason_and_sent_again(app: Flask) -> None:
    traeger = make_traeger(
        review=Review.RETURNED, return_reason=ReturnReason.CONTACT, return_note="Welche Nummer gilt?"
    )
    client = signed_in(app, make_user(traeger))
    page = client.get("/konto/").text
    answer = client.send(f"/konto/traeger/{traeger.id}/erneut")

    assert "Welche Nummer gilt?" in page
    assert "Die Ansprechperson fehlt oder ist nicht erreichbar" in page
    assert answer.status_code == 303
    assert "Freigabe steht aus" in client.get("/konto/").text


def test_details_are_changed_by_an_owner(app: Flask, traeger: Traeger) -> None:
    client = signed_in(app, make_user(traeger))
    values = {
        "name": "Neuer Name", "postcode": "53111", "locality": "Bonn", "region": "NW",
        "contact_email": "neu@example.org", "contact_phone": "", "website": "", "responsible_name": "Gerda",
        "legal_regime": "kdg", "review": "trusted", "slug": "gekapert", "agreement_version": "x",
    }  # fmt: skip
    slug = traeger.slug

    answer = client.send(f"/konto/traeger/{traeger.id}/bearbeiten", values)

    fresh = db.session.get_one(Traeger, traeger.id, populate_existing=True)
    assert answer.status_code == 303
    assert (fresh.name, fresh.region, fresh.slug, fresh.agreement_version) == ("Neuer Name", "NW", slug, None)
