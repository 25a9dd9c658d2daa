"""Who is next: first come, first served among those that fit, and nobody large starves. No database."""

from datetime import datetime, timedelta

import pytest

from openday.models.words import Mode, PoolAudience
from openday.services.waiting_queue import Party, Pool, Time, is_short_notice, offer_ends_at, plan

NOW = datetime.fromisoformat("2026-09-14T08:00:00Z")
DAY = timedelta(days=1)


def time(free: int, *, number: int = 1, starts_in: timedelta = 3 * DAY, capacity: int = 8) -> Time:
    return Time(number, Mode.ONSITE, NOW + starts_in, [Pool(number, PoolAudience.EVERYONE, capacity, capacity - free)])


def served(line, *times, at=NOW):
    return [(turn.party_id, turn.slot_id) for turn in plan(line, times, at).served]


def test_seats_go_to_who_came_first():
    assert served([Party(1, 2, 1), Party(2, 2, 1)], time(free=3)) == [(1, 1)]


def test_who_does_not_fit_is_passed_by_and_counted():
    made = plan([Party(1, 4, 1), Party(2, 1, 1), Party(3, 2, 1)], [time(free=3)], NOW)

    assert [turn.party_id for turn in made.served] == [2, 3]
    assert made.overtaken == {1: 2}
    assert made.saved == frozenset()


def test_everybody_who_is_passed_by_is_counted():
    made = plan([Party(1, 4, 1), Party(2, 3, 1), Party(3, 1, 1)], [time(free=1)], NOW)

    assert made.overtaken == {1: 1, 2: 1}


def test_after_three_overtakings_seats_are_saved_up_for_a_large_party():
    made = plan([Party(1, 4, 1, overtaken=3), Party(2, 1, 1)], [time(free=3)], NOW)

    assert made.served == []
    assert made.saved == {1}


def test_saved_seats_are_given_out_once_they_suffice():
    assert served([Party(1, 4, 1, overtaken=3), Party(2, 1, 1)], time(free=5)) == [(1, 1), (2, 1)]


def test_a_large_party_is_not_starved_by_an_endless_row_of_small_ones():
    """Every hour a seat becomes free and a single joins; the four get their seats while the row goes on."""
    free, overtaken, line = 0, 0, [Party(0, 4, 1)]
    for hour in range(1, 40):
        line.append(Party(hour, 1, 1))
        free += 1
        made = plan([Party(0, 4, 1, overtaken=overtaken), *line[1:]], [time(free, starts_in=9 * DAY)], NOW)
        overtaken += made.overtaken.get(0, 0)
        got = {turn.party_id for turn in made.served}
        if 0 in got:
            break
        free -= len(got)
        line = [party for party in line if party.id not in got]
    assert hour == 3 + 4, "three overtakings, then four seats saved up"


def test_nothing_is_saved_up_in_the_last_24_hours():
    line = [Party(1, 4, 1, overtaken=9), Party(2, 1, 1)]

    assert served(line, time(free=3, starts_in=DAY)) == [(2, 1)]
    assert served(line, time(free=3, starts_in=DAY + timedelta(minutes=1))) == []


def test_a_party_larger_than_the_room_blocks_nobody_and_is_not_counted():
    made = plan([Party(1, 9, 1, overtaken=3), Party(2, 1, 1)], [time(free=3)], NOW)

    assert [turn.party_id for turn in made.served] == [2]
    assert made.overtaken == {}


def test_who_waits_for_any_time_gets_the_earliest_and_has_seats_saved_at_one_time_only():
    soon, later = time(free=1, number=1), time(free=3, number=2, starts_in=4 * DAY)

    assert served([Party(1, 1, None)], soon, later) == [(1, 1)]
    assert plan([Party(1, 4, None, overtaken=3)], [soon, later], NOW).saved == {2}


def test_seats_are_not_saved_up_at_a_time_that_is_too_small():
    small, large = time(free=3, number=1, capacity=3), time(free=1, number=2, starts_in=4 * DAY)

    assert plan([Party(1, 4, None, overtaken=3)], [small, large], NOW).saved == {2}


def test_a_time_that_was_passed_on_is_not_offered_again():
    times = [time(free=1, number=1), time(free=1, number=2, starts_in=4 * DAY)]

    assert served([Party(1, 1, None, passed=frozenset({1}))], *times) == [(1, 2)]


@pytest.mark.parametrize(
    ("minutes", "takes_late", "expected"),
    [(180, False, True), (179, False, False), (179, True, True), (0, True, False)],
)
def test_in_the_last_three_hours_only_who_wants_it_gets_a_seat(minutes, takes_late, expected):
    starts_in = timedelta(minutes=minutes)

    assert bool(served([Party(1, 1, 1, takes_late=takes_late)], time(free=1, starts_in=starts_in))) is expected


@pytest.mark.parametrize(("hours", "lasts"), [(100, 24), (48, 24), (30, 15), (4, 2)])
def test_an_offer_lasts_a_day_and_shrinks_near_the_start(hours, lasts):
    starts_at = NOW + timedelta(hours=hours)

    assert offer_ends_at(NOW, starts_at) == NOW + timedelta(hours=lasts)
    assert offer_ends_at(NOW, starts_at) < starts_at


def test_three_hours_are_no_short_notice_and_a_minute_less_is():
    assert not is_short_notice(NOW + timedelta(hours=3), NOW)
    assert is_short_notice(NOW + timedelta(hours=3, minutes=-1), NOW)


def test_politics_sit_in_their_own_pool_first_and_others_not_before_it_opens():
    pools = [
        Pool(1, PoolAudience.EVERYONE, 4, 4),
        Pool(2, PoolAudience.POLITICS, 2, 0, reserves_open_at=NOW + DAY),
    ]
    slot = Time(1, Mode.ONSITE, NOW + 3 * DAY, pools)
    line = [Party(1, 1, 1), Party(2, 1, 1, audience=PoolAudience.POLITICS)]

    assert [(turn.party_id, dict(turn.seats)) for turn in plan(line, [slot], NOW).served] == [(2, {2: 1})]
    assert [turn.party_id for turn in plan(line[:1], [slot], NOW + DAY).served] == [1]


def test_online_seats_are_not_for_who_waits_on_site():
    online = Time(1, Mode.ONLINE, NOW + 3 * DAY, [Pool(1, PoolAudience.EVERYONE, 4, 0)])

    assert plan([Party(1, 1, 1)], [online], NOW).served == []
