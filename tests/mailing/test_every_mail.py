"""The rules every mail is held to, whoever wrote it: what it looks like, what it may carry, what it never says."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import String, inspect

from openday.i18n import LANGUAGES
from openday.mailing.envelope import envelope, sender_mailbox
from openday.mailing.examples.example import TOKEN, Example
from openday.mailing.preview import MAILS, as_text
from openday.mailing.suppression import suppression_link
from openday.mailing.visit import Contact, EventFacts, Visit
from openday.models import Booking, OutboxMessage, PoliticalVisit, PressVisit
from openday.models.words import AddressVisibility, Awaits, GuestKind
from tests.german import german_in
from tests.mailing.reading import Mail
from tests.mailing.samples import letter_of

GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"
OURS = "https://offene-tuer.example.org/"
SENDER = sender_mailbox("termine@example.org")
MARKUP = "<b>{{ 7*1234567 }} %(name)s</b>"
KEEPS_ITS_SHAPE = {"language", "reference", "nonce", "token_digest", "payload_digest", "network_digest"}
ABOUT_A_BOOKING = [mail for mail in MAILS.values() if not mail.is_for_staff and mail.folder != "sign_in_code"]
every_mail = pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS)
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The examples are in no database: any will do."""
    if "database_url" in metafunc.fixturenames:
        one_of_them = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
        metafunc.definition.add_marker(one_of_them)


def typed(thing: Any, word: str) -> Any:
    """Write a word into every text of a row that a guest may type."""
    for column in inspect(type(thing)).columns:
        is_text = type(column.type) is String or type(column.type).__name__ == "Text"
        if is_text and column.key not in KEEPS_ITS_SHAPE and not column.primary_key:
            setattr(thing, column.key, f"{word} {column.key}")
    return thing


def typed_booking(mail: Example, word: str, **overrides: Any) -> Booking:
    """Return the example's booking as if its guest had typed the word into every field but the address."""
    booking: Booking = typed(mail.booking(**overrides), word)
    booking.booker_email = "a.kaya@example.org"
    for visit in (booking.political, booking.press):
        if isinstance(visit, PoliticalVisit | PressVisit):
            typed(visit, word)
    return booking


def house_visit(mail: Example, word: str, **overrides: Any) -> Visit:
    """Return the example's visit with a word in every text of the event."""
    known = mail.visit()
    texts = {
        field.name: f"{word} {field.name}"
        for field in fields(EventFacts)
        if isinstance(getattr(known, field.name), str)
        and field.name not in {"slug", "kind", "region"}
        and type(getattr(known, field.name)) is str
    }
    contact = Contact(f"{word} contact", f"{word} phone", "kontakt@beispiel.de")
    return mail.visit(**{**texts, "photo_note": f"{word} note", "contact": contact, **overrides})


def everything(message: OutboxMessage) -> str:
    return f"{message.subject}\n{message.text}\n{message.html}\n{message.calendar}"


def test_every_folder_of_templates_has_an_example():
    folders = {path.parent.name for path in TEMPLATES.glob("*/subject.txt")}

    assert {mail.folder for mail in MAILS.values()} == folders


def test_no_golden_text_is_left_of_a_mail_that_is_gone():
    expected = {f"{name}.{language}.txt" for name in MAILS for language in LANGUAGES}

    assert {path.name for path in GOLDEN.iterdir()} == expected


@in_every_language
@every_mail
def test_the_text_is_the_agreed_one(app: Flask, mail: Example, language: str):
    assert as_text(mail.written(language)) == (GOLDEN / f"{mail.name}.{language}.txt").read_text()


@in_every_language
@every_mail
def test_a_mail_is_plain_small_and_has_one_button_whose_address_is_written_out(
    app: Flask, mail: Example, language: str
):
    message = mail.written(language)
    page = Mail(message.html)

    assert page.language == message.language == language
    assert page.tags.count("h1") == 1
    assert not {"img", "script", "iframe", "link", "form", "object", "video"} & set(page.tags)
    assert not re.search(r"url\(|@import|background=", message.html)
    (button,) = page.buttons
    assert button in message.text
    assert button in "".join(page.words)
    assert all(link.startswith(OURS) for link in page.links)
    assert all(link.startswith(f"{OURS}en/") == (language == "en") for link in page.links)
    assert len((message.text + message.html + (message.calendar or "")).encode()) < 25_000


@in_every_language
@every_mail
def test_the_text_part_says_all_that_the_page_says(app: Flask, mail: Example, language: str):
    message = mail.written(language)
    page = Mail(message.html)
    text = " ".join(message.text.split())

    assert set(re.findall(r"https?://\S+", message.text)) == set(page.links)
    assert [cell for cell in page.cells if cell not in text] == []


@in_every_language
@every_mail
def test_a_subject_says_first_what_happened_and_fits_on_a_phone(app: Flask, mail: Example, language: str):
    short = mail.written(language)
    house = mail.visit_in(language, title="Ein sehr langer Titel " * 9, traeger="Haus " * 30)
    long = mail.make(house_booking(mail, language), house)

    for message in (short, long):
        assert 0 < len(message.subject) <= 60
        assert message.subject == " ".join(message.subject.split())
    assert long.subject[:9] == short.subject[:9]
    assert short.subject == long.subject or "…" in long.subject
    assert not short.subject.startswith(mail.visit().title)


def house_booking(mail: Example, language: str) -> Booking:
    """Return the example's booking with very long names."""
    booking = mail.booking(language=language)
    booking.guest_name = booking.guest_name and "Sommer " * 17
    return booking


@every_mail
def test_what_people_typed_is_text_and_never_markup_or_a_template(app: Flask, mail: Example):
    message = mail.make(typed_booking(mail, MARKUP), house_visit(mail, MARKUP))

    assert "<b>" not in message.html
    assert "8641969" not in everything(message).replace(TOKEN, "")
    assert "\n" not in message.subject


NO_LANGUAGE = ("traeger", "locality", "address", "contact", "phone", "day_contact_name", "day_contact_phone")


@every_mail
def test_a_house_s_german_words_are_marked_in_an_english_mail(app: Flask, mail: Example):
    booking = mail.booking(language="en")
    contact = Contact("wird der contact", "wird der phone", "kontakt@beispiel.de", "en")

    message = mail.make(booking, house_visit(mail, "wird der", contact=contact))

    own_words = [booking.political and booking.political.guest_role, booking.press and booking.press.deadline]
    names = (*(f"wird der {name}" for name in NO_LANGUAGE), *filter(None, own_words))
    assert (message.language, german_in(message.html, names)) == ("en", [])


@every_mail
def test_no_secret_is_where_it_does_not_belong(app: Flask, mail: Example):
    message = mail.written()

    assert TOKEN not in (message.calendar or "")
    assert TOKEN not in message.subject
    assert not re.search(r"teilnahme|zoom|meet\.|bbb", message.calendar or "", re.IGNORECASE)
    if mail.is_for_staff:
        assert TOKEN not in everything(message)


@every_mail
def test_a_protected_address_is_in_no_part_of_any_mail(app: Flask, mail: Example):
    hidden = mail.visit(address_visibility=AddressVisibility.CONFIRMED, directions="Beispielstraße, Hintereingang")
    message = mail.make(mail.booking(), hidden)

    assert "Beispielstraße" not in everything(message)
    assert "Hintereingang" not in everything(message)


@pytest.mark.parametrize("mail", [mail for mail in MAILS.values() if mail.is_check], ids=lambda mail: mail.name)
def test_a_mail_anybody_can_cause_says_no_word_anybody_typed(app: Flask, mail: Example):
    message = mail.make(typed_booking(mail, "Gewinnspiel"), mail.visit())

    assert "Gewinnspiel" not in everything(message)
    assert "/keine-mails/" in message.text


@pytest.mark.parametrize("mail", ABOUT_A_BOOKING, ids=lambda mail: mail.name)
def test_a_mail_to_an_unproven_address_offers_silence_and_says_no_word_anybody_typed(app: Flask, mail: Example):
    unproven = typed_booking(mail, "Gewinnspiel", awaits=Awaits.MAILBOX, language="en")

    message = mail.make(unproven, mail.visit())

    silence = suppression_link_in("en", unproven.booker_email)
    assert message.is_unasked
    assert silence in message.text
    assert silence in Mail(message.html).links
    if unproven.guest_kind is GuestKind.PUBLIC:  # of politics and press the host asks, never the mailbox
        assert "Gewinnspiel" not in everything(message)


@every_mail
def test_the_link_to_silence_and_the_mark_of_an_unasked_mail_go_together(app: Flask, mail: Example):
    message = mail.written("en")

    assert bool(message.is_unasked) == ("/keine-mails/" in message.text) == ("/keine-mails/" in message.html)
    header = envelope(letter_of(message), SENDER)["List-Unsubscribe"]
    expected = f"<{suppression_link_in('en', message.recipient)}>" if message.is_unasked else None
    assert header == expected


def suppression_link_in(language: str, address: str) -> str:
    with force_locale(language):
        return suppression_link(address)


def test_a_long_link_to_silence_is_one_line_no_mail_program_has_to_decode(app: Flask):
    mail = envelope(letter_of(MAILS["please_confirm"].written("en")), SENDER).as_bytes()

    assert b"\r\nList-Unsubscribe: <https://offene-tuer.example.org/en/keine-mails/" in mail
    assert re.search(rb"List-Unsubscribe: <\S+>\r\n", mail)


@every_mail
def test_the_same_mail_has_the_same_number_and_says_nothing_by_it(app: Flask, mail: Example):
    if mail.folder == "sign_in_code":
        pytest.skip("each code is a mail of its own")

    first, again = mail.written(), mail.written()

    assert first.message_id == again.message_id
    assert first.message_id.endswith("@offene-tuer.example.org>")


def test_mails_that_say_something_else_have_another_number(app: Flask):
    assert len({example.written().message_id for example in MAILS.values()}) > len(MAILS) / 2
