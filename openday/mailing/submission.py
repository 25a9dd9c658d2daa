"""One kept SMTP connection that waits for nobody longer than it must, and what its answers mean."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_mail import Connection, Mail

from openday.mailing.envelope import Letter, Unmailable, envelope, mailbox, sender_mailbox
from openday.mailing.watch import Watch
from openday.settings import current_settings

PATIENCE = 2  # greeting or handing over may take this many times the time one answer may take
LONGEST = 40.0  # seconds; both together must fit into a lease
_ENHANCED_CODE = re.compile(rb"\d\.\d{1,3}\.\d{1,3}\b")


class Fate(StrEnum):
    """What became of one attempt: ``DEFERRED`` also when nobody knows, so a mail may arrive twice but never not."""

    SENT = "sent"
    DEFERRED = "deferred"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """The fate and a short answer without personal data; ``is_server_trouble`` when no other mail would fare better."""

    fate: Fate
    answer: str = ""
    is_server_trouble: bool = False


class Submission(Connection):
    """Flask-Mail's connection with what it lacks: time-outs, verified TLS, our host name, checked headers."""

    def __init__(self, mail: Mail) -> None:
        super().__init__(mail)
        self.watch = Watch(longest_wait())

    def configure_host(self) -> smtplib.SMTP:
        """Connect, upgrade to TLS and sign in; raises ``OSError`` and ``SMTPException``."""
        settings = current_settings()
        if not self.mail.server:
            raise OSError("no mail server is configured")
        options: dict[str, Any] = {"local_hostname": settings.public_host, "timeout": settings.mail.timeout}
        if self.mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(**options, context=ssl.create_default_context())
        else:
            host = smtplib.SMTP(**options)
        host._host = self.mail.server  # type: ignore[attr-defined] # TLS checks the certificate against it
        try:
            with self.watch.over(host):
                self._greet(host)
        except BaseException:
            host.close()
            raise
        return host

    def _greet(self, host: smtplib.SMTP) -> None:
        code, answer = host.connect(self.mail.server, self.mail.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)
        if self.mail.use_tls:
            host.starttls(context=ssl.create_default_context())
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)

    def open(self) -> Outcome | None:
        """Connect unless connected; returns the trouble, None when the server is there."""
        if self.host is not None:
            return None
        try:
            self.host = self.configure_host()
        except (OSError, ValueError) as error:
            return Outcome(Fate.DEFERRED, said_by(error), is_server_trouble=True)
        return None

    def hand_over(self, letter: Letter) -> Outcome:
        """Try one mail; after anything but a clear answer the connection is closed."""
        try:
            sender = sender_mailbox(str(self.mail.default_sender or ""))
            mail = envelope(letter, sender).as_bytes()
        except Unmailable as error:
            return Outcome(Fate.REFUSED, f"unmailable {error}")
        if trouble := self.open():
            return trouble
        outcome = self._transmit(sender.addr_spec, mailbox(letter.recipient), mail)
        if outcome.is_server_trouble:
            self.hang_up()
        return outcome

    def _transmit(self, sender: str, recipient: str, mail: bytes) -> Outcome:
        host = self.host
        assert host is not None  # noqa: S101 - narrows the type
        try:
            with self.watch.over(host):
                host.sendmail(sender, [recipient], mail)
        except smtplib.SMTPRecipientsRefused as refused:
            return judged(*next(iter(refused.recipients.values())))
        except smtplib.SMTPSenderRefused as refused:
            # The sender is ours: only "too large" is about this mail, all else about how we are set up.
            is_about_mail = refused.smtp_code == 552 or 400 <= refused.smtp_code < 500
            verdict = judged(refused.smtp_code, _as_bytes(refused.smtp_error))
            return verdict if is_about_mail else Outcome(Fate.DEFERRED, verdict.answer, is_server_trouble=True)
        except smtplib.SMTPDataError as refused:
            return judged(refused.smtp_code, _as_bytes(refused.smtp_error))
        except (OSError, ValueError) as error:
            return Outcome(Fate.DEFERRED, said_by(error), is_server_trouble=True)
        return Outcome(Fate.SENT, "250")

    def hang_up(self) -> None:
        """Close without waiting for a goodbye."""
        host, self.host = self.host, None
        if host is not None:
            host.close()

    def part(self) -> None:
        """Say goodbye, however the server takes it."""
        try:
            if self.host is not None:
                with self.watch.over(self.host):
                    self.host.quit()
        except (OSError, ValueError):
            self.hang_up()
        self.host = None
        self.watch.end()


def submission() -> Submission:
    """Return an unopened connection to the configured server."""
    return Submission(current_app.extensions["mail"])


def longest_wait() -> float:
    """Return the seconds a server gets for its greeting, and again for one mail."""
    return min(current_settings().mail.timeout * PATIENCE, LONGEST)


def judged(code: int, answer: bytes) -> Outcome:
    """Return what a refusal means: 5xx is for good, 421 says the server is going away (RFC 5321 §4.2.1)."""
    enhanced = _ENHANCED_CODE.match(answer)
    words = f"{code} {enhanced.group().decode()}" if enhanced else str(code)
    if 500 <= code < 600:
        return Outcome(Fate.REFUSED, words)
    return Outcome(Fate.DEFERRED, words, is_server_trouble=code == 421 or not 400 <= code < 500)


def said_by(error: Exception) -> str:
    """Return one word for a failure that is no answer; the words of servers may quote addresses and are not kept."""
    if isinstance(error, smtplib.SMTPResponseException):
        return judged(error.smtp_code, _as_bytes(error.smtp_error)).answer
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionResetError | BrokenPipeError):
        return "disconnected"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "not supported"
    return "unreachable"


def _as_bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode(errors="replace")
