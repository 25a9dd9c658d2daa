"""Earlier campaigns: their events stay readable, and say that they are over."""

from datetime import date

from tests.factories import make_campaign, make_event
from tests.web.public.test_catalogue import headings, titles


def test_an_older_year_shows_what_is_past(client):
    old = make_campaign(year=2024, name="Aktionswoche 2024")
    make_campaign()
    make_event(title="Damals", campaign=old, starts_on=date(2024, 9, 17))

    page = client.get("/termine?jahr=2024")

    assert titles(page) == ["Damals"]
    assert "Vorbei" in page.text
    assert titles(client.get("/termine")) == []
    assert "Aktionswoche 2024" in client.get("/archiv").text


def test_what_never_got_a_day_is_past_with_its_year(client):
    old = make_campaign(year=2022, name="Aktionswoche 2022")
    make_campaign()
    event = make_event(title="Irgendwann", campaign=old, starts_on=None, audiences=("public", "politics"))

    year, page = client.get("/termine?jahr=2022"), client.get(f"/t/{event.slug}")

    assert headings(year) == ["Ohne genauen Tag"]
    assert "Vorbei" in year.text
    assert "Vorbei" in page.text
    assert "Im Jahr 2022, ohne genauen Tag" in page.text
    assert "Irgendwann" not in client.get("/politik").text
    assert client.get(f"/t/{event.slug}/politik").status_code == 404
