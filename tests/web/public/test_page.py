"""Front page, archive, the pages that rarely change, and what people see when something fails."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from openday import clock
from openday.errors import TooManyRequests
from openday.web.page_cache import ReadyPage, Shelf
from openday.web.public import catalogue as catalogue_view
from tests.factories import make_campaign, make_event, make_programme
from tests.statements import statements

PAGES = ("/beratung", "/kontakt", "/leichte-sprache", "/barrierefreiheit", "/datenschutz", "/impressum")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_that_rarely_changes_asks_no_database(client, prefix, path):
    with statements() as asked:
        page = client.get(prefix + path)

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert asked == []
    assert f'href="{path if prefix else "/en" + path}"' in page.text


def test_an_imprint_without_an_operator_says_so(client):
    assert "noch nicht eingetragen" in client.get("/impressum").text


def test_the_front_page_shows_the_next_three_events(client):
    campaign = make_campaign()
    make_programme("MBE")
    for number in range(5):
        make_event(campaign=campaign, title=f"Termin {number}", starts_on=clock.today() + timedelta(days=number))
    make_event(campaign=campaign, title="Gestern", starts_on=clock.today() - timedelta(days=1))

    with statements() as cold:
        page = client.get("/")
    with statements() as warm:
        client.get("/")

    assert [f"Termin {number}" in page.text for number in range(5)] == [True, True, True, False, False]
    assert "Gestern" not in page.text
    assert "Alle Termine ansehen (5)" in page.text
    assert len(cold) <= 6
    assert len(warm) == 1


def test_an_empty_house_still_has_a_front_page_and_an_archive(client):
    for path in ("/", "/termine", "/archiv", "/en/", "/en/termine"):
        assert client.get(path).status_code == 200


def test_every_page_offers_help_to_who_seeks_advice(client):
    event = make_event()
    for path in ("/", "/termine", "/archiv", f"/t/{event.slug}", "/impressum", "/gibt-es-nicht"):
        assert 'href="/beratung"' in client.get(path).text


def broken(*_args, **_kwargs):
    raise RuntimeError("Kanarie")


def locked(*_args, **_kwargs):
    raise OperationalError("SELECT secret", {}, Exception("connection refused"))


def limited(*_args, **_kwargs):
    raise TooManyRequests(90)


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        (broken, 500, "Der Fehler liegt bei uns."),
        (locked, 503, "Versuchen Sie es in einer Minute noch einmal."),
        (limited, 429, "sehr viele Anfragen"),
    ],
)
def test_a_failure_is_a_page_with_a_next_step_and_no_trace(client, monkeypatch, fault, status, sentence):
    monkeypatch.setattr(catalogue_view, "listing_version", fault)

    page = client.get("/termine")

    assert page.status_code == status
    assert sentence in page.text
    assert "Termine ansehen" in page.text
    for leak in ("Kanarie", "SELECT", "Traceback", "RuntimeError"):
        assert leak not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert ("Retry-After" in page.headers) == (status != 500)


def test_the_log_says_where_it_failed_but_not_what_was_in_the_row(client, monkeypatch):
    monkeypatch.setattr(catalogue_view, "listing_version", broken)

    with capture_logs() as entries:
        client.get("/termine")

    logged = str(entries)
    assert "request failed" in logged
    assert "RuntimeError" in logged
    assert " broken" in logged
    assert "Kanarie" not in logged


def test_an_error_page_asks_no_database(client):
    with statements() as asked:
        client.get("/gibt-es-nicht")
        client.post("/termine")

    assert asked == []


def test_a_shelf_forgets_what_was_not_asked_for_the_longest():
    shelf = Shelf(2)
    page = ReadyPage(b"", "", 1, clock.now())
    shelf.keep("a", page)
    shelf.keep("b", page)
    shelf.find("a")
    shelf.keep("c", page)

    assert list(shelf.pages) == ["a", "c"]


def test_a_kept_page_holds_for_its_version_and_half_a_minute_only():
    now = clock.now()
    page = ReadyPage(b"", "", 1, now)

    assert page.holds(1, now + timedelta(seconds=29))
    assert not page.holds(2, now)
    assert not page.holds(1, now + timedelta(seconds=31))
    assert not page.holds(1, now - timedelta(seconds=1))


def test_odd_searches_cannot_push_out_the_event_pages(client):
    event = make_event()
    client.get(f"/t/{event.slug}")
    shelves = client.application.extensions["openday.pages"]
    for number in range(200):
        client.get(f"/termine?plz=04109&km={number % 200 + 1}")
        client.get(f"/t/{event.slug}?unsinn={number}")
        client.get(f"/t/{event.slug}?tag={clock.today() + timedelta(days=number)}")

    assert len(shelves["searches"].pages) <= 128
    assert len(shelves["pages"].pages) == 1
