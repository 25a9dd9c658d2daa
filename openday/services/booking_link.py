"""The secret link of a stored booking, for mails that are written long after the form was sent."""

import hmac

from sqlalchemy import update

from openday import tokens
from openday.extensions import db
from openday.models import Booking
from openday.services.receipt import secret_of
from openday.settings import current_settings


def link_token(booking: Booking) -> str:
    """Return the secret of the booking's link, inside a transaction.

    It is the one of the first mail as long as that is still valid. After a corrected address nobody can compute the
    valid one any more: the booking then gets one that belongs to its address, and keeps it.
    """
    first, current = secret_of(booking.nonce), secret_of_address(booking)
    for secret in (first, current):
        if hmac.compare_digest(tokens.digest(secret), booking.token_digest):
            return secret
    db.session.execute(
        update(Booking).where(Booking.id == booking.id).values(token_digest=tokens.digest(current)),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(booking, ["token_digest"])
    return current


def secret_of_address(booking: Booking) -> str:
    """Return the secret a booking has for the address it is sent to now."""
    seed = f"{booking.nonce}:{booking.booker_email}"
    return tokens.derived_token(current_settings().signing_key(), "booking-link", seed)
