"""A way to take part that an event wants to give up: not while somebody counts on it."""

from flask_babel import gettext as _
from flask_babel import ngettext

from openday.errors import Refusal
from openday.exports.words import MODES
from openday.models import Booking
from openday.models.words import Attendance, Mode
from openday.services.mail_plan import concerned

KEPT: dict[Attendance | None, tuple[Mode, ...]] = {
    Attendance.ONSITE: (Mode.ONSITE,),
    Attendance.ONLINE: (Mode.ONLINE,),
    Attendance.HYBRID: (Mode.ONSITE, Mode.ONLINE),
}


class WayTaken(Refusal):
    """Guests have booked, asked or wait for this way to take part."""

    code = "way_taken"

    def __init__(self, mode: Mode, number: int) -> None:
        super().__init__()
        words = ngettext(
            "%(num)s Gast ist noch für „%(mode)s“ angemeldet.",
            "%(num)s Gäste sind noch für „%(mode)s“ angemeldet.",
            number,
            mode=MODES[mode],
        )
        way_out = _("Wählen Sie „Vor Ort und digital“, oder sagen Sie diesen Gästen zuerst in der Teilnahmeliste ab.")
        self.message = f"{words} {way_out}"


def refuse_lost_way(event_id: int, attendance: Attendance | None) -> None:
    """Raise ``WayTaken`` where a coming guest would have no way left; call it behind the event's row."""
    for mode in Mode:
        if mode not in KEPT.get(attendance, ()) and (guests := concerned(event_id, Booking.mode == mode)):
            raise WayTaken(mode, len(guests))
