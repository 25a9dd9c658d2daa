"""From a row of the outbox to the bytes of RFC 5322: one recipient, no header that came from outside."""

import base64
import quopri
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from flask_babel import force_locale

from openday.exports.attendee_list import writable
from openday.mailing.headers import POLICY
from openday.mailing.phrases import one_line
from openday.mailing.suppression import suppression_link

TEXTS, PARTS = "=_texts", "=_parts"  # RFC 2045 §6.7: no encoded part holds such a boundary, so none has to be searched


class Unmailable(Exception):
    """No server could deliver this; ``str()`` is a word for the log without personal data."""


@dataclass(frozen=True)
class Letter:
    """What the worker needs of one claimed row; ``lease_until`` proves that it is still ours."""

    id: int
    kind: str
    message_id: str
    recipient: str
    reply_to: str | None
    language: str
    is_unasked: bool
    subject: str
    text: str
    html: str
    calendar: str | None
    calendar_method: str | None
    attempts: int
    created_at: datetime
    lease_until: datetime


@lru_cache(64)  # asked for a guest's by the mail and by the server, and for a house's by hundreds of mails
def mailbox(address: str) -> str:
    """Return exactly one address without a display name, its domain in ASCII; raises :class:`Unmailable`."""
    if "=?" in address:  # a legal local part that header parsers decode
        raise Unmailable("address")
    try:
        valid = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Unmailable("address") from error
    return valid.ascii_email or valid.normalized


@lru_cache(1)
def sender_mailbox(configured: str) -> Address:
    """Return the address mails come from; the setting may be ``Name <address>``."""
    name, address = parseaddr(configured)
    user, _at, host = address.rpartition("@")
    if not user or not host or one_line(configured) != configured:
        raise Unmailable("sender")
    return Address(display_name=name, username=user, domain=host)


def envelope(letter: Letter, sender: Address) -> EmailMessage:
    """Return the mail: text first, HTML beside it, the calendar file attached. Raises :class:`Unmailable`."""
    mail = content(letter)
    try:
        mail["From"] = str(sender)
        mail["To"] = mailbox(letter.recipient)
        if letter.reply_to and (answers_to := answer_address(letter.reply_to)):
            mail["Reply-To"] = answers_to
        mail["Subject"] = one_line(letter.subject).replace("=?", "= ?")  # else an encoded line break is decoded
        mail["Date"] = format_datetime(letter.created_at)
        mail["Message-ID"] = letter.message_id
        mail["Auto-Submitted"] = "auto-generated"
        if letter.is_unasked:
            with force_locale(letter.language):
                mail["List-Unsubscribe"] = f"<{suppression_link(letter.recipient)}>"  # RFC 2369 §3.2
    except ValueError as error:
        raise Unmailable("header") from error
    mail["Content-Language"] = letter.language
    mail["MIME-Version"] = "1.0"
    return mail


def answer_address(address: str) -> str | None:
    """Return the address answers go to, None when it is none: the mail matters more than its Reply-To."""
    try:
        return mailbox(address)
    except Unmailable:
        return None


def content(letter: Letter) -> EmailMessage:
    """Return the text, the HTML as its alternative, and the calendar file.

    Not by the library's ``set_content``: it parses a header anew for each parameter, and encodes letter by letter.
    """
    whole = text("plain", letter.text)
    if letter.html:
        whole = parts("alternative", TEXTS, whole, text("html", letter.html))
    if letter.calendar:
        whole = parts("mixed", PARTS, whole, entry(letter.calendar, letter.calendar_method or "PUBLISH"))
    return whole


def text(kind: str, words: str) -> EmailMessage:
    """Return words to read."""
    return part(f"text/{kind}; charset=utf-8", "quoted-printable", quopri.encodestring(writable(words).encode()))


def entry(calendar: str, method: str) -> EmailMessage:
    """Return the entry as RFC 6047 wants it, under a name calendars open."""
    kind = f"text/calendar; charset=utf-8; method={method}"
    attachment = part(kind, "base64", base64.encodebytes(calendar.encode()))
    attachment["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return attachment


def part(kind: str, encoding: str, encoded: bytes) -> EmailMessage:
    """Return one part."""
    mail = EmailMessage(POLICY)
    mail["Content-Type"] = kind
    mail["Content-Transfer-Encoding"] = encoding
    mail.set_payload(encoded.decode())
    return mail


def parts(kind: str, boundary: str, *inside: EmailMessage) -> EmailMessage:
    """Return parts as one."""
    mail = EmailMessage(POLICY)
    mail["Content-Type"] = f'multipart/{kind}; boundary="{boundary}"'
    mail.set_payload(list(inside))
    return mail
