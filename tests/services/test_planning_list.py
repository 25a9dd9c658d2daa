"""A planning list in the browser: what was shown is what is stored, and nothing of somebody else's Träger."""

import re
import zipfile
from io import BytesIO
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import Base, db
from openday.models import AuditEntry, Event, Membership, Traeger
from openday.models.words import EventState, Role
from openday.services.activities.table import COLUMNS, UnreadableFile
from openday.services.planning_list import MOST_ROWS, ListChanged, NotSealed, Preview, preview_list, store_list
from openday.services.scope import Scope, scope_of
from tests.chaos.together import at_once
from tests.factories import make_campaign, make_coordinator, make_traeger, make_verband, save
from tests.services.activity_lists import csv_bytes, line, xlsx_bytes
from tests.services.test_activity_files import BROKEN_FILES
from tests.statements import statements

HOUSE = "Beratungshaus Beispiel e. V."


class Desk:
    """A coordinator of the AWO in the campaign of 2024, and a foreign Verband with its Träger."""

    def __init__(self) -> None:
        make_campaign(year=2024)
        self.verband = make_verband(name="AWO")
        self.drk = make_verband(name="DRK")
        self.foreign = make_traeger(name="DRK Beispielstadt", verbaende=[self.drk], region="BY")
        self.karin = make_coordinator(self.verband)

    @property
    def scope(self) -> Scope:
        return scope_of(self.karin.id)


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk()


def shown(scope: Scope, *rows: dict[str, str]) -> Preview:
    return preview_list(scope, csv_bytes(*rows))


def verdicts(preview: Preview) -> list[str]:
    return [row.verdict.value for row in preview.rows]


def faults(preview: Preview) -> list[tuple[int, str, str]]:
    return [(row.line, row.column, str(row.reason)) for row in preview.rows if row.reason]


def titles() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Event.title).order_by(Event.id)))


def dump() -> dict[str, list[str]]:
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return {table.name: sorted(map(repr, db.session.execute(table.select()))) for table in tables}


@pytest.mark.parametrize("as_bytes", [csv_bytes, xlsx_bytes])
def test_what_is_shown_is_stored_and_a_second_time_nothing(desk: Desk, as_bytes) -> None:
    content = as_bytes(line(), line(title="Rundgang", activity_type="tour", date=""), line(title="", date="2024-09-19"))
    before = dump()
    preview = preview_list(desk.scope, content, 2024)
    assert verdicts(preview) == ["new", "new", "refused"]
    assert dump() == before

    assert store_list(desk.scope, preview.seal) == 2

    assert titles() == ["Offene Tür im Beispielhaus", "Rundgang"]
    event = db.session.scalars(select(Event).where(Event.title == "Rundgang")).one()
    assert (event.state, event.campaign.year, event.traeger.name) == (EventState.PUBLISHED, 2024, HOUSE)
    assert [verband.name for verband in event.traeger.verbaende] == ["AWO"]
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.actor_id == desk.karin.id)).all()
    assert sorted(entry.action for entry in entries) == ["imported", "imported", "planning_list_imported"]
    before = dump()
    again = preview_list(desk.scope, content, 2024)
    assert (verdicts(again), again.seal) == (["known", "known", "refused"], "")
    assert store_list(desk.scope, preview.seal) == 0
    assert dump() == before


def test_a_row_that_says_otherwise_by_now_is_left_as_it_is(desk: Desk) -> None:
    store_list(desk.scope, shown(desk.scope, line()).seal)

    assert verdicts(shown(desk.scope, line(start="11:00"))) == ["changed"]


def test_every_refused_row_says_line_column_and_reason(desk: Desk) -> None:
    preview = shown(
        desk.scope,
        line(traeger=desk.foreign.name, verband="AWO"),
        line(title="b", verband="DRK"),
        line(title="c", verband="AWO, DRK"),
        line(title="d", verband=""),
        line(title="e", verband="Erfundener Verband"),
        line(title="f", date="2019-09-16"),
        line(title="g", cooperation_partners="DRK Beispielstadt"),
        line(title="h", date="gestern"),
        line(title="i"),
        line(title="i"),
    )

    assert [(number, column) for number, column, _reason in faults(preview)] == [
        (2, "traeger"), (3, "verband"), (4, "verband"), (5, "verband"), (6, "verband"), (7, "date"),
        (8, "cooperation_partners"), (9, "date"), (11, "title"),
    ]  # fmt: skip
    assert faults(preview)[0][2] == "Der Träger „DRK Beispielstadt“ gehört nicht zu Ihrem Bereich."
    assert preview.count("new") == 1
    assert store_list(desk.scope, preview.seal) == 1
    assert titles() == ["i"]


def test_a_row_that_names_no_year_is_refused_until_somebody_says_which_one(desk: Desk) -> None:
    rows = csv_bytes(line(title="a", date="", notes="Tag folgt"), line(title="b", date="", notes="Aktionstag 2024"))

    refused, read = preview_list(desk.scope, rows), preview_list(desk.scope, rows, 2024)

    assert [row.verdict for row in refused.rows] == ["refused", "new"]
    assert "nennt kein Jahr" in faults(refused)[0][2]
    assert refused.remarks == []
    assert [row.verdict for row in read.rows] == ["new", "new"]
    assert read.remarks == ["1 Zeile ohne Jahr gehört zur Aktionswoche 2024."]
    assert store_list(desk.scope, read.seal) == 2


def test_a_row_brings_a_known_traeger_into_no_foreign_verband(desk: Desk) -> None:
    make_traeger(name=HOUSE, verbaende=[desk.verband, make_verband(name="Caritas")])

    assert verdicts(shown(desk.scope, line(verband="AWO, Caritas"))) == ["new"]
    assert faults(shown(desk.scope, line(verband="AWO, DRK"))) == [
        (2, "verband", "Der Verband „DRK“ gehört nicht zu Ihrem Bereich.")
    ]


def test_a_partner_nobody_answers_for_may_be_named_again(desk: Desk) -> None:
    store_list(desk.scope, shown(desk.scope, line(cooperation_partners="Stadtbücherei")).seal)

    assert verdicts(shown(desk.scope, line(title="Neu", cooperation_partners="Stadtbücherei"))) == ["new"]


def test_a_liga_plans_for_its_land(desk: Desk) -> None:
    liga = scope_of(make_coordinator(land="SN").id)
    preview = shown(
        liga,
        line(),
        line(title="b", traeger="Neu in Bayern", bundesland="Bayern", city="München"),
        line(title="c", traeger="Neu", verband="Erfunden"),
        line(title="d", traeger=desk.foreign.name, verband="DRK"),
    )

    assert [(number, column) for number, column, _reason in faults(preview)] == [
        (3, "bundesland"), (4, "verband"), (5, "traeger")
    ]  # fmt: skip
    assert store_list(liga, preview.seal) == 1
    house = db.session.scalars(select(Traeger).where(Traeger.name == HOUSE)).one()
    assert (house.region, [one.name for one in house.verbaende]) == ("SN", ["AWO"])
    assert verdicts(shown(liga, line(title="Noch eine"))) == ["new"]


def test_the_platform_plans_for_everybody(desk: Desk) -> None:
    admin = scope_of(make_coordinator().id)
    preview = shown(admin, line(traeger=desk.foreign.name, verband="Neuer Verband", cooperation_partners="AWO Süd"))

    assert store_list(admin, preview.seal) == 1


def test_the_seal_is_for_one_person_and_can_not_be_changed(desk: Desk) -> None:
    seal = shown(desk.scope, line()).seal
    colleague = scope_of(make_coordinator(desk.verband).id)
    head, _dot, tail = seal.partition(".")

    for scope, text in (
        (colleague, seal),
        (desk.scope, f"{head[:-4]}AAAA.{tail}"),
        (desk.scope, ""),
        (desk.scope, "x"),
    ):
        with pytest.raises(NotSealed):
            store_list(scope, text)
    assert titles() == []


def test_whoever_lost_the_role_stores_nothing(desk: Desk) -> None:
    seal = shown(desk.scope, line()).seal
    membership = db.session.scalars(select(Membership).where(Membership.user_id == desk.karin.id)).one()
    membership.verband_id = desk.drk.id
    db.session.commit()

    with pytest.raises(ListChanged):
        store_list(desk.scope, seal)
    assert titles() == []


def test_one_row_that_is_somebody_else_s_by_now_stops_all(desk: Desk) -> None:
    seal = shown(desk.scope, line(), line(title="Zweite", traeger="Haus Zwei")).seal
    make_traeger(name="Haus Zwei", verbaende=[desk.drk])

    with pytest.raises(ListChanged):
        store_list(desk.scope, seal)
    assert titles() == []


@pytest.mark.chaos
def test_two_clicks_at_the_same_moment_store_each_row_once(app: Flask, desk: Desk) -> None:
    scope = desk.scope
    seal = shown(scope, line(), line(title="Zweite")).seal

    def press() -> int:
        try:
            return store_list(scope, seal)
        except ListChanged:
            return 0

    assert sorted(at_once(app, [press] * 4)) == [0, 0, 0, 2]
    assert len(titles()) == 2


def bomb() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 17_000_000)
    return content.getvalue()


noise = Random(5)
FILES = {name: content for name, (content, _words) in BROKEN_FILES.items() if name != "garbage"} | {
    "small bomb": bomb(),
    "no rows": csv_bytes(),
    "too many rows": csv_bytes(*(line(title=f"Aktion {number}") for number in range(MOST_ROWS + 1))),
    "too long": csv_bytes(
        *(line(title=f"{number}", notes=f"{number}" + noise.randbytes(2000).hex()) for number in range(200))
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_can_not_be_read_says_what_to_do(desk: Desk, name: str) -> None:
    before = dump()

    with pytest.raises(UnreadableFile) as refusal:
        preview_list(desk.scope, FILES[name])

    assert re.search(r"[.?]$", str(refusal.value))
    assert dump() == before


def test_without_a_campaign_there_is_nothing_to_plan(app: Flask) -> None:
    with pytest.raises(UnreadableFile, match="noch keine Aktionswoche"):
        shown(scope_of(make_coordinator().id), line())


@pytest.mark.parametrize(
    "text", ["=1+1", "<script>alert(1)</script>", "x" * 6000, "a\u202eb", "';DROP TABLE events;--"]
)
def test_no_cell_breaks_the_preview(desk: Desk, text: str) -> None:
    rows = [line(**{"title": f"Aktion {column}", column: text}) for column in COLUMNS]

    preview = shown(desk.scope, *rows)

    assert len(preview.rows) == len(COLUMNS)
    assert preview.seal == "" or store_list(desk.scope, preview.seal) == preview.count("new")


def test_forty_rows_cost_as_many_statements_to_judge_as_two(desk: Desk) -> None:
    scope, counts = desk.scope, []
    for number in (2, 40):
        db.session.remove()
        with statements() as seen:
            shown(scope, *(line(title=f"Aktion {one}") for one in range(number)))
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 8


def test_an_owner_s_role_does_not_widen_the_desk(desk: Desk) -> None:
    save(Membership(user_id=desk.karin.id, traeger_id=desk.foreign.id, role=Role.OWNER))

    assert verdicts(shown(desk.scope, line(traeger=desk.foreign.name, verband="DRK"))) == ["refused"]
