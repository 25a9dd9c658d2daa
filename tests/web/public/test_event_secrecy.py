"""What the page of an event must not give away, and that the words of people stay words."""

import json
import re
from datetime import date, time

from openday.extensions import db
from openday.models.words import AddressVisibility, Attendance
from tests.factories import make_event, make_programme, make_slot

CANARIES = ("Kanarienhaus", "Kanarienweg 7", "04229", "Kanariendirektion", "raum.example.org", "030 555123")


def protected_event(**overrides):
    place = {
        "name": "Kanarienhaus",
        "street": "Kanarienweg 7",
        "postcode": "04229",
        "directions": "Kanariendirektion",
        "locality": "Leipzig",
    }
    return make_event(
        title="Besuch an einem geschützten Ort",
        address_visibility=AddressVisibility.CONFIRMED,
        attendance=Attendance.HYBRID,
        room_url="https://raum.example.org/geheim",
        room_dial_in="030 555123",
        place=place,
        **overrides,
    )


def test_a_protected_address_and_the_room_are_in_no_public_byte(client):
    event = protected_event()
    slot = make_slot(event)
    addresses = [
        "/",
        "/termine",
        "/termine?plz=04229&km=5",
        "/archiv",
        f"/t/{event.slug}",
        f"/t/{event.slug}/buchen?slot={slot.id}",
        f"/t/{event.slug}/buchen",
        f"/t/{event.slug}.ics",
    ]

    for address in [*addresses, *(f"/en{address}" for address in addresses)]:
        page = client.get(address)
        for canary in CANARIES:
            typed = canary in address
            assert typed or canary not in page.text, (address, canary)
    assert "Leipzig" in client.get(f"/t/{event.slug}").text
    assert "damit der Ort geschützt bleibt" in client.get(f"/t/{event.slug}").text


def test_the_calendar_file_of_an_event_is_offered_and_names_its_page(client):
    event = make_event(title="Offene Tür", start_time=time(10))

    page = client.get(f"/t/{event.slug}")
    file = client.get(f"/t/{event.slug}.ics")

    assert f'href="/t/{event.slug}.ics"' in page.text
    assert file.mimetype == "text/calendar"
    assert f"/t/{event.slug}" in file.text.replace("\r\n ", "")
    assert client.get("/t/gibt-es-nicht.ics").status_code == 404


def test_a_public_address_is_shown(client):
    """The control of the test above: without the protection the same words are on the page."""
    event = protected_event()
    event.address_visibility = AddressVisibility.PUBLIC
    db.session.commit()

    page = client.get(f"/t/{event.slug}")

    for canary in CANARIES[:4]:
        assert canary in page.text
    for canary in CANARIES[4:]:
        assert canary not in page.text


def test_words_of_people_are_shown_as_words(client):
    nasty = "</script><script>alert(1)</script> & {{ 7*7 }}"
    event = make_event(title=nasty, summary=nasty, description=f"Eins\n\n{nasty}", photo_note=nasty, access_notes=nasty)

    page = client.get(f"/t/{event.slug}")

    assert "<script>alert" not in page.text
    assert "{{ 7*7 }}" in page.text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert block
    assert json.loads(block[1])["name"] == nasty


def test_search_engines_get_day_place_and_state(client):
    event = make_event(starts_on=date(2031, 9, 16), start_time=time(10), end_time=time(14))
    event.programmes = [make_programme("MBE")]
    db.session.commit()

    page = client.get(f"/t/{event.slug}")

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert block
    data = json.loads(block[1])
    assert data["startDate"] == "2031-09-16T10:00:00+02:00"
    assert data["endDate"] == "2031-09-16T14:00:00+02:00"
    assert data["url"] == f"https://offene-tuer.example.org/t/{event.slug}"
    assert data["location"][0]["address"]["streetAddress"] == "Beispielstraße 12"


def test_a_digital_event_sends_nobody_to_the_house_it_comes_from(client):
    event = make_event(attendance=Attendance.ONLINE)

    page = client.get(f"/t/{event.slug}").text

    assert "Digital, von überall" in page
    assert "Beispielstraße" not in page
