"""Pages per second: kept ones, just invalidated ones, next to a page without a database."""

from tests.bench.data import fill
from tests.bench.installation import measure_installation
from tests.bench.load import Job, Load, measured, pages
from tests.bench.place import Place
from tests.bench.report import Figure, Report
from tests.served import Server

BARE = "tests.bench.bare:minimal()"
COLD = "tests.bench.bare:rendered_each_time()"
FEW_TIMES, MANY_TIMES = 16, 500


def load_of(server: Server, path: str, clients: int, seconds: float) -> Load:
    """Get one page again and again."""
    return measured(Job(pages, server.port, (path,), clients, seconds))


def warm_up(server: Server, path: str = "/termine") -> None:
    """Let each process read its roll and its templates: of sixteen connections some fall on each."""
    load_of(server, path, 16, 0.1)


def value_of(load: Load) -> str:
    """Return rate and times in words."""
    failed = f", {load.failed} failed" if load.failed else ""
    rate = f"{load.per_second:7.0f}" if load.per_second >= 100 else f"{load.per_second:7.1f}"
    return f"{rate}/s {load.quantile(0.5):5.1f}/{load.quantile(0.99):5.1f} ms{failed}"


def measure_pages(
    place: Place, report: Report, sizes: tuple[int, ...], clients: tuple[int, ...], seconds: float
) -> None:
    """Measure catalogue and event page with little and much in the database."""
    goal = "1.0, aim 1.6" if place.database == "sqlite" else "1.0, aim 1.3"
    smallest: dict[str, float] = {}
    for size in sizes:
        fill(size)
        with place.served(BARE) as server:
            bare = {number: load_of(server, "/cards", number, seconds) for number in clients}
            minimal = load_of(server, "/orm", 16, seconds)
        if size == sizes[0]:
            for number, load in bare.items():
                report.add(Figure(place.database, f"bare Flask + Jinja, {number} clients", value_of(load)))
        report.add(Figure(place.database, f"minimal listing through the ORM, {size} events", value_of(minimal)))
        with place.served() as server:
            for path in ("/termine", "/t/termin-1"):
                warm_up(server, path)
                for number in clients:
                    load = load_of(server, path, number, seconds)
                    ratio = load.per_second / max(1.0, bare[number].per_second)
                    what = f"{path}, {size} events, {number} clients"
                    report.add(Figure(place.database, what, value_of(load), ratio, "bare page", goal))
        measure_installation(place, report, size, seconds)
        with place.served(COLD) as server:
            for path in ("/termine", "/t/termin-1", "/termine?plz=04109&km=25"):
                warm_up(server, path)
                load = load_of(server, path, 16, seconds)
                ratio = load.per_second / max(1.0, minimal.per_second)
                what = f"{path} rendered each time, {size} events"
                report.add(Figure(place.database, what, value_of(load), ratio, "minimal ORM", "0.4, aim 0.6"))
                first = smallest.setdefault(path, load.mean)
                if size != sizes[0]:
                    times = load.mean / max(0.01, first)
                    what = f"  the same, time against {sizes[0]} events"
                    report.add(Figure(place.database, what, "", times, f"{sizes[0]} events", "at most 1.3, aim 1.1"))
    measure_many_times(place, report, seconds)


def measure_many_times(place: Place, report: Report, seconds: float) -> None:
    """Measure the page of an event with as many times as are shown at once, and with hundreds more."""
    loads = {}
    for times in (FEW_TIMES, MANY_TIMES):
        fill(1, slots_each=times)
        with place.served(COLD) as server:
            warm_up(server, "/t/termin-1")
            loads[times] = load_of(server, "/t/termin-1", 16, seconds)
        what = f"/t/termin-1 rendered each time, {times} times"
        report.add(Figure(place.database, what, value_of(loads[times])))
    ratio = loads[MANY_TIMES].mean / max(0.01, loads[FEW_TIMES].mean)
    report.add(
        Figure(place.database, "  the same, time for as many shown", "", ratio, f"{FEW_TIMES} times", "constant")
    )
