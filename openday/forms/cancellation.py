"""Why an event does not take place, or one time of it, or a day."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from openday.forms.fields import line
from openday.services.seat_table import Reach


class CancelEventForm(FlaskForm):  # type: ignore[misc]
    """The reason, which stands in every mail and on the public page."""

    reason = line(
        _l("Grund"),
        300,
        required=_l("Geben Sie den Grund ein"),
        hint=_l("Steht in der E-Mail und auf der Seite des Termins, zum Beispiel: Wasserschaden im Haus"),
    )


def reach_of(text: str | None) -> Reach:
    """Return how much is called off beside the chosen time; what is not understood is the time alone."""
    return Reach.DAY if text == Reach.DAY else Reach.SLOT
