"""The link to a background talk: whoever has it is invited, for everybody else the event does not exist.

Only the link's digest is stored. The token follows from the signing key, the event and the number of times it was
renewed; the number is found again by trying, so that the console can show the link.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy import select

from openday import tokens
from openday.errors import NotFound
from openday.extensions import db
from openday.mailing.visit import Visit
from openday.models import AuditEntry, Event
from openday.models.words import EventKind, EventState, PoolAudience
from openday.services.event_page import EventPage, event_page
from openday.services.scope import Scope, editable_event
from openday.services.visit import PUBLIC_STATES, visit_of_slot, visits_of_event
from openday.settings import current_settings
from openday.transaction import transaction

log = structlog.get_logger()

MOST_RENEWALS = 1000


@dataclass(frozen=True)
class Invitation:
    """What an invited guest sees: the event's page, its terms, and the times with their facts."""

    page: EventPage
    terms: str | None
    visits: tuple[Visit, ...]

    def offers(self, audience: PoolAudience) -> tuple["InvitedTime", ...]:
        """Return the times that have not begun, as an audience finds them."""
        return tuple(InvitedTime(visit, visit.is_bookable_by(audience)) for visit in self.visits if not visit.is_past)


@dataclass(frozen=True)
class InvitedTime:
    """A time of the talk; ``is_free`` while somebody invited can still take it."""

    visit: Visit
    is_free: bool


def open_invitation(token: str) -> Invitation:
    """Return what a link opens; raises ``NotFound`` for one that was renewed or never was."""
    event = invited_event(token)
    return Invitation(event_page(event.slug, is_invited=True), event.terms, tuple(visits_of_event(event.id)))


def invited_visit(token: str, slot_id: int) -> Visit:
    """Return a time of the event a link opens; raises ``NotFound`` for one of another event."""
    event = invited_event(token)
    visit = visit_of_slot(slot_id)
    if visit is None or visit.event_id != event.id:
        raise NotFound
    return visit


def invited_event(token: str) -> Event:
    """Return the event of a link while it is public to its guests; raises ``NotFound``."""
    event = db.session.scalars(
        select(Event).where(
            Event.invitation_digest == tokens.digest(token),
            Event.kind == EventKind.BACKGROUND_TALK,
            Event.state.in_((*PUBLIC_STATES, EventState.PLANNED)),
        )
    ).first()
    if event is None:
        raise NotFound
    return event


def invitation_token(event: Event) -> str | None:
    """Return the token of an event's link; None while it has none, or when the signing key is another one now."""
    number = renewals(event)
    return None if number is None else token_of(event.id, number)


@transaction
def renew_invitation(scope: Scope, event_id: int) -> None:
    """Give a background talk a new link: the old one opens nothing any more. Raises ``NotFound`` for another kind."""
    event = editable_event(scope, event_id)
    if event.kind is not EventKind.BACKGROUND_TALK:
        raise NotFound
    number = renewals(event)
    event.invitation_digest = tokens.digest(token_of(event.id, 0 if number is None else number + 1))
    db.session.add(
        AuditEntry(action="invitation renewed", actor_id=scope.user_id, object_type="event", object_id=event.id)
    )
    log.info("invitation renewed", event_id=event.id)


def keep_for_invited(event: Event) -> None:
    """Give a background talk its link; other kinds stay as they are. Needs its id."""
    if event.kind is EventKind.BACKGROUND_TALK and event.invitation_digest is None:
        event.invitation_digest = tokens.digest(token_of(event.id, 0))


def renewals(event: Event) -> int | None:
    """Return how often the link was renewed, None where no number leads to the stored digest."""
    if event.invitation_digest is None:
        return None
    return next(
        (
            number
            for number in range(MOST_RENEWALS)
            if tokens.digest(token_of(event.id, number)) == event.invitation_digest
        ),
        None,
    )


def token_of(event_id: int, number: int) -> str:
    """Return the token after so many renewals."""
    return tokens.derived_token(current_settings().signing_key(), "invitation", f"{event_id}:{number}")
