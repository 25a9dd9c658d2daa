"""What the operator decides, read once from the environment and never changed after."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

WEAK_KEY_LENGTH = 32
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
TRUE_WORDS = frozenset({"1", "true", "yes", "on", "ja"})


class Mode(StrEnum):
    """What the process is for: only ``demo`` shows the mailbox page, only ``production`` insists on every setting."""

    PRODUCTION = "production"
    DEMO = "demo"
    TESTING = "testing"


class UnsafeSettings(Exception):
    """The server must not start like this; ``problems`` are sentences for the operator."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class MailSettings:
    """The SMTP submission server; ``timeout`` in seconds."""

    server: str = ""
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = True
    use_ssl: bool = False
    sender: str = ""
    timeout: float = 20.0


@dataclass(frozen=True)
class Operator:
    """Who runs this installation, for the imprint (§ 5 DDG)."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations."""

    mode: Mode
    instance_path: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    public_url: str = ""
    is_debug: bool = False
    has_rate_limits: bool = True
    proxy_hops: int = 0
    sqlite_synchronous: str = "FULL"
    mail: MailSettings = field(default_factory=MailSettings)
    operator: Operator = field(default_factory=Operator)

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read ``OPENDAY_…``; what is missing gets a value safe on one machine, and :meth:`problems` says so."""
        instance_path = Path(env.get("OPENDAY_INSTANCE_PATH") or "instance").resolve()
        return cls(
            mode=mode_of(env.get("OPENDAY_MODE") or Mode.PRODUCTION),
            instance_path=instance_path,
            database_url=database_url(env.get("OPENDAY_DATABASE_URL", ""), instance_path),
            secret_key=env.get("OPENDAY_SECRET_KEY", ""),
            public_url=env.get("OPENDAY_PUBLIC_URL", "").rstrip("/"),
            is_debug=is_on(env.get("OPENDAY_DEBUG", "")) or is_on(env.get("FLASK_DEBUG", "")),
            has_rate_limits=env.get("OPENDAY_RATE_LIMITS", "on").lower() != "off",
            proxy_hops=int(number(env, "OPENDAY_PROXY_HOPS", 0)),
            sqlite_synchronous=env.get("OPENDAY_SQLITE_SYNCHRONOUS", "FULL").upper(),
            mail=MailSettings(
                server=env.get("OPENDAY_MAIL_SERVER", ""),
                port=int(number(env, "OPENDAY_MAIL_PORT", 587)),
                username=env.get("OPENDAY_MAIL_USERNAME", ""),
                password=env.get("OPENDAY_MAIL_PASSWORD", ""),
                use_tls=is_on(env.get("OPENDAY_MAIL_USE_TLS") or tls_by_default(env.get("OPENDAY_MAIL_SERVER", ""))),
                use_ssl=is_on(env.get("OPENDAY_MAIL_USE_SSL", "")),
                sender=env.get("OPENDAY_MAIL_SENDER", ""),
                timeout=number(env, "OPENDAY_MAIL_TIMEOUT", 20),
            ),
            operator=Operator(
                name=env.get("OPENDAY_OPERATOR_NAME", ""),
                address=env.get("OPENDAY_OPERATOR_ADDRESS", ""),
                email=env.get("OPENDAY_OPERATOR_EMAIL", ""),
                phone=env.get("OPENDAY_OPERATOR_PHONE", ""),
            ),
        )

    @property
    def is_demo(self) -> bool:
        """Whether the readable mailbox exists."""
        return self.mode is Mode.DEMO

    @property
    def is_loopback(self) -> bool:
        """Whether the public URL can only be reached from this machine."""
        return urlsplit(self.public_url).hostname in LOOPBACK_HOSTS

    @cached_property
    def public_host(self) -> str:
        """Host name of the public URL, for Message-IDs and calendar UIDs."""
        return urlsplit(self.public_url).hostname or "localhost"

    def signing_key(self) -> str:
        """Return the secret key; commands that sign nothing run with a throw-away one."""
        return self.secret_key or secrets.token_urlsafe(48)

    def problems(self) -> list[str]:
        """Return, as German sentences, why a server must not start; empty when it may."""
        found = []
        if not self.has_rate_limits and not self.is_loopback:
            found.append("OPENDAY_RATE_LIMITS=off ist nur erlaubt, wenn OPENDAY_PUBLIC_URL auf diesen Rechner zeigt.")
        if self.sqlite_synchronous not in {"FULL", "NORMAL"}:
            found.append("OPENDAY_SQLITE_SYNCHRONOUS muss FULL oder NORMAL sein.")
        if self.mode is not Mode.PRODUCTION:
            return found
        if self.is_debug:
            found.append("Der Debug-Modus ist an. Entfernen Sie OPENDAY_DEBUG und FLASK_DEBUG.")
        if is_weak(self.secret_key):
            found.append(
                "OPENDAY_SECRET_KEY fehlt oder ist zu schwach. Erzeugen Sie einen Schlüssel: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        url = urlsplit(self.public_url)
        if not url.hostname:
            found.append("OPENDAY_PUBLIC_URL fehlt, zum Beispiel https://offene-tuer.beispiel.de")
        elif url.scheme != "https" and not self.is_loopback:
            found.append("OPENDAY_PUBLIC_URL muss mit https:// beginnen.")
        if not self.mail.server or not self.mail.sender:
            found.append("OPENDAY_MAIL_SERVER und OPENDAY_MAIL_SENDER fehlen: Ohne sie geht keine Bestätigung hinaus.")
        return found

    def refuse_unsafe(self) -> None:
        """Raise :class:`UnsafeSettings` unless a server may start with these settings."""
        if problems := self.problems():
            raise UnsafeSettings(problems)


def is_on(word: str) -> bool:
    """Whether a word of the environment means yes."""
    return word.strip().lower() in TRUE_WORDS


def tls_by_default(server: str) -> str:
    """Return the word for STARTTLS: demanded of every mail server but one on this machine."""
    return "off" if server in LOOPBACK_HOSTS else "on"


def mode_of(word: str) -> Mode:
    """Return the mode; raises :class:`UnsafeSettings` for a word that is none."""
    try:
        return Mode(word)
    except ValueError as error:
        raise UnsafeSettings([f"OPENDAY_MODE={word} gibt es nicht. Möglich: {', '.join(Mode)}."]) from error


def number(env: Mapping[str, str], name: str, default: float) -> float:
    """Return a number of the environment; raises :class:`UnsafeSettings` when it is none."""
    text = env.get(name) or str(default)
    try:
        return float(text)
    except ValueError as error:
        raise UnsafeSettings([f"{name} muss eine Zahl sein, nicht „{text}“."]) from error


def is_weak(key: str) -> bool:
    """Whether a signing key is short, repeats itself or is a word people copy from examples."""
    return len(key) < WEAK_KEY_LENGTH or len(set(key)) < 10 or "change" in key.lower()


def database_url(url: str, instance_path: Path) -> str:
    """Return an SQLAlchemy URL: the embedded SQLite file by default, PostgreSQL always through psycopg 3."""
    if not url:
        return f"sqlite:///{instance_path / 'openday.sqlite'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def current_settings() -> Settings:
    """Return the settings of the running application."""
    settings = current_app.extensions["openday.settings"]
    assert isinstance(settings, Settings)  # noqa: S101 - narrows the type for every caller
    return settings
