"""What a house answers to a request: a time for a proposal, other times, or no."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired, StopValidation

from openday import wording
from openday.exports.words import DAY_PARTS
from openday.forms.fields import ChecksField, ClockField, Given, NumberField, chosen, line
from openday.models import VisitProposal
from openday.services.visit_answer import MOST_OFFERS
from openday.services.visit_request_page import RequestPage

USUAL_MINUTES = 30


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """Yes to one of the proposed days: at what time, and for how long."""

    position = RadioField(
        _l("Welcher Vorschlag passt?"),
        [InputRequired(_l("Wählen Sie einen Vorschlag aus"))],
        invalid_choice_message=_l("Wählen Sie einen Vorschlag aus"),
    )
    start_time = ClockField(_l("Beginn"), [Given(_l("Geben Sie die Uhrzeit ein"))])
    minutes = NumberField(_l("Dauer"), least=5, most=480, required=_l("Geben Sie an, wie lange der Besuch dauert"))

    def __init__(self, page: RequestPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.position.choices = chosen({str(one.position): proposal_in_words(one) for one in page.proposals})
        if not self.is_submitted():
            exact = [one.start_time for one in page.proposals if one.start_time]
            self.start_time.data = exact[0] if len(page.proposals) == len(exact) == 1 else None
            self.minutes.data = str(USUAL_MINUTES)


class OfferForm(FlaskForm):  # type: ignore[misc]
    """Up to three other times of the event."""

    slots = ChecksField(_l("Welche Zeiten bieten Sie an?"), [InputRequired(_l("Wählen Sie mindestens eine Zeit aus"))])

    def __init__(self, page: RequestPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots.choices = chosen(
            {
                str(visit.slot_id): f"{wording.day_in_words(visit.day)}, "
                f"{wording.times_in_words(visit.starts_at, visit.ends_at)}"
                for visit in page.times
            }
        )

    def validate_slots(self, field: ChecksField) -> None:
        """Refuse more than the mail and the office can handle."""
        if len(field.data or []) > MOST_OFFERS:
            raise StopValidation(_l("Wählen Sie höchstens drei Zeiten aus"))


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """No, and why."""

    reason = line(
        _l("Grund"),
        300,
        required=_l("Geben Sie den Grund ein"),
        hint=_l("Steht in der E-Mail, zum Beispiel: An dem Tag ist das Haus geschlossen"),
    )


def proposal_in_words(one: VisitProposal) -> str:
    """Return ``Mo., 16. September 2024, Vormittag`` of what an office proposed."""
    assert one.day is not None  # noqa: S101 - only the house suggests slots
    when = wording.times_in_words(one.start_time, None) if one.start_time else str(DAY_PARTS[one.day_part or ""])
    return f"{wording.day_in_words(one.day)}, {when}"
