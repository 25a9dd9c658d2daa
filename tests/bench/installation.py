"""The processes of ``openday serve``, as an operator starts them: how soon they answer, how much memory they take."""

import time
from pathlib import Path

import psutil

from tests.bench.load import Job, measured, pages
from tests.bench.place import Place
from tests.bench.report import Figure, Report
from tests.cli.commands import PRODUCTION, Running, running
from tests.served import free_port

PAGES = ("/termine", "/t/termin-1")
WEB = "openday-web"


def measure_installation(place: Place, report: Report, events: int, seconds: float) -> None:
    """Start it on a database with so many events, get its first page, load it, and look at its processes."""
    port = free_port()
    variables = PRODUCTION | {
        "OPENDAY_DATABASE_URL": place.settings.database_url,
        "OPENDAY_INSTANCE_PATH": str(place.folder),
        "OPENDAY_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "OPENDAY_MAIL_PORT": str(free_port()),
        "OPENDAY_RATE_LIMITS": "off",
    }
    begin = time.monotonic()
    with running(place.folder, "serve", port=port, **variables) as server:
        server.wait_until(lambda: is_shown(server))
        passed = time.monotonic() - begin
        report.add(Figure(place.database, f"first page after openday serve, {events} events", f"{passed:.1f} s"))
        for path in PAGES:
            measured(Job(pages, port, (path,), 16, seconds))
        family = [psutil.Process(server.process.pid), *server.family()]
        web, others = parted(family)
        report.add(Figure(place.database, "  memory of each web process after load", f"{each_of(web)} MB", goal="150"))
        report.add(Figure(place.database, "  supervisor, master and mail worker", f"{each_of(others)} MB"))
        report.add(
            Figure(place.database, "  all of them, what they share counted once", f"{sum(map(share, family))} MB")
        )


def is_shown(server: Running) -> bool:
    """Whether the list of events is there."""
    try:
        return server.get(PAGES[0])[0] == 200
    except OSError:
        return False


def parted(family: list[psutil.Process]) -> tuple[list[psutil.Process], list[psutil.Process]]:
    """Return the processes that answer requests, and the others."""
    web = [each for each in family if each.name() == WEB and each.parent().name() == WEB]
    return web, [each for each in family if each not in web]


def each_of(processes: list[psutil.Process]) -> str:
    """Return the resident memory of each in MB."""
    return " + ".join(str(each.memory_info().rss // 2**20) for each in processes)


def share(process: psutil.Process) -> int:
    """Return its memory in MB, a page that several processes have counted in parts."""
    rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in rollup if line.startswith("Pss:"))
