"""A real nginx on loopback with the configuration ``openday nginx`` writes."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from click.testing import CliRunner

from openday.cli import cli
from openday.settings import Settings
from tests.served import APPLICATION, Server, free_port, serving, wait_until_ready

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
MISSING = "no nginx: apt-get install nginx"
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/openday.conf;
    {more}
}}
"""


@dataclass(frozen=True)
class Front:
    """nginx and the server behind it."""

    port: int
    server: Server
    folder: Path

    def connect(self) -> HTTPConnection:
        """Return a connection to nginx."""
        return HTTPConnection("127.0.0.1", self.port, timeout=20)

    def log(self) -> str:
        """What it has written about its visitors."""
        return (self.folder / "openday.log").read_text()


def configuration(public_url: str, *options: str) -> str:
    """Return what ``openday nginx`` prints."""
    env = {"OPENDAY_PUBLIC_URL": public_url, "OPENDAY_MODE": "testing", "OPENDAY_DATABASE_URL": "sqlite://"}
    result = CliRunner().invoke(cli, ["nginx", *options], env=env, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def prepare(folder: Path, text: str, more: str = "") -> list[str]:
    """Write everything nginx needs into a folder and return the command that starts it."""
    folder.mkdir(exist_ok=True)
    (folder / "openday.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder, more=more))
    return [str(NGINX), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


@contextmanager
def fronted(
    settings: Settings, folder: Path, application: str = APPLICATION, *, more: str = "", **variables: str
) -> Iterator[Front]:
    """Serve the database of the settings behind nginx; ``more`` goes into its http block."""
    port, place = free_port(), folder / "nginx"
    url = f"http://127.0.0.1:{port}"
    behind = {"OPENDAY_PUBLIC_URL": url, "OPENDAY_PROXY_HOPS": "1", **variables}
    with serving(settings, folder, application, variables=behind) as server:
        text = configuration(url, "--port", str(server.port), "--cache", f"{place}/cache", "--logs", str(place))
        process = subprocess.Popen(prepare(place, text, more), stdin=subprocess.DEVNULL)
        try:
            wait_until_ready(port, process, place / "error.log")
            yield Front(port, server, place)
        finally:
            process.terminate()
            process.wait(10)
