"""A message to Träger: to whom, what about, what is said."""

import hashlib
import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from openday import tokens
from openday.forms.fields import line, lines
from openday.services.broadcast import Circle, Message

SEND = "senden"


class BroadcastForm(FlaskForm):  # type: ignore[misc]
    """``previewed`` is the digest of what was shown before it is sent, ``nonce`` the form's own number."""

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
    nonce = HiddenField()
    previewed = HiddenField()
    action = StringField()  # the button that was pressed

    def __init__(self, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(data={"circle": circles[0].key}, **kwargs)
        self.circle.choices = [SelectChoice(one.key, one.name or _l("allen Verbänden und Ländern")) for one in circles]
        if not self.circle.raw_data:
            self.circle.data = circles[0].key
        if not self.nonce.data:
            self.nonce.data = tokens.new_token()

    @property
    def is_to_be_sent(self) -> bool:
        """Whether it is to be sent, not only looked at, and is what was looked at."""
        return bool(self.action.data == SEND and self.previewed.data == self.digest)

    @property
    def digest(self) -> str:
        """What tells one message from another."""
        content = [self[name].data for name in ("circle", "subject", "text")]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]

    def to_request(self) -> Message:
        """Return what to send; call it on a valid form only."""
        return Message(self.circle.data, self.subject.data, self.text.data, self.nonce.data)
