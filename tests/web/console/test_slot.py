"""The page of the generator: first a preview, then exactly what was previewed and ticked."""

import re
from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from openday import clock, wording
from openday.extensions import db
from openday.models import Event, Slot
from openday.models.words import Attendance
from openday.services.booking import book_slot
from tests.factories import booking_request, make_event, make_slot, make_traeger, make_user
from tests.web.staff import Browser, signed_in

DAY = clock.today() + timedelta(days=3)
PLAN = {"day": DAY.isoformat(), "start": "10:00", "end": "12:00", "length": "30", "pause": "0", "seats_onsite": "8"}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(traeger=make_traeger(), starts_on=DAY)


@pytest.fixture
def client(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path(event: Event) -> str:
    return f"/konto/termine/{event.id}/uhrzeiten"


def previewed(client: Browser, event: Event, **changes: str) -> tuple[str, list[str], str]:
    """Return the page with the preview, the names of its ticked boxes and the mark of the plan."""
    page = client.send(path(event), {**PLAN, **changes, "action": "vorschau"}).text
    mark = re.search(r'name="previewed"[^>]*value="([^"]*)"', page)
    assert mark
    return page, re.findall(r'name="pick" value="([^"]+)"[^>]*checked', page), mark[1]


def count(_event: Event) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Slot)) or 0


def test_a_preview_makes_nothing_and_says_how_many_seats(client: Browser, event: Event) -> None:
    page, ticked, _mark = previewed(client, event)

    assert "Vorschau: 4 Uhrzeiten, 32 Plätze" in page
    assert len(ticked) == 4
    assert count(event) == 0


def test_what_is_not_ticked_is_not_made(client: Browser, event: Event) -> None:
    _page, ticked, mark = previewed(client, event)

    client.send(path(event), {**PLAN, "action": "uebernehmen", "previewed": mark, "pick": ticked[1:]})

    assert count(event) == 3


def test_a_plan_changed_after_its_preview_is_previewed_again(client: Browser, event: Event) -> None:
    _page, ticked, mark = previewed(client, event)

    response = client.send(
        path(event), {**PLAN, "length": "20", "action": "uebernehmen", "previewed": mark, "pick": ticked}
    )

    assert response.status_code == 422
    assert "Prüfen Sie die neue Vorschau" in response.text
    assert "Vorschau: 6 Uhrzeiten" in response.text
    assert count(event) == 0


def test_more_kept_than_there_are_is_refused(client: Browser, event: Event) -> None:
    for changed in ({"kept_politics": "9"}, {"kept_press": "1", "seats_onsite": ""}):
        answer = client.send(path(event), {**PLAN, **changed, "action": "vorschau"})

        assert answer.status_code == 422
        assert "frei" in answer.text
        assert "Vorschau:" not in answer.text


def test_nothing_ticked_is_said_and_nothing_made(client: Browser, event: Event) -> None:
    _page, _ticked, mark = previewed(client, event)

    response = client.send(path(event), {**PLAN, "action": "uebernehmen", "previewed": mark})

    assert response.status_code == 422
    assert "Wählen Sie mindestens eine Uhrzeit aus" in response.text
    assert count(event) == 0


def test_times_there_are_come_unticked_and_named(client: Browser, event: Event) -> None:
    _page, ticked, mark = previewed(client, event)
    client.send(path(event), {**PLAN, "action": "uebernehmen", "previewed": mark, "pick": ticked[:1]})

    page, ticked_again, _mark = previewed(client, event, length="60")

    assert "gibt es schon" in page
    assert len(ticked_again) == 1


def test_a_hybrid_event_asks_for_both_kinds_of_seats(app: Flask) -> None:
    event = make_event(traeger=make_traeger(), starts_on=DAY, attendance=Attendance.HYBRID)
    client = signed_in(app, make_user(event.traeger))

    page = client.get(path(event)).text

    assert 'name="seats_onsite"' in page
    assert 'name="seats_online"' in page


def test_an_online_event_asks_for_online_seats_only(app: Flask) -> None:
    event = make_event(traeger=make_traeger(), starts_on=DAY, attendance=Attendance.ONLINE)
    client = signed_in(app, make_user(event.traeger))

    page = client.get(path(event)).text

    assert 'name="seats_onsite"' not in page
    assert 'name="seats_online"' in page


def test_a_time_spring_skips_is_explained(client: Browser, event: Event) -> None:
    response = client.send(path(event), {**PLAN, "day": "2027-03-28", "start": "02:30", "end": "04:00"})

    assert response.status_code == 422
    assert "weil die Uhr vorgestellt wird" in response.text


def test_too_many_times_are_explained(client: Browser, event: Event) -> None:
    response = client.send(path(event), {**PLAN, "start": "00:00", "end": "23:00", "length": "5"})

    assert response.status_code == 422
    assert "mehr als 200 Uhrzeiten" in response.text


def test_a_booked_time_has_no_button_to_remove_it(client: Browser, event: Event) -> None:
    booked, free = make_slot(event), make_slot(event)
    book_slot(booking_request(booked))

    page = client.get(path(event)).text

    assert f"/uhrzeiten/{booked.id}/entfernen" not in page
    assert f"/uhrzeiten/{free.id}/entfernen" in page
    assert "1 von 8 Plätzen gebucht" in page


def test_a_rule_over_several_days_shows_every_day_and_keeps_what_was_said(client: Browser, event: Event) -> None:
    monday = DAY + timedelta(days=7 - DAY.weekday())
    rule = {
        "day": monday.isoformat(),
        "last_day": (monday + timedelta(days=6)).isoformat(),
        "weekdays": ["0", "1", "2"],
        "except_days": f"{monday + timedelta(days=1):%d.%m.%Y}",
        "rest_from": "10:30",
        "rest_to": "11:00",
        "groups": "Haus A, Haus B",
    }

    page, ticked, mark = previewed(client, event, **rule)  # type: ignore[arg-type]

    assert "Vorschau: 12 Uhrzeiten, 96 Plätze" in page
    assert "Mittwoch" in page
    assert '<details class="more" open>' in page
    assert 'value="Haus A, Haus B"' in page
    client.send(path(event), {**PLAN, **rule, "action": "uebernehmen", "previewed": mark, "pick": ticked})
    assert count(event) == 12
    db.session.rollback()
    days = {slot.berlin_day for slot in db.session.scalars(select(Slot))}
    assert days == {monday, monday + timedelta(days=2)}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"last_day": (DAY - timedelta(days=1)).isoformat()}, "Der letzte Tag liegt vor dem ersten"),
        ({"last_day": (DAY + timedelta(days=400)).isoformat()}, "höchstens 62 Tage"),
        ({"last_day": DAY.isoformat(), "weekdays": []}, "An keinem dieser Tage"),
        ({"rest_from": "12:00"}, "Beginn und Ende der Mittagspause"),
        ({"rest_from": "13:00", "rest_to": "12:00"}, "liegt vor ihrem Beginn"),
        ({"groups": "A,A"}, "heißen gleich"),
        ({"groups": "A,B,C,D,E,F,G"}, "höchstens 6 Gruppen"),
        ({"groups": "x" * 81}, "höchstens 80 Zeichen"),
        ({"except_days": "morgen"}, "Geben Sie die Tage so ein"),
        ({"weekdays": ["9"], "last_day": DAY.isoformat()}, "Es gibt ein Problem"),
    ],
)
def test_a_rule_that_cannot_be_is_explained(client: Browser, event: Event, said: dict[str, str], words: str) -> None:
    answer = client.send(path(event), {**PLAN, **said, "action": "vorschau"})

    assert answer.status_code == 422
    assert words in answer.text
    assert "Vorschau:" not in answer.text


def test_replacing_says_what_was_booked_and_stayed(client: Browser, event: Event) -> None:
    start = clock.from_berlin(DAY, time(10, 15))
    booked = make_slot(event, starts_at=start)
    make_slot(event, starts_at=start + timedelta(hours=3))
    book_slot(booking_request(booked))

    page, ticked, mark = previewed(client, event, replaces="y")
    answer = client.send(
        path(event), {**PLAN, "replaces": "y", "action": "uebernehmen", "previewed": mark, "pick": ticked}
    )

    assert "überschneidet sich mit 10:15" in page.replace("\u00a0", " ")
    news = client.get(answer.location).text
    assert "2 Uhrzeiten sind angelegt. 1 freie ist ersetzt. Gebucht und geblieben:" in news
    assert "Der Termin ist jetzt" not in news
    assert "10:15" in news


def test_a_day_is_copied_with_one_button(client: Browser, event: Event) -> None:
    make_slot(event, starts_at=clock.from_berlin(DAY, time(10)))
    target = (DAY + timedelta(days=1)).isoformat()
    copy = f"{path(event)}/tag-kopieren"

    assert "copy-source" in client.get(path(event)).text
    copied = client.send(copy, {"copy-source": DAY.isoformat(), "copy-target": target})
    assert count(event) == 2
    days = wording.days_in_words(DAY, DAY + timedelta(days=1))
    assert f"1 Uhrzeit ist angelegt. Der Termin ist jetzt: {days}." in client.get(copied.location).text
    for wrong in ({"copy-source": "=1", "copy-target": target}, {"copy-source": DAY.isoformat(), "copy-target": "x"}):
        answer = client.send(copy, wrong)
        assert answer.status_code == 422
        assert 'class="problem"' in answer.text
    assert count(event) == 2
