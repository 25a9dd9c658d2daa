"""A stored booking with all that a change to it looks at: slot, seats, event and places, in one statement."""

from sqlalchemy import Select, Update, bindparam, select
from sqlalchemy.orm import joinedload

from openday import tokens
from openday.errors import NotFound
from openday.extensions import db
from openday.models import Booking, Slot
from openday.services.availability import announce_event
from openday.services.visit import FACTS

LOADED = select(Booking).options(
    joinedload(Booking.event).options(*FACTS), joinedload(Booking.slot).joinedload(Slot.pools)
)
# Built once: every change of a booking begins with one of them.
WITH_ID = LOADED.where(Booking.id == bindparam("booking"))
OF_LINK = LOADED.where(Booking.token_digest == bindparam("digest"))


def booking_with_id(booking_id: int) -> Booking:
    """Return a booking; raises ``NotFound``."""
    return loaded_booking(WITH_ID, booking=booking_id)


def booking_of_link(token: str) -> Booking:
    """Return the booking of a link; raises ``NotFound``."""
    return loaded_booking(OF_LINK, digest=tokens.digest(token))


def loaded_booking(statement: Select[Booking], **which: int | str) -> Booking:
    """Return the booking a statement finds; raises ``NotFound``."""
    booking = db.session.scalars(statement, which).unique().first()
    if booking is None:
        raise NotFound
    return booking


def claimed(booking: Booking, change: Update) -> bool:
    """Change a stored booking where it still is as the condition says, and read what it is by now; True if it was."""
    fresh = {"synchronize_session": False, "populate_existing": True}
    if db.session.scalars(change.returning(Booking), execution_options=fresh).first() is not None:
        return True
    db.session.refresh(booking)
    return False


def behind_its_event(token: str) -> Booking:
    """Return the booking of a link as it stands once its event's row is ours; raises ``NotFound``."""
    event_id = db.session.scalar(select(Booking.event_id).where(Booking.token_digest == tokens.digest(token)))
    if event_id is None:
        raise NotFound
    announce_event(event_id)
    return booking_of_link(token)
