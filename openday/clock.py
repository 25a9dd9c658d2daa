"""The only place that asks what time it is, so that tests can move it."""

from datetime import UTC as UTC_ZONE
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

UTC = UTC_ZONE
BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """Return this instant as aware UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the calendar day in Europe/Berlin."""
    return now().astimezone(BERLIN).date()


def to_berlin(instant: datetime) -> datetime:
    """Return the same instant on the wall clock of Europe/Berlin."""
    return instant.astimezone(BERLIN)


def from_berlin(day: date, at: time) -> datetime:
    """Return the UTC instant of a Berlin wall-clock time; raises ``ValueError`` for the hour that spring skips.

    The hour that autumn repeats is read as its first pass (summer time), which is what a printed programme means.
    """
    local = datetime.combine(day, at, tzinfo=BERLIN)
    instant = local.astimezone(UTC)
    if instant.astimezone(BERLIN).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"{at:%H:%M} does not exist on {day:%Y-%m-%d}")
    return instant
