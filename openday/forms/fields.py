"""Fields that read what people type: days, clock times, texts; their words say what to do."""

import re
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, TextInput, TimeInput

from openday.forms.validators import PlainText, strip

ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
CLOCK_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?(?: ?Uhr)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2100
SHOWN = 40  # characters of a faulty value that are kept


class Given:
    """Insist on a value that is more than white space; a value that could not be read keeps its own words."""

    field_flags: dict[str, Any] = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Field) -> None:
        """Raise ``StopValidation`` with the sentence to show."""
        if field.process_errors:
            raise StopValidation
        if field.data is None or field.data == "":
            raise StopValidation(self.message)


def read_day(text: str) -> date:
    """Return the day of ``2024-09-16`` or ``16.9.2024``; raises ``ValueError`` for anything else."""
    if found := ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := GERMAN_DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise ValueError(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    return date(year, month, day)


def read_clock_time(text: str) -> time:
    """Return the time of ``10:00``, ``10.30`` or ``10 Uhr``; raises ``ValueError`` for anything else."""
    found = CLOCK_TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return time(int(found[1]), int(found[2] or 0))


class TypedField(Field):  # type: ignore[misc]
    """Keeps what was typed, so that a faulty value is shown again as it was."""

    words: Any = ""
    data: Any

    def parse(self, text: str) -> object:
        """Return the value of a text; raises ``ValueError``."""
        raise NotImplementedError

    def show(self) -> str:
        """Return the value as the browser's control expects it."""
        raise NotImplementedError

    def __call__(self, **kwargs: Any) -> Any:
        """Render the control; a browser's date control could not show a faulty value, a line of text can."""
        if self.process_errors:
            kwargs["type"] = "text"
        return super().__call__(**kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])[:SHOWN] if self.data is None else self.show()
        return self.show() if self.data is not None else ""

    def process_formdata(self, values: list[Any]) -> None:
        """Read the first value; an empty one is no value, a field that was not sent keeps what it had."""
        if not values:
            return
        self.data = None
        text = strip(values[0]) if isinstance(values[0], str) else ""
        if not text:
            return
        try:
            self.data = self.parse(text)
        except ValueError:
            raise ValueError(self.words) from None


class DayField(TypedField):
    """A calendar day, from the browser's control or typed the German way."""

    widget = DateInput()
    words = _l("Geben Sie den Tag so ein: 16.09.2026")

    def parse(self, text: str) -> date:
        """Return the day."""
        return read_day(text)

    def show(self) -> str:
        """Return ``2024-09-16``."""
        return f"{self.data:%Y-%m-%d}"


class DaysField(TypedField):
    """Several calendar days in one line, parted by commas; empty for none."""

    widget = TextInput()
    words = _l("Geben Sie die Tage so ein: 17.09.2026, 18.09.2026")

    def parse(self, text: str) -> tuple[date, ...]:
        """Return the days as they were typed."""
        return tuple(read_day(part.strip()) for part in text.split(",") if part.strip())

    def show(self) -> str:
        """Return ``16.09.2024, 17.09.2024``."""
        return ", ".join(f"{day:%d.%m.%Y}" for day in self.data)


class ClockField(TypedField):
    """A time on the wall clock of Europe/Berlin."""

    widget = TimeInput()
    words = _l("Geben Sie die Uhrzeit so ein: 10:00")

    def parse(self, text: str) -> time:
        """Return the time."""
        return read_clock_time(text)

    def show(self) -> str:
        """Return ``10:00``."""
        return f"{self.data:%H:%M}"


class NumberField(StringField):  # type: ignore[misc]
    """A whole number between two limits, empty for none; digits only, as people type them."""

    def __init__(self, label: Any, *, least: int, most: int, required: Any = None, **kwargs: Any) -> None:
        checks = [Given(required)] if required else []
        super().__init__(label, checks, filters=[strip], render_kw={"inputmode": "numeric"}, **kwargs)
        self.least, self.most = least, most

    @property
    def number(self) -> int | None:
        """The number, None when the field was left empty."""
        return int(self.data) if self.data else None

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is no number or too small or too large."""
        text = self.data or ""
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= 6 and self.least <= int(text) <= self.most):
            raise StopValidation(
                _l("Geben Sie eine Zahl von %(least)s bis %(most)s ein", least=self.least, most=self.most)
            )

    def process_data(self, value: Any) -> None:
        """Take a stored number as its text."""
        self.data = "" if value is None else str(value)


class ChecksField(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, as native checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def line(
    label: Any, limit: int, *, required: Any = None, hint: Any = "", checks: tuple[Any, ...] = (), **render: str
) -> Any:
    """Return a field for one line of text; ``required`` is what to say when it is empty."""
    first = [Given(required)] if required else []
    return StringField(
        label, [*first, PlainText(limit=limit), *checks], filters=[strip], description=hint, render_kw=render or None
    )


def lines(label: Any, limit: int, *, required: Any = None, hint: Any = "", rows: int = 4) -> Any:
    """Return a field for a text of several lines; ``required`` is what to say when it is empty."""
    checks = [Given(required)] if required else []
    return TextAreaField(
        label,
        [*checks, PlainText(limit=limit, lines=True)],
        filters=[strip],
        description=hint,
        render_kw={"rows": str(rows)},
    )


def needs_field() -> Any:
    """Return the field for what a guest needs: the need is asked for, never the disability."""
    return lines(
        _l("Unterstützung"),
        300,
        hint=_l(
            "Was brauchen Sie, damit Sie gut teilnehmen können? Zum Beispiel Gebärdensprache, Stuhl, Ruheraum. "
            "Nur das Team vor Ort sieht das."
        ),
        rows=3,
    )


def chosen(words: dict[str, Any], *, empty: Any = None) -> list[SelectChoice]:
    """Return the choices of a field from stored words and their names."""
    named = [SelectChoice(str(word), label) for word, label in words.items()]
    return [SelectChoice("", empty), *named] if empty is not None else named
