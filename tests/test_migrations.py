"""A filled database is upgraded without losing a row, and the revisions make what the models say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade

from openday.extensions import Base, db
from openday.services.booking import book_slot
from tests.factories import booking_request, make_programme, make_slot, make_user

LATER = '''
"""A later revision that rebuilds tables others point to."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    for table in ("events", "slots", "seat_pools", "bookings"):
        with op.batch_alter_table(table, recreate=recreate) as batch:
            batch.add_column(sa.Column("added_later", sa.String(10), server_default="new", nullable=False))


def downgrade() -> None:
    for table in ("events", "slots", "seat_pools", "bookings"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("added_later")
'''


def counts() -> dict[str, int]:
    found = {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(sa.table(table.name)))
        for table in Base.metadata.sorted_tables
    }
    db.session.rollback()  # a reading transaction would keep the migration waiting
    return found


@pytest.fixture
def later(app: Flask, tmp_path: Path) -> Iterator[Config]:
    """The released revisions and one more that only this test knows."""
    config = current_app.extensions["migrate"].migrate.get_config()
    head = ScriptDirectory.from_config(config).get_current_head()
    (tmp_path / "9999_later.py").write_text(LATER.format(head=head))
    released = Path(config.get_main_option("script_location") or "") / "versions"
    config.set_main_option("version_locations", f"{released}\n{tmp_path}")
    config.set_main_option("path_separator", "newline")
    yield config
    db.session.rollback()
    command.downgrade(config, str(head))


def test_rebuilding_tables_others_point_to_loses_no_row(app: Flask, later: Config) -> None:
    slot = make_slot()
    slot.event.programmes.append(make_programme())
    db.session.commit()
    make_user(slot.event.traeger)
    book_slot(booking_request(slot))
    before = counts()

    command.upgrade(later, "9999")

    assert counts() == before
    assert before["bookings"] == before["outbox_messages"] == before["seat_pools"] == before["places"] == 1
    assert db.session.scalar(sa.text("SELECT added_later FROM bookings")) == "new"


def test_models_and_revisions_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_to_nothing_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    upgrade()
    assert set(sa.inspect(db.engine).get_table_names()) >= set(Base.metadata.tables)
