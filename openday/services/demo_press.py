"""The press in the demo: a photo moment with its own rule, seats kept for newsrooms, one that waits for an answer."""

from openday.extensions import db
from openday.models.words import GuestKind, PhotoRule, PoolAudience, PressProof
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest, PressFacts
from openday.services.demo_visits import event_with, keep_seats
from openday.transaction import transaction

ROUND = "presserundgang-mit-fototermin"
KEPT_FREE = 2


@transaction
def invite_press() -> None:
    """Mark the photo moment, keep seats, and let a newsroom ask to come."""
    event = event_with(ROUND)
    event.day_contact_name, event.day_contact_phone = "Mira Lindner", "0151 2300471"
    moment = event.slots[-1]
    moment.is_photo_moment, moment.photo_rule, moment.label = True, PhotoRule.OPEN, "Fototermin am Eingang"
    keep_seats(event, PoolAudience.PRESS, KEPT_FREE)
    db.session.flush()  # bookings read the database
    book_slot(
        BookingRequest(
            slot_id=moment.id,
            name="Robin Feder",
            email="redaktion@stadtblatt.example.org",
            party_size=2,
            nonce="demo-press-asked",
            guest_kind=GuestKind.PRESS,
            organisation="Stadtblatt",
            phone="0151 2300472",
            press=PressFacts(("text", "photo"), PressProof.CARD, ("management", "client"), "am selben Tag, 18 Uhr"),
        )
    )
