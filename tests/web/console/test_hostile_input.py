"""Every field of every console form with what nobody should send: words and kept values, never a failure."""

from collections.abc import Mapping
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Event
from openday.models.words import Attendance
from tests.factories import make_event, make_programme, make_traeger, make_user
from tests.web.staff import Browser, signed_in

TOMORROW = (clock.today() + timedelta(days=1)).isoformat()
PLACE = {
    "name": "Haus", "street": "Beispielstr. 1", "postcode": "04109", "locality": "Leipzig", "region": "SN",
    "directions": "Tram 4",
}  # fmt: skip
FORMS: Mapping[str, Mapping[str, str]] = {
    "neu": {"title": "Offen", "kind": "tour", "traeger_id": "{traeger}"},
    "was": {
        "title": "Offen", "kind": "tour", "summary": "Kurz", "description": "Lang", "programme_ids": "{programme}",
        "audiences": "public",
    },
    "ort": {"attendance": "hybrid", "room_url": "https://raum.example.org/x", "room_dial_in": "030 1", **PLACE},
    "zeiten": {
        "starts_on": TOMORROW, "ends_on": "", "start_time": "10:00", "end_time": "12:00", "date_words": "",
        "time_words": "",
        "admission": "open", "party_limit": "5", "opens_on": "", "opens_time": "", "closes_on": "", "closes_time": "",
    },
    "zugang": {"access_features": "step_free", "access_notes": "Rampe", "languages": "de"},
    "schutz": {"photo_rule": "none", "photo_note": "x", "hides_address": "y", "wants_listing": "y"},
    "kontakt": {"contact_name": "Mira", "contact_phone": "0341 0", "contact_email": "mira@example.org"},
    "orte/neu": {"label": "Halt 2", "visits_on": TOMORROW, "start_time": "10:00", "end_time": "11:00", **PLACE},
    "uhrzeiten": {
        "day": TOMORROW, "start": "10:00", "end": "12:00", "length": "30", "pause": "0", "seats_onsite": "8",
        "seats_online": "8", "action": "vorschau", "previewed": "",
    },
    "absagen": {"reason": "Sturm"},
}  # fmt: skip
"""Each form of the console with values that pass."""
CASES = [(form, field) for form, values in FORMS.items() for field in values]
NEVER_TYPED = {
    "NUL": "a\x00b",
    "bell": "a\x07b",
    "direction override": "a\u202eb",
    "line separator": "a\u2028b",
    "ten thousand": "x" * 10_000,
}
ONE_LINE_ONLY = {"header": "a\r\nBcc: b@example.org"}
ODD = {
    "emoji": "👋🏽 Hallo",
    "Arabic": "مرحبا",
    "formula": '=HYPERLINK("http://evil.example")',
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7*1234567 }} {x.__class__} %s %(x)s",
    "quotes": "\"'><b>",
    "spaces": "   \u00a0 ",
    "nothing": "",
}
SEVERAL_LINES = {"summary", "description", "directions", "access_notes"}
CHECKS = {"hides_address", "wants_listing"}
NOT_READ = {"previewed", "action"}
CHOICES = {
    "kind", "traeger_id", "programme_ids", "audiences", "attendance", "region", "admission", "access_features",
    "languages", "photo_rule",
}  # fmt: skip


@pytest.fixture
def event(app: Flask) -> Event:
    make_programme()
    return make_event(attendance=Attendance.HYBRID)


@pytest.fixture
def client(app: Flask, event: Event) -> Browser:
    return signed_in(app, make_user(event.traeger))


def path_of(form: str, event: Event) -> str:
    return "/konto/termine/neu" if form == "neu" else f"/konto/termine/{event.id}/{form}"


def values_of(form: str, event: Event) -> dict[str, str]:
    programme = make_programme()
    return {name: value.format(traeger=event.traeger_id, programme=programme.id) for name, value in FORMS[form].items()}


@pytest.mark.parametrize("form", FORMS)
def test_the_values_these_tests_start_from_pass(client: Browser, event: Event, form: str) -> None:
    response = client.send(path_of(form, event), values_of(form, event))

    assert response.status_code == (200 if form == "uhrzeiten" else 303), response.text


@pytest.mark.parametrize(("form", "field"), CASES)
def test_what_nobody_types_is_refused_in_words_and_nothing_is_stored(
    client: Browser, event: Event, form: str, field: str
) -> None:
    hostile = NEVER_TYPED if field in SEVERAL_LINES else NEVER_TYPED | ONE_LINE_ONLY
    if field in CHECKS | NOT_READ:
        pytest.skip("carries no text")
    if (
        field in {"day", "starts_on", "ends_on", "visits_on"}
        or field.endswith(("time", "_on"))
        or field in {"start", "end"}
    ):
        hostile = hostile | {
            "February 30": "2026-02-30",
            "year 0": "0000-00-00",
            "25 o'clock": "25:61",
            "words": "bald",
        }
    db.session.rollback()
    before = repr(db.session.execute(select(Event.__table__)).all())

    for name, value in hostile.items():
        response = client.send(path_of(form, event), {**values_of(form, event), field: value})

        assert response.status_code == 422, name
        assert "Es gibt ein Problem" in response.text, name
        for other, kept in values_of(form, event).items():
            if kept and other != field and other not in CHECKS | NOT_READ:
                assert kept in unescape(response.text), (name, other)
    db.session.rollback()
    assert repr(db.session.execute(select(Event.__table__)).all()) == before


@pytest.mark.parametrize(("form", "field"), CASES)
def test_what_is_only_odd_never_fails_and_is_shown_as_text(
    client: Browser, event: Event, form: str, field: str
) -> None:
    if form == "absagen" and field == "reason":
        return
    for name, value in ODD.items():
        response = client.send(path_of(form, event), {**values_of(form, event), field: value})

        assert response.status_code in {200, 303, 422}, name
        assert "<script>alert" not in response.text
        assert "8641969" not in response.text
    shown = client.get(path_of(form, event))
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text
    assert client.get(f"/konto/termine/{event.id}/vorschau").status_code == 200


@pytest.mark.parametrize(("form", "field"), [case for case in CASES if case[1] in CHOICES])
def test_a_choice_that_was_not_offered_is_refused(client: Browser, event: Event, form: str, field: str) -> None:
    for value in ("0", "-1", "99999999999999999999", "admin", "on_request'--"):
        response = client.send(path_of(form, event), {**values_of(form, event), field: value})

        assert response.status_code == 422, value


@pytest.mark.parametrize(
    ("form", "field"),
    [("neu", "title"), ("was", "title"), ("absagen", "reason"), ("zeiten", "party_limit"), ("uhrzeiten", "day"),
     ("uhrzeiten", "start"), ("orte/neu", "locality")],
)  # fmt: skip
@pytest.mark.parametrize("empty", ["", "   ", "\u00a0\t\n"])
def test_white_space_is_no_answer(client: Browser, event: Event, form: str, field: str, empty: str) -> None:
    response = client.send(path_of(form, event), {**values_of(form, event), field: empty})

    assert response.status_code == 422
    assert "Es gibt ein Problem" in response.text


@pytest.mark.parametrize(("form", "field"), CASES)
def test_arrays_and_repeated_fields_never_fail(client: Browser, event: Event, form: str, field: str) -> None:
    values = values_of(form, event)
    twice = client.send(path_of(form, event), {**values, field: [values[field], "zweiter", "x" * 10_000]})
    brackets = client.send(path_of(form, event), {**values, f"{field}[]": "a", f"{field}[0][$gt]": "b"})

    assert twice.status_code in {200, 303, 422, 409}
    assert brackets.status_code in {200, 303, 422, 409}


def test_columns_that_are_not_in_the_form_do_not_change(client: Browser, event: Event) -> None:
    other = make_traeger()
    extra = {"state": "cancelled", "traeger_id": str(other.id), "slug": "gekapert", "version": "99", "id": "77",
             "campaign_id": "5", "published_at": "2020-01-01", "room_url": "https://evil.example"}  # fmt: skip

    assert client.send(path_of("was", event), {**values_of("was", event), **extra}).status_code == 303

    db.session.rollback()
    fresh = db.session.get_one(Event, event.id, populate_existing=True)
    assert (fresh.state, fresh.traeger_id, fresh.slug, fresh.room_url) == (
        event.state, event.traeger_id, event.slug, event.room_url,
    )  # fmt: skip


@pytest.mark.parametrize(
    "query",
    ["seite=-1", "seite=x", "seite=99999999999999999999", "q=%00", "q=" + "x" * 5000, "uhrzeit=x", "gruppe=admin",
     "status[]=1",
     "status=%F0%28%8C%28", "q=%25_%27--&uhrzeit=99999999999"],
)  # fmt: skip
def test_an_odd_query_is_no_filter(client: Browser, event: Event, query: str) -> None:
    assert client.get(f"/konto/termine/{event.id}/gaeste?{query}").status_code == 200
    assert client.get(f"/konto/termine?{query}").status_code == 200
