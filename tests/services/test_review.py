"""The Verband's answers: live by link at once, listed after a yes, unasked for whom it trusts; each is given once."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from openday.clock import UTC
from openday.errors import NotAllowed, NotFound
from openday.extensions import db
from openday.models import Event, OutboxMessage, Traeger, User, Verband
from openday.models.words import EventKind, EventState, ReturnReason, Review, Role
from openday.services.approver import approver_of
from openday.services.event import save_task
from openday.services.event_request import ContactRequest, ProtectionRequest
from openday.services.publication import publish_event
from openday.services.review import (
    AlreadyAnswered,
    Return,
    approve_event,
    approve_traeger,
    return_event,
    return_traeger,
    withdraw_trust,
)
from openday.services.review_queue import queue_length, queue_of, traeger_item
from openday.services.review_request import NotReturned, resubmit_event, resubmit_traeger
from openday.services.scope import scope_of
from tests.factories import make_coordinator, make_event, make_slot, make_traeger, make_user, make_verband

WHY = Return(ReturnReason.UNCLEAR, "Schreiben Sie, was Gäste erwartet.")


class Desk:
    """A Verband with its coordinator, and one of its Träger with an owner."""

    def __init__(self, review: Review = Review.WAITING) -> None:
        self.verband: Verband = make_verband()
        self.coordinator: User = make_coordinator(self.verband)
        self.traeger: Traeger = make_traeger(verbaende=[self.verband], review=review, submitted_at=None)
        self.owner: User = make_user(self.traeger)

    def publish(self, **overrides: object) -> Event:
        values = {"state": EventState.DRAFT, "published_at": None, "photo_rule": "none", **overrides}
        event = make_event(traeger=self.traeger, **values)
        make_slot(event)
        publish_event(scope_of(self.owner.id), event.id)
        return fresh(event)

    @property
    def answering(self):
        return scope_of(self.coordinator.id)


def fresh(thing):
    db.session.rollback()
    return db.session.get_one(type(thing), thing.id, populate_existing=True)


def told(kind: str) -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.recipient).where(OutboxMessage.kind == kind)))


def test_an_event_of_a_new_traeger_is_online_and_not_listed(app: Flask) -> None:
    event = Desk().publish()

    assert (event.state, event.is_listed, event.review) == (EventState.PUBLISHED, False, Review.WAITING)


def test_a_yes_to_the_traeger_lists_what_it_has_online_and_later_events_are_asked_about(app: Flask) -> None:
    desk = Desk()
    first = desk.publish()

    approve_traeger(desk.answering, desk.traeger.id)
    second = desk.publish()

    assert fresh(first).is_listed
    assert fresh(desk.traeger).review is Review.APPROVED
    assert (second.is_listed, second.review) == (False, Review.WAITING)
    assert told("review_waiting") == [desk.coordinator.email]


def test_of_a_trusted_traeger_everything_is_listed_at_once_and_the_verband_is_told(app: Flask) -> None:
    desk = Desk()
    first = desk.publish()

    approve_traeger(desk.answering, desk.traeger.id, trusts=True)
    second = desk.publish()

    assert fresh(first).is_listed
    assert (second.is_listed, second.review) == (True, None)
    assert told("event_listed") == [desk.coordinator.email]


def test_one_event_is_approved_or_its_traeger_trusted(app: Flask) -> None:
    desk = Desk(Review.APPROVED)
    one, two, three = desk.publish(), desk.publish(), desk.publish()

    approve_event(desk.answering, one.id)
    assert [fresh(event).is_listed for event in (one, two, three)] == [True, False, False]
    assert told("review_approved") == [desk.owner.email]

    approve_event(desk.answering, two.id, trusts=True)
    assert [fresh(event).is_listed for event in (one, two, three)] == [True, True, True]
    assert fresh(desk.traeger).is_trusted


def test_what_is_given_back_says_why_stays_online_and_comes_again(app: Flask) -> None:
    desk = Desk(Review.APPROVED)
    event, owner = desk.publish(), scope_of(desk.owner.id)

    return_event(desk.answering, event.id, WHY)
    given_back = fresh(event)
    assert (given_back.state, given_back.is_listed, given_back.review) == (
        EventState.PUBLISHED, False, Review.RETURNED,
    )  # fmt: skip
    assert (given_back.return_reason, given_back.return_note) == (WHY.reason, WHY.note)
    assert told("review_returned") == [desk.owner.email]
    assert queue_of(desk.answering) == []

    resubmit_event(owner, event.id)
    assert [line.event.id for line in queue_of(desk.answering) if line.event] == [event.id]
    with pytest.raises(NotReturned):
        resubmit_event(owner, event.id)


def test_a_traeger_given_back_comes_again_when_its_owner_sends_it(app: Flask) -> None:
    desk = Desk()
    editor = make_user(desk.traeger, role=Role.EDITOR)

    return_traeger(desk.answering, desk.traeger.id, WHY)
    with pytest.raises(NotAllowed):
        resubmit_traeger(scope_of(editor.id), desk.traeger.id)
    resubmit_traeger(scope_of(desk.owner.id), desk.traeger.id)

    assert fresh(desk.traeger).review is Review.WAITING
    assert fresh(desk.traeger).return_note is None
    assert told("review_waiting") == [desk.coordinator.email]


def test_an_answer_is_given_once(app: Flask) -> None:
    desk = Desk()
    approve_traeger(desk.answering, desk.traeger.id)
    event = desk.publish()
    approve_event(desk.answering, event.id)

    with pytest.raises(AlreadyAnswered):
        approve_traeger(desk.answering, desk.traeger.id)
    with pytest.raises(AlreadyAnswered):
        return_traeger(desk.answering, desk.traeger.id, WHY)
    with pytest.raises(AlreadyAnswered):
        return_event(desk.answering, event.id, WHY)
    assert fresh(event).is_listed


def test_an_event_is_not_in_the_queue_beside_its_waiting_traeger(app: Flask) -> None:
    desk = Desk()
    event = desk.publish()

    (line,) = queue_of(desk.answering)

    assert (line.traeger.id, line.event, line.events) == (desk.traeger.id, None, 1)
    assert queue_length(desk.answering) == 1
    assert [one.id for one in traeger_item(desk.answering, desk.traeger.id).events] == [event.id]


def test_who_answers_a_traeger_is_its_verband_its_land_and_the_platform(app: Flask) -> None:
    desk = Desk(Review.APPROVED)
    desk.traeger.region = "SN"
    event = desk.publish()
    asking = {
        "land": make_coordinator(land="SN"),
        "platform": make_coordinator(),
        "other land": make_coordinator(land="BY"),
        "other verband": make_coordinator(make_verband()),
        "owner": desk.owner,
    }

    lengths = {name: queue_length(scope_of(user.id)) for name, user in asking.items()}

    assert lengths == {"land": 1, "platform": 1, "other land": 0, "other verband": 0, "owner": 0}
    for name in ("other land", "other verband", "owner"):
        with pytest.raises(NotFound):
            approve_event(scope_of(asking[name].id), event.id)
        with pytest.raises(NotFound):
            approve_traeger(scope_of(asking[name].id), desk.traeger.id, trusts=True)


@pytest.mark.parametrize("overrides", [{"wants_listing": False}, {"kind": EventKind.BACKGROUND_TALK, "terms": "x"}])
def test_nobody_is_asked_about_what_stays_out_of_the_lists(app: Flask, overrides: dict[str, object]) -> None:
    desk = Desk(Review.APPROVED)

    event = desk.publish(**overrides)

    assert (event.is_listed, event.review) == (False, None)


def test_a_planning_note_is_asked_about_when_it_is_published(app: Flask) -> None:
    desk = Desk(Review.APPROVED)
    note = make_event(traeger=desk.traeger, state=EventState.PLANNED, published_at=None, photo_rule="none")
    contact = ContactRequest("Mira", "0341 0", None, None, None)

    save_task(scope_of(desk.owner.id), note.id, contact)
    as_note = fresh(note).review
    publish_event(scope_of(desk.owner.id), note.id)

    assert (as_note, fresh(note).review) == (None, Review.WAITING)


def test_who_wishes_to_be_listed_later_is_asked_about_then(app: Flask) -> None:
    desk = Desk(Review.APPROVED)
    event = desk.publish(wants_listing=False)
    wish = ProtectionRequest(
        photo_rule=event.photo_rule,
        photo_note=None,
        terms=None,
        address_visibility=event.address_visibility,
        wants_listing=True,
    )

    save_task(scope_of(desk.owner.id), event.id, wish)

    assert (fresh(event).is_listed, fresh(event).review) == (False, Review.WAITING)


def test_a_wish_to_stay_out_of_the_lists_outlives_a_yes(app: Flask) -> None:
    desk = Desk(Review.APPROVED)
    event = desk.publish()
    quiet = ProtectionRequest(
        photo_rule=event.photo_rule,
        photo_note=None,
        terms=None,
        address_visibility=event.address_visibility,
        wants_listing=False,
    )
    save_task(scope_of(desk.owner.id), event.id, quiet)

    approve_event(desk.answering, event.id)

    assert not fresh(event).is_listed


def test_who_answers_and_how_soon_is_known_by_name(app: Flask) -> None:
    desk = Desk()
    monday = datetime(2026, 9, 7, 8, tzinfo=UTC)
    for days in (0, 2, 5):
        answered = monday + timedelta(days=days)
        make_traeger(verbaende=[desk.verband], submitted_at=monday, reviewed_at=answered)
    nobody = make_traeger(review=Review.WAITING)
    make_coordinator(name="Ada Mahler")

    assert approver_of(desk.traeger).in_words == f"Karin Althaus ({desk.verband.name})"
    assert approver_of(desk.traeger).usual_days == 2
    assert (approver_of(nobody).in_words, approver_of(nobody).usual_days) == ("Ada Mahler", None)


def test_trust_taken_back_leaves_what_is_listed_and_looks_at_what_is_new(app: Flask) -> None:
    desk = Desk(Review.TRUSTED)
    old = desk.publish()

    withdraw_trust(desk.answering, desk.traeger.id, "Zwei Termine hatten die falsche Adresse.")
    save_task(scope_of(desk.owner.id), old.id, ContactRequest("Olga Winter", "0341 1", None, None, None))
    new = desk.publish()

    assert fresh(desk.traeger).review is Review.APPROVED
    assert fresh(old).is_listed
    assert (new.is_listed, new.review) == (False, Review.WAITING)
    assert told("trust_withdrawn") == [desk.owner.email]
    assert told("review_waiting") == [desk.coordinator.email]
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "trust_withdrawn")).one()
    assert "Zwei Termine hatten die falsche Adresse." in mail.text


def test_trust_is_taken_back_once_by_who_answers_the_traeger_and_can_be_given_again(app: Flask) -> None:
    desk = Desk(Review.TRUSTED)
    stranger = scope_of(make_coordinator(make_verband()).id)

    for scope in (stranger, scope_of(desk.owner.id)):
        with pytest.raises(NotFound):
            withdraw_trust(scope, desk.traeger.id, "Warum auch immer")
    withdraw_trust(desk.answering, desk.traeger.id, "Bitte prüfen.")
    with pytest.raises(AlreadyAnswered):
        withdraw_trust(desk.answering, desk.traeger.id, "Bitte prüfen.")

    assert fresh(desk.traeger).return_note == "Bitte prüfen."
    approve_traeger(desk.answering, desk.traeger.id, trusts=True)
    assert (fresh(desk.traeger).review, desk.traeger.return_note) == (Review.TRUSTED, None)
