"""What the mails about a booking say to whom; what all mails have in common is in ``test_every_mail``."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from openday import clock
from openday.mailing import messages
from openday.mailing.phrases import greeting_name, one_line, shortened
from openday.mailing.preview import MAILS
from openday.mailing.visit import Contact, Pool, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import AddressVisibility, Mode
from tests.mailing.reading import Mail
from tests.mailing.samples import STARTS_AT, TOKEN, sample_booking, sample_visit

KINDS = ("booking_confirmed", "address_corrected", "booking_cancelled", "booking_called_off", "sign_in_code")
HYBRID = (Pool(Mode.ONSITE, 8), Pool(Mode.ONLINE, 50))


def write(kind: str, booking: Booking, visit: Visit) -> OutboxMessage:
    return MAILS[kind].make(booking, visit)


def test_a_title_is_text_and_never_a_template_or_markup(app: Flask):
    title = "{{ 7*7 }} %(name)s <b>&</b>"

    message = messages.booking_confirmed(sample_booking(), sample_visit(title=title), TOKEN)

    assert title in message.text
    assert "<b>" not in message.html
    assert title in "".join(Mail(message.html).words)


def test_a_protected_address_is_in_no_part_of_any_mail(app: Flask):
    visit = sample_visit(address_visibility=AddressVisibility.CONFIRMED, directions="Hintereingang Beispielstraße")

    for kind in KINDS:
        message = write(kind, sample_booking(), visit)
        everything = f"{message.subject} {message.text} {message.html} {message.calendar}"
        assert "Beispielstraße" not in everything
        assert "Beratungsstelle Mitte," not in everything
    confirmed = write("booking_confirmed", sample_booking(), visit)
    assert "Wo: Leipzig. Die genaue Adresse steht auf der Seite Ihrer Buchung." in confirmed.text


@pytest.mark.parametrize(("mode", "is_onsite", "is_online"), [(Mode.ONSITE, True, False), (Mode.ONLINE, False, True)])
def test_a_hybrid_visit_tells_each_guest_the_own_way(app: Flask, mode, is_onsite, is_online):
    message = messages.booking_confirmed(sample_booking(mode=mode), sample_visit(pools=HYBRID), TOKEN)

    assert ("Beispielstraße" in message.text) is is_onsite
    assert ("am Eingang" in message.text) is is_onsite
    assert ("Online: Der Zugang" in message.text) is is_online
    assert ("LOCATION" in (message.calendar or "")) is is_onsite


@pytest.mark.parametrize("kind", ["booking_confirmed", "address_corrected", "press_confirmed", "visit_confirmed"])
def test_a_confirmation_repeats_the_terms_that_were_accepted_and_none_that_came_later(app: Flask, kind: str):
    mail = MAILS[kind]
    accepted = {"terms_version": 2, "terms_accepted_at": STARTS_AT - timedelta(days=9)}
    terms = "Aus dem Gespräch wird nicht zitiert.\n\nNamen <b>bleiben</b> im Raum."

    same = mail.make(mail.booking(**accepted), mail.visit(terms=terms, terms_version=2))
    later = mail.make(mail.booking(**accepted), mail.visit(terms="Alles darf zitiert werden.", terms_version=3))
    without = mail.make(mail.booking(), mail.visit())

    said = "Bedingungen: angenommen am Sa., 7.\xa0September 2024, Fassung 2"
    assert f"{said}\nAus dem Gespräch wird nicht zitiert.\nNamen <b>bleiben</b> im Raum.\n" in same.text
    words = " ".join("".join(Mail(same.html).words).split())
    assert " ".join(said.split()) in words
    assert "Namen <b>bleiben</b> im Raum." in words
    assert said in later.text
    assert "zitiert" not in later.text + later.html
    assert "Bedingungen" not in without.text + without.html


def test_the_longest_terms_there_can_be_fit_into_a_mail(app: Flask):
    talk = MAILS["booking_confirmed-talk"]

    message = talk.make(talk.booking(language="en"), talk.visit(terms="& " * 1000, terms_version=2))

    assert len((message.text + message.html + (message.calendar or "")).encode()) < 25_000


def test_the_secret_link_is_in_the_mail_and_not_in_its_calendar_entry(app: Flask):
    message = messages.booking_confirmed(sample_booking(), sample_visit(), TOKEN)

    assert message.text.count(TOKEN) == 2
    assert TOKEN not in (message.calendar or "")


def test_a_name_that_is_a_link_greets_nobody(app: Flask):
    message = messages.booking_confirmed(sample_booking(booker_name="Gewinn www.spam.example"), sample_visit(), TOKEN)

    assert "spam" not in message.text + message.html
    assert message.text.startswith("Guten Tag,\n")


def key_lines(calendar: str | None) -> list[str]:
    lines = (calendar or "").splitlines()
    return [line for line in lines if line.startswith(("UID:", "SEQUENCE:", "METHOD:", "STATUS:"))]


def test_the_calendar_entry_of_a_cancellation_replaces_the_first(app: Flask):
    confirmed = write("booking_confirmed", sample_booking(), sample_visit())
    cancelled = write("booking_cancelled", sample_booking(sequence=1), sample_visit())

    first, second = (key_lines(one.calendar) for one in (confirmed, cancelled))
    assert first == [
        "METHOD:REQUEST", "UID:booking-K7M-4PXQ@offene-tuer.example.org", "SEQUENCE:2", "STATUS:CONFIRMED",
    ]  # fmt: skip
    assert second == [
        "METHOD:CANCEL", "UID:booking-K7M-4PXQ@offene-tuer.example.org", "SEQUENCE:3", "STATUS:CANCELLED",
    ]  # fmt: skip


def test_without_an_organiser_to_answer_the_entry_is_only_published(app: Flask):
    visit = replace(sample_visit(), contact=Contact("Mira Beispiel", "0341 000000", None))

    assert messages.booking_confirmed(sample_booking(), visit, TOKEN).calendar_method == "PUBLISH"


def test_the_message_id_depends_on_the_cause_alone(app: Flask):
    first = write("booking_confirmed", sample_booking(), sample_visit())
    again = write("booking_confirmed", sample_booking(booker_name="Anders"), sample_visit(title="Anders"))
    others = {write(kind, sample_booking(), sample_visit()).message_id for kind in KINDS[1:]}

    assert first.message_id == again.message_id
    assert len(others | {first.message_id}) == len(KINDS)
    assert "K7M" not in first.message_id


def test_a_mail_is_of_no_use_after_its_time(app: Flask):
    assert write("booking_confirmed", sample_booking(), sample_visit()).expires_at == STARTS_AT
    assert write("booking_called_off", sample_booking(), sample_visit()).expires_at == STARTS_AT
    assert write("booking_cancelled", sample_booking(), sample_visit()).expires_at is None
    code = messages.sign_in_code("o@example.org", "481930", "https://x", clock.now() + timedelta(minutes=15), "de")
    assert code.expires_at is not None


def test_phrases_are_single_lines_that_are_cut_between_words():
    assert one_line(" a\r\nb\u2028c\x00d\u202ee ") == "a b c de"
    assert greeting_name("Dr. Ayşe Kaya-Öztürk") == "Dr. Ayşe Kaya-Öztürk"
    assert [greeting_name(name) for name in ("Dr.Kaya", "Kaya/Öztürk")] == ["Dr.Kaya", "Kaya/Öztürk"]
    assert {greeting_name(name) for name in ("http://x", "WWW.x", "a@b", "Gewinn spam.com", "SPAM.COM/x")} == {""}
    assert shortened("Beratung für alle", 3) == "Beratung für…"
    assert shortened("Beratung", 0) == "Beratung"
