"""Days, times and counts in words, in the language of the request. Plain text, but for words that stay German."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from openday import clock

SMALL = 5  # persons; below it a number is never shown
NBSP = "\u00a0"
IN_TABLE = ("EEE, dd.MM.y", "EEE d MMM y")


def language() -> str:
    """Return ``de`` or ``en``, the language texts are written in right now."""
    locale = get_locale()
    return str(locale.language) if locale else "de"


def as_german(text: str | None) -> str:
    """Return an organiser's words, marked as German on a page that is not: voices read them out well (WCAG 3.1.2)."""
    return Markup('<span lang="de">{}</span>').format(text) if text and language() != "de" else text or ""


def _format(day: date, german: str, english: str) -> str:
    return _formatted(day, german, "de") if language() == "de" else _formatted(day, english, "en")


@lru_cache(4096)
def _formatted(day: date, pattern: str, language: str) -> str:
    return babel_date(day, pattern, language)


def day_in_words(day: date) -> str:
    """Return ``Mo., 16. September 2024`` with a space that does not break after ``16.``."""
    return _format(day, f"EEE, d.{NBSP}MMMM y", "EEE d MMMM y")


def day_heading(day: date) -> str:
    """Return ``Montag, 16. September 2024``."""
    return _format(day, f"EEEE, d.{NBSP}MMMM y", "EEEE d MMMM y")


def day_in_subject(day: date) -> str:
    """Return ``Mo., 16.09.`` for the subject of a mail."""
    return _format(day, "EEE, dd.MM.", "EEE d MMM")


def weekday(day: date) -> str:
    """Return ``Mo.``."""
    return _format(day, "EEE", "EEE")


def day_in_table(day: date) -> str:
    """Return ``Mo., 16.09.2024``."""
    return _format(day, *IN_TABLE)


def days_in_table(days: Iterable[date]) -> list[str]:
    """Return the same of many days, with one look at the language."""
    german, english = IN_TABLE
    if language() == "de":
        return [_formatted(day, german, "de") for day in days]
    return [_formatted(day, english, "en") for day in days]


def day_on_door(day: date) -> tuple[str, str, str]:
    """Return ``("Mo.", "16", "Sept.")`` for the plate of a card."""
    return _format(day, "EEE", "EEE"), str(day.day), _format(day, "MMM", "MMM")


def kilometres(distance: float, *, is_rough: bool = False) -> str:
    """Return ``2,4 km``; a rough one is said as such, ``etwa 10 km``."""
    if is_rough:
        return str(_("etwa %(km)s km", km=max(10, round(distance / 10) * 10)))
    number = format_decimal(distance, format="0.#" if distance < 10 else "0", locale=language())
    return f"{number}{NBSP}km"


def days_in_words(first: date, last: date | None) -> str:
    """Return one day in words, or a range such as ``16. bis 20. September 2024``."""
    if last is None or last == first:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        start = _format(first, "d.", "d")
    elif first.year == last.year:
        start = _format(first, f"d.{NBSP}MMMM", "d MMMM")
    else:
        start = _format(first, f"d.{NBSP}MMMM y", "d MMMM y")
    return str(_("%(start)s bis %(end)s", start=start, end=_format(last, f"d.{NBSP}MMMM y", "d MMMM y")))


def clock_time(at: time | datetime) -> str:
    """Return ``10:00``; an instant is shown on the wall clock of Europe/Berlin."""
    return (clock.to_berlin(at) if isinstance(at, datetime) else at).strftime("%H:%M")


def times_in_words(start: time | datetime, end: time | datetime | None) -> str:
    """Return ``10:00 bis 10:30 Uhr``, or ``10:00 Uhr`` when nobody said when it ends."""
    if end is None:
        words = str(_("%(start)s Uhr", start=clock_time(start)))
    else:
        words = str(_("%(start)s bis %(end)s Uhr", start=clock_time(start), end=clock_time(end)))
    return words.replace(" Uhr", f"{NBSP}Uhr")


def berlin_day(instant: datetime) -> date:
    """Return the Berlin calendar day of an instant."""
    return clock.to_berlin(instant).date()


def moment_in_words(instant: datetime) -> str:
    """Return ``Di., 17. September 2024, 18:00 Uhr``."""
    return f"{day_in_words(berlin_day(instant))}, {times_in_words(instant, None)}"


def moment_from_now(seconds: int) -> str:
    """Return the clock time in so many seconds, rounded up to the minute: waiting is told as a point in time."""
    return clock_time(clock.now() + timedelta(seconds=seconds + 59))


def number(count: int) -> str:
    """Return ``999`` and ``1.250``."""
    return str(count) if count < 1000 else str(format_decimal(count, locale=language()))


def in_fives(persons: int) -> int:
    """Return a number of people in steps of five, and 3 for any that is smaller, about their middle.

    Sums are made of these, so they tell nothing that does not stand at their parts: 4 and 4 are not told from 1 and 1.
    """
    return SMALL * round(persons / SMALL) if persons >= SMALL else min(persons, 1) * 3


def rough(persons: int) -> str:
    """Return a number of people in steps of five: so small that somebody could be told, it is only ``unter 5``."""
    if persons == 0:
        return "0"
    if persons < SMALL:
        return str(_("unter 5"))
    return str(_("etwa %(number)s", number=number(in_fives(persons))))
