"""Where a time moves to, and which others go along."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from openday import clock
from openday.forms.fields import ClockField, DayField, Given, line
from openday.forms.preview import PreviewedForm
from openday.models import Slot
from openday.services.seat_table import Reach
from openday.services.slot_change import Move


class MoveForm(PreviewedForm):
    """Day and clock time of the chosen time."""

    reach = RadioField(
        _l("Was verschieben Sie?"),
        choices=[
            SelectChoice(Reach.SLOT.value, _l("Nur diese Uhrzeit")),
            SelectChoice(Reach.DAY.value, _l("Alle Uhrzeiten dieses Tages")),
            SelectChoice(Reach.EVENT.value, _l("Alle Uhrzeiten des Termins")),
        ],
        description=_l("Andere Uhrzeiten rücken um denselben Schritt mit"),
    )
    day = DayField(_l("Neuer Tag"), [Given(_l("Geben Sie den neuen Tag ein"))])
    start = ClockField(_l("Neuer Beginn"), [Given(_l("Geben Sie den neuen Beginn ein"))])
    end = ClockField(
        _l("Neues Ende"), [Optional()], description=_l("Leer: die Länge bleibt. Gilt nur für eine einzelne Uhrzeit")
    )
    reason = line(
        _l("Grund"), 200, hint=_l("Steht in der E-Mail und auf der Seite des Termins, zum Beispiel: Sitzung im Landtag")
    )

    def __init__(self, slot: Slot, reach: Reach, **kwargs: Any) -> None:
        shown = clock.to_berlin(slot.starts_at)
        super().__init__(data={"reach": reach.value, "day": shown.date(), "start": shown.time()}, **kwargs)
        self.slot = slot

    def validate_end(self, field: Field) -> None:
        """Refuse an end before the beginning."""
        if field.data is not None and self.start.data is not None and field.data <= self.start.data:
            raise StopValidation(_l("Das Ende liegt vor dem Beginn"))

    def to_request(self) -> Move:
        """Return the move; call it on a valid form only."""
        return Move(
            slot_id=self.slot.id,
            reach=Reach(self.reach.data),
            day=self.day.data,
            start=self.start.data,
            end=self.end.data,
            reason=self.reason.data or "",
        )


def reach_of(text: str | None) -> Reach:
    """Return how much moves at first; what is not understood is the time alone."""
    return Reach(text) if text in set(Reach) else Reach.SLOT
