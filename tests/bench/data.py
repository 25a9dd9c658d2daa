"""A database with as many events as wanted, written in bulk."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert

from openday import clock
from openday.extensions import db, writer
from openday.models import Campaign, Event, EventHost, Place, SeatPool, Slot, Traeger
from openday.models.words import Admission, Attendance, EventState, Mode, PoolAudience
from tests.conftest import empty_tables

CHUNK = 1000
SLOTS_EACH = 4
NEAR_LEIPZIG = 20
FULL_PAGES = 200
"""So few events fill a page of each list, of 50 rows and as many Träger at most: what more of them cost is growth."""
MOST_ON_A_PAGE = 50
TOWNS = [
    ("04109", "Leipzig", "SN"),
    ("50667", "Köln", "NW"),
    ("80331", "München", "BY"),
    ("20095", "Hamburg", "HH"),
]


def fill(events: int, slots_each: int = SLOTS_EACH, capacity: int = 8) -> None:
    """Empty the database and write a campaign with that many events over ten days, each with its times."""
    empty_tables()
    with writer(db.engine) as connection, connection.begin():
        connection.execute(insert(Campaign), [{"id": 1, "year": clock.today().year, "name": "Aktionswoche"}])
        traeger = range(1, 1 + max(min(events, MOST_ON_A_PAGE), events // 20))
        write(connection, Traeger, [{"id": n, "name": f"Beratung {n} e. V.", "slug": f"beratung-{n}"} for n in traeger])
        numbers = range(1, events + 1)
        write(connection, Event, [event_row(n, n % len(traeger) + 1) for n in numbers])
        write(
            connection, EventHost, [{"event_id": n, "traeger_id": n % len(traeger) + 1, "position": 0} for n in numbers]
        )
        write(connection, Place, [place_row(n) for n in numbers])
        slots = [slot_row(event, n, slots_each) for event in numbers for n in range(slots_each)]
        write(connection, Slot, slots)
        write(connection, SeatPool, [pool_row(slot["id"], capacity) for slot in slots])
    tidy_up()


def tidy_up() -> None:
    """Do what PostgreSQL's autovacuum does after so many inserts; on SQLite nobody counts rows in an installation."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def write(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows by the thousand, and let PostgreSQL count on behind them."""
    for first in range(0, len(rows), CHUNK):
        connection.execute(insert(model), rows[first : first + CHUNK])
    if connection.dialect.name == "postgresql" and "id" in rows[0]:
        table = model.__tablename__
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def event_row(number: int, traeger_id: int) -> dict[str, Any]:
    """Return a published event of one of the next ten days."""
    return {
        "id": number,
        "campaign_id": 1,
        "traeger_id": traeger_id,
        "slug": f"termin-{number}",
        "title": f"MBE {number} öffnet die Tür",
        "summary": "Schauen Sie uns bei der Beratung über die Schulter. " * 3,
        "description": "Wir zeigen, wie Beratung geht, und beantworten Ihre Fragen. " * 8,
        "state": EventState.PUBLISHED,
        "starts_on": clock.today() + timedelta(days=1 + number % 10),
        "attendance": Attendance.ONSITE,
        "admission": Admission.REQUIRED,
        "contact_name": "Mira Beispiel",
        "contact_email": "kontakt@beispiel.de",
        "published_at": clock.now(),
    }


def place_row(number: int) -> dict[str, Any]:
    """Return a place: twenty near Leipzig, for searches; the others all over the country, whatever their town is."""
    postcode, locality, region = TOWNS[number % len(TOWNS)]
    is_near = number <= NEAR_LEIPZIG
    return {
        "event_id": number,
        "position": 0,
        "name": "Beratungsstelle Mitte",
        "street": f"Beispielstraße {number % 90 + 1}",
        "postcode": postcode,
        "locality": locality,
        "region": region,
        "latitude": 51.34 + number / 100 if is_near else 47.5 + number * 37 % 700 / 100,
        "longitude": 12.37 if is_near else 6.0 + number * 53 % 877 / 100,
    }


def slot_row(event: int, number: int, slots_each: int) -> dict[str, Any]:
    """Return one of the times of an event."""
    day = clock.now().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1 + event % 10 + number // 16)
    starts_at = day + timedelta(minutes=30 * (number % 16))
    return {
        "id": (event - 1) * slots_each + number + 1,
        "event_id": event,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=30),
    }


def pool_row(slot_id: int, capacity: int) -> dict[str, Any]:
    """Return the seats of a time."""
    return {
        "id": slot_id,
        "slot_id": slot_id,
        "mode": Mode.ONSITE,
        "audience": PoolAudience.EVERYONE,
        "capacity": capacity,
        "taken": 0,
    }
