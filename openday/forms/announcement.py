"""A message to guests: to whom, what about, what is said."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from openday import tokens, wording
from openday.exports.words import GUEST_KINDS
from openday.forms.fields import line, lines
from openday.forms.preview import PreviewedForm
from openday.models import Event
from openday.models.words import GuestKind, SlotState
from openday.services.announcement import Audience, Message, Stage

ALL = SelectChoice("", _l("Alle"))
STAGES = {
    Stage.BOOKED: _l("Gebucht"),
    Stage.WAITING: _l("Auf der Warteliste"),
    Stage.REQUESTED: _l("Angefragt"),
}


class AnnouncementForm(PreviewedForm):
    """A message to all guests of an event, or to those of a time, a group or a status."""

    slot = SelectField(_l("Uhrzeit"))
    kind = SelectField(_l("Gruppe"), choices=[ALL, *(SelectChoice(one.value, GUEST_KINDS[one]) for one in GuestKind)])
    stage = SelectField(_l("Status"), choices=[ALL, *(SelectChoice(one.value, words) for one, words in STAGES.items())])
    subject = line(
        _l("Betreff"), 60, required=_l("Geben Sie den Betreff ein"), hint=_l("Zum Beispiel: Eingang heute im Hof")
    )
    text = lines(
        _l("Nachricht"),
        4000,
        required=_l("Geben Sie die Nachricht ein"),
        hint=_l("Anrede, Uhrzeit, Buchungsnummer und Ihr Name stehen von selbst in der E-Mail"),
        rows=8,
    )
    nonce = HiddenField()  # the form's own number

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(data={"slot": "", "kind": "", "stage": ""}, **kwargs)
        self.slot.choices = [ALL, *(SelectChoice(str(one.id), moment(one)) for one in event.slots if is_offered(one))]
        self.nonce.data = self.nonce.data or tokens.new_token()

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
