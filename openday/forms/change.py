"""What a guest changes alone: the time, the number of people. One form each."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from openday.forms.booking import PublicForm
from openday.forms.validators import check_party_size, whole_number
from openday.mailing.visit import Visit
from openday.models.words import Mode
from openday.services.own_booking import OwnBooking

MODE_WORDS = {Mode.ONSITE: _l("Vor Ort"), Mode.ONLINE: _l("Digital")}


class TimeForm(PublicForm):
    """Another of the event's times, and where one can take part in two ways, the other way."""

    mode = RadioField(
        _l("Wie nehmen Sie teil?"),
        [InputRequired(_l("Wählen Sie aus, ob Sie vor Ort oder digital teilnehmen"))],
        choices=[SelectChoice(mode.value, words) for mode, words in MODE_WORDS.items()],
        invalid_choice_message=_l("Wählen Sie aus, ob Sie vor Ort oder digital teilnehmen"),
    )
    slot = StringField(_l("Neue Uhrzeit"))

    def __init__(self, booking: OwnBooking, visits: Sequence[Visit]) -> None:
        super().__init__(data={"mode": booking.mode.value})
        self.booking = booking
        self.known = {visit.slot_id for visit in visits}
        if len({mode for visit in visits for mode in visit.modes}) < 2:
            del self.mode

    @property
    def slot_id(self) -> int | None:
        """The chosen time, None when none was chosen or it is none of this event."""
        chosen = whole_number(self.slot.data)
        return chosen if chosen in self.known else None

    @property
    def wanted_mode(self) -> Mode | None:
        """The chosen way to take part, None where there is only one."""
        return Mode(self.mode.data) if "mode" in self else None

    def validate_slot(self, _field: Field) -> None:
        """Insist on a time that is not the present one."""
        if self.slot_id is None:
            raise StopValidation(_l("Wählen Sie eine Uhrzeit aus"))
        visit = self.booking.visit
        is_same_mode = "mode" not in self or self.mode.data == self.booking.mode.value
        if visit is not None and self.slot_id == visit.slot_id and is_same_mode:
            raise StopValidation(_l("Das ist Ihre jetzige Uhrzeit. Wählen Sie eine andere aus"))


class PeopleForm(PublicForm):
    """How many come in all."""

    party_size = IntegerField(
        _l("Wie viele Personen kommen insgesamt?"),
        [InputRequired(_l("Geben Sie an, wie viele Personen kommen"))],
        render_kw={"autocomplete": "off", "maxlength": 3},
    )

    def __init__(self, booking: OwnBooking) -> None:
        super().__init__(data={"party_size": booking.party_size})
        self.booking = booking

    def validate_party_size(self, field: IntegerField) -> None:
        """Refuse nobody, and more than may come without anybody's consent: larger groups call."""
        check_party_size(field, self.booking.size_limit, self.booking.event.contact.phone)
