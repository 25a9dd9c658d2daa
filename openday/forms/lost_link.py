"""One field: where the links to somebody's bookings are sent."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField
from wtforms.validators import DataRequired

from openday.forms.booking import PublicForm
from openday.forms.validators import FullEmail, PlainText, strip


class LostLinkForm(PublicForm):
    """The address somebody booked with."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        [DataRequired(_l("Geben Sie Ihre E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l("Die Adresse, mit der Sie gebucht haben"),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
