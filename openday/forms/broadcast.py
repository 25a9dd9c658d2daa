"""A message to Träger: to whom, what about, what is said."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from openday import tokens
from openday.forms.fields import line, lines
from openday.forms.preview import PreviewedForm
from openday.services.broadcast import Circle, Message


class BroadcastForm(PreviewedForm):
    """A message to the Träger in somebody's scope, or to those of one circle of it."""

    circle = SelectField(_l("An die Träger von"))
    subject = line(
        _l("Betreff"), 60, required=_l("Geben Sie den Betreff ein"), hint=_l("Zum Beispiel: Termine bis Freitag melden")
    )
    text = lines(
        _l("Nachricht"),
        4000,
        required=_l("Geben Sie die Nachricht ein"),
        hint=_l("Anrede und Ihr Name stehen von selbst in der E-Mail"),
        rows=8,
    )
    nonce = HiddenField()  # the form's own number

    def __init__(self, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(data={"circle": circles[0].key}, **kwargs)
        self.circle.choices = [SelectChoice(one.key, one.name or _l("allen Verbänden und Ländern")) for one in circles]
        if not self.circle.raw_data:
            self.circle.data = circles[0].key
        self.nonce.data = self.nonce.data or tokens.new_token()

    def to_request(self) -> Message:
        """Return what to send; call it on a valid form only."""
        return Message(self.circle.data, self.subject.data, self.text.data, self.nonce.data)
