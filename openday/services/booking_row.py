"""A booking with its time and its event in rows: what only shows them need not make entities of six tables of it."""

from typing import Any

from sqlalchemy import bindparam, exists, select

from openday import tokens
from openday.extensions import db
from openday.models import Answer, Booking, Event, Place, SeatPool, Slot, Traeger
from openday.services.visit import EVENT_COLUMNS, PLACE_COLUMNS, Parts, event_of, parts_of

BOOKING_COLUMNS = (
    "id", "reference", "event_id", "slot_id", "mode", "state", "awaits", "is_provisional", "held_until", "guest_kind",
    "party_size", "booker_name", "booker_email", "booker_phone", "guest_name", "needs", "companions", "language",
    "terms_version", "terms_accepted_at", "sequence", "waits_since", "offers_lapsed", "passed_slots",
    "takes_late_offer", "came_at", "joined_at", "created_at", "confirmed_at", "erase_on",
)  # fmt: skip
SLOT_COLUMNS = (
    "id", "state", "starts_at", "ends_at", "reserves_open_at", "photo_rule", "is_photo_moment", "moved_at",
    "previous_starts_at", "previous_ends_at",
)  # fmt: skip
POOL_COLUMNS = ("mode", "audience", "capacity", "taken", "is_saved")
PARTS: Parts = (
    (Booking, BOOKING_COLUMNS),
    (Event, ("id", *EVENT_COLUMNS)),
    (Traeger, ("name", "region")),
    (Place, PLACE_COLUMNS),
    (Slot, SLOT_COLUMNS),
    (SeatPool, POOL_COLUMNS),
)

_first_place = select(Place.id).where(Place.event_id == Booking.event_id).order_by(Place.position, Place.id).limit(1)
# Built once: every booking's own page begins with it. A row for each pool of its time.
OF_LINK = (
    select(
        *(getattr(entity, name) for entity, names in PARTS for name in names),
        exists().where(Answer.booking_id == Booking.id).correlate(Booking).label("has_answers"),
    )
    .select_from(Booking)
    .join(Event, Event.id == Booking.event_id)
    .join(Traeger, Traeger.id == Event.traeger_id)
    .outerjoin(Place, Place.id == _first_place.correlate(Booking).scalar_subquery())
    .outerjoin(Slot, Slot.id == Booking.slot_id)
    .outerjoin(SeatPool, SeatPool.slot_id == Slot.id)
    .where(Booking.token_digest == bindparam("digest"))
    .order_by(SeatPool.id)
)


def row_of_link(token: str) -> Any:
    """Return a booking with its ``slot`` and ``event`` under the names of the models, None for an unknown link.

    Of the places there is the first alone, and ``has_answers`` is there besides.
    """
    rows = db.session.connection().execute(OF_LINK, {"digest": tokens.digest(token)}).all()
    if not rows:
        return None
    booking, event, traeger, place, slot, _pool = parts_of(rows[0], PARTS)
    booking.has_answers = rows[0].has_answers
    booking.event = event_of(event, traeger, place)
    booking.slot = None
    if slot.id is not None:
        booking.slot = slot
        slot.event = booking.event
        slot.pools = [pool for *_, pool in (parts_of(row, PARTS) for row in rows) if pool.mode]
    return booking
