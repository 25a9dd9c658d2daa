"""Further columns of a list: what only some were asked, and the event's own questions, in every format."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from openday.exports.attendee_csv import as_csv
from openday.exports.attendee_list import AttendeeList, Extra
from openday.exports.attendee_pdf import as_pdf
from openday.exports.attendee_xlsx import as_xlsx
from tests.exports.attendees import FORMULAS, make_attendee, make_list

LEVEL = Extra("Ebene", on_paper=True)
TOPICS = Extra("Themen oder Fragen")
STAY = Extra("Bleiben Sie zum Essen?", on_paper=True, is_question=True)


def listing(*extras: Extra, values: tuple[str, ...]) -> AttendeeList:
    return make_list(make_attendee(extras=values), extras=extras)


def cells(one: AttendeeList) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(as_csv(one)).decode("utf-8-sig")), delimiter=";"))


def page(one: AttendeeList) -> str:
    return re.sub(r"\s+", " ", PdfReader(BytesIO(as_pdf(one))).pages[0].extract_text())


def test_spreadsheets_have_a_column_for_each_behind_the_usual_ones():
    one = listing(LEVEL, TOPICS, STAY, values=("Bundestag", "Wartezeiten", "Ja"))

    header, row = cells(one)
    sheet = load_workbook(BytesIO(as_xlsx(one))).active

    assert header[-3:] == ["Ebene", "Themen oder Fragen", "Bleiben Sie zum Essen?"]
    assert row[-3:] == ["Bundestag", "Wartezeiten", "Ja"]
    assert [cell.value for cell in sheet[1]] == header
    assert [cell.value for cell in sheet[2]][-3:] == row[-3:]
    assert sheet.auto_filter.ref.endswith(f"{sheet.cell(2, len(header)).coordinate}")


@pytest.mark.parametrize("formula", FORMULAS[:-3], ids=repr)
def test_neither_a_question_nor_an_answer_becomes_a_formula(formula: str):
    one = listing(Extra(formula, is_question=True), values=(formula,))

    header, row = cells(one)
    sheet = load_workbook(BytesIO(as_xlsx(one))).active

    for cell in (header[-1], row[-1]):
        assert cell.lstrip()[:1] not in set("=+-@＝＋－＠﹦\t\r\n\0")
    assert all(cell.data_type != "f" and not cell.hyperlink for line in sheet.iter_rows() for cell in line)


def test_paper_has_a_column_for_each_of_up_to_three_questions_and_notes_for_the_rest():
    few = page(listing(LEVEL, TOPICS, STAY, values=("Bundestag", "Wartezeiten", "Ja")))
    many = page(
        listing(*[Extra(f"Frage {n}", on_paper=True, is_question=True) for n in range(4)], values=tuple("abcd"))
    )

    assert "Status Hinweise Bleiben Sie zum Essen?" in few
    assert "Ebene: Bundestag" in few
    assert "Wartezeiten" not in few
    assert "Frage 0: a · Frage 1: b · Frage 2: c · Frage 3: d" in many


@pytest.mark.parametrize("hostile", ["#panic()", "*fett* $x$", "@label <a>", "\\u{1f600}", "a" * 1000, "مرحبا"])
def test_no_answer_breaks_the_sheet(hostile: str):
    assert as_pdf(listing(Extra(hostile, is_question=True), values=(hostile,))).startswith(b"%PDF")
