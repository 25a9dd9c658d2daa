"""Two hundred visitors through a real web server: nothing is oversold, lost, doubled or invented."""

import time
from threading import Event as Signal
from threading import Thread

import pytest
from sqlalchemy import func, select

from openday.extensions import db
from openday.models import Booking, OutboxMessage, SeatPool
from openday.services.invariants import breaches
from tests.chaos.history import History, Outcome, verdicts
from tests.chaos.mutants import unchecked
from tests.chaos.storm import Crowd, Visitor, capacities, slug_of, stored_bookings, storm
from tests.factories import all_bookings, make_event, make_slot
from tests.served import serving

pytestmark = pytest.mark.chaos

FORMS_EACH = 3


@pytest.fixture
def history(tmp_path) -> History:
    return History(tmp_path / "history.jsonl")


def hot_slots(number, capacity):
    event = make_event()
    return [make_slot(event, capacity=capacity) for _ in range(number)]


def rush(slug, slots):
    """Everybody opens three forms, all send the first at the same moment; every fifth booking is cancelled again."""

    def visit(visitor: Visitor, number: int, together) -> None:
        forms = [
            visitor.open_form(
                slug, slots[(number + turn) % len(slots)].id, 1 + number % 2, f"gast{number}-{turn}@example.org"
            )
            for turn in range(FORMS_EACH)
        ]
        together()
        for turn, form in enumerate(forms):
            if form is None:
                continue
            answer, location = visitor.send_until_certain(form)
            if answer.outcome is Outcome.OK and (number + turn) % 5 == 0:
                visitor.cancel(form, location)

    return visit


def test_two_hundred_visitors_never_get_more_seats_than_there_are(app, settings, tmp_path, history):
    slots = hot_slots(5, capacity=12)
    slug = slug_of(slots)

    with serving(settings, tmp_path) as server:
        crowd = Crowd(server, history)
        storm(crowd, rush(slug, slots))

    assert verdicts(history.answers, stored_bookings(), capacities()) == []
    assert crowd.statuses[303] >= 60 / 2
    assert crowd.statuses[409] > 100, "a storm without refusals was none"
    assert crowd.statuses[500] == 0, server.log.read_text()[-2000:]


def test_the_same_storm_oversells_without_the_guard(app, settings, tmp_path, history):
    slots = hot_slots(5, capacity=12)
    slug = slug_of(slots)

    with unchecked(), serving(settings, tmp_path, "tests.chaos.mutants:without_guard()") as server:
        storm(Crowd(server, history), rush(slug, slots))
        found = verdicts(history.answers, stored_bookings(), capacities())

    assert any(verdict.startswith("oversold") for verdict in found)


def test_fifty_copies_of_one_form_are_one_booking_with_one_link(app, settings, tmp_path, history):
    slot = make_slot(capacity=100)
    slug = slug_of([slot])

    with serving(settings, tmp_path) as server:
        crowd = Crowd(server, history)
        form = Visitor(crowd).open_form(slug, slot.id, 2, "ayse@example.org")
        storm(crowd, copies_of(form), clients=50)

    assert verdicts(history.answers, stored_bookings(), capacities()) == []
    assert crowd.statuses[303] == 50
    assert len({answer.token_digest for answer in history.answers}) == 1
    assert len(all_bookings()) == 1
    assert db.session.scalar(select(SeatPool.taken)) == 2


def test_the_same_copies_are_many_bookings_when_forms_have_no_number(app, settings, tmp_path, history):
    slot = make_slot(capacity=100)
    slug = slug_of([slot])

    with serving(settings, tmp_path, "tests.chaos.mutants:without_idempotency()") as server:
        crowd = Crowd(server, history)
        form = Visitor(crowd).open_form(slug, slot.id, 2, "ayse@example.org")
        storm(crowd, copies_of(form), clients=10)

    assert any(
        verdict.startswith("duplicate") for verdict in verdicts(history.answers, stored_bookings(), capacities())
    )


def copies_of(form):
    def visit(visitor: Visitor, _number: int, together) -> None:
        together()
        visitor.send_until_certain(form)

    return visit


def test_a_killed_worker_loses_no_booking_and_invents_none(app, settings, tmp_path, history):
    slots = hot_slots(8, capacity=150)
    slug = slug_of(slots)
    is_over = Signal()

    with serving(settings, tmp_path) as server:
        crowd = Crowd(server, history)
        killer = Thread(target=kill_workers, args=(server, crowd, is_over), daemon=True)
        killer.start()
        storm(crowd, patient_visits(slug, slots, is_over), clients=60)
        killer.join()

    assert verdicts(history.answers, stored_bookings(), capacities()) == []
    assert breaches() == []
    broken = [answer for answer in history.answers if answer.outcome is Outcome.INFO]
    assert broken, "no request was interrupted, so nothing was shown"
    assert crowd.statuses[303] > 60
    assert crowd.statuses[500] == 0, server.log.read_text()[-2000:]
    mails = db.session.scalar(select(func.count()).where(OutboxMessage.kind == "booking_confirmed"))
    assert mails == db.session.scalar(select(func.count(Booking.id)))


def patient_visits(slug, slots, is_over):
    """Book and sometimes cancel, sending the same form again when the connection broke, until nobody kills any more."""

    def visit(visitor: Visitor, number: int, _together) -> None:
        turn = 0
        while not is_over.is_set() and turn < 40:
            slot = slots[(number + turn) % len(slots)]
            form = visitor.open_form(slug, slot.id, 1, f"gast{number}-{turn}@example.org")
            turn += 1
            if form is None:
                continue
            answer, location = visitor.send_until_certain(form)
            if answer.outcome is Outcome.OK and turn % 4 == 0:
                visitor.cancel(form, location)

    return visit


def kill_workers(server, crowd, is_over, kills=6):
    """End a worker each time enough was booked since the last one died."""
    for number in range(kills):
        booked = crowd.statuses[303]
        deadline = time.monotonic() + 10
        while crowd.statuses[303] < booked + 20 and time.monotonic() < deadline:
            time.sleep(0.01)
        server.kill_a_worker(number)
    is_over.set()
