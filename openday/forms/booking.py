"""The forms of a visitor: three fields to book, one to correct a mistyped address."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, StopValidation

from openday import wording
from openday.forms.validators import FullEmail, PlainText, strip
from openday.mailing.visit import Visit
from openday.models.words import Mode
from openday.services.booking_request import BookingRequest
from openday.settings import current_settings
from openday.tokens import read_nonce, sign_nonce

OPEN_FOR = 86_400  # seconds a form may stay open before it asks to be sent once more


class PublicForm(FlaskForm):  # type: ignore[misc]
    """A form without a session: what protects it is the browser's origin and its own signed number."""

    class Meta:
        """Visitors have no session a token could be bound to."""

        csrf = False


class BookingForm(PublicForm):
    """Name, address and head-count; with two ways to take part it asks which one."""

    mode = RadioField(
        _l("Wie nehmen Sie teil?"),
        [InputRequired(_l("Wählen Sie aus, ob Sie vor Ort oder digital teilnehmen"))],
        choices=[SelectChoice(Mode.ONSITE.value, _l("Vor Ort")), SelectChoice(Mode.ONLINE.value, _l("Digital"))],
    )
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Geben Sie Ihren Namen ein")), PlainText(limit=120)],
        filters=[strip],
        description=_l("So begrüßen wir Sie"),
        render_kw={"autocomplete": "name", "spellcheck": "false"},
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        [DataRequired(_l("Geben Sie Ihre E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l("Für Bestätigung, Änderungen und Ihren Absage-Link"),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    party_size = IntegerField(
        _l("Wie viele Personen kommen insgesamt?"),
        [InputRequired(_l("Geben Sie an, wie viele Personen kommen"))],
        render_kw={"autocomplete": "off", "maxlength": 3},
    )
    nonce = HiddenField()

    def __init__(self, visit: Visit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        if len(visit.modes) < 2:
            del self.mode

    def validate_party_size(self, field: IntegerField) -> None:
        """Refuse nobody, and more people than the event takes; the phone is the way for larger groups."""
        if field.data is None or field.data < 1:
            raise StopValidation(_l("Geben Sie an, wie viele Personen kommen"))
        limit, phone = self.visit.party_limit, self.visit.contact.phone
        if field.data > limit and phone:
            raise StopValidation(
                _l(
                    "Geben Sie höchstens %(limit)s Personen ein. Für größere Gruppen rufen Sie an: %(phone)s",
                    limit=limit,
                    phone=phone,
                )
            )
        if field.data > limit:
            raise StopValidation(_l("Geben Sie höchstens %(limit)s Personen ein", limit=limit))

    def validate_nonce(self, field: HiddenField) -> None:
        """Refuse a form that was open for more than a day, or that never came from here."""
        nonce = read_nonce(current_settings().signing_key(), "booking", field.data or "", OPEN_FOR)
        if nonce is None or nonce.is_stale:
            raise StopValidation(
                _l("Die Seite war lange offen. Ihre Angaben sind noch da. Senden Sie sie noch einmal ab.")
            )
        self.nonce_value = nonce.value

    def renew(self) -> None:
        """Give the form a number of its own, for one booking."""
        self.nonce.data = sign_nonce(current_settings().signing_key(), "booking")

    def to_request(self) -> BookingRequest:
        """Return what was asked for; call it on a valid form only."""
        chosen = self.mode.data if "mode" in self else None
        return BookingRequest(
            slot_id=self.visit.slot_id,
            name=self.name.data,
            email=self.email.data,
            party_size=self.party_size.data,
            nonce=self.nonce_value,
            mode=Mode(chosen) if chosen else None,
            language=wording.language(),
        )


class AddressForm(PublicForm):
    """The right address for a booking whose mail went astray."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        [DataRequired(_l("Geben Sie Ihre E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l(
            "An diese Adresse schicken wir die Bestätigung und einen neuen Link. Der alte Link gilt dann nicht mehr."
        ),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
