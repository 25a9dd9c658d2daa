"""What kept pages hang on is read past SQLAlchemy, and stays as true and as patient as what is read through it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import create_engine, func, select, text

from openday import clock
from openday.extensions import db
from openday.models import Campaign
from openday.services.catalogue import VERSIONS, listing_version
from openday.services.event_page import event_version
from openday.services.listing_change import announce_listing
from openday.transaction import transaction
from tests.factories import make_campaign, make_event
from tests.statements import statements

LOST = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_each_read_sees_what_was_committed_before_it_and_leaves_nothing_behind(app):
    campaign, read = make_campaign(), []
    in_use = db.engine.pool.checkedout()

    for _ in range(8):  # more often than it takes PostgreSQL's driver to prepare a statement
        read.append(listing_version())
        transaction(announce_listing)(campaign.id)

    first = read[0][0][1]
    assert read == [((campaign.id, first + number),) for number in range(8)]
    assert db.engine.pool.checkedout() == in_use


def test_names_go_to_the_database_as_values(app):
    event = make_event()

    assert event_version(event.slug) == (event.version, 0)
    assert event_version(f"{event.slug}' OR '1'='1") is None
    assert event_version("%(slug)s ?") is None


def test_what_fails_past_the_usual_way_is_asked_on_it(app, monkeypatch):
    campaign = make_campaign()
    monkeypatch.setitem(VERSIONS.written, db.engine.name, ("SELECT nothing FROM nowhere", []))

    with statements() as asked:
        read = listing_version()

    assert read == ((campaign.id, campaign.version),)
    assert len(asked) == 2


def test_a_kept_page_outlives_a_restart_of_the_database(client):
    if db.engine.name == "sqlite":
        pytest.skip("a file cannot restart")
    slug = make_event().slug
    kept = client.get(f"/t/{slug}")
    db.session.remove()
    with time_machine.travel(clock.now() + timedelta(days=1)):  # SQLAlchemy tells by the clock which are lost
        held = [db.engine.connect() for _ in range(5)]
    for connection in held:
        connection.execute(select(func.count(Campaign.id)))
        connection.close()

    other = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        lost = connection.execute(LOST).all()
    other.dispose()
    again = client.get(f"/t/{slug}")

    assert len(lost) >= 5
    assert (again.status_code, again.data) == (200, kept.data)
