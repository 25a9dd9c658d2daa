"""One's own account, and the language that mails to staff are written in."""

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import OutboxMessage, Traeger, User
from openday.models.words import GuestKind, Role
from openday.services.booking import book_slot
from openday.services.scope import scope_of
from openday.services.team import invite
from tests.factories import booking_request, make_event, make_slot, make_traeger, make_user
from tests.web.staff import browser, mailed_code, signed_in, token_in

PATH = "/konto/ich"


@pytest.fixture
def traeger(app: Flask) -> Traeger:
    return make_traeger()


def language_of(user: User) -> str | None:
    return db.session.scalar(select(User.language).where(User.id == user.id))


def test_the_language_of_mails_is_chosen_and_the_page_goes_on_in_it(app: Flask, traeger: Traeger) -> None:
    client = signed_in(app, make_user(traeger))

    answer = client.send(PATH, {"name": "Olga Winter", "language": "en"})

    assert answer.headers["Location"] == "/en/konto/ich"
    assert "Saved." in client.get("/en/konto/ich").text
    assert db.session.scalars(select(User.language)).all() == ["en"]


@pytest.mark.parametrize("language", ["", "fr", "en\x00", "x" * 10_000])
def test_any_other_language_is_refused(app: Flask, traeger: Traeger, language: str) -> None:
    user = make_user(traeger)

    answer = signed_in(app, user).send(PATH, {"name": "Olga", "language": language})

    assert answer.status_code == 422
    assert language_of(user) is None


@pytest.mark.parametrize(("prefix", "before", "after"), [("", None, None), ("/en", None, "en"), ("/en", "de", "de")])
def test_signing_in_in_english_chooses_english_unless_something_else_was_chosen(
    app: Flask, traeger: Traeger, prefix: str, before: str | None, after: str | None
) -> None:
    user = make_user(traeger, language=before)
    client = browser(app)
    token = token_in(client.get(f"{prefix}/konto/anmelden").text)
    client.post(f"{prefix}/konto/anmelden", data={"csrf_token": token, "email": user.email})

    client.post(f"{prefix}/konto/anmelden/code", data={"csrf_token": token, "code": mailed_code(user)})

    assert language_of(user) == after


def test_a_code_is_mailed_in_the_language_its_reader_chose_with_a_link_into_the_same_pages(
    app: Flask, traeger: Traeger
) -> None:
    user = make_user(traeger, language="en")
    client = browser(app)

    client.post("/konto/anmelden", data={"csrf_token": client.token(), "email": user.email})

    mail = db.session.scalars(select(OutboxMessage)).one()
    assert mail.language == "en"
    assert "/en/konto/anmelden/link/" in mail.text


@pytest.mark.parametrize(("reads", "subject"), [(None, "Neue Anfrage"), ("en", "New request")])
def test_the_house_hears_of_guests_in_the_language_of_the_account_behind_its_address(
    app: Flask, reads: str | None, subject: str
) -> None:
    make_user(email="haus@example.org", language=reads)
    event = make_event(contact_email="Haus@example.org", audiences=("public", "press"))

    book_slot(booking_request(make_slot(event), guest_kind=GuestKind.PRESS))

    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "request_for_host")).one()
    assert mail.subject.startswith(subject)
    assert mail.language == (reads or "de")


@pytest.mark.parametrize(("own", "inviter", "expected"), [(None, None, "de"), (None, "en", "en"), ("de", "en", "de")])
def test_who_is_invited_reads_the_own_language_or_else_that_of_who_invites(
    app: Flask, traeger: Traeger, own: str | None, inviter: str | None, expected: str
) -> None:
    owner = make_user(traeger, language=inviter)
    if own:
        make_user(email="emre@example.org", language=own)

    invite(scope_of(owner.id), traeger.id, "emre@example.org", Role.EDITOR)

    assert db.session.scalars(select(OutboxMessage.language)).all() == [expected]
