"""How often a visitor's request asks the database: a few times, however much is in it (design: 1, 6, 4, 12, 4)."""

import re
from datetime import timedelta

import pytest

from openday import clock
from openday.extensions import db
from openday.models import Event
from openday.services.booking import book_slot
from openday.services.listing_change import announce_listing
from openday.services.rate_limit import BOOKINGS, Caller, spend
from tests.factories import booking_request, make_campaign, make_event, make_slot
from tests.statements import statements

NONCE = re.compile(r'name="nonce"[^>]*value="([^"]+)"')


def crowded_event(others: int, slots: int, bookings: int):
    """An event among others, with times and bookings; its first time is free."""
    campaign = make_campaign()
    events = [make_event(campaign=campaign) for _ in range(others + 1)]
    event = events.pop()
    for other in events:
        make_slot(other)
    start = clock.now().replace(microsecond=0) + timedelta(days=1)
    made = [make_slot(event, starts_at=start + timedelta(minutes=number), capacity=100) for number in range(slots)]
    for number in range(bookings):
        book_slot(booking_request(made[number % slots], email=f"gast{number}@example.org"))
    for one in (*events, event):
        announce_listing(campaign.id, one.id)  # as whoever publishes does
    db.session.commit()
    return event, made[0]


def asked(client, method, path, **kwargs):
    """Return the answer and the number of statements, from a session that has read nothing yet."""
    db.session.remove()
    with statements() as seen:
        answer = client.open(path, method=method, **kwargs)
    return answer, len(seen)


def visit(client, event, slot):
    """Do what a visitor does; returns the number of statements of each step."""
    form_path = f"/t/{event.slug}/buchen?slot={slot.id}"
    counts = {}
    _page, counts["event page, cold"] = asked(client, "GET", f"/t/{event.slug}")
    _page, counts["event page, warm"] = asked(client, "GET", f"/t/{event.slug}")
    _page, counts["catalogue, cold"] = asked(client, "GET", "/termine")
    _page, counts["catalogue, warm"] = asked(client, "GET", "/termine")
    form, counts["form"] = asked(client, "GET", form_path)
    fields = {"name": "Ayşe Kaya", "email": "a@example.org", "party_size": "2", "nonce": NONCE.search(form.text)[1]}
    booked, counts["booking"] = asked(client, "POST", form_path, data=fields)
    again, counts["the same form again"] = asked(client, "POST", form_path, data=fields)
    assert booked.headers["Location"] == again.headers["Location"]
    own, counts["own page"] = asked(client, "GET", booked.headers["Location"])
    assert own.status_code == 200
    _cancelled, counts["cancelling"] = asked(client, "POST", f"{booked.headers['Location']}/absagen")
    return counts


LIMITS = {
    "event page, cold": 6,
    "event page, warm": 1,
    "catalogue, cold": 6,
    "catalogue, warm": 1,
    "form": 4,
    "booking": 12,
    "the same form again": 12,
    "own page": 4,
    "cancelling": 16,
}


@pytest.fixture
def counting_limits(app, monkeypatch):
    """The limit is counted too, as it is for every visitor."""
    spend(BOOKINGS, Caller.at("192.0.2.1"))


def test_every_step_of_a_visit_asks_as_often_among_sixty_as_among_three(client, counting_limits):
    few = visit(client, *crowded_event(others=3, slots=3, bookings=3))
    many = visit(client, *crowded_event(others=60, slots=60, bookings=60))

    assert many == few
    assert {step: count for step, count in many.items() if count > LIMITS[step]} == {}


def test_a_refusal_is_not_dearer_than_a_booking(client, app):
    event, slot = crowded_event(others=3, slots=1, bookings=0)
    db.session.get(Event, event.id).party_limit = 100
    db.session.commit()
    form_path = f"/t/{event.slug}/buchen?slot={slot.id}"
    nonce = NONCE.search(client.get(form_path).text)[1]
    for number in range(20):
        book_slot(booking_request(slot, party_size=5, email=f"gast{number}@example.org"))

    fields = {"name": "Ayşe Kaya", "email": "a@example.org", "party_size": "2", "nonce": nonce}
    refused, count = asked(client, "POST", form_path, data=fields)

    assert refused.status_code == 409
    assert count <= 12
