"""Checks of shape that several forms share. Their words say what to do."""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form
from wtforms.validators import StopValidation

LINE_BREAKS = frozenset("\r\n\t")
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SEPARATORS = frozenset("\u2028\u2029")

FULL_EMAIL = _l("Geben Sie die E-Mail-Adresse vollständig ein, zum Beispiel name@beispiel.de")


def strip(value: Any) -> Any:
    """Return text without the white space around it; line ends as browsers send them become ``\\n``."""
    return value.replace("\r\n", "\n").strip(" \t\n\r\u00a0") if isinstance(value, str) else value


def is_storable(text: str, *, lines: bool = False) -> bool:
    """Whether text is free of characters that no person types: controls, lone surrogates, direction overrides."""
    allowed = {"\n"} if lines else frozenset()
    return text.isprintable() or not any(
        (unicodedata.category(letter) in {"Cc", "Cs"} and letter not in allowed)
        or letter in BIDI_CONTROLS
        or letter in SEPARATORS
        for letter in text
    )


class PlainText:
    """Refuse what a database, a mail header or a list could trip over; ``lines`` lets line breaks pass."""

    field_flags: dict[str, Any] = {}

    def __init__(self, *, limit: int, lines: bool = False) -> None:
        self.limit = limit
        self.lines = lines
        self.field_flags = {"maxlength": limit}

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ``StopValidation`` with the sentence to show."""
        text = field.data or ""
        if len(text) > self.limit:
            raise StopValidation(
                _l("Der Text hat %(length)s Zeichen, höchstens %(limit)s gehen", length=len(text), limit=self.limit)
            )
        if not is_storable(text, lines=self.lines):
            raise StopValidation(_l("Der Text enthält Steuerzeichen. Geben Sie ihn ohne diese Zeichen ein"))


class FullEmail:
    """Accept one address that can receive mail: syntax only, the domain is not asked."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Replace the value by its normal form in small letters, so that one mailbox has one name; or raise."""
        try:
            found = validate_email(field.data or "", check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise StopValidation(FULL_EMAIL) from error
        field.data = found.normalized.lower()


class WebAddress:
    """Accept addresses of the web only: the value becomes a link."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ``StopValidation`` with the sentence to show."""
        if field.data and not is_web_address(field.data):
            raise StopValidation(_l("Geben Sie den Link vollständig ein, zum Beispiel https://meet.beispiel.de/raum"))


def is_web_address(text: str) -> bool:
    """Whether a text is a complete address of the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def check_party_size(field: Field, limit: int, phone: str | None) -> None:
    """Raise ``StopValidation`` for nobody, and for more people than the event takes: larger groups call."""
    number: int | None = field.data
    field.errors.clear()  # what is no number is said in the words below
    if number is None or number < 1:
        raise StopValidation(_l("Geben Sie an, wie viele Personen kommen"))
    if number > limit and phone:
        raise StopValidation(
            _l(
                "Geben Sie höchstens %(limit)s Personen ein. Für größere Gruppen rufen Sie an: %(phone)s",
                limit=limit,
                phone=phone,
            )
        )
    if number > limit:
        raise StopValidation(_l("Geben Sie höchstens %(limit)s Personen ein", limit=limit))


def iso_day(text: str) -> date | None:
    """Return a day written as ``2024-09-16``, None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def whole_number(text: str | None, *, limit: int = 2**31 - 1) -> int | None:
    """Return the number of an identifier in a query string, None for anything else."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 10:
        return None
    number = int(text)
    return number if number <= limit else None


Validator = Callable[[Form, Field], None]
