"""The form of professionals and groups: where they work, and how many come."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import Optional

from openday.exports.words import FIELDS_OF_WORK
from openday.forms.booking import BookingForm
from openday.forms.fields import chosen, line, needs_field
from openday.forms.validators import strip
from openday.mailing.visit import Visit
from openday.models.words import FieldOfWork, GuestKind
from openday.services.booking_request import BookingRequest


class ProfessionalForm(BookingForm):
    """A team, a school class or a delegation: a head-count is enough, names only where the house must register them."""

    endpoint = "public.professional.register"
    guest_kind = GuestKind.PROFESSIONAL
    waits_as = "gruppe"

    organisation = line(
        _l("Organisation"),
        200,
        hint=_l("Zum Beispiel Ihre Beratungsstelle, Schule oder Behörde. Sie steht auf der Teilnahmeliste."),
        autocomplete="organization",
    )
    field_of_work = RadioField(
        _l("Arbeitsfeld"),
        [Optional()],
        choices=chosen(FIELDS_OF_WORK),
        filters=[strip],
        invalid_choice_message=_l("Wählen Sie eines der Arbeitsfelder aus"),
    )
    needs = needs_field()

    def __init__(self, visit: Visit, *args: Any, **kwargs: Any) -> None:
        super().__init__(visit, *args, **kwargs)
        self.party_size.description = head_count_words(visit)

    def to_request(self) -> BookingRequest:
        """Return what was asked for; call it on a valid form only."""
        field = self.field_of_work.data
        return replace(
            super().to_request(),
            organisation=self.organisation.data or None,
            field_of_work=FieldOfWork(field) if field else None,
            needs=self.needs.data or None,
        )


def head_count_words(visit: Visit) -> str:
    """Return what to write for a group, and the phone for one that is larger than the event takes."""
    limit, phone = visit.party_limit, visit.contact.phone
    words = _l("Für Schulklassen, Teams und Delegationen genügt die Zahl, Sie selbst mitgezählt.")
    if visit.registers_companions:
        words = _l("Zählen Sie sich selbst mit.")
    larger = (
        _l("Bis %(limit)s Personen. Für größere Gruppen rufen Sie an: %(phone)s", limit=limit, phone=phone)
        if phone
        else _l("Bis %(limit)s Personen.", limit=limit)
    )
    return f"{words} {larger}"
