"""Working days in Germany: Monday to Friday, without the holidays that a Land keeps everywhere in it.

Source: the Feiertagsgesetze of the sixteen Länder, as of 2026. Holidays of single towns (Augsburg, some Catholic
communities) are none here: whoever is promised an answer on such a day gets it a day early at worst.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

SATURDAY, WEDNESDAY = 5, 2
EVERYWHERE = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))  # month and day
AFTER_EASTER = (-2, 1, 39, 50)  # Karfreitag, Ostermontag, Christi Himmelfahrt, Pfingstmontag
CORPUS_CHRISTI = 60  # days after Easter
IN_SOME: dict[tuple[int, int], tuple[str, ...]] = {
    (1, 6): ("BW", "BY", "ST"),  # Heilige Drei Könige
    (3, 8): ("BE", "MV"),  # Frauentag
    (8, 15): ("SL",),  # Mariä Himmelfahrt
    (9, 20): ("TH",),  # Weltkindertag
    (10, 31): ("BB", "HB", "HH", "MV", "NI", "SH", "SN", "ST", "TH"),  # Reformationstag
    (11, 1): ("BW", "BY", "NW", "RP", "SL"),  # Allerheiligen
}
WITH_CORPUS_CHRISTI = ("BW", "BY", "HE", "NW", "RP", "SL")
WITH_REPENTANCE_DAY = ("SN",)


def is_working_day(day: date, region: str | None = None) -> bool:
    """Whether people are at work on a Berlin day; ``region`` is the code of a Land, without one only what all keep."""
    return day.weekday() < SATURDAY and day not in holidays(day.year, region)


def working_day_after(day: date, number: int, region: str | None = None) -> date:
    """Return the first, second, … working day after a Berlin day."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day, region)
    return day


def last_working_day_before(day: date, region: str | None = None) -> date:
    """Return the last working day before a Berlin day."""
    day -= timedelta(days=1)
    while not is_working_day(day, region):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def holidays(year: int, region: str | None) -> frozenset[date]:
    """Return the holidays of a year in a Land; of none those that all keep."""
    return frozenset(holidays_of(year, region))


def holidays_of(year: int, region: str | None) -> Iterator[date]:
    """Yield the holidays of a year in a Land, in no order."""
    sunday = easter(year)
    yield from (date(year, month, day) for month, day in EVERYWHERE)
    yield from (sunday + timedelta(days=days) for days in AFTER_EASTER)
    yield from (date(year, month, day) for (month, day), regions in IN_SOME.items() if region in regions)
    if region in WITH_CORPUS_CHRISTI:
        yield sunday + timedelta(days=CORPUS_CHRISTI)
    if region in WITH_REPENTANCE_DAY:
        before = date(year, 11, 22)  # the Wednesday before 23 November
        yield before - timedelta(days=(before.weekday() - WEDNESDAY) % 7)
