"""Set a document with typst in a process of its own: read the order as JSON on stdin, write the PDF to stdout.

Typst keeps every layout (70 MB per thousand rows, measured) until ten later documents did without it. So nothing may
typeset inside a web worker, and a long list is set in parts, each forgotten before the next and bound behind the last.
Run as an isolated script: it sees no environment, so no key and no password.
"""

import json
import sys
from typing import Any

import typst

from openday.exports.binding import Binder

FORGOTTEN_AFTER = 11  # documents


def main() -> None:
    """Typeset; an error ends the process with a traceback that may hold names, so the caller must not log it."""
    order = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    first, *more = order["parts"]
    if not more:
        sys.stdout.buffer.write(typeset(order, fonts, first))
        return
    binder = Binder(sys.stdout.buffer)
    for part in (first, *more):
        binder.add(typeset(order, fonts, part))
        for _document in range(FORGOTTEN_AFTER):
            typst.compile(b"", font_paths=fonts, ignore_system_fonts=True)
    binder.close()


def typeset(order: dict[str, Any], fonts: typst.Fonts, facts: str) -> bytes:
    """Return one part as a PDF of its own."""
    document: bytes = typst.compile(
        order["source"].encode(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"facts": facts, "fonts": order["families"]},
        pdf_standards=["ua-1"],
        timestamp=order["timestamp"],
    )
    return document


if __name__ == "__main__":
    main()
