"""A confirmation whose words were kept says what one made anew says, and of its guest nothing is kept."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from openday.mailing import messages
from openday.mailing.examples.example import STARTS_AT
from openday.mailing.links import link_to
from openday.mailing.messages import OWN, booking_confirmed, rendered
from openday.mailing.preview import MAILS
from openday.mailing.visit import Contact
from openday.models.words import AddressVisibility, Awaits, Mode

ACCEPTED = {"terms_version": 1, "terms_accepted_at": datetime(2024, 9, 1, tzinfo=UTC)}
NOBODY = Contact(None, None, None)
GUESTS = (
    {"booker_name": "Ayşe Kaya", "reference": "K7M-4PXQ", "party_size": 1},
    {"booker_name": '<b>{{ 7*7 }} & "Co"</b> %(name)s', "reference": "ABC-2345", "party_size": 3},
    {"booker_name": "www.anderswo.example", "reference": "ABC-2346"},
    {"awaits": Awaits.MAILBOX},
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The examples are in no database: any will do."""
    if "database_url" in metafunc.fixturenames:
        one_of_them = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
        metafunc.definition.add_marker(one_of_them)


@pytest.fixture(params=["booking_confirmed", "address_corrected"])
def written(app: Flask, request: pytest.FixtureRequest) -> Any:
    """Write that confirmation of an example's booking: subject, text and HTML."""
    mail = MAILS[request.param]

    def write(visit: dict[str, Any], booking: dict[str, Any]) -> tuple[str, str, str]:
        facts = (mail.booking(**booking), mail.visit(**visit), f"secret-of-{booking.get('reference')}")
        message = booking_confirmed(*facts) if mail.folder == "booking_confirmed" else corrected(*facts)
        return message.subject, message.text, message.html

    return write


def corrected(*facts: Any) -> Any:
    return messages.address_corrected(*facts, version=2)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("visit", "booking"),
    [
        ({}, {}),
        ({"title": "Sehr lange Führung durch das ganze Haus, mit Keller und Dach"}, {}),
        ({"address_visibility": AddressVisibility.CONFIRMED, "contact": NOBODY}, {}),
        ({"ends_at": None, "address": None, "locality": None}, {"mode": Mode.ONLINE}),
        ({"terms": "Erstens.\n\nZweitens: <keine> Fotos.", "terms_version": 1}, ACCEPTED),
        ({"starts_at": STARTS_AT + timedelta(days=90), "ends_at": None}, {}),
    ],
)
def test_every_guest_gets_the_words_that_would_be_made_for_them_alone(
    written: Any, monkeypatch: pytest.MonkeyPatch, language: str, visit: dict[str, Any], booking: dict[str, Any]
):
    guests = [{**booking, **guest, "language": language} for guest in GUESTS]
    kept = [[written(visit, guest) for guest in guests] for _ in range(2)]

    monkeypatch.setattr(messages, "kept_text", lambda render, kind, facts, own: render(kind, facts))

    assert kept == [[written(visit, guest) for guest in guests]] * 2


def test_what_is_kept_was_made_without_anything_of_a_guest(written: Any, monkeypatch: pytest.MonkeyPatch):
    seen: list[str] = []

    def watched(kind: str, facts: Mapping[str, Any]) -> tuple[str, str, str]:
        seen.append(str({name: facts[name] for name in OWN}) + str(facts))
        return rendered(kind, facts)

    monkeypatch.setattr(messages, "rendered", watched)
    for guest in (
        GUESTS[0],
        {**GUESTS[0], "booker_name": "Bo", "reference": "ABC-2347", "booker_email": "b@b.example"},
    ):
        texts = "".join(written({"title": "Nur hier"}, guest))

    [facts] = seen
    assert "Bo" in texts
    for own in ("Ayşe", "K7M-4PXQ", "a.kaya", "secret-of"):
        assert own not in facts


@pytest.mark.parametrize(
    ("endpoint", "value", "path"),
    [
        ("public.event.show", {"slug": "mbe-leipzig"}, "/t/mbe-leipzig"),
        ("public.event.show", {"slug": "Straße 1/2"}, "/t/Stra%C3%9Fe%201/2"),
        ("public.booking.show", {"token": "a_b-C"}, "/buchung/a_b-C"),
        ("public.page.privacy", {}, "/datenschutz"),
        ("public.page.privacy", {"of": "here"}, "/datenschutz?of=here"),
    ],
)
def test_a_link_is_the_same_whatever_is_kept_of_it(app: Flask, endpoint: str, value: dict[str, str], path: str):
    for _ in range(2):
        for language, prefix in (("de", ""), ("en", "/en")):
            with force_locale(language):
                assert link_to(endpoint, **value) == f"https://offene-tuer.example.org{prefix}{path}"
            assert link_to(endpoint, **value, language=language) == f"https://offene-tuer.example.org{prefix}{path}"
