"""The form of the waiting list: what a booking asks for, and which time one waits for."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from openday import wording
from openday.forms.booking import BookingForm
from openday.forms.press import PressForm, photo_words
from openday.forms.professional import ProfessionalForm
from openday.mailing.visit import Visit
from openday.services.waiting_entry import WaitingRequest

ANY_TIME = "alle"
ANY_TIME_WORDS = _l("Jede Uhrzeit dieses Termins")
TAKES_LATE = _l("Auch ganz kurzfristig")
TAKES_LATE_HINT = _l(
    "Wird weniger als drei Stunden vorher ein Platz frei, buchen wir ihn sofort für Sie. "
    "Ohne das Häkchen fragen wir dann die Nächsten."
)


class WaitingForm(BookingForm):
    """``wanted`` is the time somebody came from; without one any time of the event is chosen.

    ``books_at`` is where the same guests take a time that is free.
    """

    endpoint = "public.waiting_list.join"
    books_at = BookingForm.endpoint

    wait_for = SelectField(
        _l("Auf welche Uhrzeit warten Sie?"), invalid_choice_message=_l("Wählen Sie eine Uhrzeit aus")
    )
    takes_late_offer = BooleanField(TAKES_LATE, description=TAKES_LATE_HINT)

    def __init__(self, visits: list[Visit], wanted: Visit | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(wanted or visits[0], *args, **kwargs)
        self.visits = {str(visit.slot_id): visit for visit in visits}
        self.wait_for.choices = times_to_choose(visits)
        if not self.wait_for.raw_data:  # the form of a time that filled up does not ask
            self.wait_for.data = str(wanted.slot_id) if wanted else ANY_TIME
        if len(visits) == 1:
            self.wait_for.data = str(visits[0].slot_id)

    def validate_shown_start(self, _field: HiddenField) -> None:
        """Take every start: the offer names the time as it is then."""

    @property
    def chosen(self) -> Visit:
        """The time to wait for; the first one stands for all of them."""
        return self.visits.get(self.wait_for.data, self.visit)

    def to_wish(self) -> WaitingRequest:
        """Return who wants to wait for what; call it on a valid form only."""
        self.visit = self.chosen
        return WaitingRequest(
            self.to_request(),
            is_any_time=self.wait_for.data == ANY_TIME,
            takes_late_offer=bool(self.takes_late_offer.data),
        )


class GroupWaitingForm(WaitingForm, ProfessionalForm):
    """The same for professionals and groups, who say where they work."""

    books_at = ProfessionalForm.endpoint


class PressWaitingForm(WaitingForm, PressForm):
    """The same for the press; who waits for any time accepts a photo rule that may differ from time to time."""

    books_at = PressForm.endpoint

    def __init__(self, visits: list[Visit], wanted: Visit | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(visits, wanted, *args, **kwargs)
        if len({tuple(photo_words(visit)) for visit in visits}) > 1:
            self.accepts_photo_rule.description = _l(
                "Sie ist je nach Uhrzeit verschieden und steht im Angebot, bevor Sie den Platz nehmen."
            )


def times_to_choose(visits: Sequence[Visit]) -> list[SelectChoice]:
    """Return what one can wait for: any time of the event, or one of them, which stand under their days."""
    times = [SelectChoice(str(one.slot_id), words_of(one), optgroup=wording.day_heading(one.day)) for one in visits]
    return [SelectChoice(ANY_TIME, ANY_TIME_WORDS), *times]


def words_of(visit: Visit) -> str:
    """Return ``Mo., 14. September 2026, 10:00–10:30 Uhr``."""
    return f"{wording.day_in_words(visit.day)}, {wording.times_in_words(visit.starts_at, visit.ends_at)}"
