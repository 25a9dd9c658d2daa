"""Going online: what blocks, what is only advice, what an event without a day becomes."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import AuditEntry
from openday.models.words import Admission, Attendance, EventState, PhotoRule
from openday.services.event import save_task
from openday.services.event_check import Task, blocking, findings, open_tasks
from openday.services.event_request import WhenRequest
from openday.services.publication import NotReady, publish_event
from tests.factories import make_event, make_slot
from tests.services.test_event import ACCESS, CONTACT, PROTECTION, WHAT, WHEN, WHERE, draft, fresh, scope_for


def test_an_empty_draft_says_what_is_missing_and_on_which_field(app: Flask) -> None:
    scope, event_id = draft()

    with pytest.raises(NotReady) as refusal:
        publish_event(scope, event_id)

    assert [(one.task, one.field) for one in refusal.value.missing] == [
        (Task.WHERE, "locality"),
        (Task.WHEN, "starts_on"),
        (Task.WHEN, "admission-0"),
        (Task.PROTECTION, "photo_rule-0"),
        (Task.CONTACT, "contact_name"),
        (Task.CONTACT, "contact_phone"),
    ]
    assert fresh(event_id).state is EventState.DRAFT


def test_with_its_six_tasks_done_a_draft_goes_online(app: Flask) -> None:
    scope, event_id = draft()
    for request in (WHAT, WHERE, WHEN, ACCESS, PROTECTION, CONTACT):
        save_task(scope, event_id, request)
    assert open_tasks(fresh(event_id)) == frozenset()

    publish_event(scope, event_id)

    event = fresh(event_id)
    assert event.state is EventState.PUBLISHED
    assert event.published_at is not None
    assert "published" in db.session.scalars(select(AuditEntry.action)).all()


def test_without_a_day_it_goes_online_as_planned_and_is_published_with_its_day(app: Flask) -> None:
    scope, event_id = draft()
    later = WhenRequest(None, None, None, None, "Termin folgt", None, Admission.OPEN, 5, None, None)
    for request in (WHERE, later, PROTECTION, CONTACT):
        save_task(scope, event_id, request)
    publish_event(scope, event_id)
    assert fresh(event_id).state is EventState.PLANNED

    save_task(scope, event_id, WHEN)

    assert fresh(event_id).state is EventState.PUBLISHED


def test_publishing_twice_changes_nothing(app: Flask) -> None:
    event = make_event(photo_rule=PhotoRule.NONE)
    version = event.version

    publish_event(scope_for(event.traeger_id), event.id)

    assert fresh(event.id).version == version


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"attendance": Attendance.ONLINE, "room_url": None}, "room_url"),
        ({"summary": ""}, "summary"),
        ({"access_features": ()}, "access_features-0"),
        ({"admission": Admission.REQUIRED}, "slots"),
    ],
)
def test_good_advice_never_blocks(app: Flask, changes: dict[str, object], field: str) -> None:
    event = make_event(photo_rule=PhotoRule.NONE, **changes)

    assert field in {one.field for one in findings(event) if not one.is_blocking}
    assert blocking(event) == []


def test_a_day_outside_the_week_is_a_hint_and_no_refusal(app: Flask) -> None:
    event = make_event(photo_rule=PhotoRule.NONE)
    event.campaign.starts_on = clock.today() + timedelta(days=30)
    event.campaign.ends_on = clock.today() + timedelta(days=34)
    db.session.commit()

    assert any("außerhalb der Aktionswoche" in one.words for one in findings(event))
    assert blocking(event) == []


def test_a_time_outside_the_days_of_the_event_is_a_hint_and_no_refusal(app: Flask) -> None:
    event = make_event(photo_rule=PhotoRule.NONE, starts_on=clock.today() + timedelta(days=2))
    make_slot(event, starts_at=clock.now() + timedelta(days=2))

    assert not any("außerhalb der Tage" in one.words for one in findings(event))

    make_slot(event, starts_at=clock.now() + timedelta(days=3))
    db.session.refresh(event)

    assert [one.field for one in findings(event) if "außerhalb der Tage" in one.words] == ["slots"]
    assert blocking(event) == []
