"""What goes over the wire: two readable parts, one calendar entry, one recipient, and no header from outside."""

from dataclasses import replace
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openday.mailing import messages
from openday.mailing.envelope import Letter, Unmailable, envelope, sender_mailbox
from openday.mailing.visit import Contact
from openday.models.words import CancelledBy
from tests.mailing.samples import TOKEN, letter_of, sample_booking, sample_visit

SENDER = Address("Offene Tür", "openday", "example.org")
HEADERS = {
    "from", "to", "reply-to", "subject", "date", "message-id", "auto-submitted", "content-language", "mime-version",
    "content-type",
}  # fmt: skip
POISON = st.sampled_from([
    "\r\nBcc: boss@example.org", "\nBcc: boss@example.org", "\rX: y", "\r\n\r\nbody", "\x00", "\u2028Bcc: a@b.de",
    "\u2029", "\x0b", "\x0c", "\x85", "a@example.org, b@example.org", "<a@example.org>", "\"", ";", "{{ 7*7 }}",
    "%(name)s", "{0.__class__}", "\u202e", "=?utf-8?q?=0ABcc:_a=40b?=", "ü" * 90, "😀" * 40, "\ud800",
])  # fmt: skip
HOSTILE = st.lists(st.one_of(POISON, st.text(max_size=20)), max_size=4).map("".join)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def on_the_wire(letter: Letter) -> tuple[bytes, EmailMessage]:
    raw = envelope(letter, SENDER).as_bytes()
    return raw, message_from_bytes(raw, policy=default)


def header_names(raw: bytes) -> list[str]:
    """Return the header names as a naive server splits them."""
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [line.partition(b":")[0].decode().lower() for line in head if not line.startswith((b" ", b"\t"))]


def assert_nothing_came_in(raw: bytes, recipient: str) -> None:
    names = header_names(raw)
    assert len(names) == len(set(names)), names
    assert set(names) <= HEADERS
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()
    parsed = message_from_bytes(raw, policy=default)
    assert [address.addr_spec for address in parsed["To"].addresses] == [recipient]


@MANY
@given(title=HOSTILE, traeger=HOSTILE, name=HOSTILE, person=HOSTILE, mail=HOSTILE, phone=HOSTILE, place=HOSTILE)
def test_no_field_of_anybody_becomes_a_header(migrated_app: Flask, title, traeger, name, person, mail, phone, place):
    visit = sample_visit(title=title, traeger=traeger, contact=Contact(person, phone, mail), address=place)
    booking = sample_booking(booker_name=name)
    with migrated_app.app_context():
        written = [
            messages.booking_confirmed(booking, visit, TOKEN),
            messages.booking_cancelled(booking, visit, CancelledBy.ORGANISER),
            messages.booking_called_off(booking, visit, reason=title),
        ]
    for message in written:
        raw, _parsed = on_the_wire(letter_of(message))
        assert_nothing_came_in(raw, "a.kaya@example.org")
        assert len(message.subject) <= 60
        assert "\n" not in message.subject


@MANY
@given(recipient=HOSTILE | st.tuples(HOSTILE, HOSTILE).map(lambda parts: f"{parts[0]}@example.org{parts[1]}"))
def test_a_recipient_is_one_address_or_none(migrated_app: Flask, recipient):
    with migrated_app.app_context():
        message = messages.booking_confirmed(sample_booking(booker_email=recipient), sample_visit(), TOKEN)
    try:
        raw, parsed = on_the_wire(letter_of(message))
    except Unmailable:
        return
    assert_nothing_came_in(raw, parsed["To"].addresses[0].addr_spec)
    assert "," not in str(parsed["To"])


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "a@b, c@d",
        "A <a@example.org>",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\x00",
        "ü@x.y",
        "=?utf-8?q?=0ABcc:_a=40b?=@example.org",
    ],
)
def test_what_is_not_one_plain_address_is_refused(app: Flask, recipient):
    message = messages.booking_confirmed(sample_booking(booker_email=recipient), sample_visit(), TOKEN)

    with pytest.raises(Unmailable, match="address"):
        envelope(letter_of(message), SENDER)


def test_a_mail_has_text_html_and_the_calendar_entry(app: Flask):
    message = messages.booking_confirmed(sample_booking(), sample_visit(), TOKEN)

    raw, parsed = on_the_wire(letter_of(message))

    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    body = parsed.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == message.text
    (calendar,) = parsed.iter_attachments()
    assert calendar.get_param("method") == "REQUEST"
    assert "UID:booking-K7M-4PXQ@offene-tuer.example.org" in calendar.get_content()
    assert len(raw) <= 25_000


def test_the_headers_are_ours(app: Flask):
    message = messages.booking_confirmed(sample_booking(language="en"), sample_visit(), TOKEN)

    _raw, parsed = on_the_wire(letter_of(message))

    assert parsed["Message-ID"] == message.message_id
    assert str(parsed["Message-ID"]).endswith("@offene-tuer.example.org>")
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["Reply-To"] == "kontakt@beispiel.de"
    assert parsed["Content-Language"] == "en"
    assert parsed["Date"] == "Mon, 16 Sep 2024 08:30:00 +0000"
    assert parsed["From"].addresses == (SENDER,)


def test_a_contact_without_a_usable_address_costs_only_the_reply_to(app: Flask):
    visit = sample_visit(contact=Contact("Mira Beispiel", None, "ruf an!"))
    message = messages.booking_confirmed(sample_booking(), visit, TOKEN)

    _raw, parsed = on_the_wire(letter_of(message))

    assert "Reply-To" not in parsed


def test_a_domain_with_umlauts_travels_in_ascii(app: Flask):
    message = messages.booking_confirmed(sample_booking(booker_email="a@müller.example"), sample_visit(), TOKEN)

    _raw, parsed = on_the_wire(letter_of(message))

    assert parsed["To"] == "a@xn--mller-kva.example"


def test_every_line_is_short_and_reads_as_it_was_written(app: Flask):
    message = messages.booking_confirmed(sample_booking(), sample_visit(), TOKEN)
    words = ".\n..a\nFrom here\n--=_texts\nblank \ttab\t\n=C3=BC\n" + "ü" * 300 + "\n" + "a" * 300 + "\n"

    raw, parsed = on_the_wire(replace(letter_of(message), text=words, subject="Öffnet für " * 5))

    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert parsed.get_body(("plain",)).get_content().replace("\r\n", "\n") == words
    assert parsed["Subject"] == ("Öffnet für " * 5).strip()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_header_of_two_lines_is_no_header(app: Flask, end: str):
    letter = letter_of(messages.booking_confirmed(sample_booking(), sample_visit(), TOKEN))

    with pytest.raises(Unmailable, match="header"):
        envelope(replace(letter, message_id=f"<1@example.org>{end}Bcc: b@example.org"), SENDER)


def test_the_sender_may_have_a_name_and_must_have_an_address():
    assert sender_mailbox("Offene Tür <openday@example.org>") == SENDER
    for broken in ("", "openday", "a@example.org\nBcc: b@example.org"):
        with pytest.raises(Unmailable, match="sender"):
            sender_mailbox(broken)
