"""How much memory an act takes at its highest, the processes it starts included."""

import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

SAMPLED_EVERY = 0.01  # seconds


def resident(pid: int | str) -> int:
    """Return the resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def peak_of(act: Callable[[], object]) -> int:
    """Return by how many MB a copy of this idle process grows at most, with all it starts, while it does something."""
    doing = get_context("fork").Process(target=act)
    doing.start()
    assert doing.pid is not None
    before = highest = resident(doing.pid)
    while doing.is_alive():
        with suppress(OSError):  # one of them has just ended
            highest = max(highest, sum(map(resident, with_children(doing.pid))))
        time.sleep(SAMPLED_EVERY)
    assert doing.exitcode == 0
    return highest - before


def with_children(pid: int) -> list[int]:
    """Return a process and those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in with_children(int(child)))]
