"""A database nobody has used yet, once as an SQLite file and once in PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.conftest import DATABASES


@pytest.fixture(params=DATABASES)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation with an empty database: on SQLite the default one, the file in its folder."""
    variables = {"OPENDAY_INSTANCE_PATH": str(tmp_path / "instance")}
    if request.param == "sqlite":
        yield variables
        return
    server = make_url(request.getfixturevalue("postgresql_url")).set(drivername="postgresql+psycopg")
    name = f"openday_cli_{abs(hash(request.node.nodeid)) % 10**9}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield variables | {"OPENDAY_DATABASE_URL": server.set(database=name).render_as_string(hide_password=False)}
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def sqlite_installation(tmp_path: Path) -> dict[str, str]:
    """An installation with the default database, for what has nothing to do with which one it is."""
    return {"OPENDAY_INSTANCE_PATH": str(tmp_path / "instance")}
