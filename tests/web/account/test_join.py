"""From the first page to a Träger: nobody learns who has an account, and nothing typed is lost on the way."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import Traeger, User
from openday.models.words import LegalRegime, Review
from openday.services.rate_limit import JOININGS
from tests.factories import make_coordinator, make_programme, make_traeger, make_user, make_verband
from tests.web.staff import Browser, browser, mailed_code, signed_in

ABOUT = {"name": "Lindenhof Zwei e. V.", "postcode": "04109", "locality": "Leipzig", "region": "SN"}
CONTACT = {"contact_email": "info@lindenhof.example.org", "contact_phone": "0341 000", "website": ""}
RESPONSIBLE = {
    "person": "Olga Winter", "responsible_name": "Gerda Leitung", "legal_regime": "dsg_ekd", "accepts": "y",
}  # fmt: skip
PAGES = {
    "/konto/traeger/neu": ABOUT,
    "/konto/traeger/neu/kontakt": CONTACT,
    "/konto/traeger/neu/verantwortung": RESPONSIBLE,
}
FIELDS = [(path, name) for path, values in PAGES.items() for name in values]
HOSTILE = {
    "NUL": "a\x00b", "header": "a\r\nBcc: b@example.org", "override": "a\u202eb", "long": "x" * 10_000,
}  # fmt: skip
ODD = ("👋🏽", "=1+1", "<script>alert(1)</script>", "{{ 7*1234567 }}", "   ", "")


def asked(app: Flask, address: str) -> tuple[Browser, str]:
    """Return a browser that has asked for a code, and the page it is shown."""
    client = browser(app)
    client.form_token = client.token("/konto/mitmachen")
    answer = client.send("/konto/mitmachen", {"email": address})
    assert answer.status_code == 303
    return client, client.get(answer.headers["Location"]).text


def on_page(client: Browser, path: str, **overrides: str) -> Browser:
    """Fill in the pages before a page."""
    for earlier, values in PAGES.items():
        if earlier == path:
            break
        assert client.send(earlier, {**values, **overrides}).status_code == 303
    return client


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(app: Flask) -> None:
    known = make_user(make_traeger(), email="a.kaya@example.org")

    pages = [asked(app, address)[1] for address in (known.email, "b.kaya@example.org")]

    masked = [re.sub(r"[ab]\.kaya@|value=\"[^\"]{20,}\"", "", page) for page in pages]
    assert masked[0] == masked[1]
    assert "ist unterwegs" in pages[0]


def test_a_newcomer_signs_up_with_the_mailed_code(app: Flask) -> None:
    verband, programme = make_verband(name="AWO"), make_programme()
    make_coordinator(verband)
    client, _page = asked(app, "neu@example.org")
    user = db.session.scalars(select(User).where(User.email == "neu@example.org")).one()

    entered = client.send("/konto/anmelden/code", {"code": mailed_code(user)})
    client.form_token = None
    client.form_token = client.token("/konto/traeger/neu")
    first = client.send(
        "/konto/traeger/neu", {**ABOUT, "verband_ids": str(verband.id), "programme_ids": str(programme.id)}
    )
    second = client.send("/konto/traeger/neu/kontakt", CONTACT)
    third = client.send("/konto/traeger/neu/verantwortung", RESPONSIBLE)

    assert entered.headers["Location"].endswith("/konto/traeger/neu")
    assert [answer.status_code for answer in (first, second, third)] == [303, 303, 303]
    traeger = db.session.scalars(select(Traeger)).one()
    assert (traeger.name, traeger.region, traeger.legal_regime) == (ABOUT["name"], "SN", LegalRegime.DSG_EKD)
    assert (traeger.review, traeger.verbaende, traeger.programmes) == (Review.WAITING, [verband], [programme])
    assert db.session.get_one(User, user.id, populate_existing=True).verified_at is not None
    page = client.get(third.headers["Location"]).text
    assert "Freigabe steht aus" in page
    assert "Karin Althaus (AWO)" in page


def test_pages_come_in_their_order(app: Flask) -> None:
    client = signed_in(app, make_user())

    for path in list(PAGES)[1:]:
        assert client.get(path).headers["Location"].endswith("/konto/traeger/neu")


def test_going_back_shows_what_was_typed(app: Flask) -> None:
    client = on_page(signed_in(app, make_user()), "/konto/traeger/neu/verantwortung")

    assert ABOUT["name"] in client.get("/konto/traeger/neu").text
    assert CONTACT["contact_phone"] in client.get("/konto/traeger/neu/kontakt").text


def test_without_the_agreement_there_is_no_traeger(app: Flask) -> None:
    client = on_page(signed_in(app, make_user()), "/konto/traeger/neu/verantwortung")
    without: Mapping[str, str] = {name: value for name, value in RESPONSIBLE.items() if name != "accepts"}

    answer = client.send("/konto/traeger/neu/verantwortung", dict(without))

    assert answer.status_code == 422
    assert "Nehmen Sie die Vereinbarung an" in answer.text
    assert db.session.scalars(select(Traeger)).all() == []


def test_a_name_that_is_taken_is_said_on_the_first_page(app: Flask) -> None:
    make_traeger(name=ABOUT["name"].upper())

    answer = signed_in(app, make_user()).send("/konto/traeger/neu", ABOUT)

    assert answer.status_code == 422
    assert "bitten Sie das Team um eine Einladung" in answer.text


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_what_nobody_types_is_refused_in_words_and_kept(app: Flask, path: str, field: str) -> None:
    if field == "accepts":
        pytest.skip("carries no text")
    client = on_page(signed_in(app, make_user()), path)

    for name, value in HOSTILE.items():
        answer = client.send(path, {**PAGES[path], field: value})
        assert answer.status_code == 422, name
        assert "Es gibt ein Problem" in answer.text, name
    assert db.session.scalars(select(Traeger)).all() == []


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_what_is_only_odd_never_fails_and_is_text(app: Flask, path: str, field: str) -> None:
    for number, value in enumerate(ODD):
        client = on_page(signed_in(app, make_user()), path, name=f"Haus {number}")
        answer = client.send(path, {**PAGES[path], field: value})
        shown = client.get("/konto/traeger", follow_redirects=True)
        assert answer.status_code in {303, 422}, value
        assert "<script>alert" not in answer.text + shown.text
        assert "8641969" not in answer.text + shown.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("verband_ids", "0"), ("verband_ids", "99999999999999999999"), ("programme_ids", "x"), ("region", "XX"),
     ("postcode", "00000"), ("postcode", "٠٤١٠٩")],
)  # fmt: skip
def test_a_choice_that_was_not_offered_is_refused(app: Flask, field: str, value: str) -> None:
    assert signed_in(app, make_user()).send("/konto/traeger/neu", {**ABOUT, field: value}).status_code == 422


def test_one_network_can_not_ask_for_any_number_of_codes(app: Flask) -> None:
    client = browser(app)
    client.form_token = client.token("/konto/mitmachen")

    statuses = [
        client.send("/konto/mitmachen", {"email": f"neu{number}@example.org"}).status_code
        for number in range(JOININGS.amount + 1)
    ]

    assert statuses == [303] * JOININGS.amount + [429]


def test_who_has_no_account_can_still_not_sign_in_elsewhere(app: Flask) -> None:
    client = browser(app)
    client.form_token = client.token()

    client.send("/konto/anmelden", {"email": "neu@example.org"})

    assert db.session.scalars(select(User)).all() == []
