"""„Wie letztes Jahr“: what comes along, what stays behind, and that nothing is forgotten when a column is added."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from openday import clock
from openday.errors import NotAllowed, NotFound
from openday.extensions import db
from openday.models import Event, Place, Question, SeatPool, Slot
from openday.models.words import EventState, PoolAudience, QuestionKind, Role, SlotState
from openday.services import event_copy
from openday.services.booking import book_slot
from openday.services.event_copy import CopyRequest, copy_event, suggested_day
from openday.services.question import questions_of
from openday.services.scope import scope_of
from openday.services.slot_plan import NoSuchTime
from tests.factories import booking_request, make_campaign, make_event, make_slot, make_traeger, make_user, save

LEFT_BEHIND: dict[type, set[str]] = {
    Event: {
        "id", "campaign_id", "traeger_id", "slug", "state", "starts_on", "ends_on", "date_words", "room_url",
        "room_dial_in", "booking_opens_at", "booking_closes_at", "terms_version", "invitation_digest",
        "day_contact_name", "day_contact_phone", "change_note", "changed_at", "changed_fact",
        "previous_starts_on", "previous_ends_on", "previous_start_time", "previous_end_time", "cancel_reason",
        "source_key", "source_url", "source_notes", "created_at", "published_at", "cancelled_at", "is_sold_out",
        "version", "seats_version", "sequence", "is_listed", "review", "submitted_at", "escalated_at", "reviewed_at",
        "reviewed_by", "return_reason", "return_note",
    },
    Place: {"id", "event_id", "visits_on"},
    Slot: {
        "id", "event_id", "starts_at", "ends_at", "state", "reserves_open_at", "moved_at", "previous_starts_at",
        "previous_ends_at",
    },
    SeatPool: {"id", "slot_id", "taken", "is_saved"},
    Question: {"id", "event_id", "shown_if_id"},
}  # fmt: skip
COPIED = {
    Event: {*event_copy.TEXTS, *event_copy.CONTACT},
    Place: set(event_copy.PLACE),
    Slot: {"label", "room_limit", "photo_rule", "is_photo_moment"},
    SeatPool: {"mode", "audience", "capacity"},
    Question: set(event_copy.QUESTION),
}
MONDAY, NEXT_MONDAY = date(2026, 9, 14), date(2027, 9, 13)


@pytest.fixture
def event(app: Flask) -> Event:
    """Last year's: two days, a stop on the second one, one time on each."""
    return make_event(
        campaign=make_campaign(year=2026, starts_on=MONDAY),
        starts_on=MONDAY,
        ends_on=MONDAY + timedelta(days=1),
        place={"visits_on": MONDAY + timedelta(days=1)},
    )


def copied(event: Event, day: date | None = NEXT_MONDAY, **overrides: Any) -> Event:
    user = make_user(event.traeger)
    return db.session.get_one(Event, copy_event(scope_of(user.id), event.id, CopyRequest(day, **overrides)))


@pytest.mark.parametrize("model", LEFT_BEHIND)
def test_somebody_decided_for_every_column_whether_it_comes_along(model: type) -> None:
    columns = {column.key for column in model.__table__.columns}

    assert COPIED[model] | LEFT_BEHIND[model] == columns
    assert not COPIED[model] & LEFT_BEHIND[model]


@time_machine.travel(datetime(2027, 6, 1, 10, tzinfo=clock.UTC))
def test_a_copy_is_a_draft_of_this_year_with_everything_moved_along(event: Event) -> None:
    make_campaign(year=2027, starts_on=NEXT_MONDAY)
    slot = make_slot(event, starts_at=clock.from_berlin(MONDAY, time(10, 30)), label="Rundgang", room_limit=8)
    slot.pools.append(SeatPool(audience=PoolAudience.POLITICS, capacity=2))
    db.session.commit()

    draft = copied(event)

    assert (draft.state, draft.campaign.year, draft.title) == (EventState.DRAFT, 2027, event.title)
    assert draft.slug != event.slug
    assert (draft.starts_on, draft.ends_on) == (NEXT_MONDAY, NEXT_MONDAY + timedelta(days=1))
    assert [place.visits_on for place in draft.places] == [NEXT_MONDAY + timedelta(days=1)]
    assert draft.places[0].street == "Beispielstraße 12"
    (moved,) = draft.slots
    assert moved.starts_at == clock.from_berlin(NEXT_MONDAY, time(10, 30))
    assert moved.ends_at == moved.starts_at + timedelta(minutes=30)
    assert moved.reserves_open_at == moved.starts_at - timedelta(hours=24)
    assert (moved.label, moved.room_limit) == ("Rundgang", 8)
    seats = {pool.audience: (pool.capacity, pool.taken) for pool in moved.pools}
    assert seats == {"everyone": (8, 0), "politics": (2, 0)}


def test_guests_secrets_and_cancelled_times_stay_behind(app: Flask) -> None:
    event = make_event(room_url="https://raum.example.org/geheim", day_contact_phone="0170 000000")
    slot = make_slot(event)
    save(Slot(event_id=event.id, starts_at=slot.starts_at + timedelta(hours=1), state=SlotState.CANCELLED))
    book_slot(booking_request(slot, party_size=3))
    db.session.commit()

    draft = copied(event, clock.today() + timedelta(days=30))

    assert [pool.taken for one in draft.slots for pool in one.pools] == [0]
    assert [host.traeger_id for host in draft.hosts] == [event.traeger_id]
    assert (draft.contact_name, draft.room_url, draft.day_contact_phone) == ("Mira Beispiel", None, None)


def test_without_a_day_there_are_no_times_and_with_little_ticked_little_comes(event: Event) -> None:
    make_slot(event)

    draft = copied(event, None, with_places=False, with_contact=False)

    assert (draft.starts_on, draft.ends_on, draft.slots, draft.places) == (None, None, [], [])
    assert (draft.contact_name, draft.contact_phone, draft.contact_email) == (None, None, None)


def test_questions_come_along_with_their_conditions(event: Event) -> None:
    first = save(Question(event_id=event.id, kind=QuestionKind.YES_NO, label="Essen?", purpose="Küche"))
    save(
        Question(
            event_id=event.id,
            position=1,
            kind=QuestionKind.SHORT_TEXT,
            label="Was?",
            purpose="Küche",
            shown_if_id=first.id,
            shown_if_answer="yes",
        )
    )

    one, two = questions_of(copied(event).id)

    assert (one.label, two.label, two.shown_if_id, two.shown_if_answer) == ("Essen?", "Was?", one.id, "yes")
    assert one.id != first.id


def test_a_time_that_spring_skips_is_refused_and_leaves_nothing(event: Event) -> None:
    make_slot(event, starts_at=clock.from_berlin(MONDAY, time(2, 30)))
    scope = scope_of(make_user(event.traeger).id)

    with pytest.raises(NoSuchTime):
        copy_event(scope, event.id, CopyRequest(date(2027, 3, 28)))

    assert db.session.query(Event).count() == 1


def test_only_who_may_edit_the_event_may_copy_it(event: Event) -> None:
    stranger, reader = make_user(make_traeger()), make_user(event.traeger, role=Role.READER)

    with pytest.raises(NotFound):
        copy_event(scope_of(stranger.id), event.id, CopyRequest(None))
    with pytest.raises(NotAllowed):
        copy_event(scope_of(reader.id), event.id, CopyRequest(None))


@time_machine.travel(datetime(2027, 6, 1, 10, tzinfo=clock.UTC))
def test_the_suggested_day_lies_as_far_in_its_week_as_last_years(event: Event) -> None:
    assert suggested_day(event) is None

    make_campaign(year=2027, starts_on=date(2027, 9, 20))

    assert suggested_day(event) == date(2027, 9, 20)
