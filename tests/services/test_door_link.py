"""The helpers' link: one event, one Berlin day, until somebody ends it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from openday import clock, tokens
from openday.errors import NotFound
from openday.extensions import db
from openday.models import AuditEntry, DoorLink
from openday.models.words import EventState, SlotState
from openday.services.door_link import (
    DoorClosed,
    NoSuchDay,
    create_door_link,
    door_days,
    door_links,
    door_of_link,
    door_of_staff,
    revoke_door_link,
)
from tests.door import DAY, helper_link, make_door_event, oclock, slots
from tests.factories import make_slot, make_user


@pytest.fixture
def event(app):
    return make_door_event()


@pytest.fixture
def owner(event):
    return make_user(event.traeger)


def test_only_the_digest_of_a_160_bit_secret_is_kept(event, owner):
    token = create_door_link(event.id, DAY, owner.id)

    link = db.session.scalars(select(DoorLink)).one()
    assert len(token) == 27
    assert link.token_digest == tokens.digest(token)
    assert token not in repr(db.session.execute(select(DoorLink.__table__)).all())
    assert (link.event_id, link.day, link.created_by) == (event.id, DAY, owner.id)
    assert db.session.scalars(select(AuditEntry.action)).all() == ["door_link_created"]


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (10, 24), (23, 59)])
def test_it_opens_the_door_all_day_long(event, hour, minute):
    token = helper_link(event)

    with oclock(hour, minute):
        door = door_of_link(token)

    assert (door.event_id, door.day) == (event.id, DAY)


@pytest.mark.parametrize(("days", "is_over"), [(-1, False), (1, True)])
def test_on_any_other_day_it_says_when_it_opens_and_nothing_else(event, days, is_over):
    token = helper_link(event)
    hour = 23 if days < 0 else 0

    with oclock(hour, 59 if days < 0 else 0, DAY + timedelta(days=days)), pytest.raises(DoorClosed) as closed:
        door_of_link(token)

    assert (closed.value.day, closed.value.is_over) == (DAY, is_over)


def test_what_was_ticked_without_a_net_is_taken_until_noon_of_the_next_day(event):
    token = helper_link(event)

    with oclock(11, 59, DAY + timedelta(days=1)):
        assert door_of_link(token, is_delivery=True).day == DAY
    with oclock(12, 0, DAY + timedelta(days=1)), pytest.raises(DoorClosed):
        door_of_link(token, is_delivery=True)


def test_a_revoked_link_is_like_one_that_never_was(event, owner):
    token = helper_link(event)
    [link] = door_links(event.id)

    assert [revoke_door_link(event.id, link.id, owner.id) for _click in range(2)] == [True, False]

    with oclock(10), pytest.raises(NotFound):
        door_of_link(token)
    assert door_links(event.id)[0].revoked_at is not None
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()[-1] == "door_link_revoked"


def test_a_link_of_another_event_can_not_be_revoked(event, owner):
    helper_link(event)
    [link] = door_links(event.id)

    with pytest.raises(NotFound):
        revoke_door_link(make_door_event().id, link.id, owner.id)


def test_the_link_of_an_event_that_does_not_take_place_opens_nothing(event):
    token = helper_link(event)
    event.state, event.cancelled_at = EventState.CANCELLED, clock.now()
    db.session.commit()

    with oclock(10), pytest.raises(NotFound):
        door_of_link(token)


def test_unknown_secrets_open_nothing(event):
    helper_link(event)

    for token in ("", "x", tokens.new_token(), "x" * 5_000):
        with pytest.raises(NotFound):
            door_of_link(token)


def test_a_link_is_for_a_day_on_which_something_is(event, owner):
    for day in (DAY + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(NoSuchDay):
            create_door_link(event.id, day, owner.id)

    with oclock(9, 0, DAY + timedelta(days=1)), pytest.raises(NoSuchDay):
        create_door_link(event.id, DAY, owner.id)


def test_days_are_those_of_times_that_take_place(event):
    late = make_slot(event, starts_at=slots(event)[0].starts_at + timedelta(days=2))
    make_slot(event, starts_at=slots(event)[0].starts_at + timedelta(days=3), state=SlotState.CANCELLED)

    assert door_days(event.id) == (DAY, late.berlin_day)
    with pytest.raises(NotFound):
        door_of_staff(event.id, DAY + timedelta(days=3), 1)
