"""A long list is set in parts and bound: read back, the one file is whole for eyes, ears and machines."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from openday.exports import attendee_pdf
from tests.exports.attendees import make_list, many
from tests.exports.test_attendee_pdf import elements, kinds, opened, texts

ROWS, OF_A_PART = 100, 40


@pytest.fixture(scope="module")
def bound() -> PdfReader:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendee_pdf, "MOST_ROWS", OF_A_PART)
        return opened(make_list(attendees=many(ROWS)))


def leaves(node: Any) -> list[tuple[int, int]]:
    """Return page (as its object's number) and number of each piece of content an element holds."""
    kids = node.get("/K", [])
    return [
        (node.raw_get("/Pg").idnum, int(kid))
        for kid in (kids if isinstance(kids, list) else [kids])
        if isinstance(kid, int)
    ]


def test_every_part_says_which_it_is_and_counts_its_pages(bound: PdfReader):
    pages = texts(bound)

    assert sum("Teilnahmeliste · Tag der offenen Tür · Teil" in page for page in pages) == 3
    assert [name for page in pages for name in re.findall(r"Ayşe Kaya (\d+)", page)] == [str(n) for n in range(ROWS)]
    for part in (1, 2, 3):
        of_part = [page for page in pages if f"Teil {part} von 3 · Seite" in page]
        for number, page in enumerate(of_part, start=1):
            assert f"vernichten bis 16.10.2024 Teil {part} von 3 · Seite {number} von {len(of_part)}" in page


def test_one_document_holds_the_tags_of_all_parts(bound: PdfReader):
    found = kinds(bound)

    assert found[:3] == ["/Document", "/Part", "/H1"]
    assert (found.count("/Document"), found.count("/Part"), found.count("/Table")) == (1, 3, 3)
    assert found.count("/TD") == 7 * ROWS
    for one in elements(bound.root_object["/StructTreeRoot"]):
        parent = one["/P"].get_object()
        assert any(kid.get_object() is one for kid in parent["/K"])


def test_every_piece_of_every_page_knows_its_tag(bound: PdfReader):
    tree = bound.root_object["/StructTreeRoot"]
    nums = tree["/ParentTree"]["/Nums"]
    by_key = dict(zip(nums[::2], nums[1::2], strict=True))
    tagged = {leaf: one for one in elements(tree) for leaf in leaves(one)}

    assert list(by_key) == list(range(len(bound.pages))) == [page["/StructParents"] for page in bound.pages]
    for page in bound.pages:
        content = page.get_contents().get_data().decode("latin-1")
        pieces = [int(number) for number in re.findall(r"/MCID (\d+)", content)]
        owners = by_key[page["/StructParents"]].get_object()
        assert pieces
        for number in pieces:
            assert owners[number].get_object() is tagged[page.indirect_reference.idnum, number]


def test_each_cell_names_the_header_of_its_own_part(bound: PdfReader):
    names = bound.root_object["/StructTreeRoot"]["/IDTree"]["/Names"]
    cells = elements(bound.root_object["/StructTreeRoot"])
    headers = {one["/ID"]: one for one in cells if one["/S"] == "/TH"}

    assert names[::2] == sorted(names[::2])
    assert {name: cell.get_object() for name, cell in zip(names[::2], names[1::2], strict=True)} == headers
    assert len(headers) == 3 * 7
    for cell in cells:
        if cell["/S"] == "/TD":
            [name] = next(one["/Headers"] for one in map(DictionaryObject.get_object, cell["/A"]) if "/Headers" in one)
            assert table_of(headers[name]) is table_of(cell)


def table_of(cell: Any) -> Any:
    while cell["/S"] != "/Table":
        cell = cell["/P"].get_object()
    return cell


def test_outline_and_papers_are_those_of_one_file(bound: PdfReader):
    outline = [one for one in bound.outline if not isinstance(one, list)]
    root = bound.root_object

    assert [one.title for one in outline] == [
        f"Teilnahmeliste · Tag der offenen Tür · Teil {part} von 3" for part in (1, 2, 3)
    ]
    assert [bound.get_destination_page_number(one) for one in outline] == [
        number for number, page in enumerate(texts(bound)) if "Stand:" in page
    ]
    assert bound.metadata is not None
    assert bound.metadata.title == "Teilnahmeliste · Tag der offenen Tür"
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"].value) == ("de", True)
    about = root["/Metadata"].get_object().get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about
    assert f"<xmpTPg:NPages>{len(bound.pages)}<".encode() in about


def test_words_that_look_like_references_stay_words():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendee_pdf, "MOST_ROWS", 10)
        reader = opened(
            make_list(attendees=many(25), event_title="7 0 R (U1x0y0) /StructParents 3", organiser_name="9 0 R")
        )

    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (
        "Teilnahmeliste · 7 0 R (U1x0y0) /StructParents 3",
        "9 0 R",
    )
    assert all(
        "7 0 R (U1x0y0) /StructParents 3 · Teil" in one.title for one in reader.outline if not isinstance(one, list)
    )


def test_same_long_list_is_the_same_file():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendee_pdf, "MOST_ROWS", 10)
        first, second = (attendee_pdf.as_pdf(make_list(attendees=many(15))) for _time in range(2))

    assert first == second
    assert PdfReader(BytesIO(first), strict=True).pages
