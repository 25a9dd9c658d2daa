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

    It is the one of the first mail, or after a corrected address the one that belongs to that address: both can be
    computed again, so no later mail has to replace a link somebody holds. A booking with another one gets the second.
    """
    first, current = secret_of(booking.nonce), secret_for(booking, booking.booker_email)
    for secret in (first, current):
        if hmac.compare_digest(tokens.digest(secret), booking.token_digest):
            return secret
    db.session.execute(
        update(Booking).where(Booking.id == booking.id).values(token_digest=tokens.digest(current)),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(booking, ["token_digest"])
    return current


def secret_for(booking: Booking, email: str) -> str:
    """Return the secret a booking has once its address was corrected to this one."""
    return tokens.derived_token(current_settings().signing_key(), "booking-link", f"{booking.nonce}:{email}")
