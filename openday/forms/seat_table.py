"""All seats of one time, and what else is special about it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from openday.forms.fields import NumberField, line
from openday.models import Slot
from openday.models.words import Mode, PhotoRule, PoolAudience
from openday.services.capacity import KEPT, SeatPlan, SeatsTaken, plan_of
from openday.services.seat_table import Reach, SeatTable

PHOTO_CHOICES = [
    SelectChoice("", _l("Wie beim ganzen Termin")),
    SelectChoice(PhotoRule.OPEN.value, _l("Fotos sind erlaubt")),
    SelectChoice(PhotoRule.ON_REQUEST.value, _l("Nur nach Absprache")),
    SelectChoice(PhotoRule.NONE.value, _l("Bitte nicht fotografieren")),
]
REACH_CHOICES = [
    SelectChoice(Reach.SLOT.value, _l("Nur für diese Uhrzeit")),
    SelectChoice(Reach.DAY.value, _l("Für alle Uhrzeiten dieses Tages")),
    SelectChoice(Reach.EVENT.value, _l("Für alle kommenden Uhrzeiten")),
]
WITHOUT_TOTAL = _l("Geben Sie an, wie viele Plätze es insgesamt sind. Ohne Grenze lässt sich nichts freihalten")
KEPT_TOO_MANY = _l("Sie halten %(kept)s Plätze frei, es gibt aber nur %(total)s")


def seats(label: Any, hint: Any = "") -> NumberField:
    """Return a field for a number of seats."""
    return NumberField(label, least=0, most=100_000, description=hint)


def kept_fields_fit(total: NumberField, kept: list[NumberField]) -> bool:
    """Whether so many seats can be kept; says at the total why not. Only for fields that hold numbers."""
    number = sum(field.number or 0 for field in kept)
    if not number or (total.number is not None and number <= total.number):
        return True
    words = WITHOUT_TOTAL if total.number is None else KEPT_TOO_MANY % {"kept": number, "total": total.number}
    total.errors = [*total.errors, words]
    return False


class SeatTableForm(FlaskForm):  # type: ignore[misc]
    """Seats in all and for whom some of them are kept, for each way to take part."""

    onsite_total = seats(_l("Plätze insgesamt"), _l("So viele passen in den Raum. Leer: ohne Grenze"))
    onsite_politics = seats(_l("davon Politik"))
    onsite_press = seats(_l("davon Presse"))
    onsite_walk_in = seats(_l("davon ohne Anmeldung"))
    online_total = seats(_l("Plätze insgesamt"), _l("Leer: ohne Grenze"))
    online_politics = seats(_l("davon Politik"))
    online_press = seats(_l("davon Presse"))
    photo_rule = RadioField(_l("Foto-Regel"), choices=PHOTO_CHOICES)
    reach = RadioField(_l("Wofür gelten Plätze und Foto-Regel?"), choices=REACH_CHOICES, default=Reach.SLOT.value)
    label = line(_l("Bezeichnung"), 80, hint=_l("Nur für diese Uhrzeit, zum Beispiel: Führung auf Arabisch"))
    is_photo_moment = BooleanField(
        _l("Das ist der Fototermin"), description=_l("Nur für diese Uhrzeit. Die Presse sieht ihn zuerst")
    )

    def __init__(self, slot: Slot, modes: tuple[Mode, ...], **kwargs: Any) -> None:
        stored: dict[str, Any] = {
            "label": slot.label,
            "photo_rule": slot.photo_rule or "",
            "is_photo_moment": slot.is_photo_moment,
        }
        for mode in modes:
            plan = plan_of(slot, mode) or SeatPlan(0)
            stored[f"{mode}_total"] = plan.total
            stored |= {f"{mode}_{audience}": plan.kept.get(audience, 0) for audience in KEPT[mode]}
        super().__init__(data=stored, **kwargs)
        self.modes = modes
        for mode in set(Mode) - set(modes):
            for name in [f"{mode}_total", *(f"{mode}_{audience}" for audience in KEPT[mode])]:
                del self[name]

    def total_field(self, mode: Mode) -> NumberField:
        """Return the field for all seats of a mode."""
        return self[f"{mode}_total"]  # type: ignore[no-any-return]

    def kept_fields(self, mode: Mode) -> list[NumberField]:
        """Return the fields for the seats of a mode that are kept."""
        return [self[f"{mode}_{audience}"] for audience in KEPT[mode]]

    def validate(self, **kwargs: Any) -> bool:
        """Check each number, then that the kept ones fit into all."""
        if not super().validate(**kwargs):
            return False
        fitting = [kept_fields_fit(self.total_field(mode), self.kept_fields(mode)) for mode in self.modes]
        return all(fitting)  # a list, so that each total says what is wrong with it

    def explain(self, refusal: SeatsTaken, when: str) -> None:
        """Say at the field in question what is taken, and ``when`` it is that of another time."""
        is_general = refusal.audience is PoolAudience.EVERYONE
        field = self[f"{refusal.mode}_total" if is_general else f"{refusal.mode}_{refusal.audience}"]
        field.errors = [f"{when}: {refusal}" if when else str(refusal)]

    def to_request(self) -> SeatTable:
        """Return the table; call it on a valid form only."""
        return SeatTable(
            plans={mode: self.plan(mode) for mode in self.modes},
            reach=Reach(self.reach.data),
            photo_rule=PhotoRule(self.photo_rule.data) if self.photo_rule.data else None,
            is_photo_moment=self.is_photo_moment.data,
            label=self.label.data or None,
        )

    def plan(self, mode: Mode) -> SeatPlan:
        """Return the seats of one way to take part."""
        kept = {audience: self[f"{mode}_{audience}"].number or 0 for audience in KEPT[mode]}
        return SeatPlan(self.total_field(mode).number, kept)
