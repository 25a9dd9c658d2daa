"""Correcting the address of a booking. Whoever got the mail by mistake must not keep a working link."""

import structlog
from sqlalchemy import func, select, update

from openday import clock, tokens
from openday.errors import BookingClosed, NotFound, TooManyRequests
from openday.extensions import db
from openday.mailing import messages
from openday.models import AuditEntry, Booking, OutboxMessage
from openday.models.words import BookingState, OutboxState
from openday.services.booking_link import secret_for
from openday.services.cancellation import loaded_booking
from openday.services.suppression import may_write_to
from openday.services.visit import visit_from
from openday.transaction import transaction

log = structlog.get_logger()

A_DAY = 86_400  # seconds
UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)  # whoever is sending right now does not queue it again


@transaction
def correct_address(token: str, email: str) -> str:
    """Send the confirmation to another address and return the secret of the new link; the old one is void.

    Raises ``NotFound`` for an unknown link, ``BookingClosed`` for a cancelled booking or one that has begun,
    ``TooManyRequests`` for an address that wants no mail from strangers or had enough of it today.
    """
    booking = loaded_booking(Booking.token_digest == tokens.digest(token))
    slot = booking.slot
    if booking.state is not BookingState.CONFIRMED or slot is None or slot.starts_at <= clock.now():
        raise BookingClosed
    if booking.booker_email == email:
        return token
    may_write_to(booking.booker_email)  # counted: this booking is not among those of the old address any more
    if not may_write_to(email, booking.event_id):
        raise TooManyRequests(A_DAY)
    new_token = secret_for(booking, email)
    claim_correction(booking, email, new_token)
    withhold_unsent(booking.id)
    message = messages.address_corrected(booking, visit_from(slot), new_token, next_version(booking.id))
    message.booking_id = booking.id
    db.session.add_all(
        [
            message,
            AuditEntry(action="address_corrected", object_type="booking", object_id=booking.id),
        ]
    )
    log.info("address corrected", booking_id=booking.id)
    return new_token


def claim_correction(booking: Booking, email: str, new_token: str) -> None:
    """Replace address and link unless somebody else has cancelled or corrected meanwhile."""
    changed = db.session.scalar(
        update(Booking)
        .where(
            Booking.id == booking.id,
            Booking.token_digest == booking.token_digest,
            Booking.state == BookingState.CONFIRMED,
        )
        .values(booker_email=email, token_digest=tokens.digest(new_token))
        .returning(Booking.id),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(booking)
    if changed is None:
        raise NotFound if booking.state is BookingState.CONFIRMED else BookingClosed


def withhold_unsent(booking_id: int) -> None:
    """Stop what still waits for the wrong address."""
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.booking_id == booking_id, OutboxMessage.state.in_(UNSENT))
        .values(state=OutboxState.WITHHELD),
        execution_options={"synchronize_session": False},
    )


def next_version(booking_id: int) -> int:
    """Return the number of this booking's next confirmation."""
    return 1 + int(
        db.session.scalar(select(func.max(OutboxMessage.version)).where(OutboxMessage.booking_id == booking_id)) or 0
    )
