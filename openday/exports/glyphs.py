"""Which characters the shipped fonts can draw: PDF/UA forbids missing glyphs, so they are replaced before setting."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from struct import iter_unpack, unpack_from

import fontpkg

FAMILIES = ("Atkinson Hyperlegible", "Noto Sans", "Noto Sans Arabic")
MISSING = "\ufffd"  # the only stand-in that the fonts have
_LONGEST_WORD = 24
_ZERO_WIDTH_SPACE = "\u200b"
_JOINERS = "\u200c\u200d"  # Persian and Indic names need them
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # chooses a form of a sign, draws nothing itself


def printable(text: str) -> str:
    """Return one line that the shipped fonts can draw in full, ``�`` for each character they cannot."""
    line = " ".join(_VARIATION.sub("", text).split())
    if not line.isascii():
        line = "".join(map(_drawable, _clusters(unicodedata.normalize("NFC", line))))
    elif not line.isprintable():
        line = "".join(filter(str.isprintable, line))
    if len(line) <= _LONGEST_WORD:
        return line
    return " ".join(_breakable(word) for word in line.split(" "))


@cache
def font_directories() -> tuple[Path, ...]:
    """Return the folders of the font packages, in the order in which a glyph is looked for."""
    return tuple(fontpkg.path(family).parent for family in FAMILIES)


@cache
def _coverages() -> tuple[frozenset[int], ...]:
    return tuple(coverage(fontpkg.path(family).read_bytes()) for family in FAMILIES)


def _clusters(text: str) -> list[str]:
    """Split into characters with all the marks on them: typst gives up where no font has both."""
    clusters: list[str] = []
    for char in text:
        if clusters and (char in _JOINERS or unicodedata.category(char).startswith("M")):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _drawable(cluster: str) -> str:
    if not cluster[0].isprintable():
        return ""  # also what turns the writing direction: one name must not rewrite its neighbours
    points = {ord(char) for char in cluster}
    return cluster if any(points <= font for font in _coverages()) else MISSING


def _breakable(word: str) -> str:
    parts = (word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
    return _ZERO_WIDTH_SPACE.join(parts)


def coverage(font: bytes) -> frozenset[int]:
    """Return the code points of a TrueType font's ``cmap`` (OpenType specification, formats 4 and 12)."""
    count = unpack_from(">H", font, 4)[0]
    records = iter_unpack(">4sIII", font[12 : 12 + 16 * count])
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    encodings = unpack_from(">H", font, cmap + 2)[0]
    tables = [cmap + unpack_from(">I", font, cmap + 8 + 8 * index)[0] for index in range(encodings)]
    by_format = {unpack_from(">H", font, table)[0]: table for table in tables}
    return _groups(font, by_format[12]) if 12 in by_format else _segments(font, by_format[4])


def _groups(font: bytes, table: int) -> frozenset[int]:
    count = unpack_from(">I", font, table + 12)[0]
    groups = iter_unpack(">III", font[table + 16 : table + 16 + 12 * count])
    return frozenset(point for first, last, _ in groups for point in range(first, last + 1))


def _segments(font: bytes, table: int) -> frozenset[int]:
    size = unpack_from(">H", font, table + 6)[0]
    numbers = f">{size // 2}H"
    lasts, firsts, deltas, offsets = (
        unpack_from(numbers, font, table + start) for start in (14, 16 + size, 16 + 2 * size, 16 + 3 * size)
    )
    points = set()
    for index, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for point in range(first, last + 1):
            at = table + 16 + 3 * size + 2 * index + offset + 2 * (point - first)
            glyph = (point + delta) % 65536 if offset == 0 else unpack_from(">H", font, at)[0]
            if glyph:
                points.add(point)
    return frozenset(points)
