"""Going online: everything that must be known is known, or the reasons why not."""

import structlog
from flask_babel import lazy_gettext as _l

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.models import AuditEntry
from openday.models.words import EventState
from openday.services.availability import announce_event
from openday.services.event_check import Finding, blocking
from openday.services.listing import settle_listing
from openday.services.listing_change import announce_listing
from openday.services.review_request import submit_event
from openday.services.scope import Scope, editable_event
from openday.transaction import transaction

log = structlog.get_logger()


class NotReady(Refusal):
    """Something that guests need is missing; ``missing`` says what and where."""

    code = "not_ready"
    message = _l("Bevor der Termin online gehen kann, fehlt noch etwas.")

    def __init__(self, missing: list[Finding]) -> None:
        super().__init__()
        self.missing = missing


@transaction
def publish_event(scope: Scope, event_id: int) -> None:
    """Put an event online, as planned when its day is not fixed; again changes nothing. Raises ``NotReady``."""
    event = editable_event(scope, event_id)
    if event.state in (EventState.PUBLISHED, EventState.PLANNED) and not event.is_plan:
        return
    if missing := blocking(event):
        raise NotReady(missing)
    event.wants_listing = event.wants_listing or event.is_plan
    event.state = EventState.PUBLISHED if event.starts_on else EventState.PLANNED
    is_new = event.published_at is None
    event.published_at = event.published_at or clock.now()
    event.sequence += 1
    settle_listing(event)
    submit_event(event, is_new=is_new)
    db.session.flush()  # the versions are raised by statements of their own
    announce_event(event.id)
    announce_listing(event.campaign_id, event.id)
    db.session.add(AuditEntry(action="published", actor_id=scope.user_id, object_type="event", object_id=event.id))
    log.info("event published", event_id=event.id)
