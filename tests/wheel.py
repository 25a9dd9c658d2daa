"""The wheel in an empty environment serves the same pages as the checkout: ``python -m tests.wheel``."""

import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from openday.services.demo_data import BUSY, CURRENT
from tests.cli.commands import bare_environment
from tests.served import free_port, wait_until_ready

ROOT = Path(__file__).parent.parent
PATHS = (
    "/",
    "/en/",
    "/termine",
    "/en/termine?seite=2",
    "/archiv",
    f"/t/{BUSY}",
    "/konto/anmelden",
    "/nichts",
)
CHANGING = (
    rb'name="csrf_token"[^>]*value="[^"]*"',
    rb'name="nonce"[^>]*value="[^"]*"',
    rb"[A-Z2-9]{3}-[A-Z2-9]{4}",
    rb"\d{2}:\d{2}",
)


def build(folder: Path) -> Path:
    """Build the wheel with the backend that is installed, without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


def missing_pages(wheel: Path) -> set[str]:
    """The templates and assets of the checkout the wheel does not carry."""
    wanted = {
        f"openday/{path.relative_to(ROOT)}"
        for name in ("templates", "static")
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    }
    return wanted - set(zipfile.ZipFile(wheel).namelist())


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel alone; what it needs is borrowed from this environment, the checkout is not."""
    venv.create(folder, with_pip=False)
    site = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    borrowed = site / "borrowed"
    borrowed.mkdir()
    for path in Path(sys.prefix).glob("lib/python*/site-packages/*"):
        if "openday" not in path.name.lower() and path.suffix != ".pth":
            (borrowed / path.name).symlink_to(path)
    (site / "borrowed.pth").write_text(str(borrowed))
    return folder / "bin" / "python"


@contextmanager
def demo(python: Path | str, folder: Path) -> Iterator[int]:
    """Run the demo of one environment away from the checkout."""
    port = free_port()
    folder.mkdir()
    env = bare_environment(OPENDAY_INSTANCE_PATH=str(folder / "instance"), OPENDAY_PUBLIC_URL="http://127.0.0.1")
    log = folder / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(python), "-m", "openday.cli", "demo", "--port", str(port)],
            cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        wait_until_ready(port, process, log)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def pages(port: int) -> dict[str, bytes]:
    """What a visitor gets, without what differs between any two answers."""
    return {path: plain(fetch(port, path)) for path in (*PATHS, *(f"/t/{event.slug}" for event in CURRENT[:8]))}


def fetch(port: int, path: str) -> bytes:
    """Status and body of a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    body = str(response.status).encode() + b"\n" + response.read()
    connection.close()
    return body


def plain(body: bytes) -> bytes:
    """The page without nonces, booking numbers and clock times."""
    for pattern in CHANGING:
        body = re.sub(pattern, b"", body)
    return body


def main() -> int:
    """Build, look inside, install, serve, compare; returns the exit code."""
    with TemporaryDirectory(prefix="openday-wheel-") as name:
        folder = Path(name)
        wheel = build(folder)
        if missing := missing_pages(wheel):
            print(f"the wheel lacks {sorted(missing)}")
            return 1
        python = install(wheel, folder / "venv")
        where = subprocess.run(
            [str(python), "-c", "import openday; print(openday.__file__)"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert str(folder.resolve()) in str(Path(where).resolve()), where
        with demo(python, folder / "wheel") as port:
            of_wheel = pages(port)
        with demo(sys.executable, folder / "checkout") as port:
            of_checkout = pages(port)
        different = [path for path in of_wheel if of_wheel[path] != of_checkout[path]]
        for path in different:
            print(f"{path} differs between wheel and checkout")
        bad = [
            path
            for path in of_wheel
            if not of_wheel[path].startswith((b"200", b"303", b"404" if path == "/nichts" else b"200"))
        ]
        print(f"wheel {wheel.name}: {len(of_wheel)} pages compared, {len(different)} differ, {len(bad)} failed {bad}")
        return 1 if different or bad else 0


if __name__ == "__main__":
    sys.exit(main())
