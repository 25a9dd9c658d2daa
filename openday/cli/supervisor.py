"""Keeps a few child processes alive, and takes all of them along when it ends."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from types import FrameType

import structlog

log = structlog.get_logger()

TICK = 0.1
GRACE = 25.0
QUICK_DEATH = 10.0
QUICK_DEATHS_ALLOWED = 5
STOPS = (signal.SIGTERM, signal.SIGINT)
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15

# A copy of this process has imported everything and shares that memory; system libraries of others do not survive it.
if sys.platform == "linux":
    PROCESSES = multiprocessing.get_context("fork")
else:
    PROCESSES = multiprocessing.get_context("spawn")


@dataclass
class Child:
    """A program that shall run as long as its supervisor; seconds are those of a monotonic clock.

    ``program`` is the entry point of a command, ``module:function``; ``arguments`` are what it finds in ``sys.argv``.
    """

    name: str
    program: str
    arguments: Sequence[str]
    process: BaseProcess | None = None
    started: float = 0.0
    quick_deaths: int = 0
    restart_at: float = 0.0

    def start(self) -> None:
        """Start it; a signal that comes meanwhile reaches parent or child when each knows what to do with it."""
        self.process = PROCESSES.Process(
            target=run_program, args=(self.name, self.program, self.arguments, os.getpid())
        )
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        self.process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        self.started = time.monotonic()

    def is_running(self) -> bool:
        """Whether it runs right now."""
        return self.process is not None and self.process.is_alive()

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to it and everything it started, also after its own death."""
        if self.process is None or self.process.pid is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return  # nobody is left in the group; macOS says "not permitted" for a group of zombies


@dataclass
class Supervisor:
    """Runs until it is told to stop, or until a child dies again and again right after its start."""

    children: list[Child]
    on_tick: Callable[[], None] = lambda: None
    stops_wanted: int = field(default=0, init=False)

    def run(self) -> int:
        """Start all, restart what dies; returns the exit code: 0 after a stop, 1 when a child can't be kept alive."""
        for number in STOPS:
            signal.signal(number, self.want_stop)
        try:
            for child in self.children:
                child.start()
            while not self.stops_wanted:
                if any(self.is_hopeless(child) for child in self.children):
                    return 1
                self.on_tick()
                time.sleep(TICK)
        finally:
            self.stop()
        return 0

    def want_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Note that it should end; the loop does the work, a second signal skips the waiting."""
        self.stops_wanted += 1

    def is_hopeless(self, child: Child) -> bool:
        """Restart a dead child, later and later when it dies at once; True when trying again is of no use."""
        if child.is_running():
            return False
        now = time.monotonic()
        if child.process is not None:
            log.warning("child process ended", child=child.name, code=child.process.exitcode)
            child.signal_group(signal.SIGKILL)  # orphans of a killed master would keep the port
            child.process = None
            child.quick_deaths = child.quick_deaths + 1 if now - child.started < QUICK_DEATH else 0
            child.restart_at = now + (2.0 ** (child.quick_deaths - 1) if child.quick_deaths > 1 else 0.0)
        if child.quick_deaths >= QUICK_DEATHS_ALLOWED:
            log.error("child process given up", child=child.name)
            return True
        if now >= child.restart_at:
            child.start()
        return False

    def stop(self) -> None:
        """Ask all children to finish what they are doing, and end by force what does not."""
        for child in self.children:
            if child.is_running() and child.process:
                child.process.terminate()
        deadline = time.monotonic() + GRACE
        while any(child.is_running() for child in self.children) and time.monotonic() < deadline:
            if self.stops_wanted > 1:
                break
            time.sleep(TICK / 2)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.join()


def run_program(name: str, program: str, arguments: Sequence[str], supervisor: int) -> None:
    """Be the child, in a process group of its own: Ctrl-C in a terminal reaches the supervisor alone."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_NAME, f"openday-{name}".encode())  # as ps and top call it
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # it ends with a killed supervisor
        if os.getppid() != supervisor:
            return  # which was killed before
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    sys.argv = [name, *arguments]
    resolve_name(program)()
