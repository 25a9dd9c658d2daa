"""The demo in a process of its own, and the Chromium that looks at it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Locator

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
START_SECONDS = 60


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """Start ``openday demo`` with everything it writes in ``folder``; give its address, stop it at the end."""
    port = free_port()
    log = folder / "demo.log"
    env = {name: value for name, value in os.environ.items() if not name.startswith("OPENDAY_")}
    env |= {"OPENDAY_INSTANCE_PATH": str(folder / "instance"), "OPENDAY_RATE_LIMITS": "off"}
    command = [sys.executable, "-m", "openday.cli", "demo", "--fresh", "--small", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=env, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(process, address, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return when the demo answers; raises ``RuntimeError`` with its output when it ends or takes too long."""
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            raise RuntimeError(f"the demo ended with {process.returncode}:\n{log.read_text()}")
        try:
            if httpx.get(f"{address}/health/ready", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the demo was not ready in {START_SECONDS} s:\n{log.read_text()}")


def follow(control: Locator) -> None:
    """Click a link or button and go on when the page it leads to has loaded."""
    with control.page.expect_navigation():
        control.click()
