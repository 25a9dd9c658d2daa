"""The list of a coordinator becomes events: nothing dropped silently, nothing invented, nothing twice."""

from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import select

from openday.extensions import Base, db
from openday.models import Campaign, Event, Traeger
from openday.models.words import Admission, Attendance, EventKind, EventState
from openday.services.activities.load import ImportReport, import_activities
from tests.services.activity_lists import csv_bytes, line, saved

REAL_SHAPES = Path(__file__).parent.parent / "data" / "activities.csv"


def imported(folder: Path, *rows: dict[str, str], year: int | None = None) -> ImportReport:
    return import_activities(saved(folder, csv_bytes(*rows)), year)


def only_event() -> Event:
    return db.session.scalars(select(Event)).one()


def dump() -> dict[str, list[tuple]]:
    return {table.name: sorted(map(repr, db.session.execute(table.select()))) for table in Base.metadata.sorted_tables}


def test_a_plain_row_becomes_a_listed_event_in_the_campaign_of_its_year(app, tmp_path):
    report = imported(tmp_path, line())

    event = only_event()
    assert (report.new, report.problems) == (1, ())
    assert (event.title, event.starts_on, event.state) == (
        "Offene Tür im Beispielhaus",
        date(2024, 9, 18),
        EventState.PUBLISHED,
    )
    assert event.is_listed
    assert event.slots == []
    assert (event.campaign.year, event.campaign.name) == (2024, "Aktionswoche 2024")
    assert (event.campaign.starts_on, event.campaign.ends_on) == (None, None)
    assert event.slug == "offene-tuer-im-beispielhaus-2024"
    assert [verband.name for verband in event.traeger.verbaende] == ["AWO"]
    assert [programme.code for programme in event.programmes] == ["MBE"]


def test_what_the_list_does_not_say_stays_unknown(app, tmp_path):
    imported(tmp_path, line(start="19:00", format="", audience="", registration_required=""))

    event = only_event()
    assert event.start_time == time(19, 0)
    assert event.end_time is None
    assert event.ends_on is None
    assert event.attendance is None
    assert event.admission is None
    assert event.audiences == ()
    assert event.languages == ()
    assert event.places[0].latitude is None  # a town is no address


def test_a_row_without_a_day_belongs_to_the_only_year_its_notes_name(app, tmp_path):
    imported(tmp_path, line(date="", notes="reported; Aktionstag 2022, day not stated"))

    assert only_event().starts_on is None
    assert only_event().campaign.year == 2022


@pytest.mark.parametrize("notes", ["day not stated", "cuts of the 2024 budget, so 2023", "1.500 Gäste", "Raum 20245"])
def test_a_row_without_a_clear_year_is_refused_unless_one_is_given(app, tmp_path, notes):
    row = line(date="", notes=notes)

    refused = imported(tmp_path, row)
    stored = imported(tmp_path, row, year=2024)

    assert [(problem.line, problem.column) for problem in refused.problems] == [(2, "date")]
    assert refused.new == 0
    assert stored.new == 1
    assert only_event().campaign.year == 2024


def test_several_days_are_one_event(app, tmp_path):
    imported(tmp_path, line(date="2024-09-16", notes="published; MULTI-DAY 2024-09-16..2024-09-20; five posts"))

    assert (only_event().starts_on, only_event().ends_on) == (date(2024, 9, 16), date(2024, 9, 20))


def test_partners_become_hosts_and_are_not_made_twice(app, tmp_path):
    imported(
        tmp_path,
        line(cooperation_partners="Caritas Beispielstadt, Beratungshaus Beispiel e. V., DRK Beispielstadt"),
        line(title="Zweite Aktion", traeger="DRK Beispielstadt", verband="DRK", cooperation_partners=""),
    )

    first = db.session.scalars(select(Event).where(Event.title == "Offene Tür im Beispielhaus")).one()
    names = [host.traeger.name for host in first.hosts]
    assert names == ["Beratungshaus Beispiel e. V.", "Caritas Beispielstadt", "DRK Beispielstadt"]
    assert not any(host.is_lead for host in first.hosts)
    assert len(db.session.scalars(select(Traeger)).all()) == 3


def test_several_verbaende_and_several_towns(app, tmp_path):
    imported(tmp_path, line(verband="AWO, Ev. Jugendsozialarbeit (BAG EJSA)", city="Diepholz, Syke"))

    event = only_event()
    assert [verband.name for verband in event.traeger.verbaende] == ["AWO", "BAG EJSA"]
    assert [(place.locality, place.region) for place in event.places] == [("Diepholz", "SN"), ("Syke", "SN")]


@pytest.mark.parametrize(
    ("registration", "notes", "admission"),
    [
        ("yes", "announced", Admission.REQUIRED),
        ("no", "announced", Admission.OPEN),
        ("unknown", "announced", None),
        ("no", "REG-ASKED; announced", Admission.WELCOME),
        ("unknown", "reported; closed", Admission.INVITATION),
        ("unknown", "by invitation only as far as reported", Admission.INVITATION),
        ("unknown", "the programme was disclosed", None),
    ],
)
def test_the_four_words_of_admission(app, tmp_path, registration, notes, admission):
    imported(tmp_path, line(registration_required=registration, notes=notes))

    assert only_event().admission is admission


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"traeger": " "}, "traeger"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "Offene\x1b Tür"}, "title"),
        ({"title": "Offene\u202e Tür"}, "title"),
        ({"programme": "MBE,ABC"}, "programme"),
        ({"activity_type": "party"}, "activity_type"),
        ({"date": "29.6.91"}, "date"),
        ({"date": "2024-02-30"}, "date"),
        ({"date": "31.04.2024"}, "date"),
        ({"date": "0024-09-18"}, "date"),
        ({"date": "im September"}, "date"),
        ({"start": "25:00"}, "start"),
        ({"start": "10 Uhr"}, "start"),
        ({"end": "12:00"}, "start"),
        ({"start": "12:00", "end": "10:00"}, "end"),
        ({"start": "12:00", "end": "12:00"}, "end"),
        ({"format": "online"}, "format"),
        ({"bundesland": "Bayren"}, "bundesland"),
        ({"postcode": "4109"}, "postcode"),
        ({"postcode": "٠٤١٠٩"}, "postcode"),
        ({"city": "Diepholz, Syke", "street": "Hauptstraße 1"}, "city"),
        ({"audience": "everybody"}, "audience"),
        ({"registration_required": "maybe"}, "registration_required"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "http://[kaputt"}, "source_url"),
        ({"notes": "MULTI-DAY soon"}, "notes"),
        ({"notes": "MULTI-DAY 2024-09-20..2024-09-16"}, "notes"),
        ({"notes": "MULTI-DAY 2024-09-16..2024-09-20"}, "date"),
    ],
)
def test_what_can_not_be_stored_is_refused_with_column_and_reason_and_the_rest_comes_in(app, tmp_path, cells, column):
    report = imported(tmp_path, line(title="Davor"), line(**cells), line(title="Danach"))

    assert [(problem.line, problem.column) for problem in report.problems] == [(3, column)]
    assert report.problems[0].reason[-1] in ".?"
    assert sorted(db.session.scalars(select(Event.title))) == ["Danach", "Davor"]


def test_the_same_activity_twice_in_one_list_is_named(app, tmp_path):
    report = imported(tmp_path, line(), line(start="10:00"))

    assert report.new == 1
    assert [(problem.line, problem.reason) for problem in report.problems] == [
        (3, "Dieselbe Aktivität steht schon in Zeile 2.")
    ]


def test_a_second_import_changes_nothing_at_all(app, tmp_path):
    rows = [
        line(),
        line(title="Ohne Tag", date="", notes="2023"),
        line(title="Zu mehreren", cooperation_partners="DRK X"),
    ]
    imported(tmp_path, *rows)
    before = dump()

    report = imported(tmp_path, *rows)

    assert (report.new, report.known, report.changed_lines) == (0, 3, ())
    assert dump() == before


def test_a_changed_row_is_reported_and_does_not_overwrite_what_people_corrected(app, tmp_path):
    imported(tmp_path, line(start="10:00"))

    report = imported(tmp_path, line(start="11:00"))

    assert (report.new, report.known, report.changed_lines) == (0, 1, (2,))
    assert only_event().start_time == time(10, 0)


def test_an_existing_campaign_keeps_its_week(app, tmp_path):
    db.session.add(Campaign(year=2024, name="Woche 2024", starts_on=date(2024, 9, 16), ends_on=date(2024, 9, 20)))
    db.session.commit()

    imported(tmp_path, line())

    assert only_event().campaign.name == "Woche 2024"


def test_awkward_shapes_of_real_lists(app):
    report = import_activities(REAL_SHAPES)

    by_title = {event.title: event for event in db.session.scalars(select(Event))}
    assert (report.new, [(problem.line, problem.column) for problem in report.problems]) == (9, [(11, "date")])
    assert by_title["Hybrides Podium 'Von der Ankunft zur Mitsprache'"].attendance is Attendance.HYBRID
    assert by_title["Postkarten an den Bundestag"].places[0].locality is None
    assert by_title["Presseclub zu Besuch"].kind is EventKind.PRESS_TALK
    assert by_title["Presseclub zu Besuch"].places[0].latitude == pytest.approx(49.02, abs=0.1)
    assert {event.campaign.year for event in by_title.values()} == {2019, 2021, 2022, 2023, 2024, 2025}


def test_imported_events_are_in_the_archive_and_their_notes_are_nowhere(client, tmp_path):
    imported(tmp_path, line(notes="reported; vertrauliche Bemerkung 4711"))
    slug = only_event().slug

    archive = client.get("/archiv").get_data(as_text=True)
    year = client.get("/termine?jahr=2024").get_data(as_text=True)
    page = client.get(f"/t/{slug}").get_data(as_text=True)

    assert "2024" in archive
    assert "Offene Tür im Beispielhaus" in year
    assert "Vorbei" in year
    assert "Vorbei" in page
    assert "4711" not in archive + year + page
