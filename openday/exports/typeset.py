"""Set one document with typst in a process of its own: read the order as JSON on stdin, write the PDF to stdout.

Typst keeps every layout it ever made (70 MB per thousand rows, measured), so nothing may typeset inside a web worker.
Run as an isolated script: it imports nothing of openday and sees no environment, so no key and no password.
"""

import json
import sys

import typst


def main() -> None:
    """Typeset; an error ends the process with a traceback that may hold names, so the caller must not log it."""
    order = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    document = typst.compile(
        order["source"].encode(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=order["inputs"],
        pdf_standards=["ua-1"],
        timestamp=order["timestamp"],
    )
    sys.stdout.buffer.write(document)


if __name__ == "__main__":
    main()
