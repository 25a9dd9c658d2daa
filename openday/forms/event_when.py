"""When an event is, and whether one registers; every fact may be missing."""

from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, RadioField
from wtforms.validators import InputRequired, Optional, StopValidation

from openday import clock
from openday.forms.fields import ClockField, DayField, NumberField, chosen, line
from openday.forms.words import ADMISSIONS
from openday.models import Event
from openday.models.words import Admission
from openday.services.event_kind import Concern, is_asked
from openday.services.event_request import WhenRequest


class WhenForm(FlaskForm):  # type: ignore[misc]
    """Days and times, each of which may be missing or said in words; and whether one registers."""

    starts_on = DayField(
        _l("Erster Tag"), [Optional()], description=_l("Steht er noch nicht fest? Dann lassen Sie ihn leer")
    )
    ends_on = DayField(_l("Letzter Tag"), [Optional()], description=_l("Nur bei mehreren Tagen"))
    start_time = ClockField(_l("Beginn"), [Optional()])
    end_time = ClockField(_l("Ende"), [Optional()], description=_l("Ohne festes Ende leer lassen"))
    date_words = line(
        _l("Tag in Worten"),
        120,
        hint=_l("Statt eines Datums, zum Beispiel: Termin folgt, voraussichtlich Mitte September"),
    )
    time_words = line(_l("Uhrzeit in Worten"), 120, hint=_l("Statt einer Uhrzeit, zum Beispiel: am Nachmittag"))
    admission = RadioField(
        _l("Muss man sich anmelden?"),
        [InputRequired(_l("Wählen Sie, ob man sich anmelden muss"))],
        choices=chosen(ADMISSIONS),
    )
    party_limit = NumberField(
        _l("Personen je Buchung"),
        least=1,
        most=100,
        required=_l("Geben Sie an, wie viele Personen eine Buchung höchstens hat"),
        description=_l("Höchstens so viele Personen kann jemand auf einmal anmelden"),
    )
    opens_on = DayField(_l("Anmeldung ab, Tag"), [Optional()], description=_l("Leer: ab sofort"))
    opens_time = ClockField(_l("Anmeldung ab, Uhrzeit"), [Optional()])
    closes_on = DayField(_l("Anmeldung bis, Tag"), [Optional()], description=_l("Leer: bis zum Beginn"))
    closes_time = ClockField(_l("Anmeldung bis, Uhrzeit"), [Optional()])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(obj=event, data=moments_of(event), **kwargs)
        self.event = event
        if not is_asked(event, Concern.SEATS):
            del self.admission, self.party_limit, self.opens_on, self.opens_time, self.closes_on, self.closes_time

    def validate_ends_on(self, field: Field) -> None:
        """Refuse days in the wrong order, and a last day without a first."""
        if field.data and not self.starts_on.data:
            raise StopValidation(_l("Geben Sie auch den ersten Tag ein"))
        if field.data and field.data < self.starts_on.data:
            raise StopValidation(_l("Der letzte Tag liegt vor dem ersten"))

    def validate_end_time(self, field: Field) -> None:
        """Refuse an end without a beginning, and one before it on the same day."""
        if field.data and not self.start_time.data:
            raise StopValidation(_l("Geben Sie auch den Beginn ein"))
        is_one_day = not self.ends_on.data or self.ends_on.data == self.starts_on.data
        if field.data and is_one_day and field.data <= self.start_time.data:
            raise StopValidation(_l("Das Ende liegt vor dem Beginn"))

    def validate_opens_on(self, field: Field) -> None:
        """Refuse a clock time without a day."""
        self._check_moment(field, self.opens_time, time(0))

    def validate_closes_on(self, field: Field) -> None:
        """Refuse a clock time without a day, and an end before the beginning."""
        self._check_moment(field, self.closes_time, time(23, 59))
        opens, closes = self._moments()
        if opens and closes and closes <= opens:
            raise StopValidation(_l("Das Ende der Anmeldung liegt vor ihrem Beginn"))

    def _check_moment(self, day: Field, at: Field, otherwise: time) -> None:
        if at.data and not day.data:
            raise StopValidation(_l("Geben Sie zur Uhrzeit auch den Tag ein"))
        try:
            moment(day.data, at.data, otherwise)
        except ValueError:
            raise StopValidation(_l("Diese Uhrzeit gibt es an dem Tag nicht, weil die Uhr vorgestellt wird")) from None

    def _moments(self) -> tuple[datetime | None, datetime | None]:
        return (
            moment(self.opens_on.data, self.opens_time.data, time(0)),
            moment(self.closes_on.data, self.closes_time.data, time(23, 59)),
        )

    def to_request(self) -> WhenRequest:
        """Return what was said; call it on a valid form only."""
        opens, closes = self._moments() if self.admission else (None, None)
        return WhenRequest(
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data if self.ends_on.data != self.starts_on.data else None,
            start_time=self.start_time.data,
            end_time=self.end_time.data,
            date_words=self.date_words.data or None,
            time_words=self.time_words.data or None,
            admission=Admission(self.admission.data) if self.admission else Admission.OPEN,
            party_limit=(self.party_limit.number or 1) if self.party_limit else self.event.party_limit,
            booking_opens_at=opens,
            booking_closes_at=closes,
        )


def moment(day: date | None, at: time | None, otherwise: time) -> datetime | None:
    """Return the UTC instant of a Berlin day and time; raises ``ValueError`` for one that spring skips."""
    return None if day is None else clock.from_berlin(day, at or otherwise)


def moments_of(event: Event) -> dict[str, Any]:
    """Return opening and closing of the registration as the four fields of the form."""
    values: dict[str, Any] = {}
    for name, instant in (("opens", event.booking_opens_at), ("closes", event.booking_closes_at)):
        local = clock.to_berlin(instant) if instant else None
        values[f"{name}_on"] = local.date() if local else None
        values[f"{name}_time"] = local.time() if local else None
    return values
