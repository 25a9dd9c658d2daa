"""What a sent form gets back: the link to the booking, or a page that tells nobody anything."""

from dataclasses import dataclass

from openday import tokens
from openday.models import Booking
from openday.services.confirmation import ANSWERED_BY_MAIL
from openday.settings import current_settings


@dataclass(frozen=True)
class Receipt:
    """The booking number to read aloud and what ``/buchung/<token>`` opens.

    Where the mailbox has to prove itself, or nobody may learn who comes, ``token`` is a neutral receipt: it opens the
    same page for everybody, and the secret is in the mail alone.
    """

    reference: str
    token: str


def secret_of(nonce: str) -> str:
    """Return the secret of the booking a form makes; the same form makes the same one."""
    return tokens.derived_token(current_settings().signing_key(), "booking", nonce)


def receipt_of(booking: Booking, secret: str) -> Receipt:
    """Return what the sender of the form may know."""
    was_confirmed_at_once = booking.confirmed_at is not None and booking.confirmed_at == booking.created_at
    if was_confirmed_at_once and booking.guest_kind not in ANSWERED_BY_MAIL:
        return Receipt(booking.reference, secret)
    return Receipt(booking.reference, neutral_token(booking.nonce))


def neutral_token(nonce: str) -> str:
    """Return the receipt of a form that says nothing about it; the same form gets the same one."""
    return tokens.sign_receipt(current_settings().signing_key(), nonce)


def is_neutral(token: str) -> bool:
    """Whether a token is a receipt that came from here."""
    return tokens.is_receipt(current_settings().signing_key(), token)
