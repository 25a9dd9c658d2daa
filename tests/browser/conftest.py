"""A real Chromium on the running demo. Without a Chromium these tests are skipped, and say so."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))), None)
START_SECONDS = 60
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and skip it where there is nothing to drive."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: install the package chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's Chromium: no browser is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo as a newcomer starts it; gives its address."""
    port = free_port()
    log = tmp_path_factory.mktemp("demo") / "demo.log"
    env = {name: value for name, value in os.environ.items() if not name.startswith("OPENDAY_")}
    env |= {"OPENDAY_INSTANCE_PATH": str(log.parent / "instance"), "OPENDAY_RATE_LIMITS": "off"}
    command = [sys.executable, "-m", "openday.cli", "demo", "--fresh", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=env, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(process, address, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return when the demo answers; fails with its output when it ends or takes too long."""
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            pytest.fail(f"the demo ended with {process.returncode}:\n{log.read_text()}")
        try:
            if httpx.get(f"{address}/health/ready", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the demo was not ready in {START_SECONDS} s:\n{log.read_text()}")


@pytest.fixture
def phone(browser: Browser, demo: str) -> Iterator[Page]:
    """A phone without JavaScript."""
    context = browser.new_context(
        base_url=demo, viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="de-DE"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser, demo: str) -> Iterator[Page]:
    """A desktop browser with JavaScript; a script error on any page fails the test."""
    context = browser.new_context(base_url=demo, viewport={"width": 1280, "height": 900}, locale="de-DE")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert [line for line in errors if "status of 4" not in line] == []
