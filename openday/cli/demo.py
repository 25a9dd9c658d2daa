"""Everything at once on one machine: tables, invented data, web server, mail worker."""

import os
import secrets
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click

from openday import clock
from openday.cli.address import EVERYWHERE, Address, refuse_taken
from openday.cli.application import application, quiet_logs, read_settings, refuse_unsafe
from openday.cli.database import migrate_now
from openday.cli.german import GermanCommand, Number, Refused
from openday.cli.progress import progress_bar
from openday.cli.serve import mail_worker, web_server
from openday.cli.supervisor import Supervisor
from openday.extensions import db
from openday.services.demo import DemoOverview, Inhabitant, empty_demo, inhabitant, load_demo, overview
from openday.settings import Mode, Settings

OPERATOR = {
    "NAME": "Offene Tür, Beispiel-Arbeitsgemeinschaft",
    "ADDRESS": "Beispielstraße 1, 10115 Berlin",
    "EMAIL": "hilfe@openday.example.org",
    "PHONE": "030 23125 000",
}
NOT_A_DEMO = (
    "In dieser Datenbank liegen echte Daten, keine Demodaten. openday demo rührt sie nicht an.\n"
    "Nehmen Sie einen anderen Ort: OPENDAY_INSTANCE_PATH=/tmp/openday-demo openday demo"
)


@click.command(cls=GermanCommand)
@click.option("--host", default="127.0.0.1", help="Adresse, an der die Demo hört (sonst 127.0.0.1).")
@click.option("--port", default=8000, type=Number(0, 65535), help="Port, an dem die Demo hört (sonst 8000).")
@click.option("--fresh", is_flag=True, help="Leert die Demodaten und lädt sie neu, mit Terminen ab heute.")
@click.option("--small", is_flag=True, help="Lädt nur die fünfzig Termine, die von Hand geschrieben sind: schneller.")
def demo(host: str, port: int, fresh: bool, small: bool) -> None:
    """Startet openday zum Ausprobieren, mit erfundenen Daten und einem lesbaren Postfach."""
    address = Address.free(host, port)
    refuse_taken(address)
    os.environ.update(demo_environment(address))  # for the processes it starts
    settings = read_settings()
    refuse_unsafe(settings)
    with application(settings).app_context():
        quiet_logs()
        migrate_now()
        found = prepared(fresh, is_small=small)
        db.engine.dispose()  # no connection is carried into another process
    starter = Welcome(address, settings, found)
    raise SystemExit(Supervisor([web_server(address, is_quiet=True), mail_worker()], starter.tick).run())


def demo_environment(address: Address) -> dict[str, str]:
    """Return the environment of the demo's processes: what the caller set, and a value for everything else."""
    env = {**os.environ, "OPENDAY_MODE": Mode.DEMO.value}
    env.setdefault("OPENDAY_PUBLIC_URL", address.url)
    for name, value in OPERATOR.items():
        env.setdefault(f"OPENDAY_OPERATOR_{name}", value)
    instance_path = Path(env.get("OPENDAY_INSTANCE_PATH") or "instance").resolve()
    env["OPENDAY_INSTANCE_PATH"] = str(instance_path)
    if not env.get("OPENDAY_SECRET_KEY"):
        env["OPENDAY_SECRET_KEY"] = kept_key(instance_path)
    return env


def kept_key(instance_path: Path) -> str:
    """Return the key of ``secret_key`` in the folder, made on the first run and readable by its owner alone."""
    path = instance_path / "secret_key"
    try:
        instance_path.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="ascii", opener=private_opener) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise Refused(
            f"In „{instance_path}“ darf openday nicht schreiben: Setzen Sie OPENDAY_INSTANCE_PATH."
        ) from error
    return path.read_text(encoding="ascii").strip()


def private_opener(path: str, flags: int) -> int:
    """Open a new file that only its owner may read."""
    return os.open(path, flags, 0o600)


def prepared(fresh: bool, *, is_small: bool) -> DemoOverview:
    """Load the demo data where there is none; refuses a database that holds anything else."""
    who = inhabitant()
    if who is Inhabitant.SOMEBODY:
        raise Refused(NOT_A_DEMO)
    if who is Inhabitant.DEMO and fresh:
        empty_demo()
        who = Inhabitant.NOBODY
    if who is Inhabitant.NOBODY:
        with progress_bar("Demodaten", "Schritte") as bar:
            load_demo(bar, is_small=is_small)
    return overview()


class Welcome:
    """Says once what to open and who can sign in, as soon as the pages answer."""

    def __init__(self, address: Address, settings: Settings, found: DemoOverview) -> None:
        self.address = address
        self.settings = settings
        self.found = found
        self.is_said = False

    def tick(self) -> None:
        """Ask whether the pages answer; called by the supervisor a few times a second."""
        if self.is_said or not self.is_ready():
            return
        self.is_said = True
        click.echo(welcome(self.settings.public_url, self.found))

    def is_ready(self) -> bool:
        """Whether ``/health/ready`` answers 200."""
        connection = HTTPConnection(EVERYWHERE.get(self.address.host, self.address.host), self.address.port, timeout=1)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def welcome(url: str, found: DemoOverview) -> str:
    """Return what to open and who can sign in."""
    lines = [
        "openday läuft, mit erfundenen Daten. Beenden: Strg+C",
        "",
        f"  Startseite         {url}/",
        f"  Fast ausgebucht    {url}/t/{found.busy_slug}",
        f"  Ausgebucht         {url}/t/{found.full_slug}",
        f"  Hybrid             {url}/t/{found.hybrid_slug}",
        f"  Postfach           {url}/_postfach   (alle Mails der Demo, auch die Anmeldecodes)",
        f"  Für Träger         {url}/konto/",
        *([f"  Am Eingang         {url}/tuer/{found.door_token}   (nur heute)"] if found.door_token else []),
        "",
        "Anmelden kann sich, ohne Passwort, mit einem Code aus dem Postfach:",
        "",
        *(f"  {person.email:<30} {person.description}" for person in found.people),
    ]
    if found.ends_on < clock.today():
        lines += ["", "Die Demowoche ist vorbei. Neue Termine ab heute: openday demo --fresh"]
    return "\n".join(lines)
