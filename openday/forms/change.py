"""What a guest changes alone: the time, the number of people, the details. One form each."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from openday.forms.booking import PublicForm, ask_companions, check_companions, names_in
from openday.forms.fields import line, lines
from openday.forms.validators import check_party_size, whole_number
from openday.forms.words import LANGUAGE_WORDS
from openday.mailing.visit import Visit
from openday.models.words import Mode
from openday.services.guest_change import Details
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
        check_party_size(field.data, self.booking.size_limit, self.booking.event.contact.phone)


class DetailsForm(PublicForm):
    """Name, phone, support and the language of the mails; the names of companions where the house registers them."""

    name = line(
        _l("Name"),
        120,
        required=_l("Geben Sie Ihren Namen ein"),
        hint=_l("So begrüßen wir Sie"),
        autocomplete="name",
        spellcheck="false",
    )
    phone = line(_l("Telefon"), 40, hint=_l("Für kurzfristige Änderungen"), autocomplete="tel", inputmode="tel")
    needs = lines(
        _l("Unterstützung"),
        300,
        hint=_l(
            "Was brauchen Sie, damit Sie gut teilnehmen können? Zum Beispiel Gebärdensprache, Stuhl, Ruheraum. "
            "Nur das Team vor Ort sieht das."
        ),
        rows=3,
    )
    companions = lines(_l("Namen der Begleitpersonen"), 6000)
    language = RadioField(
        _l("Sprache unserer Nachrichten"),
        [InputRequired(_l("Wählen Sie die Sprache unserer Nachrichten aus"))],
        choices=[SelectChoice(language, words) for language, words in LANGUAGE_WORDS.items()],
        invalid_choice_message=_l("Wählen Sie die Sprache unserer Nachrichten aus"),
    )

    def __init__(self, booking: OwnBooking, **kwargs: Any) -> None:
        present = {name: getattr(booking, name) for name in ("name", "phone", "needs", "companions", "language")}
        super().__init__(data=present, **kwargs)
        self.party_size = booking.party_size
        if booking.visit is not None and booking.visit.registers_companions:
            ask_companions(self.companions, booking.visit)
        else:
            del self.companions

    def validate_companions(self, field: Field) -> None:
        """Want as many names as people come along."""
        check_companions(field.data, self.party_size)

    def to_details(self) -> Details:
        """Return what was typed; call it on a valid form only."""
        return Details(
            name=self.name.data,
            phone=self.phone.data or None,
            needs=self.needs.data or None,
            companions="\n".join(names_in(self.companions.data)) or None if "companions" in self else None,
            language=self.language.data,
        )
