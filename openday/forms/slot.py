"""The slot generator: day, from, to, length, pause, seats."""

import hashlib
import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import Optional, StopValidation

from openday.forms.fields import ClockField, DayField, Given, NumberField
from openday.forms.seat_table import kept_fields_fit, seats
from openday.models import Event
from openday.models.words import Mode, PoolAudience
from openday.services.slot import PlannedTime, SlotPlan

DEFAULT_SEATS = "8"
TAKE = "uebernehmen"


class SlotForm(FlaskForm):  # type: ignore[misc]
    """A plan for one day; ``previewed`` is the digest of the plan whose preview was shown."""

    day = DayField(_l("Datum"), [Given(_l("Geben Sie das Datum ein"))])
    start = ClockField(_l("Von"), [Given(_l("Geben Sie den Beginn ein"))])
    end = ClockField(_l("Bis"), [Optional()])
    length = NumberField(_l("Dauer"), least=5, most=720, description=_l("Leer: ein Termin für alle"))
    pause = NumberField(_l("Pause"), least=0, most=720)
    seats_onsite = NumberField(
        _l("Plätze vor Ort"), least=1, most=100_000, description=_l("Je Uhrzeit. Leer: ohne Grenze")
    )
    seats_online = NumberField(
        _l("Plätze digital"), least=1, most=100_000, description=_l("Je Uhrzeit. Leer: ohne Grenze")
    )
    kept_politics = seats(_l("davon für Politik"))
    kept_press = seats(_l("davon für Presse"))
    kept_walk_in = seats(_l("davon ohne Anmeldung"))
    previewed = HiddenField()
    action = HiddenField()

    def __init__(self, event: Event, modes: tuple[Mode, ...], **kwargs: Any) -> None:
        defaults = {
            "day": event.starts_on,
            "start": event.start_time,
            "end": event.end_time,
            "length": "30",
            "pause": "0",
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
    def is_as_previewed(self) -> bool:
        """Whether the plan is the one whose preview was shown."""
        return bool(self.previewed.data == self.digest)

    @property
    def digest(self) -> str:
        """What tells one plan from another."""
        plan = self.to_plan()
        content = [
            plan.day,
            plan.start,
            plan.end,
            plan.length,
            plan.pause,
            sorted(plan.seats.items()),
            sorted(plan.kept.items()),
        ]
        return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()[:16]

    def remember(self, _planned: list[PlannedTime]) -> None:
        """Note which plan the preview on the page belongs to."""
        self.previewed.data = self.digest

    def seats_of(self, planned: list[PlannedTime]) -> int | None:
        """Return the seats of all planned times together, None when there is no limit or nothing planned."""
        if not planned:
            return None
        seats = self.to_plan().seats.values()
        return None if None in seats else len(planned) * sum(number or 0 for number in seats)

    def validate_end(self, field: Field) -> None:
        """Refuse an end before the beginning, and a length that does not fit in between."""
        if field.data is None:
            if self.length.data and not field.process_errors:
                raise StopValidation(_l("Geben Sie das Ende ein, oder lassen Sie die Dauer leer"))
            return
        if self.start.data is not None and field.data <= self.start.data:
            raise StopValidation(_l("Das Ende liegt vor dem Beginn"))

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

    def to_plan(self) -> SlotPlan:
        """Return the plan; call it on a valid form only."""
        numbers = {}
        for mode, name in ((Mode.ONSITE, "seats_onsite"), (Mode.ONLINE, "seats_online")):
            if name in self:
                numbers[mode] = self[name].number
        return SlotPlan(
            day=self.day.data,
            start=self.start.data,
            end=self.end.data,
            length=self.length.number,
            pause=self.pause.number or 0,
            seats=numbers,
            kept={audience: field.number or 0 for audience, field in self.kept_fields.items()},
        )
