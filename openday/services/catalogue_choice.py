"""Which events of a roll a visitor wishes for. Filters are strict: near misses are another question."""

from collections.abc import Iterable
from datetime import date, datetime
from math import cos, radians

from openday import clock
from openday.services.catalogue_conditions import LISTED_STATES, Area, Wish
from openday.services.roll import Placed, Roll

KM_PER_DEGREE = 111.195


def chosen(roll: Roll, wish: Wish, at: datetime) -> int:
    """Return the listed events a wish is true of, as bits."""
    found = roll.having("listed", "") & roll.having("state", *LISTED_STATES)
    if wish.year is None:
        today = clock.to_berlin(at).date()
        found &= roll.since(today) | roll.running(today)
    if wish.days:
        found &= any_day(roll, wish.days)
    for field, wanted in (
        ("attendance", wish.attendances),
        ("programme", wish.programmes),
        ("region", (wish.region,)),
        ("audience", (wish.audience,)),
    ):
        if any(wanted):
            found &= roll.having(field, *wanted)
    for feature in wish.access:
        found &= roll.having("access", feature)
    if wish.area:
        found &= within(roll, wish.area)
    return found & roll.having("bookable", "") if wish.only_free else found


def any_day(roll: Roll, days: tuple[date, ...]) -> int:
    """Return the events that take place on one of several days, those of many days included."""
    found = 0
    for day in days:
        found |= roll.on(day) | roll.running(day)
    return found


def within(roll: Roll, area: Area) -> int:
    """Return the events with a place in a circle on a flat map, exact to half a per cent at 250 km."""
    here, there = area.latitude, area.longitude
    km_east = KM_PER_DEGREE * cos(radians(here))
    north, east = area.km / KM_PER_DEGREE, area.km / km_east
    up, right = 1 / north, 1 / east

    def inside(spots: Iterable[Placed]) -> list[int]:
        return [
            event_id
            for latitude, longitude, event_id in spots
            if (y := (latitude - here) * up) * y + (x := (longitude - there) * right) * x <= 1
        ]

    found: list[int] = []
    for corners, spots in roll.cells_between((here - north, there - east), (here + north, there + east)):
        is_whole = len(inside(corners)) == len(corners)
        found += [event_id for _latitude, _longitude, event_id in spots] if is_whole else inside(spots)
    return roll.of(found)
