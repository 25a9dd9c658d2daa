"""What a guest said and may correct alone, one form for each kind of guest."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from openday.forms.answer import AsksQuestions
from openday.forms.booking import PublicForm, ask_companions, check_companions, names_in
from openday.forms.fields import line, lines, needs_field
from openday.forms.politics import CourseForm, GuestForm
from openday.forms.press import PressForm
from openday.forms.professional import ProfessionalForm
from openday.forms.words import LANGUAGE_WORDS
from openday.models.words import FieldOfWork, GuestKind, MayAnnounce, PoliticalLevel, PressProof, YesNoOpen
from openday.services.booking_request import PressFacts
from openday.services.guest_change import Details
from openday.services.own_booking import OwnBooking


class DetailsForm(AsksQuestions, PublicForm):
    """Name, phone, support and the language of the mails, names of companions where the house registers them, and the
    answers to its own questions."""

    name = line(
        _l("Name"),
        120,
        required=_l("Geben Sie Ihren Namen ein"),
        hint=_l("So begrüßen wir Sie"),
        autocomplete="name",
        spellcheck="false",
    )
    phone = line(_l("Telefon"), 40, hint=_l("Für kurzfristige Änderungen"), autocomplete="tel", inputmode="tel")
    needs = needs_field()
    companions = lines(_l("Namen der Begleitpersonen"), 6000)
    language = RadioField(
        _l("Sprache unserer Nachrichten"),
        [InputRequired(_l("Wählen Sie die Sprache unserer Nachrichten aus"))],
        choices=[SelectChoice(language, words) for language, words in LANGUAGE_WORDS.items()],
        invalid_choice_message=_l("Wählen Sie die Sprache unserer Nachrichten aus"),
    )

    def __init__(self, booking: OwnBooking, present: Details) -> None:
        self.visit = booking.visit or booking.event
        self.answered_before = {one.question_id: one.text for one in present.answers}
        self.present = present
        super().__init__(data=typed(present))
        self.party_size = booking.party_size
        if self.visit.registers_companions:
            ask_companions(self.companions, self.visit)
        else:
            del self.companions

    def validate_companions(self, field: Field) -> None:
        """Want as many names as people come along."""
        check_companions(field.data, self.party_size)

    def to_details(self) -> Details:
        """Return what was typed; call it on a valid form only."""
        return replace(
            self.present,
            name=self.name.data,
            phone=self.phone.data or None,
            needs=self.needs.data or None,
            companions="\n".join(names_in(self.companions.data)) or None if "companions" in self else None,
            language=self.language.data,
            answers=self.answers,
        )


class GroupDetailsForm(DetailsForm):
    """Beside it where professionals work."""

    organisation = ProfessionalForm.organisation
    field_of_work = ProfessionalForm.field_of_work

    def to_details(self) -> Details:
        """Return what was typed; call it on a valid form only."""
        field = self.field_of_work.data
        return replace(
            super().to_details(),
            organisation=self.organisation.data or None,
            field_of_work=FieldOfWork(field) if field else None,
        )


class PoliticsDetailsForm(DetailsForm):
    """Beside it what an office said of its visit; who comes instead is asked on a page of its own."""

    level = GuestForm.level
    constituency = GuestForm.constituency
    brings_press = CourseForm.brings_press
    may_announce = CourseForm.may_announce
    topics = CourseForm.topics
    security_notes = CourseForm.security_notes

    def __init__(self, booking: OwnBooking, present: Details) -> None:
        super().__init__(booking, present)
        self.name.label.text, self.name.description = _l("Ihr Name"), ""

    def to_details(self) -> Details:
        """Return what was typed; call it on a valid form only."""
        details = super().to_details()
        assert details.politics is not None  # noqa: S101 - made for a visit of politics
        politics = replace(
            details.politics,
            level=PoliticalLevel(self.level.data),
            constituency=self.constituency.data or None,
            brings_press=YesNoOpen(self.brings_press.data),
            may_announce=MayAnnounce(self.may_announce.data),
            topics=self.topics.data or None,
            security_notes=self.security_notes.data or None,
        )
        return replace(details, politics=politics)


class PressDetailsForm(DetailsForm):
    """Beside it what the press said; the photo rule was accepted and stays so."""

    organisation = PressForm.organisation
    plans = PressForm.plans
    proof = PressForm.proof
    talks_to = PressForm.talks_to
    deadline = PressForm.deadline

    def to_details(self) -> Details:
        """Return what was typed; call it on a valid form only."""
        press = PressFacts(
            plans=tuple(self.plans.data),
            proof=PressProof(self.proof.data) if self.proof.data else None,
            talks_to=tuple(self.talks_to.data or ()),
            deadline=self.deadline.data or None,
        )
        return replace(super().to_details(), organisation=self.organisation.data, press=press)


FORMS: dict[GuestKind, type[DetailsForm]] = {
    GuestKind.PUBLIC: DetailsForm,
    GuestKind.PROFESSIONAL: GroupDetailsForm,
    GuestKind.POLITICS: PoliticsDetailsForm,
    GuestKind.PRESS: PressDetailsForm,
}


def typed(present: Details) -> dict[str, Any]:
    """Return what is known under the names of the fields."""
    beside = present.politics or present.press
    return vars(present) | (vars(beside) if beside else {})
