"""Bookings as their guests hold them: made by the service, opened with the secret of their link."""

from typing import Any

from openday.extensions import db
from openday.models import Booking, Slot
from openday.services.booking import book_slot
from openday.services.receipt import secret_of
from tests.factories import booking_request


def booked(slot: Slot, **overrides: Any) -> str:
    """Book and return the address of the booking's own page, whatever the sender of the form got to see."""
    request = booking_request(slot, **overrides)
    book_slot(request)
    db.session.rollback()
    return f"/buchung/{secret_of(request.nonce)}"


def only_booking() -> Booking:
    """Return the one booking there is, as it is stored."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Booking).one()
