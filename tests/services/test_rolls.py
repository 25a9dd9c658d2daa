"""What a process keeps of the lists in memory is what the database says: after every change, whoever made it."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from openday import clock
from openday.extensions import db
from openday.models import Event, ListingChange, SeatPool
from openday.models.words import Admission, PoolAudience
from openday.services import listing_change, rolls
from openday.services.availability import recount_due
from openday.services.campaign import CampaignFrame, set_campaign
from openday.services.erasure import erase_due
from openday.services.listing_change import announce_listing, forget_changes
from openday.services.roll import Roll
from openday.services.rolls import Kept
from openday.transaction import transaction
from tests.factories import make_event, make_slot
from tests.rolls import UNREAD, campaign_now, said_by, said_by_the_database
from tests.services.list_changes import CHANGES, TOMORROW, House, call_off, sell_out
from tests.statements import statements


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    with time_machine.travel(clock.from_berlin(clock.today(), time(9)), tick=False):
        yield House()


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_a_campaign_read_in_parts_is_the_whole_one(house: House, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    make_slot(make_event())
    whole = said_by_the_database()
    assert len(whole["order"]) >= 3

    monkeypatch.setattr(rolls, "READ_AT_ONCE", at_once)

    assert said_by_the_database() == whole


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_read_by_every_worker_and_nothing_else_is(
    house: House, change: Callable[[House], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.workers[0].look()

    change(house)

    truth = said_by_the_database()
    assert truth != before
    monkeypatch.setattr(rolls, "read_anew", None)  # what has changed is enough
    assert [worker.look() for worker in house.workers] == [truth, truth]


def test_time_alone_changes_what_is_free(house: House) -> None:
    """The reserve opens two hours before the first time; the times begin one after the other."""
    db.session.execute(update(SeatPool).where(SeatPool.slot_id == house.second.id).values(capacity=0))
    db.session.add(SeatPool(slot_id=house.first.id, audience=PoolAudience.PRESS, capacity=2))
    db.session.commit()
    house.book(house.first)
    announce_listing(house.event.campaign_id)
    db.session.commit()
    free = []

    for minutes in (-121, -119, 1):
        with time_machine.travel(house.first.starts_at + timedelta(minutes=minutes), tick=False):
            said = [worker.look() for worker in house.workers]
            assert said == [said_by_the_database()] * 2
            free.append(("bookable", "") in said[0]["words"][house.event.id])

    assert free == [False, True, False]


def test_the_registration_opens_and_closes(house: House) -> None:
    opens_at, closes_at = (clock.now() + timedelta(hours=hours) for hours in (1, 2))
    db.session.execute(
        update(Event)
        .where(Event.id == house.event.id)
        .values(booking_opens_at=opens_at, booking_closes_at=closes_at, admission=Admission.WELCOME)
    )
    announce_listing(house.event.campaign_id, house.event.id)
    db.session.commit()
    free = []

    for at in (clock.now(), opens_at, closes_at):
        with time_machine.travel(at, tick=False):
            said = house.workers[0].look()
            assert said == said_by_the_database()
            free.append(("bookable", "") in said["words"][house.event.id])

    assert free == [False, True, False]


def test_the_worker_corrects_the_mark_and_everybody_reads_it(house: House) -> None:
    house.book(house.first)
    house.both_look()
    with time_machine.travel(house.second.starts_at + timedelta(minutes=1), tick=False):
        house.both_look()
        recount_due(clock.now())
        assert [worker.look() for worker in house.workers] == [said_by_the_database()] * 2


def test_forgetting_people_changes_no_list(house: House) -> None:
    house.fill()
    said = house.workers[0].look()
    with time_machine.travel(house.second.starts_at + timedelta(days=40), tick=False):
        erase_due()
    assert house.workers[0].look() == said


def test_a_change_nobody_described_is_found_by_reading_everything(house: House) -> None:
    db.session.execute(update(Event).where(Event.id == house.event.id).values(starts_on=clock.today() + 9 * TOMORROW))
    set_campaign(CampaignFrame(house.event.campaign.year, starts_on=clock.today(), ends_on=clock.today()))

    assert not house.workers[1].catches_up()
    assert house.workers[0].look() == said_by_the_database()


def test_a_change_taken_back_was_none(house: House) -> None:
    before = house.workers[0].look()

    with pytest.raises(RuntimeError):
        call_off_and_fail(house)
    call_off(house)

    assert house.workers[0].look() == said_by_the_database() != before


@transaction
def call_off_and_fail(house: House) -> None:
    call_off(house)
    raise RuntimeError


def test_who_slept_through_too_many_changes_reads_everything(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing_change, "CHANGES_KEPT", 3)
    for _number in range(9):
        house.change_seats(4)
    house.workers[1].look()

    assert forget_changes(clock.now()) == 6
    assert forget_changes(clock.now()) == 0

    assert db.session.scalar(select(func.count()).select_from(ListingChange)) == 3
    assert house.workers[1].catches_up()
    assert not house.workers[0].catches_up()
    assert house.workers[0].look() == said_by_the_database()


def test_who_was_overtaken_while_waiting_takes_what_the_others_know(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, waiting = campaign_now(), house.workers[0]
    sell_out(house)
    with time_machine.travel(clock.now() + timedelta(seconds=2), tick=False):
        truth = waiting.look()

    monkeypatch.setattr(rolls, "read_anew", None)
    with waiting.rolls.of(*asked, clock.now()) as roll:
        assert said_by(roll) == truth


def test_a_database_or_clock_that_was_set_back_is_read_anew(house: House) -> None:
    campaign_id, version = campaign_now()
    later = clock.now() + timedelta(minutes=1)

    for kept in (Kept(Roll([]), version + 1, clock.now()), Kept(Roll([]), version, later)):
        house.workers[0].rolls.kept = {(db.engine, campaign_id): kept}
        assert house.workers[0].look() == said_by_the_database()


def test_nothing_is_shown_of_what_went_wrong_half_way(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sell_out(house)
    with monkeypatch.context() as broken:
        broken.setattr(rolls, "write_down", None)
        with pytest.raises(TypeError):
            house.workers[0].look()

    assert house.workers[0].look() == said_by_the_database()


def test_no_list_is_read_from_the_tables_whose_writers_are_not_watched(house: House) -> None:
    with statements() as asked:
        house.workers[0].look()
        sell_out(house)
        asked.clear()
        house.workers[0].look()
        said_by_the_database()

    assert any("FROM events" in one for one in asked)
    assert not any(table in one for one in asked for table in UNREAD)
