"""Whom to ask to invite together."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import Optional

from openday.exports.words import SHARED_COLUMNS
from openday.forms.fields import ChecksField, chosen, line
from openday.forms.validators import FullEmail, PlainText, strip
from openday.models.words import SharedColumn
from openday.services.event_host import PartnerRequest


class PartnerForm(FlaskForm):  # type: ignore[misc]
    """Name and, for one that is new here, an address; and what of the guests it gets."""

    name = line(
        _l("Träger"),
        200,
        required=_l("Geben Sie den Namen des Trägers ein"),
        hint=_l("Wählen Sie einen aus der Liste, oder schreiben Sie einen neuen Namen"),
        list="traeger-namen",
        autocomplete="off",
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        [Optional(), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l("Nur wenn der Träger hier neu ist"),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    shared = ChecksField(
        _l("Was soll er von den Gästen erfahren?"),
        choices=chosen(SHARED_COLUMNS),
        description=_l(
            "Ohne Haken nichts. Gäste lesen vor dem Absenden, wer ihre Angaben bekommt; "
            "wer vor der Zusage bucht, bleibt außen vor"
        ),
    )

    def to_request(self) -> PartnerRequest:
        """Return whom to ask; call it on a valid form only."""
        shared = set(self.shared.data or ())
        return PartnerRequest(
            name=self.name.data,
            email=self.email.data or None,
            shared=tuple(column for column in SharedColumn if column in shared),
        )

    def blame(self, refusal: Any) -> None:
        """Show a refusal at the field it is about."""
        self.name.errors = [*self.name.errors, str(refusal)]
