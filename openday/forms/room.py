"""The room of a digital session, changed in a hurry."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation

from openday.forms.fields import line
from openday.forms.validators import WebAddress
from openday.models import Event


class RoomForm(FlaskForm):  # type: ignore[misc]
    """Another link and dial-in; both start empty, so that the old ones can't be sent again by mistake."""

    room_url = line(
        _l("Neuer Link zum digitalen Raum"),
        500,
        hint=_l("Lassen Sie das Feld leer, um den alten Link sofort zu sperren. Den neuen tragen Sie später ein"),
        checks=(WebAddress(),),
        inputmode="url",
        spellcheck="false",
    )
    room_dial_in = line(_l("Neue Einwahl per Telefon"), 200, hint=_l("Bleibt geheim wie der Link"))

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.old_url = event.room_url

    def validate_room_url(self, field: Field) -> None:
        """Refuse the old link: whoever has it must not get in again."""
        if field.data and field.data == self.old_url:
            raise StopValidation(_l("Das ist der alte Link. Geben Sie einen neuen ein"))
