import tracemalloc
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from openday.exports.attendee_list import AttendeeList, shared_columns
from openday.exports.attendee_xlsx import as_xlsx
from openday.models.words import SharedColumn
from tests.exports.attendees import FORMULAS, make_attendee, make_list, many


def opened(listing: AttendeeList) -> Any:
    return load_workbook(BytesIO(as_xlsx(listing)))


def first_row(sheet: Any) -> dict[str, Any]:
    return {header.value: cell for header, cell in zip(sheet[1], sheet[2], strict=True)}


def test_formulas_and_addresses_are_plain_text():
    sheet = opened(
        make_list(*(make_attendee(name=text, needs=text, phone=text, email=text) for text in FORMULAS))
    ).active

    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    assert sheet["D2"].value == FORMULAS[0]
    assert sheet["D2"].data_type == "s"


def test_days_times_and_persons_can_be_sorted_and_summed():
    row = first_row(opened(make_list(make_attendee())).active)

    assert row["Datum"].value == datetime(2024, 9, 16)  # noqa: DTZ001
    assert row["Datum"].number_format == "dd.mm.yyyy"
    assert f"{row['Beginn'].value:%H:%M}" == "10:30"
    assert row["Personen"].data_type == "n"
    assert row["Personen"].value == 2
    assert row["Gebucht am"].is_date


def test_missing_end_is_an_empty_cell():
    row = first_row(opened(make_list(make_attendee(ends_at=None))).active)

    assert row["Ende"].value is None


def test_sheet_is_ready_to_filter_and_to_print():
    sheet = opened(make_list(make_attendee(), make_attendee())).active

    assert sheet.title == "Teilnahmeliste"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:P3"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.print_title_rows == "$1:$1"
    assert "vernichten bis 16.10.2024" in str(sheet.oddFooter.left.text)


def test_title_full_of_commands_and_control_characters_is_harmless():
    listing = make_list(make_attendee(), event_title="&Z&F " + "Tür & Tor\r\n\x00" * 60, organiser_name="A\x01B<&>")

    content = as_xlsx(listing)

    with ZipFile(BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>&amp;L&amp;&amp;Z&amp;&amp;F Tür &amp;&amp; Tor " in sheet
    assert load_workbook(BytesIO(content)).properties.title.startswith("Teilnahmeliste · &Z&F")


@pytest.mark.parametrize("name", ["محمد علي", "李小龍", "😀 Max", "Kaya\ud800", "a\x00b\x08c", "A" * 40_000])
def test_no_name_spoils_the_workbook(name: str):
    row = first_row(opened(make_list(make_attendee(name=name))).active)

    expected = "".join(char for char in name if char not in "\ud800\x00\x08")[:32_767]
    assert row["Name"].value == expected


def test_rows_are_as_high_as_their_longest_text():
    sheet = opened(
        make_list(make_attendee(), make_attendee(needs="Wort " * 24), make_attendee(needs="W" * 9000))
    ).active

    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] is None or heights[0] == 15
    assert heights[1:] == [45, 180]


def test_list_of_a_partner_may_have_no_text_at_all():
    sheet = opened(make_list(make_attendee(), columns=shared_columns((SharedColumn.PERSONS,)))).active

    assert [cell.value for cell in sheet[1]] == ["Datum", "Beginn", "Ende", "Personen"]
    assert sheet["D2"].value == 2


def test_empty_list_still_opens():
    sheet = opened(make_list()).active

    assert sheet.max_row == 1


def test_ten_thousand_rows_are_not_kept_in_memory():
    tracemalloc.start()
    try:
        content = as_xlsx(make_list(attendees=many(10_000)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert len(content) > 300_000
    assert peak < 12_000_000


def test_names_do_not_stay_on_the_disk_when_saving_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    parked: list[Path] = []

    def disk_full(_book: object) -> None:
        parked.extend(path for path in tmp_path.rglob("*") if path.is_file())
        raise OSError("disk full")

    monkeypatch.setattr("xlsxwriter.Workbook.close", disk_full)

    with pytest.raises(OSError, match="disk full"):
        as_xlsx(make_list(make_attendee()))

    assert parked
    assert list(tmp_path.iterdir()) == []
