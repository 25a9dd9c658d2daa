"""The answers of a Verband."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from openday.exports.words import RETURN_REASONS
from openday.forms.fields import chosen, lines
from openday.models.words import ReturnReason
from openday.services.review import Return


class ReturnForm(FlaskForm):  # type: ignore[misc]
    """Why something is given back, and what to do about it."""

    reason = RadioField(
        _l("Grund"), [InputRequired(_l("Wählen Sie einen Grund"))], choices=chosen(dict(RETURN_REASONS))
    )
    note = lines(
        _l("Was soll der Träger ändern?"),
        500,
        required=_l("Schreiben Sie, was der Träger ändern soll"),
        hint=_l("Ein Satz genügt. Der Träger bekommt ihn per E-Mail"),
        rows=3,
    )

    def to_return(self) -> Return:
        """Return the reason and the words; call it on a valid form only."""
        return Return(ReturnReason(self.reason.data), self.note.data)


class TrustForm(FlaskForm):  # type: ignore[misc]
    """Why later events are looked at first again."""

    why = lines(
        _l("Warum?"),
        500,
        required=_l("Schreiben Sie, warum neue Termine wieder geprüft werden"),
        hint=_l("Ein Satz genügt. Der Träger bekommt ihn per E-Mail"),
        rows=3,
    )
