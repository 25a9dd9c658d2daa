"""The roll finds what going through the events one by one finds, whatever was put in and struck off before."""

from dataclasses import replace
from datetime import date, time, timedelta
from math import cos, hypot, radians

from hypothesis import given
from hypothesis import strategies as st

from openday.clock import UTC, datetime
from openday.services.catalogue_choice import KM_PER_DEGREE, chosen
from openday.services.catalogue_conditions import Area, Wish
from openday.services.roll import Entry, Line, Roll, bits_of, nth, ranks_of
from tests.rolls import said_by

MONDAY = date(2026, 9, 14)
LEIPZIG = Area("04109", 25, 51.34, 12.37)
DAYS = st.none() | st.integers(-3, 3).map(lambda days: MONDAY + timedelta(days=days))
WORDS = st.frozensets(
    st.sampled_from(
        [("state", "published"), ("state", "draft"), ("listed", ""), ("programme", "MBE"), ("bookable", "")]
    )
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    number, day = draw(st.integers(1, 12)), draw(DAYS)
    begins = draw(st.sampled_from([None, time(9), time(14)]))
    ends_on = day + timedelta(days=draw(st.integers(1, 3))) if day and draw(st.booleans()) else None
    entry = Entry(
        id=number,
        key=(day is None, day or date.max, draw(st.integers(0, 2)), begins is None, begins or time.min, number),
        ends_on=ends_on,
        spots=tuple(draw(st.lists(st.tuples(st.floats(50.9, 51.8), st.floats(11.9, 12.8)), max_size=2))),
        hosts=tuple({draw(st.integers(1, 3)), draw(st.integers(1, 3))}),
        turns_at=draw(st.none() | st.integers(0, 5).map(lambda hour: datetime(2026, 9, 14, hour, tzinfo=UTC))),
    )
    return entry, draw(WORDS) | (frozenset({("lasting", "")}) if ends_on else frozenset())


STEPS = st.lists(lines() | st.integers(1, 12), max_size=30)
WISHES = st.builds(
    Wish,
    year=st.sampled_from([None, 2026]),
    days=st.sampled_from([(), (MONDAY,), (MONDAY - timedelta(days=1), MONDAY + timedelta(days=2))]),
    programmes=st.sampled_from([(), ("MBE",), ("MBE", "JMD")]),
    area=st.sampled_from([None, LEIPZIG, replace(LEIPZIG, km=60)]),
    only_free=st.booleans(),
)


def rolls_of(steps: list[Line | int]) -> tuple[Roll, dict[int, Line]]:
    """Take each step, an event written down or the number of one struck off; return what should stand there too."""
    roll, there = Roll(()), {}
    for step in steps:
        if isinstance(step, int):
            roll.drop(step)
            there.pop(step, None)
        else:
            roll.put(*step)
            there[step[0].id] = step
    return roll, there


def is_wished(line: Line, wish: Wish, today: date) -> bool:
    """Say of one event what the roll says of all."""
    entry, words = line
    first = None if entry.key[0] else entry.key[1]
    last = entry.ends_on or first
    return (
        {("listed", ""), ("state", "published")} <= words
        and (wish.year is not None or last is None or last >= today)
        and (not wish.days or any(first and last and first <= day <= last for day in wish.days))
        and (not wish.programmes or any(("programme", code) in words for code in wish.programmes))
        and (wish.area is None or any(is_near(spot, wish.area) for spot in entry.spots))
        and (not wish.only_free or ("bookable", "") in words)
    )


def is_near(spot: tuple[float, float], area: Area) -> bool:
    north, east = spot[0] - area.latitude, (spot[1] - area.longitude) * cos(radians(area.latitude))
    return hypot(north, east) * KM_PER_DEGREE <= area.km


@given(STEPS)
def test_put_and_struck_off_it_is_as_if_written_at_once(steps: list[Line | int]) -> None:
    roll, there = rolls_of(steps)

    assert said_by(roll) == said_by(Roll(there.values()))


@given(STEPS, WISHES)
def test_it_finds_what_is_wished_in_the_order_of_the_list(steps: list[Line | int], wish: Wish) -> None:
    roll, there = rolls_of(steps)
    at = datetime(2026, 9, 14, 8, tzinfo=UTC)

    found = chosen(roll, wish, at)

    wished = [line[0] for line in there.values() if is_wished(line, wish, MONDAY)]
    expected = [entry.id for entry in sorted(wished, key=lambda entry: entry.key)]
    assert roll.page(found, 0, 100) == expected
    assert roll.page(found, 2, 3) == expected[2:5]
    assert found.bit_count() == len(expected)
    assert roll.hosts_in(found) == len({host for entry in wished for host in entry.hosts})


@given(STEPS, STEPS)
def test_who_invites_is_counted_anew_after_a_change(before: list[Line | int], after: list[Line | int]) -> None:
    roll, _there = rolls_of(before)
    for step in after:
        roll.hosts_in(roll.everything)
        roll.drop(step) if isinstance(step, int) else roll.put(*step)

    _roll, there = rolls_of([*before, *after])

    assert roll.hosts_in(roll.everything) == len({host for entry, _words in there.values() for host in entry.hosts})


def test_a_partner_that_joins_an_event_is_counted_with_it() -> None:
    entry = Entry(1, (True, date.max, 0, True, time.min, 1), None, (), (7,), None)
    roll = Roll([(entry, frozenset())])

    before = roll.hosts_in(roll.everything)
    roll.put(replace(entry, hosts=(7, 8)), frozenset())

    assert (before, roll.hosts_in(roll.everything)) == (1, 2)


@given(STEPS, STEPS, st.dictionaries(st.integers(1, 12), st.integers(1, 300)))
def test_people_are_summed_and_stay_with_their_event(
    before: list[Line | int], after: list[Line | int], persons: dict[int, int]
) -> None:
    roll, _there = rolls_of(before)
    roll.count_persons(persons)
    for step in after:
        roll.drop(step) if isinstance(step, int) else roll.put(*step)

    for chosen_events in (roll.everything, roll.having("listed", "")):
        ids = roll.page(chosen_events, 0, 100)
        assert roll.persons_in(chosen_events) == sum(persons.get(one, 0) for one in ids)


@given(STEPS)
def test_each_turn_of_the_clock_is_due_once(steps: list[Line | int]) -> None:
    roll, there = rolls_of(steps)
    at = datetime(2026, 9, 14, 2, tzinfo=UTC)

    assert roll.due(at) == {number for number, (entry, _) in there.items() if entry.turns_at and entry.turns_at <= at}
    assert roll.due(at) == set()


@given(st.sets(st.integers(0, 300)), st.integers(0, 300))
def test_bits_are_numbers_and_back(numbers: set[int], number: int) -> None:
    bits = bits_of(numbers)

    assert ranks_of(bits) == sorted(numbers)
    assert nth(bits, number) == (sorted(numbers)[number] if number < len(numbers) else bits.bit_length())
