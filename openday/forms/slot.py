"""The slot generator: days, from, to, length, pause, seats; and a day made like another one."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from openday import wording
from openday.forms.fields import ChecksField, ClockField, DayField, DaysField, Given, NumberField, chosen, line
from openday.forms.preview import PreviewedForm
from openday.forms.seat_table import kept_fields_fit, seats
from openday.forms.words import WEEKDAYS
from openday.models import Event
from openday.models.words import Mode, PoolAudience
from openday.services.slot_plan import PlannedTime, SlotPlan

DEFAULT_SEATS = "8"
TAKE = "uebernehmen"
WORKDAYS = ["0", "1", "2", "3", "4"]
MOST_DAYS = 62
MOST_GROUPS = 6
LABEL_LENGTH = 80


class SlotForm(PreviewedForm):
    """A plan for one day or several."""

    day = DayField(_l("Datum"), [Given(_l("Geben Sie das Datum ein"))])
    start = ClockField(_l("Von"), [Given(_l("Geben Sie den Beginn ein"))])
    end = ClockField(_l("Bis"), [Optional()])
    length = NumberField(_l("Dauer"), least=5, most=720, description=_l("Leer: ein Termin für alle"))
    pause = NumberField(_l("Pause"), least=0, most=720)
    last_day = DayField(_l("Bis Datum"), [Optional()], description=_l("Dieselben Uhrzeiten an jedem Tag bis dahin"))
    weekdays = ChecksField(_l("An welchen Wochentagen?"), choices=chosen(WEEKDAYS))
    except_days = DaysField(_l("Nicht am"), [Optional()], description=_l("Mehrere Tage mit Komma trennen"))
    rest_from = ClockField(_l("Mittagspause von"), [Optional()])
    rest_to = ClockField(_l("Mittagspause bis"))
    groups = line(
        _l("Mehrere Gruppen zur gleichen Zeit"),
        400,
        hint=_l("Namen mit Komma trennen, zum Beispiel: Führung Haus A, Führung Haus B. Jede hat eigene Plätze"),
    )
    replaces = BooleanField(
        _l("Freie Uhrzeiten an diesen Tagen ersetzen"), description=_l("Gebuchte Uhrzeiten bleiben immer")
    )
    seats_onsite = NumberField(
        _l("Plätze vor Ort"), least=1, most=100_000, description=_l("Je Uhrzeit. Leer: ohne Grenze")
    )
    seats_online = NumberField(
        _l("Plätze digital"), least=1, most=100_000, description=_l("Je Uhrzeit. Leer: ohne Grenze")
    )
    kept_politics = seats(_l("davon für Politik"))
    kept_press = seats(_l("davon für Presse"))
    kept_walk_in = seats(_l("davon ohne Anmeldung"))

    def __init__(self, event: Event, modes: tuple[Mode, ...], **kwargs: Any) -> None:
        defaults = {
            "day": event.starts_on,
            "start": event.start_time,
            "end": event.end_time,
            "length": "30",
            "pause": "0",
            "weekdays": WORKDAYS,
            "seats_onsite": DEFAULT_SEATS,
            "seats_online": DEFAULT_SEATS,
        }
        super().__init__(data=defaults, **kwargs)
        if Mode.ONSITE not in modes:
            del self.seats_onsite
            del self.kept_walk_in
        if Mode.ONLINE not in modes:
            del self.seats_online

    @property
    def is_taken_over(self) -> bool:
        """Whether the times are to be made, not only looked at."""
        return bool(self.action.data == TAKE)

    @property
    def has_rule(self) -> bool:
        """Whether anything beyond one plain day was said or went wrong."""
        ruled = (self.last_day, self.except_days, self.rest_from, self.rest_to, self.groups, self.replaces)
        return any(field.data or field.errors for field in ruled)

    def seats_of(self, planned: list[PlannedTime]) -> int | None:
        """Return the seats of all planned times together, None when there is no limit or nothing planned."""
        if not planned:
            return None
        seats = self.to_request().seats.values()
        return None if None in seats else len(planned) * sum(number or 0 for number in seats)

    def validate_end(self, field: Field) -> None:
        """Refuse an end before the beginning, and a length that does not fit in between."""
        if field.data is None:
            if self.length.data and not field.process_errors:
                raise StopValidation(_l("Geben Sie das Ende ein, oder lassen Sie die Dauer leer"))
            return
        if self.start.data is not None and field.data <= self.start.data:
            raise StopValidation(_l("Das Ende liegt vor dem Beginn"))

    def validate_last_day(self, field: Field) -> None:
        """Refuse days in the wrong order, more than anybody plans at once, and a rule that no day follows."""
        if not field.data or self.day.data is None:
            return
        if field.data < self.day.data:
            raise StopValidation(_l("Der letzte Tag liegt vor dem ersten"))
        if field.data - self.day.data > timedelta(days=MOST_DAYS):
            raise StopValidation(_l("Planen Sie höchstens %(most)s Tage auf einmal", most=MOST_DAYS))
        if not self.days:
            raise StopValidation(_l("An keinem dieser Tage sollen Uhrzeiten sein. Wählen Sie andere Wochentage"))

    def validate_rest_to(self, field: Field) -> None:
        """Refuse half a break and one that ends before it begins."""
        if field.process_errors or self.rest_from.process_errors:
            return
        if bool(self.rest_from.data) != bool(field.data):
            raise StopValidation(_l("Geben Sie Beginn und Ende der Mittagspause ein"))
        if field.data and field.data <= self.rest_from.data:
            raise StopValidation(_l("Das Ende der Mittagspause liegt vor ihrem Beginn"))

    def validate_groups(self, _field: Field) -> None:
        """Refuse names nobody could tell apart, and too many of them."""
        names = self.group_names
        if len(names) > MOST_GROUPS:
            raise StopValidation(_l("Nennen Sie höchstens %(most)s Gruppen", most=MOST_GROUPS))
        if len(set(names)) < len(names):
            raise StopValidation(_l("Zwei Gruppen heißen gleich. Geben Sie jeder einen eigenen Namen"))
        if any(len(name) > LABEL_LENGTH for name in names):
            raise StopValidation(_l("Kürzen Sie die Namen auf höchstens %(limit)s Zeichen", limit=LABEL_LENGTH))

    def validate_length(self, field: Field) -> None:
        """Refuse a length longer than the whole."""
        if field.errors or not field.data or self.start.data is None or self.end.data is None:
            return
        minutes = (self.end.data.hour - self.start.data.hour) * 60 + self.end.data.minute - self.start.data.minute
        if 0 < minutes < int(field.data):
            raise StopValidation(_l("Die Dauer passt nicht zwischen Beginn und Ende"))

    def validate(self, **kwargs: Any) -> bool:
        """Check each field, then that the kept seats fit into all."""
        if not super().validate(**kwargs):
            return False
        return kept_fields_fit(self.seats_onsite or self.seats_online, list(self.kept_fields.values()))

    @property
    def kept_fields(self) -> dict[PoolAudience, NumberField]:
        """The fields for seats that are not for everybody."""
        kept = (PoolAudience.POLITICS, PoolAudience.PRESS, PoolAudience.WALK_IN)
        return {audience: self[f"kept_{audience}"] for audience in kept if f"kept_{audience}" in self}

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the rule: one, or those of a span on the chosen weekdays without the excepted ones."""
        if self.last_day.data is None:
            return (self.day.data,)
        count = (self.last_day.data - self.day.data).days + 1
        span = [self.day.data + timedelta(days=number) for number in range(count)]
        wanted, excepted = set(self.weekdays.data or ()), set(self.except_days.data or ())
        return tuple(day for day in span if str(day.weekday()) in wanted and day not in excepted)

    @property
    def group_names(self) -> tuple[str, ...]:
        """The names of what goes on side by side."""
        return tuple(name.strip() for name in (self.groups.data or "").split(",") if name.strip())

    def to_request(self) -> SlotPlan:
        """Return the plan; call it on a valid form only."""
        numbers = {}
        for mode, name in ((Mode.ONSITE, "seats_onsite"), (Mode.ONLINE, "seats_online")):
            if name in self:
                numbers[mode] = self[name].number
        return SlotPlan(
            days=self.days,
            start=self.start.data,
            end=self.end.data,
            length=self.length.number,
            pause=self.pause.number or 0,
            seats=numbers,
            kept={audience: field.number or 0 for audience, field in self.kept_fields.items()},
            rest=(self.rest_from.data, self.rest_to.data) if self.rest_from.data else None,
            groups=self.group_names,
            replaces=self.replaces.data,
        )


class CopyDayForm(FlaskForm):  # type: ignore[misc]
    """A day with times, and the day that becomes like it."""

    source = SelectField(_l("Uhrzeiten von"), coerce=str)
    target = DayField(_l("Auch am"), [Given(_l("Geben Sie das Datum ein"))])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(prefix="copy", **kwargs)
        days = sorted({slot.berlin_day for slot in event.slots})
        self.source.choices = [SelectChoice(day.isoformat(), wording.day_in_words(day)) for day in days]

    @property
    def source_day(self) -> date:
        """The day to copy; call it on a valid form only."""
        return date.fromisoformat(self.source.data)
