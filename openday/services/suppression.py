"""Whom we may write to unasked: nobody who wants silence, and everybody only so often (threat model, T4)."""

from datetime import datetime, timedelta

import structlog
from limits import RateLimitItemPerDay
from sqlalchemy import BindParameter, ColumnElement, func, select

from openday import clock
from openday.errors import NotFound, TooManyRequests
from openday.extensions import db
from openday.mailing.suppression import address_digest, digest_in
from openday.models import Booking, Suppression
from openday.services.rate_limit import Caller, spend
from openday.settings import current_settings
from openday.transaction import transaction

log = structlog.get_logger()

MAILS_PER_EVENT = RateLimitItemPerDay(3, 1, namespace="unasked_event")
MAILS_PER_ADDRESS = RateLimitItemPerDay(5, 1, namespace="unasked")
MAILS_PER_OFFICE = RateLimitItemPerDay(20, 1, namespace="unasked_office")  # it books for several people at many houses


def may_write_to(email: str, event_id: int | None = None, per_day: RateLimitItemPerDay = MAILS_PER_ADDRESS) -> bool:
    """Whether a mail that anybody could have caused may go to an address now; a yes counts as one mail.

    At most three a day about one event and five in all. Ask inside the transaction that queues the mail.
    """
    if is_suppressed(email):
        return False
    if not current_settings().has_rate_limits:
        return True
    limits = [(per_day, email, Booking.booker_email == email)]
    if event_id is not None:
        limits.append((MAILS_PER_EVENT, f"{event_id} {email}", Booking.event_id == event_id))
    has_room = [has_mails_left(limit, name, (Booking.booker_email == email, about)) for limit, name, about in limits]
    if not all(has_room):
        log.info("mail withheld by limit", event_id=event_id)
    return all(has_room)


def has_mails_left(limit: RateLimitItemPerDay, name: str, about: tuple[ColumnElement[bool], ...]) -> bool:
    """Count one mail; bookings that were confirmed at once had theirs, without being counted when they were made."""
    at_once = db.session.scalar(select(func.count()).where(was_at_once(a_day_ago()), *about)) or 0
    try:
        used = round(spend(limit, Caller.known_as(f"unasked {name.casefold()}")) * limit.amount)
    except TooManyRequests:
        return False
    return used + at_once <= limit.amount


def was_at_once(since: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition of a booking made after an instant whose first mail nobody had to ask for."""
    return (Booking.created_at > since) & (Booking.confirmed_at == Booking.created_at)


def a_day_ago() -> datetime:
    """Return the instant from which on the mails of an address count."""
    return clock.now() - timedelta(days=1)


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
