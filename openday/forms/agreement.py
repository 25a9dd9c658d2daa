"""The processing agreement, accepted for a Träger that is here already."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired


class AgreementForm(FlaskForm):  # type: ignore[misc]
    """One tick, for the version that was on the page."""

    version = HiddenField()
    accepts = BooleanField(
        _l("Wir nehmen die Vereinbarung zur Auftragsverarbeitung an"),
        [InputRequired(_l("Nehmen Sie die Vereinbarung an. Ohne sie dürfen wir keine Gästedaten für Sie verarbeiten"))],
    )
