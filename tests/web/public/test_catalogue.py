"""The list of events: grouped, filtered strictly, honest about what it left out."""

import re
from datetime import time, timedelta

import pytest

from openday import clock
from openday.extensions import db
from openday.models import SeatPool
from openday.models.words import AccessFeature, Admission, Attendance, EventState, GuestKind
from openday.services.listing_change import announce_listing
from tests.factories import make_campaign, make_event, make_programme, make_slot
from tests.statements import statements

HOSTILE = [
    "tag=2024-02-30",
    "tag=%00",
    "tag=٢٠٢٤-٠١-٠١",
    "seite=0",
    "seite=-1",
    "seite=999999999999999999999999",
    "seite=1e3",
    "plz=%F0%9F%92%A9",
    "plz=00000",
    "plz[]=04109",
    "km=100000",
    "art=" + "x" * 5000,
    "art=vor-ort&art=vor-ort&art=digital",
    "programm='; DROP TABLE events; --",
    "programm=%25",
    "land=<script>alert(1)</script>",
    "zugang=stufenlos%00",
    "fuer=%",
    "fuer=_",
    "frei=ja",
    "jahr=0",
    "jahr=9999",
    "jahr=1999-12",
    "&&&===;;;%ZZ",
    "=".join("a" * 300),
]


def titles(page):
    """Return the titles of the cards on a page, in their order."""
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', page.text)


def headings(page):
    return [text.strip() for text in re.findall(r'<h2 class="day">([^<]*)</h2>', page.text)]


def test_events_stand_under_their_day_and_undated_ones_come_last(client):
    first, second = clock.today() + timedelta(days=1), clock.today() + timedelta(days=2)
    make_event(title="Zweiter", starts_on=second)
    make_event(title="Irgendwann", starts_on=None, state=EventState.PLANNED, date_words="im Herbst")
    make_event(title="Erster", starts_on=first)

    page = client.get("/termine")

    assert titles(page) == ["Erster", "Zweiter", "Irgendwann"]
    assert headings(page)[-1] == "Tag steht noch nicht fest"
    assert len(headings(page)) == 3
    assert "3 Termine" in page.text
    assert "im Herbst" in page.text


def test_what_is_sold_out_comes_last_within_its_day_and_what_is_called_off_behind_it(client):
    make_event(title="Abgesagt", start_time=time(7), state=EventState.CANCELLED)
    full = make_event(title="Ausverkauft", start_time=time(8), is_sold_out=True)
    make_slot(full, capacity=0)
    free = make_event(title="Frei", start_time=time(18))
    make_slot(free, capacity=2)
    make_event(title="Tag danach", starts_on=clock.today() + timedelta(days=2))

    page = client.get("/termine")

    assert titles(page) == ["Frei", "Ausverkauft", "Abgesagt", "Tag danach"]
    assert "Ausgebucht" in page.text


def test_missing_times_stay_missing(client):
    make_event(start_time=None, time_words="am Nachmittag")
    make_event(start_time=time(15), end_time=None)

    page = client.get("/termine")

    assert "am Nachmittag" in page.text
    assert "15:00" in page.text
    assert "00:00" not in page.text.replace("15:00", "")


def test_what_is_past_drafted_withdrawn_or_unlisted_is_not_listed(client):
    make_event(title="Gestern", starts_on=clock.today() - timedelta(days=1))
    make_event(title="Entwurf", state=EventState.DRAFT)
    make_event(title="Zurückgezogen", state=EventState.WITHDRAWN)
    make_event(title="Versteckt", is_listed=False)
    make_event(title="Läuft", starts_on=clock.today() - timedelta(days=1), ends_on=clock.today() + timedelta(days=1))

    page = client.get("/termine")

    assert titles(page) == ["Läuft"]
    assert headings(page) == ["Läuft schon"]


@pytest.fixture
def three(client):
    """One event that fits each filter used below, and two that do not."""
    wanted = make_event(
        title="Gesucht",
        starts_on=clock.today() + timedelta(days=3),
        attendance=Attendance.HYBRID,
        access_features=[AccessFeature.STEP_FREE, AccessFeature.QUIET_ROOM],
        audiences=[GuestKind.PUBLIC, GuestKind.POLITICS],
        place={"region": "BY", "postcode": "80331", "latitude": 48.137, "longitude": 11.575, "locality": "München"},
    )
    wanted.programmes = [make_programme("JMD")]
    db.session.commit()
    make_slot(wanted, capacity=5)
    other = make_event(title="Anders", access_features=[AccessFeature.STEP_FREE])
    other.programmes = [make_programme("MBE")]
    db.session.commit()
    make_slot(other, capacity=0)
    make_event(title="Abgesagt", state=EventState.CANCELLED, admission=Admission.OPEN)
    return client


@pytest.mark.parametrize(
    "query",
    [
        f"tag={clock.today() + timedelta(days=3)}",
        "art=hybrid",
        "art=hybrid&art=digital",
        "programm=jmd",
        "land=BY",
        "plz=80331&km=5",
        "zugang=stufenlos&zugang=ruheraum",
        "frei=1",
        "fuer=politics",
    ],
)
def test_a_filter_is_strict(three, query):
    page = three.get(f"/termine?{query}")

    assert titles(page) == ["Gesucht"]
    assert "1 Termin" in page.text


def test_a_day_filter_finds_what_runs_over_it(client):
    make_event(title="Woche", starts_on=clock.today(), ends_on=clock.today() + timedelta(days=4))

    assert titles(client.get(f"/termine?tag={clock.today() + timedelta(days=2)}")) == ["Woche"]
    assert titles(client.get(f"/termine?tag={clock.today() + timedelta(days=5)}")) == []


def test_filters_in_use_are_links_that_drop_them(three):
    page = three.get("/termine?land=BY&art=hybrid&plz=80331&km=50")

    assert 'href="/termine?land=BY&amp;plz=80331&amp;km=50"' in page.text
    assert 'href="/termine?art=hybrid&amp;land=BY"' in page.text
    assert "Alle Filter entfernen" in page.text


def test_near_misses_have_a_heading_of_their_own(client):
    near = {"postcode": "04109", "latitude": 51.34, "longitude": 12.37}
    make_event(title="In Leipzig", place=near)
    make_event(
        title="In Halle", place={"locality": "Halle", "latitude": 51.48, "longitude": 11.97, "postcode": "06108"}
    )

    page = client.get("/termine?plz=04109&km=25")

    assert "1 Termin" in page.text
    before, after = page.text.split("Etwas weiter weg")
    assert "In Halle" not in before
    assert "In Halle" in after
    assert "In Leipzig" not in after


def test_no_hit_says_which_filter_to_drop(three):
    page = three.get("/termine?land=BY&art=digital")

    assert titles(page) == []
    assert 'href="/termine?land=BY">Vor Ort oder digital</a>: 1 Termin' in re.sub(r"\s+", " ", page.text)


@pytest.mark.parametrize("typed", ["0410", "99999", "0410a"])
def test_a_mistyped_postcode_is_named_and_stays_in_its_field(three, typed):
    page = three.get(f"/termine?plz={typed}")

    assert "Diese Postleitzahl kennen wir nicht. Prüfen Sie die fünf Ziffern." in page.text
    assert f'value="{typed}"' in page.text
    assert '<details class="filter" open>' in page.text


def test_what_nobody_understands_is_left_out_and_said(three):
    page = three.get("/termine?art=quer&land=XX&programm=abc&tag=heute")

    assert page.status_code == 200
    assert len(titles(page)) == 3
    assert "die Liste lässt sie weg: heute, quer, XX, ABC" in page.text


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_string_is_never_an_error(client, query):
    make_event()

    page = client.get(f"/termine?{query}")

    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_pages_have_twenty_events_and_every_event_once(client):
    campaign = make_campaign()
    for number in range(45):
        make_event(campaign=campaign, title=f"Nr {number:02}", starts_on=clock.today() + timedelta(days=number % 3))

    pages = [titles(client.get(f"/termine?seite={page}")) for page in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [20, 20, 5, 5]
    assert sorted(pages[0] + pages[1] + pages[2]) == [f"Nr {number:02}" for number in range(45)]
    assert pages[3] == pages[2]
    assert 'rel="next" href="/termine?seite=3"' in client.get("/termine?seite=2").text


def test_the_position_of_a_protected_place_is_only_known_roughly(client):
    make_event(title="Geschützt", address_visibility="confirmed", place={"latitude": 51.3449, "longitude": 12.3749})

    page = client.get("/termine?plz=04109&km=10")

    assert titles(page) == ["Geschützt"]
    assert "etwa 10 km" in page.text


def test_the_catalogue_asks_at_most_six_times_however_long_it_is(client):
    campaign = make_campaign()
    events = [make_event(campaign=campaign, title=f"Nr {number}") for number in range(3)]
    with statements() as few:
        client.get("/termine?art=vor-ort")
    for number in range(30):
        event = make_event(campaign=campaign, title=f"Mehr {number}")
        event.programmes = [make_programme("MBE"), make_programme("JMD")]
        make_slot(event)
        announce_listing(campaign.id, event.id)
    db.session.commit()
    with statements() as many:
        client.get("/termine?art=vor-ort")
    with statements() as nothing:
        client.get("/termine?art=digital&land=BY")
    with statements() as near:
        client.get("/termine?plz=04109&km=5&programm=jmd&tag=2020-01-01")

    assert len(events) == 3
    assert len(many) == len(few) <= 6
    assert len(nothing) <= 6
    assert len(near) <= 6


def test_a_kept_page_asks_once_and_a_change_of_step_renews_it(client):
    event = make_event()
    slot = make_slot(event, capacity=1)
    assert "Plätze frei" in client.get("/termine").text
    with statements() as warm:
        client.get("/termine")
    assert len(warm) == 1

    db.session.get(SeatPool, slot.pools[0].id).capacity = 0
    event.campaign.version += 1
    db.session.commit()

    assert "Ausgebucht" in client.get("/termine").text
