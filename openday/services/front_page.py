"""What the front page and the archive tell of the campaigns."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from openday import clock
from openday.extensions import db
from openday.models import Campaign, Event, EventHost
from openday.models.words import Admission, EventState
from openday.services.catalogue import CampaignYear, ProgrammeName, campaigns, programme_names
from openday.services.catalogue_cards import Card, cards_by_id
from openday.services.catalogue_choice import chosen
from openday.services.catalogue_conditions import LISTED_STATES, Wish
from openday.services.rolls import rolls

NEXT = 3


@dataclass(frozen=True)
class FrontPage:
    """The current campaign in numbers; ``campaign`` is None before the first one exists."""

    campaign: CampaignYear | None
    events: int
    hosts: int
    cards: tuple[Card, ...]
    programmes: tuple[ProgrammeName, ...]


@dataclass(frozen=True)
class ArchiveYear:
    """A campaign and how much happened in it."""

    year: int
    name: str
    starts_on: date | None
    ends_on: date | None
    events: int
    hosts: int


def front_page() -> FrontPage:
    """Return the numbers of the current campaign and its next events, in four statements."""
    known = campaigns()
    programmes = programme_names()
    if not known:
        return FrontPage(None, 0, 0, (), programmes)
    at = clock.now()
    current = known[0]
    with rolls.of(current.id, current.version, at) as roll:
        listed = chosen(roll, Wish(), at)
        coming = listed & roll.having("state", EventState.PUBLISHED)
        hosts = roll.hosts_in(coming)
        open_to_all = roll.since(clock.to_berlin(at).date()) & ~roll.having("admission", Admission.INVITATION)
        ids = roll.page(coming & open_to_all, 0, NEXT)
    cards = cards_by_id(ids, None, at)
    return FrontPage(current, listed.bit_count(), hosts, tuple(cards[one] for one in ids if one in cards), programmes)


def archive_years() -> list[ArchiveYear]:
    """Return all campaigns with their listed events, the newest first."""
    is_listed = (Event.campaign_id == Campaign.id) & Event.is_listed.is_(True) & Event.state.in_(LISTED_STATES)
    rows = db.session.execute(
        select(
            Campaign.year,
            Campaign.name,
            Campaign.starts_on,
            Campaign.ends_on,
            func.count(Event.id.distinct()),
            func.count(EventHost.traeger_id.distinct()),
        )
        .outerjoin(Event, is_listed)
        .outerjoin(EventHost, EventHost.event_id == Event.id)
        .group_by(Campaign.id, Campaign.year, Campaign.name, Campaign.starts_on, Campaign.ends_on)
        .order_by(Campaign.year.desc())
    )
    return [ArchiveYear(*row) for row in rows]
