"""The sold-out event of the demo: a guest gave seats back, the first in line has them offered, others wait."""

from sqlalchemy import select

from openday.extensions import db
from openday.models import Booking, Event
from openday.models.words import BookingState
from openday.services import demo_data
from openday.services.booking_request import BookingRequest
from openday.services.cancellation import cancel_booking
from openday.services.demo_data.people import people
from openday.services.receipt import secret_of
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from openday.transaction import transaction

WAITING = 4


@transaction
def let_people_wait() -> None:
    """Fill the waiting list of the sold-out event, then let somebody cancel."""
    booked = db.session.scalars(
        select(Booking)
        .join(Event, Event.id == Booking.event_id)
        .where(Event.slug == demo_data.FULL, Booking.state == BookingState.CONFIRMED)
        .order_by(Booking.id)
    ).first()
    if booked is None or booked.slot_id is None:
        return
    slot_id, seats, nonce = booked.slot_id, booked.party_size, booked.nonce
    for number, guest in zip(range(WAITING), people("waiting"), strict=False):
        party = BookingRequest(
            slot_id=slot_id,
            name=guest.name,
            email=guest.email,
            party_size=1 if number else seats,
            nonce=f"demo-waiting-{number:04}",
        )
        join_waiting_list(WaitingRequest(party, is_any_time=number == WAITING - 1))
    cancel_booking(secret_of(nonce))
