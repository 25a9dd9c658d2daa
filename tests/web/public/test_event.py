"""The page of one event, in every state it can be in."""

import re
from datetime import date, datetime, time, timedelta

import pytest

from openday import clock
from openday.extensions import db
from openday.models import Event, EventHost, Place, SeatPool
from openday.models.words import Admission, Attendance, ChangedFact, EventState, Mode, PoolAudience, SlotState
from openday.services import nearby
from openday.services.event_change import say_change
from openday.services.event_days import Days
from tests.factories import make_campaign, make_event, make_programme, make_slot, make_traeger, make_verband
from tests.statements import statements


def radios(page):
    return re.findall(r'<input type="radio" name="slot" id="slot-(\d+)"', page.text)


def tomorrow_at(hour, minute=0, days=1):
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, minute), tzinfo=clock.BERLIN)


def words(page):
    """Return the text of a page on one line, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)).replace("\xa0", " ")


def changed(event: Event, **values):
    """Change an event as its organiser would, so that kept pages notice."""
    for name, value in values.items():
        setattr(event, name, value)
    event.version += 1
    db.session.commit()


def test_free_few_last_and_full_times_are_told_apart(client):
    event = make_event()
    free = make_slot(event, capacity=8, starts_at=tomorrow_at(10))
    few = make_slot(event, capacity=2, starts_at=tomorrow_at(11))
    last = make_slot(event, capacity=1, starts_at=tomorrow_at(12))
    make_slot(event, capacity=0, starts_at=tomorrow_at(13))
    endless = make_slot(event, capacity=None, starts_at=tomorrow_at(14), ends_at=None)

    page = client.get(f"/t/{event.slug}")

    assert radios(page) == [str(slot.id) for slot in (free, few, last, endless)]
    text = words(page)
    for expected in ("8 Plätze frei", "Noch 2 Plätze frei", "Letzter Platz", "Ausgebucht", "14:00 Uhr Plätze frei"):
        assert expected in text
    assert f'action="/t/{event.slug}/buchen"' in page.text


def test_every_time_is_named_for_the_ear(client):
    event = make_event()
    slot = make_slot(event, starts_at=tomorrow_at(10))

    page = client.get(f"/t/{event.slug}")

    spoken = re.sub(r'<span aria-hidden="true">.*?</span>', "", page.text)
    label = re.search(rf'<label for="slot-{slot.id}">(.*?)</label>', spoken)
    assert label
    assert re.sub(r"<[^>]+>", "", label[1]) == "10:00 bis 10:30 Uhr8 Plätze frei"
    assert re.search(r"<legend>\w+, \d+\.\xa0\w+ \d{4}</legend>", page.text)


def test_hybrid_shows_both_capacities(client):
    event = make_event(attendance=Attendance.HYBRID)
    slot = make_slot(event, capacity=30)
    slot.pools.append(SeatPool(mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=70))
    slot.pools.append(SeatPool(mode=Mode.ONSITE, audience=PoolAudience.POLITICS, capacity=9))
    db.session.commit()

    text = words(client.get(f"/t/{event.slug}"))

    assert "Vor Ort: 30 Plätze frei" in text
    assert "Digital: 70 Plätze frei" in text
    assert "9 Plätze" not in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"booking_opens_at": clock.now() + timedelta(days=1)}, "Die Anmeldung öffnet am"),
        ({"booking_closes_at": clock.now() - timedelta(hours=1)}, "geschlossen"),
        ({"state": EventState.CANCELLED, "cancel_reason": "Das Team ist krank."}, "Das Team ist krank."),
        ({"admission": Admission.INVITATION}, "Der Termin ist für eingeladene Gäste."),
        ({"admission": Admission.OPEN}, "Kommen Sie einfach vorbei"),
        ({"starts_on": clock.today() - timedelta(days=9)}, "Vorbei"),
    ],
)
def test_what_cannot_be_booked_has_no_radio_and_says_why(client, values, sentence):
    event = make_event(**values)
    make_slot(event)

    page = client.get(f"/t/{event.slug}")

    assert page.status_code == 200
    assert radios(page) == []
    assert sentence in words(page)
    assert "Mira Beispiel" in page.text


def test_a_time_that_passed_or_was_cancelled_is_text(client):
    event = make_event(starts_on=clock.today())
    make_slot(event, starts_at=clock.now() - timedelta(minutes=5))
    make_slot(event, state=SlotState.CANCELLED)
    to_come = make_slot(event)

    page = client.get(f"/t/{event.slug}")

    assert radios(page) == [str(to_come.id)]
    assert "Vorbei" in words(page)
    assert "Abgesagt" in words(page)


def test_where_nothing_is_known_of_the_day_it_follows(client):
    event = make_event(starts_on=None)

    assert "Termin folgt" in words(client.get(f"/t/{event.slug}"))


def test_a_planned_event_without_a_day_says_so(client):
    event = make_event(state=EventState.PLANNED, starts_on=None, date_words="im Herbst", admission=None)

    page = client.get(f"/t/{event.slug}")

    assert "im Herbst" in words(page)
    assert "ld+json" not in page.text


@pytest.mark.parametrize(
    ("state", "published", "status"),
    [
        (EventState.DRAFT, False, 404),
        (EventState.WITHDRAWN, True, 410),
        (EventState.WITHDRAWN, False, 404),
        (EventState.DRAFT, True, 410),
    ],
)
def test_what_is_not_public_tells_only_that(client, state, published, status):
    event = make_event(state=state, published_at=clock.now() if published else None, title="Geheimer Titel")

    page = client.get(f"/t/{event.slug}")

    assert page.status_code == status
    assert "Geheimer Titel" not in page.text
    assert "Termine ansehen" in page.text


def test_an_unknown_event_is_a_page_with_a_next_step(client):
    page = client.get("/t/gibt-es-nicht")

    assert page.status_code == 404
    assert 'href="/termine"' in page.text


def test_stops_of_a_bus_have_place_and_time(client):
    event = make_event(admission=Admission.OPEN)
    event.places = [
        Place(position=0, label="Halt 1", locality="Diepholz", start_time=time(9), end_time=time(11)),
        Place(position=1, label="Halt 2", locality="Syke", start_time=time(12), visits_on=date(2031, 5, 6)),
    ]
    db.session.commit()

    text = words(client.get(f"/t/{event.slug}"))

    assert "Halt 1: Diepholz" in text
    assert "Di., 6. Mai 2031, 12:00 Uhr Halt 2: Syke" in text


def test_every_host_is_named_with_verband_and_contact(client):
    event = make_event()
    second = make_traeger(
        name="Jugendmigrationsdienst Nord",
        contact_phone="040 555 66",
        verbaende=[make_verband(name="Diakonie"), make_verband(name="BAG EJSA")],
    )
    event.hosts.append(EventHost(traeger_id=second.id, position=1, is_lead=True))
    db.session.commit()

    text = words(client.get(f"/t/{event.slug}"))

    assert "Jugendmigrationsdienst Nord (Federführung) BAG EJSA, Diakonie" in text.replace(" )", ")")
    assert "040 555 66" in text


def test_many_times_come_day_by_day(client):
    event = make_event(ends_on=clock.today() + timedelta(days=5))
    for day in (1, 2, 3):
        for hour in range(20):
            make_slot(
                event, starts_at=tomorrow_at(8, 0, day) + timedelta(minutes=20 * hour), capacity=0 if day == 1 else 4
            )
    wanted = clock.today() + timedelta(days=3)

    first = client.get(f"/t/{event.slug}")
    chosen = client.get(f"/t/{event.slug}?tag={wanted}")
    odd = client.get(f"/t/{event.slug}?tag=%00heute")

    assert len(radios(first)) == 16
    assert f"?tag={wanted}#zeiten" in first.text
    assert len(radios(chosen)) == 20
    assert set(radios(chosen)).isdisjoint(radios(first))
    assert radios(odd) == radios(first)


def test_the_page_asks_six_times_cold_and_once_warm_however_much_is_on_it(client):
    event = make_event()
    make_slot(event)
    with statements() as small:
        client.get(f"/t/{event.slug}")
    for number in range(20):
        make_slot(event, starts_at=tomorrow_at(8) + timedelta(minutes=30 * number))
        make_event(campaign=make_campaign())
    for number in range(3):
        event.hosts.append(EventHost(traeger_id=make_traeger().id, position=number + 1))
    event.programmes = [make_programme("MBE"), make_programme("AVB")]
    changed(event)
    nearby.known.clear()
    with statements() as large:
        client.get(f"/t/{event.slug}")
    with statements() as warm:
        client.get(f"/t/{event.slug}")

    assert len(small) == len(large) <= 6
    assert len(warm) == 1


def test_a_browser_that_has_the_page_gets_304_until_a_booking_changes_it(client):
    event = make_event()
    slot = make_slot(event, capacity=8)
    first = client.get(f"/t/{event.slug}")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"

    again = client.get(f"/t/{event.slug}", headers={"If-None-Match": first.headers["ETag"]})
    db.session.get(SeatPool, slot.pools[0].id).capacity = 7
    changed(event)
    after = client.get(f"/t/{event.slug}", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.data == b""
    assert after.status_code == 200
    assert "7 Plätze frei" in words(after)


def test_a_kept_page_is_the_same_compressed_and_in_its_own_language(client):
    event = make_event()
    plain = client.get(f"/t/{event.slug}")
    packed = client.get(f"/t/{event.slug}", headers={"Accept-Encoding": "gzip"}, buffered=True)
    english = client.get(f"/en/t/{event.slug}")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert len(packed.data) < len(plain.data) / 2
    assert '<html lang="en">' in english.text
    assert '<html lang="de">' in plain.text


def test_an_english_page_says_that_the_words_of_the_event_are_german(client):
    event = make_event(title="Offene Tür im Hof", summary="Tee und Fragen.")

    english = client.get(f"/en/t/{event.slug}").text

    assert '<h1 lang="de">Offene Tür im Hof</h1>' in english
    assert '<div class="prose" lang="de">' in english
    assert "<h1>Offene Tür im Hof</h1>" in client.get(f"/t/{event.slug}").text


@pytest.mark.parametrize(("address", "days", "place"), [
    ("", "Neue Zeit: Do., 23. September 2027, 12:00 bis 15:00 Uhr, vorher Mi., 22. September 2027.",
     "Neuer Ort: Rathaus, Markt 1, 04109 Leipzig"),
    ("/en", "New time: Thu 23 September 2027, 12:00 to 15:00, before Wed 22 September 2027.",
     "New place: Rathaus, Markt 1, 04109 Leipzig"),
])  # fmt: skip
def test_a_change_is_told_in_the_language_of_the_page_and_the_words_of_the_house_as_german(
    client, address, days, place
):
    day = date(2027, 9, 23)
    event = make_event(starts_on=day, ends_on=None, start_time=time(12), end_time=time(15))
    event.places = [Place(position=0, name="Rathaus", street="Markt 1", postcode="04109", locality="Leipzig")]
    say_change(event, ChangedFact.DAYS, "Wegen Regen.", Days(day - timedelta(days=1), None, None, None))
    db.session.commit()

    moved = client.get(f"{address}/t/{event.slug}")

    assert days in words(moved)
    assert ("<p>Wegen Regen.</p>" if not address else '<p lang="de">Wegen Regen.</p>') in moved.text
    say_change(event, ChangedFact.PLACE, "")
    changed(event)
    assert place in words(client.get(f"{address}/t/{event.slug}"))
