"""QR codes as one path: the page and the sheet draw them themselves, nothing is fetched and nothing is marked up."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET_ZONE = 4  # modules of white on every side (ISO/IEC 18004 §9.1)
MASK = 3  # any can be read; looking for the most even of the eight takes four times as long, and finds 2 % more


@dataclass(frozen=True)
class QrCode:
    """A square of ``size`` modules, quiet zone included; ``path`` is the ``d`` of an SVG path in those units."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """Return the code of a text with error correction M: it is read off phones and paper, not off bent labels."""
    matrix = segno.make(text, error="m", micro=False, mask=MASK).matrix
    runs = [
        f"M{start + QUIET_ZONE} {row + QUIET_ZONE}h{length}v1h-{length}z"
        for row, modules in enumerate(matrix)
        for start, length in dark_runs(modules)
    ]
    return QrCode(len(matrix) + 2 * QUIET_ZONE, "".join(runs))


def dark_runs(modules: bytearray) -> list[tuple[int, int]]:
    """Return where dark modules stand side by side in a row, and how many."""
    runs, at = [], 0
    for is_dark, group in groupby(modules):
        length = len(list(group))
        if is_dark:
            runs.append((at, length))
        at += length
    return runs
