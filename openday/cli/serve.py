"""The processes of an installation: web server and mail worker."""

from pathlib import Path

import click

from openday.cli.address import Address, refuse_taken
from openday.cli.application import application, quiet_logs, read_settings, refuse_unsafe, require_tables
from openday.cli.database import migrate_now
from openday.cli.german import GermanCommand, Number
from openday.cli.supervisor import Child, Supervisor
from openday.extensions import db
from openday.services.worker import work
from openday.web import listeners

APPLICATION = "openday.app:create_served_app()"
THREADS = 8
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - heartbeat files of gunicorn; a slow disk there kills workers


@click.command(cls=GermanCommand)
@click.option("--host", default="127.0.0.1", help="Adresse, an der openday hört (sonst 127.0.0.1).")
@click.option("--port", default=8000, type=Number(0, 65535), help="Port, an dem openday hört (sonst 8000).")
@click.option("--workers", default=2, type=Number(1, 64), help="Zahl der Prozesse mit je 8 Threads (sonst 2).")
def serve(host: str, port: int, workers: int) -> None:
    """Startet openday: Tabellen erneuern, Webserver und Mailversand."""
    settings = read_settings()
    refuse_unsafe(settings)
    address = Address.free(host, port)
    refuse_taken(address)
    with application(settings).app_context():
        click.echo(migrate_now(), err=True)
        db.engine.dispose()  # no connection is carried into another process
    raise SystemExit(Supervisor([web_server(address, workers), mail_worker()]).run())


@click.command(cls=GermanCommand)
@click.option("--once", is_flag=True, help="Versendet, was fällig ist, und endet.")
def worker(once: bool) -> None:
    """Versendet die Mails aus dem Postausgang."""
    settings = read_settings()
    refuse_unsafe(settings)
    with application(settings).app_context():
        if settings.is_demo:
            quiet_logs()
        require_tables()
        work(once=once)


def web_server(address: Address, workers: int = 2, *, is_quiet: bool = False, app: str = APPLICATION) -> Child:
    """Return gunicorn with threads; it writes no access log, because paths hold the secret of a booking."""
    options = [
        *("--config", f"python:{listeners.__name__}"),
        *("--bind", address.bind),
        *("--worker-class", "gthread"),
        *("--workers", str(workers)),
        *("--threads", str(THREADS)),
        *("--graceful-timeout", "15"),
        *("--keep-alive", "5"),
        *("--log-level", "warning" if is_quiet else "info"),
        "--preload",  # one import instead of one per process; no connection is opened before the fork
        "--no-control-socket",
    ]
    if SHARED_MEMORY.is_dir():
        options += ["--worker-tmp-dir", str(SHARED_MEMORY)]
    return Child("web", "gunicorn.app.wsgiapp:run", [*options, app])


def mail_worker() -> Child:
    """Return ``openday worker`` of the same installation."""
    return Child("worker", "openday.cli:main", ["worker"])
