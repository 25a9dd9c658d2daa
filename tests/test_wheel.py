"""The built wheel, installed where there is no checkout, serves the same pages."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
EMPTY = "OPENDAY_TEST_EMPTY_ENVIRONMENT"  # a folder of .ci/run: an environment with what a wheel needs, installed anew
PAGES = ["/", "/en/", "/termine", "/archiv", "/impressum", "/en/leichte-sprache", "/gibt-es-nicht", "/favicon.svg"]
SHOW_PAGES = f"""
import json, re, sys
from openday.app import create_app
import openday
app = create_app()
client = app.test_client()
pages = {{path: client.get(path).get_data(as_text=True) for path in {PAGES!r}}}
for asset in re.findall(r'/static/[^"]+', pages["/"]):
    pages[asset] = client.get(asset).get_data(as_text=True)
json.dump({{"from": openday.__file__, "pages": pages}}, sys.stdout)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own with the wheel in it; what it needs is there anew, or borrowed where nobody installed it."""
    prepared = os.environ.get(EMPTY)
    folder = Path(prepared) if prepared else tmp_path_factory.mktemp("installed")
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    if not prepared:
        venv.create(folder, symlinks=True)
        libraries = next(folder.glob("lib/python*/site-packages"))
        (libraries / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [*pip, "install", "-q", "--no-compile", "--no-deps", "--force-reinstall", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    if prepared:
        subprocess.run([*pip, "check"], check=True, capture_output=True)
    return python


def pages(python: str, folder: Path, instance: Path) -> dict[str, object]:
    env = {"PATH": os.environ["PATH"], "OPENDAY_INSTANCE_PATH": str(instance), "OPENDAY_SECRET_KEY": "k" * 40}
    subprocess.run([python, "-m", "openday.cli", "db", "upgrade"], cwd=folder, env=env, check=True, capture_output=True)
    done = subprocess.run([python, "-c", SHOW_PAGES], cwd=folder, env=env, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_wheel_serves_the_pages_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    theirs = pages(str(installed), tmp_path, tmp_path / "instance")
    ours = pages(sys.executable, ROOT, tmp_path / "instance")

    assert Path(str(theirs["from"])).is_relative_to(installed.parents[1])
    assert Path(str(ours["from"])).is_relative_to(ROOT / "openday")
    assert theirs["pages"] == ours["pages"]
    assert len(ours["pages"]) == len(PAGES) + 2


def test_the_wheel_carries_pages_texts_and_migrations_but_no_tests(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()

    for part in (
        "openday/templates/public/event/show.html",
        "openday/static/css/tokens.css",
        "openday/translations/en/LC_MESSAGES/messages.po",
        "openday/migrations/versions/0001_the_ground.py",
        "openday/exports/attendee_list.typ",
    ):
        assert part in names
    assert not [name for name in names if name.startswith(("tests/", "instance/")) or "__pycache__" in name]
