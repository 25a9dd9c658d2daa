"""A child of the supervisor, copied as on Linux and started anew as elsewhere."""

import multiprocessing
import signal
import sys
from contextlib import contextmanager

import psutil
import pytest

from openday.cli import supervisor
from openday.cli.supervisor import Child


@pytest.fixture(params=["fork", "spawn"], autouse=True)
def way(request, monkeypatch):
    """How a process begins."""
    monkeypatch.setattr(supervisor, "PROCESSES", multiprocessing.get_context(request.param))


@contextmanager
def started(program, *arguments):
    """A child that is gone when the block ends."""
    child = Child("test", program, arguments)
    child.start()
    try:
        yield child
    finally:
        child.signal_group(signal.SIGKILL)
        child.process.join()


def test_a_program_finds_its_arguments_and_gives_its_exit_code(tmp_path):
    with started("tests.cli.programs:write", str(tmp_path / "said"), "one", "two") as child:
        child.process.join(10)

        assert child.process.exitcode == 3
        assert (tmp_path / "said").read_text() == "test one two"


def test_a_stop_right_after_the_start_is_heard():
    """A copy has the supervisor's own answer to a stop, until it has said otherwise."""
    heard = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append(1))
    try:
        with started("tests.cli.programs:wait") as child:
            child.process.terminate()
            child.process.join(10)

            assert child.process.exitcode == -signal.SIGTERM
            assert not child.is_running()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names processes")
def test_it_has_a_name_and_a_group_of_its_own(tmp_path):
    ready = tmp_path / "said"
    with started("tests.cli.programs:wait", str(ready)) as child:
        process = psutil.Process(child.process.pid)
        while not ready.exists():
            child.process.join(0.05)
            assert child.is_running()

        assert process.name() == "openday-test"
        child.signal_group(signal.SIGTERM)  # had it ours, we would end here
        child.process.join(10)
        assert child.process.exitcode == -signal.SIGTERM
