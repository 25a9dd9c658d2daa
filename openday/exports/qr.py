"""QR codes as one path: the page and the sheet draw them themselves, nothing is fetched and nothing is marked up."""

import re
from dataclasses import dataclass
from functools import lru_cache

import segno

QUIET_ZONE = 4  # modules of white on every side (ISO/IEC 18004 §9.1)
MASK = 3  # any can be read; looking for the most even of the eight takes four times as long, and finds 2 % more
RUN = re.compile("1+")


@dataclass(frozen=True)
class QrCode:
    """A square of ``size`` modules, quiet zone included; ``path`` is the ``d`` of an SVG path in those units."""

    size: int
    path: str


@dataclass(frozen=True)
class Modules:
    """A square of ``size`` modules, row by row the bits of one number; a dark one is set."""

    size: int
    dark: int


def qr_code(text: str) -> QrCode:
    """Return the code of a text with error correction M: it is read off phones and paper, not off bent labels."""
    return picture_of(modules_of(text))


def code_of_series(start: str, number: str) -> QrCode:
    """Return what ``qr_code(start + number)`` returns, in a tenth of the time; ``number`` is ASCII.

    In codes of one length with one mask a bit of the text turns the same modules whatever the others say, as the words
    that correct errors are sums of its bits (Reed and Solomon; ISO/IEC 18004 §7.5). So it is looked up once which.
    """
    plain = plain_code(start, len(number))
    dark = plain.dark
    for place, letter in enumerate(number.encode("ascii")):
        dark ^= turned_by_letter(start, len(number), place, letter)
    return picture_of(Modules(plain.size, dark))


@lru_cache(16)
def plain_code(start: str, length: int) -> Modules:
    """Return the code of a series with nothing but zero bytes for its number."""
    return modules_of(start + "\0" * length)


@lru_cache(4096)
def turned_by_letter(start: str, length: int, place: int, letter: int) -> int:
    """Return the modules that turn where a letter stands instead of a zero byte."""
    turned = 0
    for bit in range(7):
        if letter >> bit & 1:
            turned ^= turned_by_bit(start, length, place, bit)
    return turned


@lru_cache(1024)
def turned_by_bit(start: str, length: int, place: int, bit: int) -> int:
    """Return the modules one bit of one letter turns: those that differ in two codes of which one has nothing else."""
    number = ("\0" * place + chr(1 << bit)).ljust(length, "\0")
    return plain_code(start, length).dark ^ modules_of(start + number).dark


def modules_of(text: str) -> Modules:
    """Return the code of a text, the quiet zone around it."""
    matrix = segno.make(text, error="m", micro=False, mode="byte", mask=MASK).matrix
    size = len(matrix) + 2 * QUIET_ZONE
    rows = ["".join(map(str, row)).center(size, "0") for row in matrix]
    return Modules(size, int("".join(rows).center(size * size, "0"), 2))


def picture_of(modules: Modules) -> QrCode:
    """Return the dark modules as runs of each row."""
    starts, lengths = words_of_path(modules.size)
    spans = [run.span() for run in RUN.finditer(f"{modules.dark:0{modules.size**2}b}")]
    return QrCode(modules.size, "".join([starts[start] + lengths[end - start] for start, end in spans]))


@lru_cache(16)
def words_of_path(size: int) -> tuple[list[str], list[str]]:
    """Return how a run that starts at each module begins in the path, and how one of each length goes on."""
    starts = [f"M{column} {row}h" for row in range(size) for column in range(size)]
    return starts, [f"{length}v1h-{length}z" for length in range(size)]
