"""What a visit costs the database, however many times the event has."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from openday import clock
from openday.extensions import db
from openday.models import SeatPool, Slot
from openday.models.words import Mode, PoolAudience
from tests.factories import make_event
from tests.work import let_it_count, work

NONCE = re.compile(r'name="nonce"[^>]*value="([^"]+)"')


class Times(NamedTuple):
    """The page of an event, the form of its first time, which is for two, and its last day."""

    page: str
    form: str
    last_day: date


def event_with(days: int, each: int) -> Times:
    """Make an event with so many times on each of so many days."""
    event = make_event()
    morning = clock.now().replace(hour=5, minute=0, second=0, microsecond=0)
    starts = [morning + timedelta(days=1 + day, minutes=number) for day in range(days) for number in range(each)]
    slots = [Slot(event_id=event.id, starts_at=start, ends_at=None) for start in starts]
    for slot in slots:
        slot.pools = [SeatPool(mode=Mode.ONSITE, audience=PoolAudience.EVERYONE, capacity=8)]
    slots[0].pools[0].capacity = 2
    db.session.add_all(slots)
    db.session.commit()
    let_it_count()
    return Times(f"/t/{event.slug}", f"/t/{event.slug}/buchen?slot={slots[0].id}", slots[-1].berlin_day)


def cost(client, path, status=200, data=None):
    """Return what an answer costs the database."""
    db.session.remove()
    with work() as counted:
        answer = client.post(path, data=data) if data else client.get(path)
    assert answer.status_code == status
    return counted.done


def visit(client, times: Times):
    """Return what each step costs of a visit of two parties to the same time."""
    forms = [{"name": "Ayşe Kaya", "email": f"gast{number}@example.org", "party_size": "2"} for number in range(2)]
    for form in forms:
        form["nonce"] = NONCE.search(client.get(times.form).text)[1]
    return {
        "page": cost(client, times.page),
        "form": cost(client, times.form),
        "booking": cost(client, times.form, 303, forms[0]),
        "refusal with other times": cost(client, times.form, 409, forms[1]),
        "form of a full time": cost(client, times.form),
    }


def test_a_visit_costs_as_much_among_hundreds_of_times_as_among_dozens(client):
    dozens, hundreds = event_with(days=5, each=20), event_with(days=5, each=100)
    client.get(f"{dozens.page}/leichte-sprache")  # looks for the events nearby, which is done once

    few, many = visit(client, dozens), visit(client, hundreds)

    assert {step: (few[step], work) for step, work in many.items() if work > few[step] * 1.01 + 5} == {}


def test_another_day_costs_little_on_the_page_of_one(client):
    week, month = event_with(days=5, each=20), event_with(days=25, each=20)
    client.get(f"{week.page}/leichte-sprache")

    few, many = (cost(client, f"{times.page}?tag={times.last_day}") for times in (week, month))

    assert (many - few) / 20 < few / 15, (few, many)
