"""Whom we may write to unasked: nobody who wants silence, and everybody only so often (threat model, T4)."""

import structlog
from limits import RateLimitItemPerDay
from sqlalchemy import select

from openday.errors import NotFound, TooManyRequests
from openday.extensions import db
from openday.mailing.suppression import address_digest, digest_in
from openday.models import Suppression
from openday.services.rate_limit import Caller, spend
from openday.transaction import transaction

log = structlog.get_logger()

MAILS_PER_EVENT = RateLimitItemPerDay(3, 1, namespace="unasked_event")
MAILS_PER_ADDRESS = RateLimitItemPerDay(5, 1, namespace="unasked")


def may_write_to(email: str, event_id: int | None = None) -> bool:
    """Whether a mail that anybody could have caused may go to an address now; a yes counts as one mail.

    At most three a day about one event and five in all. Ask inside the transaction that queues the mail.
    """
    if is_suppressed(email):
        return False
    try:
        if event_id is not None:
            spend(MAILS_PER_EVENT, Caller.known_as(f"unasked {event_id} {email.casefold()}"))
        spend(MAILS_PER_ADDRESS, Caller.known_as(f"unasked {email.casefold()}"))
    except TooManyRequests:
        log.info("mail withheld by limit", event_id=event_id)
        return False
    return True


def is_suppressed(email: str) -> bool:
    """Whether an address wants no such mail."""
    return db.session.get(Suppression, address_digest(email)) is not None


def is_suppression_link(token: str) -> bool:
    """Whether a link that offers silence came from here."""
    return digest_in(token) is not None


@transaction
def suppress(token: str) -> None:
    """Keep the wish of the address behind the link, for two years; again changes nothing. Raises ``NotFound``."""
    digest = digest_in(token)
    if digest is None:
        raise NotFound
    known = db.session.scalar(select(Suppression.address_digest).where(Suppression.address_digest == digest))
    if known is None:
        db.session.add(Suppression(address_digest=digest))
        log.info("address suppressed")
