"""The desk of a Verband in the browser: no exact number of people is in any of its answers."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from openday import clock
from openday.models import Event, Membership
from openday.models.words import Role
from openday.services.booking import book_slot
from openday.wording import days_in_words
from tests.factories import (
    booking_request,
    make_campaign,
    make_coordinator,
    make_event,
    make_programme,
    make_slot,
    make_traeger,
    make_user,
    make_verband,
    save,
)
from tests.web.staff import Browser, signed_in

TABLES = ("land", "verband", "programm", "art", "woche", "luecken", "ohne-meldung", "termine")


@pytest.fixture
def event(app: Flask) -> Event:
    make_programme("PSZ")
    event = make_event(traeger=make_traeger(verbaende=[make_verband(name="=AWO")], name="=Träger"))
    slot = make_slot(event, starts_at=clock.now() + timedelta(days=2))
    book_slot(booking_request(slot, party_size=3, name="Ayşe Kaya"))
    return event


@pytest.fixture
def desk(app: Flask, event: Event) -> Browser:
    user = make_user()
    save(Membership(user_id=user.id, verband_id=event.traeger.verbaende[0].id, role=Role.COORDINATOR))
    return signed_in(app, user)


def test_the_page_shows_gaps_numbers_and_links_but_no_guest(desk: Browser, event: Event) -> None:
    page = desk.get("/konto/verband").text

    assert page.index("Lücken") < page.index("Nach Bundesland")
    assert "unter 5" in page
    assert "Ayşe" not in page
    assert 'href="/konto/verband/termine?stand=online&amp;land=SN"' in page
    behind = desk.get("/konto/verband/termine?stand=online&land=SN").text
    nothing = desk.get("/konto/verband/termine?land=BY").text
    assert "<h1>Termine: Sachsen, Online</h1>" in behind
    assert event.title in behind
    assert "<h1>Termine: Bayern</h1>" in nothing
    assert "Dazu gibt es keinen Termin." in nothing


def test_weeks_are_those_of_the_calendar_and_the_official_one_is_marked(app: Flask) -> None:
    monday = date(clock.today().year + 1, 9, 14)
    monday -= timedelta(days=monday.weekday())
    campaign = make_campaign(year=monday.year, starts_on=monday, ends_on=monday + timedelta(days=4))
    for weeks in (0, 1):
        make_event(campaign=campaign, starts_on=monday + timedelta(weeks=weeks, days=2))
    desk = signed_in(app, make_coordinator())

    page = desk.get("/konto/verband").text
    behind = desk.get(f"/konto/verband/termine?woche={monday + timedelta(weeks=1)}").text

    assert f"{days_in_words(monday, monday + timedelta(days=6))} (Aktionswoche)</a>" in page
    assert f"{days_in_words(monday + timedelta(days=7), monday + timedelta(days=13))}</a>" in page
    assert "1 Termin<" in behind
    assert f"<h1>Termine: {days_in_words(monday + timedelta(days=7), monday + timedelta(days=13))}</h1>" in behind


def test_an_event_shows_a_coordinator_no_exact_number(desk: Browser, event: Event) -> None:
    page = desk.get(f"/konto/termine/{event.id}").text

    assert "unter 5" in page
    assert ">3<" not in page
    assert ">3<" not in desk.get("/konto/termine").text


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_a_file_without_formulas(desk: Browser, event: Event, table: str) -> None:
    text = desk.get(f"/konto/verband/{table}.csv").data.decode("utf-8-sig")
    book = load_workbook(BytesIO(desk.get(f"/konto/verband/{table}.xlsx").data))

    assert '"=' not in text
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert "Ayşe" not in text


def test_the_events_behind_a_number_are_a_file_too(desk: Browser, event: Event) -> None:
    [line] = desk.get("/konto/verband/termine.csv?stand=online&land=SN").data.decode("utf-8-sig").splitlines()[1:]
    day = event.starts_on.strftime("%d.%m.%Y") if event.starts_on else ""

    assert f'"{event.title}";"\'=Träger";"{day}"' in line
    assert '"Leipzig";"Sachsen"' in line
    assert '"unter 5"' in line
    assert f"/t/{event.slug}" in line
    assert "termine.xlsx?land=SN&amp;stand=online" in desk.get("/konto/verband/termine?land=SN&stand=online").text
    assert len(desk.get("/konto/verband/termine.csv?land=BY").data.splitlines()) == 1


def test_for_others_the_desk_does_not_exist(app: Flask, event: Event) -> None:
    owner = signed_in(app, make_user(event.traeger))

    for path in ("/konto/verband", "/konto/verband/termine", "/konto/verband/land.csv"):
        assert owner.get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["land=%00", "seite=-1&stand=x", "seite=99999999999", "woche=9999-12-31", "programm=" + "x" * 500]
)
def test_an_odd_query_finds_nothing(desk: Browser, event: Event, query: str) -> None:
    assert desk.get(f"/konto/verband/termine?{query}").status_code in (200, 400, 414)
