"""A real web server on loopback: gunicorn with processes and threads, as ``openday serve`` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from openday.cli.address import Address
from openday.cli.serve import APPLICATION, web_server
from openday.settings import Settings

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Server:
    """A running gunicorn; ``pid`` is that of its master."""

    port: int
    pid: int
    log: Path

    def connect(self, timeout: float = 60) -> HTTPConnection:
        """Return a connection that is opened with its first request."""
        return HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def kill_a_worker(self, number: int) -> None:
        """End one worker in the middle of whatever it does."""
        if found := self.workers():
            os.kill(found[number % len(found)], signal.SIGKILL)


@contextmanager
def serving(
    settings: Settings,
    folder: Path,
    application: str = APPLICATION,
    *,
    variables: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve the database of the settings from a folder of its own until the block ends.

    There are no rate limits, unless ``variables`` of the environment say so.
    """
    port = free_port()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OPENDAY_")},
        "OPENDAY_MODE": "testing",
        "OPENDAY_DATABASE_URL": settings.database_url,
        "OPENDAY_SECRET_KEY": settings.secret_key,
        "OPENDAY_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "OPENDAY_INSTANCE_PATH": str(folder),
        "OPENDAY_RATE_LIMITS": "off",
        **(variables or {}),
    }
    options = web_server(Address("127.0.0.1", port), is_quiet=True, app=application).arguments
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
        )
    try:
        wait_until_ready(port, process, log)
        yield Server(port, process.pid, log)
    finally:
        end(process)


def free_port() -> int:
    """Return a port nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, process: subprocess.Popen[bytes], log: Path, patience: float = 60) -> None:
    """Wait for the first answer; raises with the end of the log when there will be none."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-2000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End master and workers, by force when they do not listen."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
