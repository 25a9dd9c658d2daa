"""What of an event comes along when it takes place once more."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field
from wtforms.validators import Optional, StopValidation

from openday import clock
from openday.forms.fields import DayField
from openday.services.event_copy import CopyRequest


class CopyForm(FlaskForm):  # type: ignore[misc]
    """The new day, and what to take over; everything is ticked."""

    starts_on = DayField(
        _l("Neuer Tag"),
        [Optional()],
        description=_l("Uhrzeiten rücken mit. Steht der Tag noch nicht fest? Dann lassen Sie das Feld leer"),
    )
    with_places = BooleanField(_l("Orte"), default=True)
    with_slots = BooleanField(_l("Uhrzeiten mit ihren Plätzen"), default=True)
    with_contact = BooleanField(_l("Ansprechperson"), default=True)

    def __init__(self, suggested: date | None, **kwargs: Any) -> None:
        super().__init__(data={"starts_on": suggested}, **kwargs)

    def validate_starts_on(self, field: Field) -> None:
        """Refuse a day that is over."""
        if field.data and field.data < clock.today():
            raise StopValidation(_l("Dieser Tag ist vorbei. Geben Sie einen Tag ab heute ein"))

    def to_request(self) -> CopyRequest:
        """Return what was chosen; call it on a valid form only."""
        return CopyRequest(
            starts_on=self.starts_on.data,
            with_places=self.with_places.data,
            with_slots=self.with_slots.data,
            with_contact=self.with_contact.data,
        )
