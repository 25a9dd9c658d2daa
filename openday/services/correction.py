"""Correcting an address. Whoever got the mail of a booking, request or entry by mistake must not keep its link."""

import structlog
from sqlalchemy import func, select, update

from openday import tokens
from openday.errors import BookingClosed, NotFound, TooManyRequests
from openday.extensions import db
from openday.models import Booking, OutboxMessage
from openday.models.words import OutboxState
from openday.services.availability import announce_event
from openday.services.booking_link import secret_for
from openday.services.confirmation import mails_per_day
from openday.services.news_again import news_again
from openday.services.own_booking import own_booking
from openday.services.record import record
from openday.services.stored_booking import booking_of_link, claimed
from openday.services.suppression import may_write_to
from openday.transaction import transaction

log = structlog.get_logger()

A_DAY = 86_400  # seconds
UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)  # whoever is sending right now does not queue it again


@transaction
def correct_address(token: str, email: str) -> str:
    """Tell another address where the booking, request or entry stands, and return the secret of its new link.

    The old link is void, and a house hears whom to answer. Raises ``NotFound`` for an unknown link, ``BookingClosed``
    for what is over, has begun or has yet to prove its mailbox, ``TooManyRequests`` for an address that wants no mail
    from strangers or had enough of it today.
    """
    booking = booking_of_link(token)
    if not own_booking(booking).can_correct_address:
        raise BookingClosed
    wrong = booking.booker_email
    if wrong == email:
        return token
    announce_event(booking.event_id)
    if booking.confirmed_at == booking.created_at:
        may_write_to(wrong)  # counted: this booking is not among those of the old address any more
    if not may_write_to(email, booking.event_id, mails_per_day(booking)):
        raise TooManyRequests(A_DAY)
    new_token = secret_for(booking, email)
    claim_correction(booking, email, new_token)
    withhold_unsent(booking.id, wrong)
    record(booking, "address_corrected", news_again(booking, new_token, next_version(booking.id)))
    log.info("address corrected", booking_id=booking.id)
    return new_token


def claim_correction(booking: Booking, email: str, new_token: str) -> None:
    """Replace address and link unless somebody else has moved the booking on or corrected it meanwhile."""
    known = booking.token_digest
    is_as_read = (Booking.id == booking.id, Booking.token_digest == known, Booking.state == booking.state)
    new = {"booker_email": email, "token_digest": tokens.digest(new_token), "sequence": Booking.sequence + 1}
    if not claimed(booking, update(Booking).where(*is_as_read).values(**new)):
        raise BookingClosed if booking.token_digest == known else NotFound


def withhold_unsent(booking_id: int, address: str) -> None:
    """Stop what still waits for the wrong address; the mails of the house go on."""
    db.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.booking_id == booking_id,
            OutboxMessage.recipient == address,
            OutboxMessage.state.in_(UNSENT),
        )
        .values(state=OutboxState.WITHHELD),
        execution_options={"synchronize_session": False},
    )


def next_version(booking_id: int) -> int:
    """Return the number of this booking's next confirmation."""
    return 1 + int(
        db.session.scalar(select(func.max(OutboxMessage.version)).where(OutboxMessage.booking_id == booking_id)) or 0
    )
