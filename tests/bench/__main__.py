"""``python -m tests.bench [--quick]``: how fast openday is on this machine, as ratios within one run.

Each figure is printed as soon as it is known. A whole run takes about 25 minutes, ``--quick`` about 5; ``--only`` and
``--database`` choose parts of it. With ``--pretix`` and ``--indico`` an event that runs there is measured beside it.
Absolute figures drift with the machine and with what else runs on it; only the ratios are worth comparing.
"""

import argparse
import os
import platform
import time

import structlog

from tests.bench.bookings import measure_bookings
from tests.bench.burst import measure_burst
from tests.bench.data import FULL_PAGES
from tests.bench.exports import measure_exports
from tests.bench.front import measure_front
from tests.bench.lists import measure_lists
from tests.bench.mails import measure_mails
from tests.bench.pages import measure_pages
from tests.bench.peers import INDICO, PRETIX, local_event, measure_peers
from tests.bench.place import place
from tests.bench.report import HEAD, Report

PARTS = ("pages", "lists", "front", "bookings", "burst", "mails", "exports", "peers")


def main() -> None:
    """Measure what was asked for and print each figure as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer sizes, shorter runs")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--minutes", type=float, default=0.5, help="how long the burst lasts; 10 is the whole of it")
    for name in ("--pretix", "--indico"):
        parser.add_argument(name, type=local_event, metavar="URL", help="an event there that runs on this machine")
    wanted = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; p50/p99 behind the rate")
    print(HEAD)
    seconds = 3.0 if wanted.quick else 10.0
    sizes = (FULL_PAGES, 25_000) if wanted.quick else (FULL_PAGES, 1_000, 25_000)
    clients = (16,) if wanted.quick else (1, 16, 64)
    peers = {PRETIX: wanted.pretix, INDICO: wanted.indico}
    report, begin = Report(), time.monotonic()
    for database in wanted.database or ("sqlite", "postgresql"):
        with place(database) as here:
            structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
            parts = {
                "pages": lambda here=here: measure_pages(here, report, sizes, clients, seconds),
                "lists": lambda here=here: measure_lists(here, report, sizes, 20 if wanted.quick else 60),
                "front": lambda here=here: measure_front(here, report, seconds),
                "bookings": lambda here=here: measure_bookings(here, report, seconds),
                "burst": lambda here=here: measure_burst(here, report, wanted.minutes * 60),
                "mails": lambda here=here: measure_mails(here, report, 300 if wanted.quick else 3_000),
                "exports": lambda here=here: measure_exports(here, report, 1_000 if wanted.quick else 10_000),
                "peers": lambda here=here: measure_peers(here, report, peers, seconds),
            }
            for name in wanted.only or PARTS:
                parts[name]()
                print(f"{database}: {name} done after {time.monotonic() - begin:.0f} s", flush=True)


if __name__ == "__main__":
    main()
