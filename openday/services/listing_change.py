"""What is told to whoever keeps a campaign's lists: that something has changed, and of which event."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from openday.extensions import db
from openday.models import Campaign, Event, EventHost, ListingChange
from openday.transaction import transaction

CHANGES_KEPT = 1000  # of each campaign, for processes that have not looked lately
RAISED = (
    update(Campaign)
    .where(Campaign.id == bindparam("campaign"))
    .values(version=Campaign.version + 1)
    .returning(Campaign.version)
    .execution_options(synchronize_session=False)
)
CHANGED = insert(ListingChange)


def announce_listing(campaign_id: int, event_id: int | None = None) -> None:
    """Raise the version the kept lists of a campaign hang on, because of one event or, without one, of anything.

    The campaign's row is held from here to the commit: versions are committed one after the other.
    """
    version = db.session.scalar(RAISED, {"campaign": campaign_id})
    if event_id is not None and version is not None:
        change = {"campaign_id": campaign_id, "version": version, "event_id": event_id}
        db.session.connection().execute(CHANGED, change)


def announce_traeger(traeger_id: int) -> None:
    """Tell the lists of every event a Träger is on: its name, its Land and its Verbände stand there."""
    is_on = or_(Event.traeger_id == traeger_id, Event.hosts.any(EventHost.traeger_id == traeger_id))
    for event in db.session.execute(select(Event.campaign_id, Event.id).where(is_on).order_by(Event.id)).all():
        announce_listing(event.campaign_id, event.id)


def forget_changes(at: datetime) -> int:  # noqa: ARG001 - a duty
    """Delete what every process has read long ago; one that has not reads everything anew. For the worker."""
    oldest = select(ListingChange.campaign_id, func.min(ListingChange.version).label("first"))
    first = oldest.group_by(ListingChange.campaign_id).subquery()
    campaigns = select(Campaign.id, Campaign.version).join(first, first.c.campaign_id == Campaign.id)
    old = db.session.execute(campaigns.where(first.c.first <= Campaign.version - 2 * CHANGES_KEPT)).all()
    return sum(forget_before(row.id, row.version - CHANGES_KEPT) for row in old)


@transaction
def forget_before(campaign_id: int, version: int) -> int:
    """Delete the changes of a campaign up to a version and return how many there were."""
    gone = delete(ListingChange).where(ListingChange.campaign_id == campaign_id, ListingChange.version <= version)
    return len(
        db.session.scalars(
            gone.returning(ListingChange.version), execution_options={"synchronize_session": False}
        ).all()
    )
