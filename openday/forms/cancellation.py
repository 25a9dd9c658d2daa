"""Why an event does not take place."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from openday.forms.fields import line


class CancelEventForm(FlaskForm):  # type: ignore[misc]
    """The reason, which stands in every mail and on the public page."""

    reason = line(
        _l("Grund"),
        300,
        required=_l("Geben Sie den Grund ein"),
        hint=_l("Steht in der E-Mail und auf der Seite des Termins, zum Beispiel: Wasserschaden im Haus"),
    )
