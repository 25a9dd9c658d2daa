"""An owner reads which agreement holds and accepts it; nobody else is asked."""

import pytest
from flask import Flask

from openday.models.words import LegalRegime
from tests.factories import make_traeger, make_user
from tests.web.staff import Browser, signed_in


@pytest.fixture
def owner(app: Flask) -> Browser:
    return signed_in(app, make_user(make_traeger(id=7, legal_regime=LegalRegime.KDG)))


def test_who_has_accepted_nothing_is_asked_after_sign_in_and_not_again(owner: Browser) -> None:
    path = "/konto/traeger/7/vereinbarung"
    assert path in owner.get("/konto/").text
    page = owner.get(path).text
    assert "KDG" in page
    assert "/mitmachen/vereinbarung/kdg-2026-1" in page

    silent = owner.send(path, {"version": "kdg-2026-1"})
    old = owner.send(path, {"version": "kdg-2025-1", "accepts": "y"})
    done = owner.send(path, {"version": "kdg-2026-1", "accepts": "y"})

    assert [silent.status_code, old.status_code, done.status_code] == [422, 409, 303]
    assert "Inzwischen gilt eine andere Fassung" in old.text
    assert "vereinbarung" not in owner.get("/konto/").text
    assert "kdg-2026-1" in owner.get("/konto/traeger/7").text
    assert "gilt weiter" in owner.get(path).text


def test_another_law_is_another_agreement(owner: Browser) -> None:
    owner.send("/konto/traeger/7/vereinbarung", {"version": "kdg-2026-1", "accepts": "y"})
    owner.send(
        "/konto/traeger/7/bearbeiten",
        {"name": "Haus", "postcode": "04109", "locality": "Leipzig", "region": "SN", "contact_email": "a@example.org",
         "responsible_name": "Gerda Leitung", "legal_regime": "dsgvo"},
    )  # fmt: skip

    assert "dsgvo-2026-1" in owner.get("/konto/traeger/7/vereinbarung").text
    assert "/konto/traeger/7/vereinbarung" in owner.get("/konto/").text
