"""Signing in, and one's own account."""

import re

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, RadioField, StringField
from wtforms.validators import InputRequired, StopValidation

from openday.forms.fields import chosen
from openday.forms.validators import FullEmail, PlainText, strip
from openday.forms.words import LANGUAGE_WORDS


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Whom to send a code."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        [InputRequired(_l("Geben Sie Ihre E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l("Wir schicken Ihnen einen Code. Ein Passwort gibt es nicht."),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )


class AccountForm(FlaskForm):  # type: ignore[misc]
    """What people say about themselves."""

    name = StringField(
        _l("Ihr Name"),
        [PlainText(limit=120)],
        filters=[strip],
        description=_l("So begrüßen wir Sie. Ihr Team und Ihr Verband sehen ihn auch."),
        render_kw={"autocomplete": "name", "spellcheck": "false"},
    )
    language = RadioField(
        _l("Sprache unserer E-Mails an Sie"),
        [InputRequired(_l("Wählen Sie eine Sprache"))],
        choices=chosen(LANGUAGE_WORDS),
        invalid_choice_message=_l("Wählen Sie eine Sprache"),
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The six digits of the mail, however they are spaced."""

    code = StringField(
        _l("Code"),
        [InputRequired(_l("Geben Sie den Code aus der E-Mail ein"))],
        filters=[strip],
        description=_l("6 Ziffern, zum Beispiel 481 930"),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )

    def validate_code(self, _field: Field) -> None:
        """Refuse what cannot be a code."""
        if not re.fullmatch(r"[0-9]{6}", self.digits):
            raise StopValidation(_l("Geben Sie den Code mit 6 Ziffern ein"))

    @property
    def digits(self) -> str:
        """The code without the spaces people copy along."""
        return re.sub(r"[\s\u00a0-]", "", self.code.data or "")
