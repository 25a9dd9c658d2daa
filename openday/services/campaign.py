"""The frame of an Aktionswoche: its year, its name, its days."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from openday.errors import Refusal
from openday.extensions import db
from openday.models import Campaign
from openday.services.listing_change import announce_listing
from openday.transaction import transaction


class BadWeek(Refusal):
    """The days do not make a week of that year."""

    code = "bad_week"


@dataclass(frozen=True)
class CampaignFrame:
    """What an operator decides about a campaign; None leaves what is there."""

    year: int
    name: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@transaction
def set_campaign(frame: CampaignFrame) -> Campaign:
    """Make the campaign of a year or change its frame; raises ``BadWeek`` when the days are out of order."""
    campaign = db.session.scalars(select(Campaign).where(Campaign.year == frame.year)).first()
    if campaign is None:
        campaign = Campaign(year=frame.year, name=f"Aktionswoche {frame.year}")
        db.session.add(campaign)
    campaign.name = frame.name or campaign.name
    campaign.starts_on = frame.starts_on or campaign.starts_on
    campaign.ends_on = frame.ends_on or campaign.ends_on
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        raise BadWeek(_l("Der letzte Tag liegt vor dem ersten"))
    db.session.flush()  # the listing's version is raised on the stored row
    announce_listing(campaign.id)
    return campaign
