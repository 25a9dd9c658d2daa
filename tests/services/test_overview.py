"""Where a campaign stands: gaps first, events counted once, no small number of people."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from openday import clock, wording
from openday.errors import NotFound
from openday.extensions import db
from openday.models import Campaign, Event, EventHost, Membership, Traeger, Verband
from openday.models.words import EventKind, EventState, Role
from openday.services.booking import book_slot
from openday.services.listing_change import announce_listing
from openday.services.overview import Gap, Overview, Wanted, answered_among, behind, overview
from openday.services.scope import Ability, Scope, abilities, event_in_scope, scope_of
from tests.factories import (
    booking_request,
    make_campaign,
    make_coordinator,
    make_event,
    make_programme,
    make_slot,
    make_traeger,
    make_user,
    make_verband,
    save,
)

YEAR = clock.today().year + 1
MONDAY = date(YEAR, 9, 13)


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return make_campaign(year=YEAR, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=4))


@pytest.fixture
def verband(app: Flask) -> Verband:
    return make_verband(name="AWO")


@pytest.fixture
def traeger(verband: Verband) -> Traeger:
    return make_traeger(verbaende=[verband], region="SN")


@pytest.fixture
def coordinator(verband: Verband) -> Scope:
    user = make_user()
    save(Membership(user_id=user.id, verband_id=verband.id, role=Role.COORDINATOR))
    return scope_of(user.id)


def held(campaign: Campaign, traeger: Traeger, **overrides: Any) -> Event:
    return make_event(**{"campaign": campaign, "traeger": traeger, "starts_on": MONDAY, **overrides})


def seen(scope: Scope) -> Overview:
    db.session.rollback()
    found = overview(scope)
    assert found is not None
    return found


def table(found: Overview, name: str) -> dict[str, tuple[int, int, int]]:
    return {
        line.word: (line.events["planned"], line.events["online"], line.events["cancelled"])
        for line in found.table(name)
    }


def week(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()


def test_planned_online_and_cancelled_are_counted_apart_and_drafts_not_at_all(
    campaign: Campaign, traeger: Traeger, coordinator: Scope
) -> None:
    held(campaign, traeger)
    held(campaign, traeger, state=EventState.PLANNED, published_at=None, starts_on=None)
    held(campaign, traeger, state=EventState.CANCELLED, starts_on=MONDAY - timedelta(days=30))
    held(campaign, traeger, state=EventState.DRAFT, published_at=None)

    found = seen(coordinator)

    assert table(found, "land") == {"SN": (1, 1, 1)}
    assert table(found, "woche") == {
        week(MONDAY - timedelta(days=30)): (0, 0, 1), week(MONDAY): (0, 1, 0), "undated": (1, 0, 0)
    }  # fmt: skip
    assert list(table(found, "woche"))[-1] == "undated"
    assert found.total.total == 2


def test_an_event_of_two_verbaende_counts_once_and_for_each(
    campaign: Campaign, traeger: Traeger, coordinator: Scope
) -> None:
    event = held(campaign, traeger)
    other = make_traeger(verbaende=[make_verband(name="DRK")])
    save(EventHost(event_id=event.id, traeger_id=other.id, position=1))

    found = seen(coordinator)

    assert found.total.events["online"] == 1
    assert table(found, "verband") == {"AWO": (0, 1, 0), "DRK": (0, 1, 0)}


@pytest.mark.parametrize("circle", ["verband", "land"])
def test_whoever_answers_a_partner_counts_its_event_too(
    campaign: Campaign, traeger: Traeger, coordinator: Scope, circle: str
) -> None:
    event = held(campaign, traeger, place={"region": "SN"})
    drk = make_verband(name="DRK")
    partner = make_traeger(verbaende=[drk], region="BY")
    other = scope_of(make_coordinator(drk if circle == "verband" else None, land="BY" if circle == "land" else None).id)
    save(EventHost(event_id=event.id, traeger_id=partner.id, position=1, asked_at=clock.now()))
    announce_listing(campaign.id, event.id)
    db.session.commit()
    assert (seen(other).total.total, behind(other, Wanted())[1]) == (0, 0)
    with pytest.raises(NotFound):
        event_in_scope(other, event.id)

    db.session.get_one(EventHost, (event.id, partner.id)).confirmed_at = clock.now()
    announce_listing(campaign.id, event.id)
    db.session.commit()

    assert (seen(other).total.total, seen(coordinator).total.total) == (1, 1)
    assert [one.id for one in behind(other, Wanted())[0]] == [event.id]
    assert abilities(other, event_in_scope(other, event.id)) == {Ability.SEE}
    assert answered_among(other, behind(other, Wanted())[0]) == frozenset()


def test_another_verband_sees_nothing_of_it(campaign: Campaign, traeger: Traeger) -> None:
    held(campaign, traeger)
    stranger = make_user()
    save(Membership(user_id=stranger.id, verband_id=make_verband().id, role=Role.COORDINATOR))

    found = seen(scope_of(stranger.id))

    assert found.total.total == 0
    assert behind(scope_of(stranger.id), Wanted()) == ([], 0)


def test_a_land_is_a_scope_like_a_verband(campaign: Campaign, traeger: Traeger) -> None:
    held(campaign, traeger)
    held(campaign, make_traeger(region="BY"), place={"region": "BY"})
    liga = make_user()
    save(Membership(user_id=liga.id, land="BY", role=Role.COORDINATOR))

    found = seen(scope_of(liga.id))

    assert table(found, "land") == {"BY": (0, 1, 0)}
    assert {gap.land for gap in found.gaps} <= {"BY"}


def test_gaps_are_programmes_without_an_event_the_emptiest_land_first(
    campaign: Campaign, traeger: Traeger, coordinator: Scope
) -> None:
    event = held(campaign, traeger)
    event.programmes = [make_programme("MBE")]
    make_programme("JMD")
    db.session.commit()

    gaps = seen(coordinator).gaps

    assert len(gaps) == 16
    assert gaps[-1] == Gap("SN", ("JMD",))
    assert gaps[0].programmes == ("JMD", "MBE")


def test_who_has_not_reported_anything_is_named(campaign: Campaign, traeger: Traeger, coordinator: Scope) -> None:
    silent = make_traeger(verbaende=traeger.verbaende)
    held(campaign, traeger)
    name = silent.name

    assert [one.name for one in seen(coordinator).silent] == [name]


def test_a_number_leads_to_the_events_behind_it(campaign: Campaign, traeger: Traeger, coordinator: Scope) -> None:
    event = held(campaign, traeger)
    held(campaign, traeger, state=EventState.CANCELLED)
    event_id = event.id

    found, total = behind(coordinator, Wanted(land="SN", stage="online"))

    assert ([one.id for one in found], total) == ([event_id], 1)
    assert behind(coordinator, Wanted(programme=""))[1] == 2
    assert behind(coordinator, Wanted(land="' OR 1=1 --"))[1] == 0


@pytest.mark.parametrize(
    ("persons", "words"),
    [(0, "0"), (1, "unter 5"), (4, "unter 5"), (5, "etwa 5"), (7, "etwa 5"), (8, "etwa 10"), (1248, "etwa 1.250")],
)
def test_people_are_counted_in_steps_of_five(app: Flask, persons: int, words: str) -> None:
    assert wording.rough(persons) == words


def book(event: Event, *parties: int) -> None:
    slot = make_slot(event, starts_at=clock.now() + timedelta(days=300), capacity=20)
    for number, size in enumerate(parties):
        book_slot(booking_request(slot, party_size=size, email=f"g{number}@example.org"))


def test_persons_are_those_with_a_seat(campaign: Campaign, traeger: Traeger, coordinator: Scope) -> None:
    book(held(campaign, traeger), 5, 5, 2)

    assert seen(coordinator).total.persons == 10


@pytest.mark.parametrize("parties", [(1, 1, 1, 1), (4, 4, 4, 4), (2, 1, 4, 3)])
def test_no_sum_says_which_small_numbers_it_is_made_of(
    campaign: Campaign, traeger: Traeger, coordinator: Scope, parties: tuple[int, ...]
) -> None:
    for size, kind in zip(parties, EventKind, strict=False):
        book(held(campaign, traeger, kind=kind), size)

    found = seen(coordinator)

    assert [wording.rough(line.persons) for line in found.by_kind] == ["unter 5"] * 4
    assert wording.rough(found.total.persons) == "etwa 10"
