"""The seats of a time in one picture: never below what is taken, never more on site than the room holds."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.errors import NotAllowed, NotFound, SlotFull
from openday.extensions import db
from openday.models import AuditEntry, Event, SeatPool, Slot
from openday.models.words import Attendance, Mode, PhotoRule, PoolAudience, Role
from openday.services.booking import book_slot
from openday.services.capacity import SeatPlan, SeatsTaken
from openday.services.scope import Scope
from openday.services.seat_table import Reach, SeatTable, change_seats, seats_in_words
from tests.factories import booking_request, make_event, make_slot

EVERYONE, POLITICS, PRESS, WALK_IN = (
    PoolAudience.EVERYONE, PoolAudience.POLITICS, PoolAudience.PRESS, PoolAudience.WALK_IN,
)  # fmt: skip
KEPT = {POLITICS: 2, PRESS: 1, WALK_IN: 2}


def owner_of(event: Event, role: Role = Role.OWNER) -> Scope:
    return Scope(user_id=1, roles={event.traeger_id: role})


def table(total: int | None = 12, kept: dict[PoolAudience, int] | None = None, **overrides: object) -> SeatTable:
    values = {
        "plans": {Mode.ONSITE: SeatPlan(total, kept or {})},
        "reach": Reach.SLOT,
        "photo_rule": None,
        "is_photo_moment": False,
        "label": None,
    }
    return SeatTable(**{**values, **overrides})  # type: ignore[arg-type]


def change(slot: Slot, **what: object) -> int:
    return change_seats(owner_of(slot.event), slot.event_id, slot.id, table(**what))  # type: ignore[arg-type]


def capacities(slot: Slot) -> dict[PoolAudience, int | None]:
    pools = db.session.scalars(
        select(SeatPool).where(SeatPool.slot_id == slot.id).execution_options(populate_existing=True)
    )
    return {pool.audience: pool.capacity for pool in pools}


def fresh(slot: Slot) -> Slot:
    return db.session.get_one(Slot, slot.id, populate_existing=True)


def test_what_is_not_kept_is_for_everybody_and_the_room_holds_all_of_it(app: Flask) -> None:
    slot = make_slot()

    assert change(slot, kept=KEPT) == 1

    assert capacities(slot) == {EVERYONE: 7, **KEPT}
    assert fresh(slot).room_limit == 12
    assert seats_in_words(fresh(slot)) == "12 vor Ort, davon 2 Politik, 1 Presse, 2 für Gäste ohne Anmeldung"
    assert db.session.scalars(select(AuditEntry.detail)).all() == ["slots: seats of 1 times"]


def test_one_picture_of_a_hybrid_time(app: Flask) -> None:
    slot = make_slot(make_event(attendance=Attendance.HYBRID))

    change(slot, plans={Mode.ONSITE: SeatPlan(12, {POLITICS: 2}), Mode.ONLINE: SeatPlan(None)})
    assert seats_in_words(fresh(slot)) == "12 vor Ort, davon 2 Politik; digital ohne Grenze"

    change(slot, plans={Mode.ONSITE: SeatPlan(None), Mode.ONLINE: SeatPlan(70)})
    assert seats_in_words(fresh(slot)) == "vor Ort ohne Grenze; 70 digital"
    assert fresh(slot).room_limit is None


def test_a_way_to_take_part_without_seats_makes_no_pool(app: Flask) -> None:
    slot = make_slot()

    change(slot, plans={Mode.ONSITE: SeatPlan(8), Mode.ONLINE: SeatPlan(0)})

    assert capacities(slot) == {EVERYONE: 8}


def test_seats_that_are_taken_stay_and_the_sentence_says_which(app: Flask) -> None:
    slot = make_slot(capacity=8)
    book_slot(booking_request(slot, party_size=5))

    with pytest.raises(SeatsTaken) as refused:
        change(slot, total=6, kept={POLITICS: 2})

    assert str(refused.value).startswith("Von den Plätzen für alle sind schon 5 vergeben, es blieben nur 4.")
    assert capacities(slot) == {EVERYONE: 8}
    change(slot, total=7, kept={POLITICS: 2})
    assert capacities(slot) == {EVERYONE: 5, POLITICS: 2}


def test_kept_seats_that_somebody_has_stay_kept(app: Flask) -> None:
    slot = make_slot(capacity=0)
    change(slot, total=2, kept={POLITICS: 2})
    db.session.execute(Slot.__table__.update().values(reserves_open_at=clock.now()))
    db.session.commit()
    book_slot(booking_request(slot, party_size=2))

    with pytest.raises(SeatsTaken) as refused:
        change(slot, total=2)

    assert str(refused.value).startswith("Für Politik sind schon 2 Plätze vergeben.")
    assert refused.value.audience is POLITICS


def test_seats_are_set_for_a_day_or_for_all_times_to_come(app: Flask) -> None:
    event = make_event()
    today = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
    past = make_slot(event, starts_at=today - timedelta(days=2))
    first = make_slot(event, starts_at=today + timedelta(days=1))
    same_day = make_slot(event, starts_at=today + timedelta(days=1, hours=2))
    next_day = make_slot(event, starts_at=today + timedelta(days=2))

    assert change(first, total=20, reach=Reach.DAY, label="Führung", is_photo_moment=True) == 2
    assert [capacities(slot)[EVERYONE] for slot in (past, first, same_day, next_day)] == [8, 20, 20, 8]
    assert [fresh(slot).label for slot in (first, same_day)] == ["Führung", None]
    assert [fresh(slot).is_photo_moment for slot in (first, same_day)] == [True, False]

    assert change(first, total=30, reach=Reach.EVENT, photo_rule=PhotoRule.NONE) == 3
    assert [capacities(slot)[EVERYONE] for slot in (past, first, same_day, next_day)] == [8, 30, 30, 30]
    assert [fresh(slot).photo_rule for slot in (past, first)] == [None, PhotoRule.NONE]


def test_one_time_that_is_too_full_keeps_all_others_as_they_are(app: Flask) -> None:
    event = make_event()
    first, second = make_slot(event), make_slot(event, starts_at=clock.now() + timedelta(days=2))
    book_slot(booking_request(second, party_size=4))

    with pytest.raises(SeatsTaken) as refused:
        change(first, total=3, reach=Reach.EVENT)

    assert refused.value.slot.id == second.id
    assert capacities(first) == {EVERYONE: 8}


def test_more_seats_are_told_to_the_kept_pages(app: Flask) -> None:
    slot = make_slot(capacity=1)
    book_slot(booking_request(slot))
    event = slot.event
    before = (event.version, event.campaign.version)
    assert event.is_sold_out

    change(slot, total=2)

    event = db.session.get_one(Event, event.id, populate_existing=True)
    db.session.refresh(event.campaign)
    assert not event.is_sold_out
    assert (event.version, event.campaign.version) > before
    book_slot(booking_request(slot, email="zweite@example.org"))
    with pytest.raises(SlotFull):
        book_slot(booking_request(slot, email="dritte@example.org"))


def test_another_photo_rule_is_another_visit_to_confirm(app: Flask) -> None:
    slot = make_slot()
    before = slot.event.sequence

    change(slot, total=8)
    assert db.session.get_one(Event, slot.event_id, populate_existing=True).sequence == before
    change(slot, total=8, photo_rule=PhotoRule.NONE)
    assert db.session.get_one(Event, slot.event_id, populate_existing=True).sequence == before + 1


def test_seats_are_set_by_whoever_works_on_the_event(app: Flask) -> None:
    slot, other = make_slot(), make_slot()

    with pytest.raises(NotAllowed):
        change_seats(owner_of(slot.event, Role.READER), slot.event_id, slot.id, table())
    with pytest.raises(NotFound):
        change_seats(owner_of(other.event), slot.event_id, slot.id, table())
    with pytest.raises(NotFound):
        change_seats(owner_of(slot.event), slot.event_id, other.id, table())
    assert capacities(slot) == {EVERYONE: 8}
