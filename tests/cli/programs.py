"""Programs for a supervisor: what it starts finds its arguments in ``sys.argv``."""

import sys
import time
from pathlib import Path


def write() -> None:
    """Write name and arguments into the file that is named first, and end with a code of its own."""
    name, path, *words = sys.argv
    Path(path).write_text(" ".join([name, *words]), encoding="utf-8")
    sys.exit(3)


def wait() -> None:
    """Say so in a file, when one is named, and wait for a signal."""
    for path in sys.argv[1:]:
        Path(path).touch()
    time.sleep(60)
