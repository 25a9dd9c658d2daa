"""What an office says about its visit later: who comes instead, and which of the host's times it takes."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import StopValidation

from openday.forms.booking import PublicForm
from openday.forms.fields import line
from openday.forms.validators import whole_number
from openday.services.own_visit import OfferedTime, OwnVisit


class GuestForm(PublicForm):
    """Somebody else comes: staff for a member of parliament."""

    guest = line(
        _l("Name der Person, die kommt"),
        120,
        required=_l("Geben Sie den Namen der Person ein, die kommt"),
        autocomplete="off",
        spellcheck="false",
    )
    role = line(
        _l("Funktion oder Amt"), 120, hint=_l("Zum Beispiel Büroleitung"), autocomplete="off", spellcheck="false"
    )


class PickForm(PublicForm):
    """One of the times the house offers."""

    position = StringField(_l("Uhrzeit"))

    def __init__(self, visit: OwnVisit) -> None:
        super().__init__()
        self.known = {one.position: one for one in visit.offered}

    @property
    def picked(self) -> OfferedTime | None:
        """The chosen time."""
        number = whole_number(self.position.data)
        return self.known.get(number) if number is not None else None

    def validate_position(self, _field: StringField) -> None:
        """Ask for a time."""
        if self.picked is None:
            raise StopValidation(_l("Wählen Sie eine Uhrzeit aus"))
