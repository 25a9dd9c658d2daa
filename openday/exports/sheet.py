"""Paper: a typst template of ours and its facts become one tagged PDF/UA-1."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from subprocess import CalledProcessError, TimeoutExpired, run
from threading import Lock

from openday.exports.glyphs import FAMILIES, font_directories

TYPESET = str(Path(__file__).with_name("typeset.py"))  # not imported: typst is 7 MB no web process needs
_SECONDS = 60  # ten thousand rows take about ten
_FRUGAL = {"MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"}  # a heap for each thread would be 10 MB more
_press = Lock()  # parts of two hundred rows take about 65 MB: one sheet at a time per web worker


class TypesettingError(RuntimeError):
    """The typesetting process failed or took too long. What it said is not kept: it quotes the names on the list."""


def set_sheet(template: str, parts: Iterable[Mapping[str, object]], made_at: datetime) -> bytes:
    """Return one PDF of the parts, each a document of the template; facts reach it as JSON, none as markup.

    Raises ``TypesettingError``.
    """
    order = {
        "source": files("openday.exports").joinpath(template).read_text("utf-8"),
        "fonts": [str(path) for path in font_directories()],
        "families": json.dumps(FAMILIES),
        "parts": [json.dumps(part) for part in parts],
        "timestamp": int(made_at.timestamp()),
    }
    try:
        with _press:
            finished = run(  # noqa: S603 - a fixed command of our own, data on stdin
                [sys.executable, "-I", TYPESET],
                input=json.dumps(order).encode(),
                capture_output=True,
                env=_FRUGAL,
                timeout=_SECONDS,
                check=True,
            )
    except (CalledProcessError, TimeoutExpired) as failure:
        raise TypesettingError(type(failure).__name__) from None
    return finished.stdout
