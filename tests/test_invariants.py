"""The one statement that every test ends with finds what ``openday check`` finds."""

from datetime import timedelta

from sqlalchemy import delete, update

from openday import clock
from openday.extensions import db
from openday.models import Booking, EventHost, OutboxMessage, SeatPool
from openday.services.booking import book_slot
from openday.services.invariants import breaches
from tests.conftest import empty_tables
from tests.factories import booking_request, make_slot
from tests.invariants import breached

BROKEN = (
    update(SeatPool).values(taken=SeatPool.taken + 1),
    update(Booking).values(party_size=2),
    update(Booking).values(erase_on=clock.today() - timedelta(days=2)),
    update(Booking).values(erase_on=None),
    update(OutboxMessage).values(kind="seat_offered"),
    delete(OutboxMessage),
    delete(EventHost),
)


def test_every_test_would_find_what_the_command_finds(app):
    for broken in BROKEN:
        book_slot(booking_request(make_slot()))
        assert breached() == breaches() == []
        db.session.execute(broken)
        db.session.commit()

        told = {line.split(" (")[0].replace("Löschfrist überschritten in ", "") for line in breaches()}

        assert told
        assert set(breached()) == told
        db.session.rollback()
        empty_tables()
