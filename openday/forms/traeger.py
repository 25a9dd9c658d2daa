"""What a Träger says about itself: three short pages when it joins, one page to change it later."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from openday.forms.fields import ChecksField, Given, chosen, line
from openday.forms.validators import FullEmail, PlainText, WebAddress, strip
from openday.geo import REGIONS, locate_postcode
from openday.models import Programme, Traeger, Verband
from openday.models.words import LegalRegime, VerbandKind
from openday.services.join import TraegerRequest

REGIMES: dict[str, Any] = {
    LegalRegime.DSGVO: _l("DSGVO – Datenschutz-Grundverordnung, für die meisten Träger"),
    LegalRegime.KDG: _l("KDG – Gesetz über den Kirchlichen Datenschutz, katholische Kirche"),
    LegalRegime.DSG_EKD: _l("DSG-EKD – Datenschutzgesetz der evangelischen Kirche"),
}


class AboutForm(FlaskForm):  # type: ignore[misc]
    """Page 1: who we are."""

    name = line(
        _l("Name des Trägers"),
        200,
        required=_l("Geben Sie den Namen Ihres Trägers ein"),
        hint=_l("So steht er öffentlich bei Ihren Terminen"),
        autocomplete="organization",
    )
    postcode = line(
        _l("Postleitzahl"),
        5,
        required=_l("Geben Sie die Postleitzahl ein"),
        autocomplete="postal-code",
        inputmode="numeric",
    )
    locality = line(_l("Ort"), 120, required=_l("Geben Sie den Ort ein"), autocomplete="address-level2")
    region = SelectField(
        _l("Bundesland"),
        [InputRequired(_l("Wählen Sie das Bundesland"))],
        choices=chosen(dict(REGIONS), empty=_l("Bitte wählen")),
    )
    verband_ids = ChecksField(
        _l("Verband oder Trägergruppe"),
        coerce=int,
        description=_l("Er gibt Ihre Termine für die Liste frei. Gehören Sie zu keinem, kreuzen Sie nichts an"),
    )
    programme_ids = ChecksField(_l("Ihre Dienste"), coerce=int, description=_l("Kreuzen Sie alle an, die Sie anbieten"))

    def __init__(self, verbaende: list[Verband], programmes: list[Programme], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.verband_ids.choices = [SelectChoice(one.id, verband_name(one)) for one in verbaende]
        self.programme_ids.choices = [SelectChoice(one.id, f"{one.code} – {one.name}") for one in programmes]

    def validate_postcode(self, field: Field) -> None:
        """Accept postcodes that exist."""
        text = field.data or ""
        if len(text) != 5 or not (text.isascii() and text.isdigit()) or locate_postcode(text) is None:
            raise StopValidation(_l("Diese Postleitzahl kennen wir nicht. Prüfen Sie die fünf Ziffern"))


def verband_name(verband: Verband) -> str:
    """Return the name with what a Trägergruppe is."""
    is_group = verband.kind is VerbandKind.TRAEGERGRUPPE
    return str(_l("%(name)s (Trägergruppe)", name=verband.name)) if is_group else verband.name


def public_contact() -> dict[str, Any]:
    """Return the fields of page 2."""
    return {
        "contact_email": EmailField(
            _l("E-Mail-Adresse"),
            [Given(_l("Geben Sie eine E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
            filters=[strip],
            description=_l("Am besten ein gemeinsames Postfach"),
            render_kw={"autocomplete": "email", "spellcheck": "false"},
        ),
        "contact_phone": line(_l("Telefon"), 40, autocomplete="tel", inputmode="tel"),
        "website": line(
            _l("Website"),
            300,
            hint=_l("Zum Beispiel: https://www.beispiel.de"),
            checks=(WebAddress(),),
            autocomplete="url",
            inputmode="url",
        ),
    }


def responsible() -> dict[str, Any]:
    """Return the fields of page 3 that can be changed later."""
    return {
        "responsible_name": line(
            _l("Verantwortliche Person"),
            120,
            required=_l("Geben Sie die verantwortliche Person ein"),
            hint=_l("Wer beim Träger für den Datenschutz einsteht, etwa die Geschäftsführung. Nicht öffentlich"),
            autocomplete="off",
        ),
        "legal_regime": RadioField(
            _l("Welches Datenschutzrecht gilt für Sie?"),
            [InputRequired(_l("Wählen Sie das Datenschutzrecht"))],
            choices=chosen(dict(REGIMES)),
        ),
    }


class PublicContactForm(FlaskForm):  # type: ignore[misc]
    """Page 2: how people reach us."""

    contact_email, contact_phone, website = public_contact().values()


class ResponsibleForm(FlaskForm):  # type: ignore[misc]
    """Page 3: who answers for the data."""

    person = line(
        _l("Ihr Name"),
        120,
        required=_l("Geben Sie Ihren Namen ein"),
        hint=_l("So kennt Sie Ihr Team"),
        autocomplete="name",
    )
    responsible_name, legal_regime = responsible().values()
    accepts = BooleanField(
        _l("Wir nehmen die Vereinbarung zur Auftragsverarbeitung an"),
        [InputRequired(_l("Nehmen Sie die Vereinbarung an. Ohne sie dürfen wir keine Gästedaten für Sie verarbeiten"))],
    )


class TraegerForm(AboutForm):
    """Everything but the agreement on one page, for changes."""

    contact_email, contact_phone, website = public_contact().values()
    responsible_name, legal_regime = responsible().values()

    def __init__(self, traeger: Traeger, verbaende: list[Verband], programmes: list[Programme]) -> None:
        ids = {
            "verband_ids": [one.id for one in traeger.verbaende],
            "programme_ids": [one.id for one in traeger.programmes],
        }
        super().__init__(verbaende, programmes, obj=traeger, data=ids)

    def to_request(self) -> TraegerRequest:
        """Return what was said; call it on a valid form only."""
        return request_from({**self.data, "person": ""})


def request_from(values: dict[str, Any]) -> TraegerRequest:
    """Return the request made of the values of all pages."""
    return TraegerRequest(
        name=values["name"],
        postcode=values["postcode"],
        locality=values["locality"],
        region=values["region"],
        verband_ids=tuple(values["verband_ids"]),
        programme_ids=tuple(values["programme_ids"]),
        contact_email=values["contact_email"],
        contact_phone=values["contact_phone"] or None,
        website=values["website"] or None,
        person=values["person"],
        responsible_name=values["responsible_name"],
        legal_regime=LegalRegime(values["legal_regime"]),
    )
