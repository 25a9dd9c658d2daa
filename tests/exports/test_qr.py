"""The code is the text: drawn again from its path, a reader's own rules find it in the matrix."""

import re

import pytest
import segno

from openday.exports.qr import MASK, QUIET_ZONE, code_of_series, qr_code
from openday.tokens import REFERENCE_ALPHABET, new_reference

LINK = "https://offene-tuer.example.org/c/K7M-4PXQ"


def drawn(path: str) -> set[tuple[int, int]]:
    """Return the dark modules of a path as (column, row)."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{length}v1h-{back}z" for x, y, length, back in runs) == path
    return {(int(x) + step, int(y)) for x, y, length, _back in runs for step in range(int(length))}


def test_the_path_draws_every_dark_module_and_no_other():
    code = qr_code(LINK)
    matrix = segno.make(LINK, error="m", micro=False, mask=MASK).matrix

    expected = {
        (column + QUIET_ZONE, row + QUIET_ZONE)
        for row, modules in enumerate(matrix)
        for column, is_dark in enumerate(modules)
        if is_dark
    }
    assert drawn(code.path) == expected
    assert code.size == len(matrix) + 2 * QUIET_ZONE


@pytest.mark.parametrize(
    "start", ["https://offene-tuer.example.org/c/", "https://offene-tuer.example.org/en/c/", "http://a/"]
)
def test_a_code_of_a_series_is_the_code_of_its_text(start):
    everywhere = [f"{letter * 3}-{letter * 4}" for letter in REFERENCE_ALPHABET]
    lengths = ["", "A", "x" * 20, "\x7f" * 12]

    for number in (*everywhere, *(new_reference() for _ in range(100)), *lengths):
        assert code_of_series(start, number) == qr_code(start + number)


def test_a_number_of_a_series_is_ascii():
    with pytest.raises(UnicodeEncodeError):
        code_of_series("https://offene-tuer.example.org/c/", "Ä")


def test_white_is_left_on_every_side():
    code = qr_code(LINK)

    edges = [place for module in drawn(code.path) for place in module]
    assert min(edges) == QUIET_ZONE
    assert max(edges) == code.size - QUIET_ZONE - 1
