"""The way into a digital session: from a quarter of an hour before, for confirmed guests, counted by a button."""

from datetime import timedelta
from typing import Any

import pytest

from openday import clock
from openday.extensions import db
from openday.models import SeatPool, Slot
from openday.models.words import Attendance, Confirmation, EventState, Mode
from openday.services.expiry import expire_holds
from tests.factories import make_event, save
from tests.web.public.own import booked, only_booking

ROOM, DIAL_IN = "https://raum.example.org/geheim", "030 555123"


def session(**overrides: Any) -> Slot:
    """An hour at the screen in two days."""
    values = {"attendance": Attendance.ONLINE, "room_url": ROOM, "room_dial_in": DIAL_IN, **overrides}
    start = clock.now().replace(microsecond=0) + timedelta(days=2)
    slot = save(Slot(event_id=make_event(**values).id, starts_at=start, ends_at=start + timedelta(hours=1)))
    save(SeatPool(slot_id=slot.id, mode=Mode.ONLINE, capacity=None))
    return slot


def test_the_room_opens_a_quarter_of_an_hour_before(client, time_machine):
    slot = session()
    own = booked(slot)

    time_machine.move_to(slot.starts_at - timedelta(minutes=15, seconds=1))
    before = client.get(f"{own}/teilnahme")
    time_machine.move_to(slot.starts_at - timedelta(minutes=15))
    during = client.get(f"{own}/teilnahme")

    assert "Der Raum öffnet am" in before.text
    assert DIAL_IN not in before.text
    assert "An der Sitzung teilnehmen" in during.text
    assert DIAL_IN in during.text


def test_the_button_counts_attendance_once_and_leads_into_the_room(client, time_machine):
    slot = session()
    own = booked(slot)
    time_machine.move_to(slot.starts_at)

    unasked = client.get(f"{own}/raum")
    answer = client.post(f"{own}/teilnahme")
    joined_at = only_booking().joined_at
    time_machine.move_to(slot.starts_at + timedelta(minutes=5))
    client.post(f"{own}/teilnahme")
    page = client.get(answer.headers["Location"])

    assert unasked.status_code == 303
    assert ROOM not in unasked.text
    assert answer.status_code == 303
    assert joined_at - slot.starts_at < timedelta(minutes=1)
    assert only_booking().joined_at == joined_at
    assert f'http-equiv="refresh" content="0; url={ROOM}"' in page.text
    assert f'href="{ROOM}"' in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("who", ["unconfirmed", "asked", "cancelled", "expired", "called off"])
def test_whoever_is_not_confirmed_gets_no_way_in(client, time_machine, who):
    slot = session(**({"confirmation": Confirmation.APPROVAL} if who == "asked" else {}))
    own = booked(slot, party_size=9 if who in {"unconfirmed", "expired"} else 1)
    if who == "cancelled":
        client.post(f"{own}/absagen")
    if who == "called off":
        db.session.merge(slot.event).state = EventState.CANCELLED
        db.session.commit()
    time_machine.move_to(slot.starts_at - timedelta(minutes=5))
    if who == "expired":
        expire_holds(clock.now() + timedelta(days=1))

    answers = [client.get(f"{own}/teilnahme"), client.post(f"{own}/teilnahme"), client.get(f"{own}/raum")]

    assert {answer.status_code for answer in answers} <= {200, 303, 403, 409}
    for answer in [*answers, client.get(own), client.get(f"{own}.ics"), client.get(f"{own}.json")]:
        assert "raum.example.org" not in answer.text
        assert DIAL_IN not in answer.text
    assert only_booking().joined_at is None


def test_the_room_is_in_no_byte_but_the_page_of_the_session(client, time_machine):
    slot = session()
    own = booked(slot)
    time_machine.move_to(slot.starts_at)

    pages = [own, f"{own}.ics", f"{own}.json", f"{own}/absagen", "/", "/termine", f"/t/{slot.event.slug}"]

    for path in [*pages, *(f"/en{page}" for page in pages)]:
        assert "raum.example.org" not in client.get(path).text, path
        assert DIAL_IN not in client.get(path).text, path
    assert "/teilnahme" in client.get(own).text


def test_without_a_link_yet_the_page_says_so_and_names_the_phone(client, time_machine):
    slot = session(room_url=None, room_dial_in=None)
    own = booked(slot)
    time_machine.move_to(slot.starts_at)

    page = client.get(f"{own}/teilnahme").text

    assert "Der Zugang fehlt noch." in page
    assert "0341 000000" in page
    assert client.post(f"{own}/teilnahme").status_code == 409


def test_three_hours_after_the_end_the_room_is_closed(client, time_machine):
    slot = session()
    own = booked(slot)

    time_machine.move_to(slot.ends_at + timedelta(hours=3, seconds=1))

    assert "Die Sitzung ist vorbei." in client.get(f"{own}/teilnahme").text
    assert client.post(f"{own}/teilnahme").status_code == 409


def test_a_guest_on_site_has_no_room(client):
    slot = session(attendance=Attendance.HYBRID)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONSITE, capacity=4))
    own = booked(slot, mode=Mode.ONSITE)

    assert client.get(f"{own}/teilnahme").headers["Location"].endswith(own)
