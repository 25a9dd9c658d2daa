"""``openday serve``: refuses what is unsafe, migrates, keeps its processes alive, leaves none behind."""

import signal
import sys
from contextlib import contextmanager

import psutil
import pytest

from tests.cli.commands import PRODUCTION, openday, running
from tests.served import free_port


@pytest.fixture
def production(installation):
    """A production installation that people reach on this machine only; nobody answers its mails."""
    return installation | PRODUCTION | {"OPENDAY_MAIL_PORT": str(free_port())}


@contextmanager
def serving_alone(installation, folder):
    """A production installation with one web process."""
    port = free_port()
    settings = installation | PRODUCTION | {"OPENDAY_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with running(folder, "serve", "--workers", "1", port=port, **settings) as server:
        yield server


def test_it_migrates_serves_and_ends_without_leaving_a_process(production, tmp_path):
    port = free_port()
    with running(tmp_path, "serve", port=port, OPENDAY_PUBLIC_URL=f"http://127.0.0.1:{port}", **production) as server:
        server.wait_until_ready()
        server.wait_until(lambda: server.count("openday-web") == 3)  # the master and its two workers
        server.wait_until(lambda: server.count("openday-worker") == 1)
        family = server.family()

        assert server.get("/termine")[0] == 200
        assert server.get("/_postfach")[0] == 404
        assert server.stop() == 0

    assert psutil.wait_procs(family, timeout=15)[1] == []
    assert "Die Tabellen sind angelegt." in server.output
    assert PRODUCTION["OPENDAY_SECRET_KEY"] not in server.output
    assert openday("check", **production).returncode == 0


def test_what_is_killed_comes_back(sqlite_installation, tmp_path):
    with serving_alone(sqlite_installation, tmp_path) as server:
        server.wait_until_ready()
        mail_worker, web = server.child("openday-worker"), server.child("openday-web")
        orphans = web.children()

        mail_worker.kill()
        server.wait_until(lambda: server.child("openday-worker") not in (None, mail_worker))
        web.kill()
        server.wait_until(lambda: server.child("openday-web") not in (None, web))
        server.wait_until_ready()

        assert psutil.wait_procs(orphans, timeout=15)[1] == []  # else they would keep the port
        family = server.family()
        assert server.stop(signal.SIGINT) == 0

    assert psutil.wait_procs(family, timeout=15)[1] == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_a_killed_supervisor_takes_its_processes_along(sqlite_installation, tmp_path):
    with serving_alone(sqlite_installation, tmp_path) as server:
        server.wait_until_ready()
        server.wait_until(lambda: server.count("openday-worker") == 1)
        family = server.family()
        assert len(family) >= 3

        server.process.kill()
        server.process.wait()

        assert psutil.wait_procs(family, timeout=15)[1] == []
