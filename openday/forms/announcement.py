"""A message to guests: to whom, what about, what is said."""

import hashlib
import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from openday import tokens, wording
from openday.exports.words import GUEST_KINDS
from openday.forms.fields import Given, line
from openday.forms.validators import PlainText, strip
from openday.models import Event
from openday.models.words import GuestKind, SlotState
from openday.services.announcement import Audience, Message, Stage

SEND = "senden"
ALL = SelectChoice("", _l("Alle"))
STAGES = {
    Stage.BOOKED: _l("Gebucht"),
    Stage.WAITING: _l("Auf der Warteliste"),
    Stage.REQUESTED: _l("Angefragt"),
}


class AnnouncementForm(FlaskForm):  # type: ignore[misc]
    """``previewed`` is the digest of what was shown before it is sent, ``nonce`` the form's own number."""

    slot = SelectField(_l("Uhrzeit"))
    kind = SelectField(_l("Gruppe"), choices=[ALL, *(SelectChoice(one.value, GUEST_KINDS[one]) for one in GuestKind)])
    stage = SelectField(_l("Status"), choices=[ALL, *(SelectChoice(one.value, words) for one, words in STAGES.items())])
    subject = line(
        _l("Betreff"), 60, required=_l("Geben Sie den Betreff ein"), hint=_l("Zum Beispiel: Eingang heute im Hof")
    )
    text = TextAreaField(
        _l("Nachricht"),
        [Given(_l("Geben Sie die Nachricht ein")), PlainText(limit=4000, lines=True)],
        filters=[strip],
        description=_l("Anrede, Uhrzeit, Buchungsnummer und Ihr Name stehen von selbst in der E-Mail"),
        render_kw={"rows": "8"},
    )
    nonce = HiddenField()
    previewed = HiddenField()
    action = StringField()  # the button that was pressed

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(data={"slot": "", "kind": "", "stage": ""}, **kwargs)
        self.slot.choices = [ALL, *(SelectChoice(str(one.id), moment(one)) for one in event.slots if is_offered(one))]
        if not self.nonce.data:
            self.nonce.data = tokens.new_token()

    @property
    def is_to_be_sent(self) -> bool:
        """Whether it is to be sent, not only looked at, and is what was looked at."""
        return bool(self.action.data == SEND and self.previewed.data == self.digest)

    @property
    def digest(self) -> str:
        """What tells one message from another."""
        content = [self[name].data for name in ("slot", "kind", "stage", "subject", "text")]
        return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()[:16]

    def to_request(self) -> Message:
        """Return what to send; call it on a valid form only."""
        return Message(
            subject=self.subject.data,
            text=self.text.data,
            audience=Audience(
                slot_id=int(self.slot.data) if self.slot.data else None,
                guest_kind=GuestKind(self.kind.data) if self.kind.data else None,
                stage=Stage(self.stage.data) if self.stage.data else None,
            ),
            nonce=self.nonce.data,
        )


def is_offered(slot: Any) -> bool:
    """Whether guests of a time can be written to: it takes place."""
    return bool(slot.state is SlotState.OPEN)


def moment(slot: Any) -> str:
    """Return ``Mo., 16.09.2024, 10:30``."""
    return f"{wording.day_in_table(slot.berlin_day)}, {wording.clock_time(slot.starts_at)}"
