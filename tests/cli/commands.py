"""Running ``openday`` as a person does: a process of its own, an environment of its own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

from tests.served import free_port

COMMAND = (sys.executable, "-m", "openday.cli")
PRODUCTION = {  # with an address, all that a start asks for
    "OPENDAY_SECRET_KEY": secrets.token_urlsafe(48),
    "OPENDAY_MAIL_SERVER": "127.0.0.1",
    "OPENDAY_MAIL_SENDER": "openday@example.org",
}


def bare_environment(**variables: str) -> dict[str, str]:
    """The environment without anything of openday's, and what the test sets."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OPENDAY_")} | variables


def openday(*arguments: str, timeout: float = 60, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=bare_environment(**variables),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@dataclass
class Running:
    """A command that keeps running, and what it has written."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """Everything it has said."""
        return self.log.read_text(encoding="utf-8")

    def family(self) -> list[psutil.Process]:
        """Every process it has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, name: str) -> psutil.Process | None:
        """The direct child of a name, None while there is none."""
        found = (each for each in psutil.Process(self.process.pid).children() if is_named(each, name))
        return next(found, None)

    def count(self, name: str) -> int:
        """How many of its processes have a name."""
        return sum(is_named(process, name) for process in self.family())

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def wait_until_ready(self, patience: float = 60) -> None:
        """Wait for 200 from ``/health/ready``; fails with the output when that never comes."""
        self.wait_until(self.is_answering, patience)

    def is_answering(self) -> bool:
        """Whether ``/health/ready`` says 200."""
        try:
            return self.get("/health/ready")[0] == 200
        except OSError:
            return False

    def wait_until(self, condition, patience: float = 60) -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and self.process.poll() is None:
            if condition():
                return
            time.sleep(0.1)
        raise AssertionError(f"never happened, exit code {self.process.poll()}:\n{self.output[-3000:]}")

    def stop(self, number: signal.Signals = signal.SIGTERM, patience: float = 60) -> int:
        """Ask it to end and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(patience)


def is_named(process: psutil.Process, name: str) -> bool:
    """Whether this is the name of a process that still lives."""
    try:
        return process.name() == name
    except psutil.Error:
        return False


@contextmanager
def running(folder: Path, *arguments: str, port: int | None = None, **variables: str) -> Iterator[Running]:
    """Keep a command running until the block ends; afterwards nothing of it is left, whatever the test found."""
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{arguments[0]}-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, *arguments, "--port", str(port)],
            env=bare_environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    command = Running(process, port, log)
    family: list[psutil.Process] = []
    try:
        yield command
    finally:
        if process.poll() is None:
            family = command.family()
            process.kill()
            process.wait()
        for orphan in family:
            if orphan.is_running():
                orphan.kill()
