"""Weekends and the holidays of each Land, from calendars of past and coming years."""

from datetime import date

import pytest

from openday.geo import REGIONS
from openday.working_days import IN_SOME, WITH_CORPUS_CHRISTI, holidays, is_working_day, last_working_day_before
from openday.working_days import working_day_after as after


@pytest.mark.parametrize(
    ("day", "region", "is_holiday"),
    [
        ("2026-04-03", None, True),  # Karfreitag
        ("2026-04-06", None, True),  # Ostermontag
        ("2026-05-14", None, True),  # Christi Himmelfahrt
        ("2027-05-17", None, True),  # Pfingstmontag
        ("2026-06-04", None, False),  # Fronleichnam
        ("2026-06-04", "NW", True),
        ("2026-06-04", "BE", False),
        ("2024-10-31", "SN", True),  # Reformationstag
        ("2024-10-31", "BE", False),
        ("2024-11-01", "BY", True),  # Allerheiligen
        ("2025-11-19", "SN", True),  # Buß- und Bettag
        ("2028-11-22", "SN", True),
        ("2023-11-22", "SN", True),
        ("2026-11-18", "ST", False),
        ("2026-03-08", "BE", True),  # Frauentag
        ("2024-09-20", "TH", True),  # Weltkindertag
    ],
)
def test_each_land_keeps_its_holidays(day: str, region: str | None, is_holiday: bool) -> None:
    assert (date.fromisoformat(day) in holidays(int(day[:4]), region)) is is_holiday


def test_every_land_is_one_we_know() -> None:
    assert {region for regions in (*IN_SOME.values(), WITH_CORPUS_CHRISTI) for region in regions} <= set(REGIONS)
    assert [len(holidays(2026, region)) for region in (None, "BE", "SN", "BY", "BW")] == [9, 10, 11, 12, 12]


def test_days_are_counted_over_weekends_and_holidays() -> None:
    maundy_thursday, christmas_eve = date(2026, 4, 2), date(2026, 12, 24)

    assert after(maundy_thursday, 1) == date(2026, 4, 7)
    assert after(christmas_eve, 3) == date(2026, 12, 30)
    assert after(date(2026, 12, 31), 3, "BY") == date(2027, 1, 7)
    assert after(date(2026, 12, 31), 3, "BE") == date(2027, 1, 6)
    assert last_working_day_before(date(2026, 4, 7)) == maundy_thursday
    assert not is_working_day(date(2026, 11, 28))
    assert is_working_day(date(2026, 11, 27))
