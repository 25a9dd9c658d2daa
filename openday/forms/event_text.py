"""The texts of an event in another language."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation

from openday.forms.event import check_summary
from openday.forms.fields import line, lines
from openday.models import EventText
from openday.services.event_text import TextRequest


class EventTextForm(FlaskForm):  # type: ignore[misc]
    """Title, short and long text; with all of them empty the language goes."""

    title = line(_l("Titel"), 200)
    summary = lines(_l("Kurzer Text"), 600, hint=_l("Höchstens 60 Wörter"), rows=4)
    description = lines(_l("Langer Text"), 6000, rows=9)

    def __init__(self, text: EventText | None, **kwargs: Any) -> None:
        super().__init__(obj=text, **kwargs)

    def validate_title(self, field: Field) -> None:
        """Insist on a title where there is a text."""
        if not field.data and (self.summary.data or self.description.data):
            raise StopValidation(_l("Geben Sie auch den Titel in dieser Sprache ein"))

    def validate_summary(self, field: Field) -> None:
        """Refuse a short text that is not short."""
        check_summary(field)

    def to_request(self) -> TextRequest:
        """Return what was said; call it on a valid form only."""
        return TextRequest(self.title.data or "", self.summary.data or "", self.description.data or "")
