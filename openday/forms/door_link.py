"""The day a helper's link is for."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from openday import clock, wording


class DoorLinkForm(FlaskForm):  # type: ignore[misc]
    """One of the event's days, today or later."""

    day = SelectField(_l("Für welchen Tag?"))

    def __init__(self, days: Sequence[date]) -> None:
        super().__init__()
        self.days = [day for day in days if day >= clock.today()]
        self.day.choices = [SelectChoice(day.isoformat(), wording.day_in_words(day)) for day in self.days]

    @property
    def chosen_day(self) -> date:
        """The day; ask a valid form only."""
        return date.fromisoformat(self.day.data)
