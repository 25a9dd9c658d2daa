"""Whom to invite into a team, as what."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField
from wtforms.validators import InputRequired

from openday.exports.words import TEAM_ROLES
from openday.forms.fields import Given, chosen
from openday.forms.validators import FullEmail, PlainText, strip
from openday.models.words import Role

ROLE_HINTS = {
    Role.OWNER: _l("Termine, Gäste, Team und Angaben des Trägers"),
    Role.EDITOR: _l("Alles zu Terminen und Gästen, aber nicht das Team"),
    Role.READER: _l("Sieht, wer kommt, und druckt die Liste"),
    Role.DOOR: _l("Sieht am Eingang Namen und Personenzahl, keine Kontaktdaten"),
}


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """One colleague."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        [Given(_l("Geben Sie die E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    role = RadioField(_l("Rolle"), [InputRequired(_l("Wählen Sie eine Rolle"))], choices=chosen(dict(TEAM_ROLES)))
