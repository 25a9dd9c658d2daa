"""From a row of the outbox to the bytes of RFC 5322: one recipient, no header that came from outside."""

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


def mailbox(address: str) -> Address:
    """Return exactly one address without a display name, its domain in ASCII; raises :class:`Unmailable`."""
    if "=?" in address:  # a legal local part that header parsers decode
        raise Unmailable("address")
    try:
        valid = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Unmailable("address") from error
    return Address(addr_spec=valid.ascii_email or valid.normalized)


def sender_mailbox(configured: str) -> Address:
    """Return the address mails come from; the setting may be ``Name <address>``."""
    name, address = parseaddr(configured)
    user, _at, host = address.rpartition("@")
    if not user or not host or one_line(configured) != configured:
        raise Unmailable("sender")
    return Address(display_name=name, username=user, domain=host)


def envelope(letter: Letter, sender: Address) -> EmailMessage:
    """Return the mail: text first, HTML beside it, the calendar file attached. Raises :class:`Unmailable`."""
    mail = EmailMessage(policy=POLICY)
    try:
        mail["From"] = sender
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
    add_bodies(mail, letter)
    mail["Content-Language"] = letter.language  # last: setting a body moves all Content- headers into it
    return mail


def add_bodies(mail: EmailMessage, letter: Letter) -> None:
    """Put in the text, the HTML as its alternative, and the calendar file."""
    mail.set_content(writable(letter.text), cte="quoted-printable")
    if letter.html:
        mail.make_alternative(TEXTS)
        mail.add_alternative(writable(letter.html), subtype="html", cte="quoted-printable")
    if letter.calendar:
        mail.make_mixed(PARTS)
        attach_calendar(mail, letter.calendar, letter.calendar_method or "PUBLISH")


@lru_cache(256)  # hundreds of mails have the same: it is the house's
def answer_address(address: str) -> Address | None:
    """Return the address answers go to, None when it is none: the mail matters more than its Reply-To."""
    try:
        return mailbox(address)
    except Unmailable:
        return None


def attach_calendar(mail: EmailMessage, calendar: str, method: str) -> None:
    """Attach the entry as RFC 6047 wants it, under a name calendars open."""
    mail.add_attachment(
        calendar.encode(),
        maintype="text",
        subtype="calendar",
        filename="termin.ics",
        params={"method": method, "charset": "utf-8"},
        cte="base64",
    )
