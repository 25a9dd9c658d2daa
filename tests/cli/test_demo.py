"""``openday demo``: one command to everything, and never a hand on real data."""

import re
import signal
import socket
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from openday.models.words import EventKind
from openday.services.demo import JOINED, PEOPLE
from openday.services.demo_data import CURRENT, PAST
from tests.cli.commands import openday, running


def test_a_newcomer_gets_everything_with_one_command(installation, tmp_path):
    with running(tmp_path, "demo", "--fresh", **installation) as demo:
        demo.wait_until_ready()
        demo.wait_until(lambda: "Strg+C" in demo.output)

        links = re.findall(r"http://\S+", demo.output)
        assert len(links) >= 5
        for link in links:
            assert demo.get(link.removeprefix(demo.url))[0] in (200, 303), link
        for person in (*PEOPLE, JOINED):
            assert re.search(f"{person.email} +{re.escape(person.description)}", demo.output)
        family = demo.family()
        assert len(family) >= 4  # the master of the web server, two workers, the mail worker

        assert demo.stop() == 0
        assert psutil.wait_procs(family, timeout=5)[1] == []
        assert openday("check", **installation).stdout == "Alles in Ordnung.\n"


@dataclass(frozen=True)
class FirstStart:
    """What a first start left behind when Ctrl-C had ended it."""

    installation: dict[str, str]
    answers: dict[str, int]
    exit_code: int
    survivors: list[psutil.Process]


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """A small demo without limits, of which each event was looked at."""
    folder = tmp_path_factory.mktemp("first")
    installation = {"OPENDAY_INSTANCE_PATH": str(folder / "instance")}
    with running(folder, "demo", "--small", OPENDAY_RATE_LIMITS="off", **installation) as demo:
        demo.wait_until_ready()
        family = demo.family()
        answers = {event.slug: demo.get(f"/t/{event.slug}")[0] for event in (*CURRENT, *PAST)}
        exit_code = demo.stop(signal.SIGINT)
    return FirstStart(installation, answers, exit_code, psutil.wait_procs(family, timeout=5)[1])


def test_every_event_has_its_page_without_limits_for_a_load_test_and_ctrl_c_ends_it(first_start):
    for_invited = {event.slug for event in CURRENT if event.kind is EventKind.BACKGROUND_TALK}

    assert {slug for slug, status in first_start.answers.items() if status != 200} == for_invited
    assert first_start.exit_code == 0
    assert first_start.survivors == []


def test_a_second_start_keeps_what_is_there_and_fresh_replaces_it(first_start, tmp_path):
    here = first_start.installation
    key = Path(here["OPENDAY_INSTANCE_PATH"]) / "secret_key"
    first_key, bookings = key.read_text(), number_of_bookings(here)
    assert bookings > 100
    add = ("user", "add", "neu@example.org", "--role", "admin")
    assert openday(*add, **here).stdout == "Der Zugang ist angelegt.\n"

    with running(tmp_path, "demo", "--small", **here) as demo:
        demo.wait_until_ready()

    assert number_of_bookings(here) == bookings
    assert openday(*add, **here).stdout != "Der Zugang ist angelegt.\n"
    assert key.read_text() == first_key
    assert stat.S_IMODE(key.stat().st_mode) == 0o600

    with running(tmp_path, "demo", "--small", "--fresh", **here) as demo:
        demo.wait_until_ready()

    assert openday(*add, **here).stdout == "Der Zugang ist angelegt.\n"


def test_real_data_is_never_touched(installation, tmp_path):
    sheet = tmp_path / "liste.csv"
    sheet.write_text(Path("tests/data/one_activity.csv").read_text(encoding="utf-8"), encoding="utf-8")
    assert openday("db", "upgrade", **installation).returncode == 0
    assert "1 neu" in openday("import", "activities", str(sheet), **installation).stdout

    for arguments in ((), ("--fresh",)):
        refused = openday("demo", "--port", "0", *arguments, **installation)

        assert refused.returncode == 2
        assert "rührt sie nicht an" in refused.stderr
    assert "1 schon vorhanden" in openday("import", "activities", str(sheet), **installation).stdout


def test_a_taken_port_is_named_before_anything_is_written(sqlite_installation):
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]

        refused = openday("demo", "--port", str(port), **sqlite_installation)

    assert refused.returncode == 2
    assert f"--port {port + 1}" in refused.stderr
    assert not Path(sqlite_installation["OPENDAY_INSTANCE_PATH"]).exists()


def test_limits_stay_on_where_others_can_reach_the_demo(sqlite_installation):
    refused = openday(
        "demo",
        "--port",
        "0",
        OPENDAY_RATE_LIMITS="off",
        OPENDAY_PUBLIC_URL="https://beispiel.de",
        **sqlite_installation,
    )

    assert refused.returncode == 2
    assert "OPENDAY_RATE_LIMITS" in refused.stderr


def number_of_bookings(installation: dict[str, str]) -> int:
    with closing(sqlite3.connect(Path(installation["OPENDAY_INSTANCE_PATH"]) / "openday.sqlite")) as connection:
        return int(connection.execute("SELECT count(*) FROM bookings").fetchone()[0])
