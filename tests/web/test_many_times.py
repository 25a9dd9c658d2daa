"""Pages of an event with hundreds of times: one day of them, the others as links."""

import re
from datetime import datetime, time, timedelta

import pytest
from flask import Flask

from openday import clock, wording
from openday.extensions import db
from openday.models import Event, SeatPool, Slot
from openday.models.words import Mode, PoolAudience, WaitingList
from openday.services.booking import book_slot
from openday.services.shown_day import AT_A_DESK
from tests.factories import booking_request, make_event, make_user
from tests.web.staff import signed_in

DAYS, EACH = 6, 30


@pytest.fixture
def event(app: Flask) -> Event:
    event = make_event(audiences=("public", "politics"))
    for day in range(1, DAYS + 1):
        begin = datetime.combine(clock.today() + timedelta(days=day), time(8), tzinfo=clock.BERLIN)
        for number in range(EACH):
            slot = Slot(event_id=event.id, starts_at=begin + timedelta(minutes=20 * number), ends_at=None)
            slot.pools = [SeatPool(mode=Mode.ONSITE, audience=PoolAudience.EVERYONE, capacity=2)]
            db.session.add(slot)
    db.session.commit()
    return event


def day(number: int) -> str:
    return (clock.today() + timedelta(days=number)).isoformat()


def ids(event: Event, number: int) -> list[str]:
    """Return the times of a day, as forms and links name them."""
    slots = sorted(event.slots, key=lambda slot: slot.starts_at)
    return [str(slot.id) for slot in slots[(number - 1) * EACH : number * EACH]]


def radios(page: str) -> list[str]:
    return re.findall(r'<input type="radio" name="slot" id="slot-\d+" value="(\d+)"', page)


def days_linked(page: str) -> list[str]:
    return re.findall(r"[?&;]tag=([\d-]+)", page)


def test_a_form_without_a_time_shows_a_day_and_leads_to_the_others(client, event):
    path = f"/t/{event.slug}/buchen"

    first, third, unknown = (client.get(path + query).text for query in ("", f"?tag={day(3)}", "?tag=2020-01-01"))

    assert radios(first) == radios(unknown) == ids(event, 1)
    assert radios(third) == ids(event, 3)
    assert days_linked(first) == [day(number) for number in range(1, DAYS + 1)]


def test_days_without_a_free_time_are_no_choice(client, event):
    for slot in sorted(event.slots, key=lambda slot: slot.starts_at)[:EACH]:
        slot.pools[0].capacity = 0
    db.session.commit()

    page = client.get(f"/t/{event.slug}/buchen").text

    assert radios(page) == ids(event, 2)
    assert day(1) not in days_linked(page)


def test_who_changes_the_time_sees_the_day_of_the_booking_and_can_choose_another(client, event):
    slots = sorted(event.slots, key=lambda slot: slot.starts_at)
    token = book_slot(booking_request(slots[2 * EACH], party_size=1)).token

    own_day, other_day = (client.get(f"/buchung/{token}/uhrzeit{query}").text for query in ("", f"?tag={day(5)}"))

    assert radios(own_day) == ids(event, 3)[1:]
    assert radios(other_day) == ids(event, 5)


def test_an_office_unfolds_the_day_it_wants(client, event):
    page = client.get(f"/t/{event.slug}/politik").text

    assert len(radios(page)) == DAYS * EACH
    assert re.findall(r"<details[^>]*?( open)?><summary>\w+, \d", page) == [" open", *[""] * (DAYS - 1)]


def test_who_waits_for_any_time_of_many_is_shown_the_first_free_ones(client, event):
    event.waiting_list = WaitingList.OFFER
    db.session.commit()
    path = f"/t/{event.slug}/warteliste"
    nonce = re.search(r'name="nonce"[^>]*value="([^"]+)"', client.get(path).text)

    wish = {"name": "Ayşe Kaya", "email": "a.kaya@example.org", "party_size": "2", "wait_for": "alle"}
    answer = client.post(path, data={**wish, "nonce": nonce[1]})

    assert answer.status_code == 409
    assert re.findall(r"slot=(\d+)", answer.text) == ids(event, 1)[:16]


@pytest.mark.parametrize("page", ["plaetze", "uhrzeiten"])
def test_an_organiser_sees_a_day_of_more_than_a_hundred_times(app, event, page):
    client = signed_in(app, make_user(event.traeger))
    path = f"/konto/termine/{event.id}/{page}"

    first, fourth = client.get(path).text, client.get(f"{path}?tag={day(4)}").text

    for shown, number in ((first, 1), (fourth, 4)):
        assert sorted(set(re.findall(r"/uhrzeiten/(\d+)/", shown)), key=int) == ids(event, number)
        assert days_linked(shown)[:1] != []
    heading = wording.day_heading(clock.today() + timedelta(days=4))
    assert heading in fourth
    assert heading not in first


def test_after_a_change_an_organiser_is_back_at_its_day(app, event):
    client = signed_in(app, make_user(event.traeger))
    slot = ids(event, 4)[0]

    saved = client.send(f"/konto/termine/{event.id}/uhrzeiten/{slot}/plaetze", {"onsite_total": "5", "reach": "slot"})
    removed = client.send(f"/konto/termine/{event.id}/uhrzeiten/{slot}/entfernen?tag={day(4)}", {})

    assert saved.location == f"/konto/termine/{event.id}/plaetze?tag={day(4)}"
    assert removed.location == f"/konto/termine/{event.id}/uhrzeiten?tag={day(4)}"
    assert AT_A_DESK < DAYS * EACH - 1
