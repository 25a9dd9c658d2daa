"""Migrations: model and tables agree, the way back works, and no row of a filled database is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from openday.app import PACKAGE
from openday.extensions import Base, db, writer
from openday.models import Membership
from openday.models.words import Role
from openday.services.booking import book_slot
from openday.services.schema import Schema, migrate, schema_state
from openday.settings import Settings
from tests.factories import booking_request, make_event, make_slot, make_traeger, make_user

LATER_REVISION = '''"""Test only: rebuilds the tables others hang on."""

import sqlalchemy as sa
from alembic import op

revision = "test_later"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    for table in ("events", "slots", "traeger"):
        with op.batch_alter_table(table, recreate=recreate) as batch:
            batch.add_column(sa.Column("test_only", sa.Integer(), server_default="7", nullable=False))


def downgrade():
    for table in ("events", "slots", "traeger"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("test_only")
'''


@pytest.fixture(autouse=True)
def with_migrations(app: Flask) -> None:
    """Let the application know its migrations, as commands do."""
    migrate.init_app(app)


@pytest.fixture
def filled(app: Flask) -> Flask:
    """A database with a booking, its mail, and a person who may see it."""
    slot = make_slot()
    make_user(slot.event.traeger)
    book_slot(booking_request(slot))
    db.session.remove()
    return app


@pytest.fixture
def later(filled: Flask, tmp_path: Path) -> Iterator[str]:
    """The migrations with one more revision; afterwards the tables are as before."""
    folder = tmp_path / "migrations"
    shutil.copytree(PACKAGE / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    with db.engine.connect() as connection:
        head = MigrationContext.configure(connection).get_current_revision()
    (folder / "versions" / "9999_test_later.py").write_text(LATER_REVISION.format(head=head))
    yield str(folder)
    db.session.remove()
    downgrade(directory=str(folder), revision=head)


def rows() -> dict[str, list[str]]:
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select()))) for table in Base.metadata.sorted_tables
        }


def test_an_upgrade_of_a_filled_database_loses_no_row(filled, later):
    before = rows()
    assert all(before[name] for name in ("events", "slots", "seat_pools", "bookings", "outbox_messages", "memberships"))

    upgrade(directory=later)

    assert rows() == before
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT test_only FROM events")).scalars().all() == [7]


def test_foreign_keys_hold_after_an_upgrade(filled, later):
    upgrade(directory=later)

    with writer(db.engine) as connection, connection.begin():
        connection.execute(text("DELETE FROM outbox_messages"))
        connection.execute(text("DELETE FROM bookings"))
        connection.execute(text("DELETE FROM events"))
        assert connection.execute(text("SELECT count(*) FROM seat_pools")).scalar() == 0


def test_models_and_tables_agree(app):
    with db.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert differences == []


def test_the_way_back_leaves_nothing_and_the_way_up_again_works(settings: Settings, app, tmp_path):
    db.session.remove()

    downgrade(revision="base")
    with db.engine.connect() as connection:
        left = set(db.inspect(connection).get_table_names()) - {"alembic_version"}
    is_empty = schema_state() is Schema.EMPTY
    upgrade()

    assert left == set()
    assert is_empty
    assert schema_state() is Schema.CURRENT


def test_what_was_there_before_anybody_could_join_stays_listed_and_trusted(filled):
    make_event(is_listed=False)
    make_user(make_traeger(), role=Role.DOOR)
    db.session.remove()

    downgrade(revision="0002")
    upgrade()

    with db.engine.connect() as connection:
        wishes = connection.execute(text("SELECT wants_listing, is_listed FROM events ORDER BY id")).all()
        assert [tuple(map(bool, row)) for row in wishes] == [(True, True), (False, False)]
        assert set(connection.execute(text("SELECT review FROM traeger")).scalars()) == {"trusted"}
        assert connection.execute(text("SELECT role FROM memberships")).scalars().all() == ["owner"]
        assert None not in connection.execute(text("SELECT verified_at FROM users")).scalars().all()


def test_a_role_needs_its_own_kind_of_scope(app):
    user = make_user()
    for wrong in ({"role": Role.DOOR}, {"role": Role.COORDINATOR}, {"role": Role.ADMIN, "land": "SN"}):
        db.session.add(Membership(user_id=user.id, **wrong))
        with pytest.raises(IntegrityError):
            db.session.commit()
        db.session.rollback()


def test_a_newer_database_is_recognised(filled, later):
    upgrade(directory=later)

    assert schema_state() is Schema.AHEAD


def test_migrating_twice_changes_nothing(filled):
    before = rows()

    upgrade()

    assert rows() == before
