"""A stored booking with all that a change to it looks at."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from openday import tokens
from openday.errors import NotFound
from openday.extensions import db
from openday.models import Booking, Event, Slot
from openday.services.availability import announce_event

LOADED = select(Booking).options(
    joinedload(Booking.event).options(joinedload(Event.traeger), selectinload(Event.places)),
    joinedload(Booking.slot).selectinload(Slot.pools),
)


def loaded_booking(condition: object) -> Booking:
    """Return the booking with slot, event and places; raises ``NotFound``."""
    booking = db.session.scalars(LOADED.where(condition)).first()  # type: ignore[arg-type]
    if booking is None:
        raise NotFound
    return booking


def behind_its_event(token: str) -> Booking:
    """Return the booking of a link as it stands once its event's row is ours; raises ``NotFound``."""
    digest = tokens.digest(token)
    event_id = db.session.scalar(select(Booking.event_id).where(Booking.token_digest == digest))
    if event_id is None:
        raise NotFound
    announce_event(event_id)
    return loaded_booking(Booking.token_digest == digest)
