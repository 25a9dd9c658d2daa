"""The list of events: what visitors wish for, counted in the roll; of the database only the cards shown are asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Campaign, Programme
from openday.services.catalogue_cards import Card, cards_by_id
from openday.services.catalogue_choice import chosen
from openday.services.catalogue_conditions import Wish
from openday.services.quick_read import QuickRead
from openday.services.roll import Roll
from openday.services.rolls import rolls

VERSIONS = QuickRead(select(Campaign.id, Campaign.version).order_by(Campaign.id))
PAGE_SIZE = 20
FEW_FOUND = 5


@dataclass(frozen=True)
class CampaignYear:
    """A campaign as the public pages name it."""

    id: int
    year: int
    name: str
    starts_on: date | None
    ends_on: date | None
    version: int


@dataclass(frozen=True)
class ProgrammeName:
    """A federal programme: its code and what it stands for."""

    code: str
    name: str


@dataclass(frozen=True)
class Listing:
    """One page of the catalogue; ``days`` are in order, None collects what has no fixed day yet."""

    campaign: CampaignYear | None
    wish: Wish
    total: int
    page: int
    pages: int
    days: tuple[tuple[date | None, tuple[Card, ...]], ...]
    programmes: tuple[ProgrammeName, ...]
    all_days: tuple[date, ...]
    years: tuple[int, ...]
    unknown_programmes: tuple[str, ...] = ()
    nearby: tuple[Card, ...] = ()
    without: dict[str, int] = field(default_factory=dict)


def listing_version() -> tuple[tuple[int, int], ...]:
    """Return what every kept listing hangs on; rises when anything a listing shows has changed."""
    return tuple(VERSIONS.rows())


def campaigns() -> list[CampaignYear]:
    """Return all campaigns, the current one first."""
    rows = db.session.execute(
        select(
            Campaign.id, Campaign.year, Campaign.name, Campaign.starts_on, Campaign.ends_on, Campaign.version
        ).order_by(Campaign.year.desc())
    )
    return [CampaignYear(*row) for row in rows]


def programme_names() -> tuple[ProgrammeName, ...]:
    """Return the programmes in their order."""
    rows = db.session.execute(select(Programme.code, Programme.name).order_by(Programme.position, Programme.code))
    return tuple(ProgrammeName(*row) for row in rows)


def list_events(wish: Wish) -> Listing:
    """Return a page of the events that fit a wish; a page beyond the last one is the last one."""
    at = clock.now()
    known = campaigns()
    campaign = next((one for one in known if wish.year in (None, one.year)), None)
    years = tuple(one.year for one in known)
    programmes = programme_names()
    codes = {programme.code for programme in programmes}
    unknown = tuple(code for code in wish.programmes if code not in codes)
    wish = wish.with_programmes(tuple(code for code in wish.programmes if code in codes))
    if campaign is None:
        return Listing(None, wish, 0, 1, 1, (), programmes, (), years, unknown)
    with rolls.of(campaign.id, campaign.version, at) as roll:
        found = chosen(roll, wish, at)
        total = found.bit_count()
        pages = max(1, -(-total // PAGE_SIZE))
        page = min(wish.page, pages)
        ids = roll.page(found, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        further = a_bit_further(roll, wish, found, at) if 0 < total < FEW_FOUND else []
        without = counts_without(roll, wish, at) if not total else {}
    cards = cards_by_id([*ids, *further], wish.area, at)
    return Listing(
        campaign=campaign,
        wish=wish,
        total=total,
        page=page,
        pages=pages,
        days=by_day(
            [cards[one] for one in ids if one in cards], clock.to_berlin(at).date() if wish.year is None else None
        ),
        programmes=programmes,
        all_days=campaign_days(campaign),
        years=years,
        unknown_programmes=unknown,
        nearby=tuple(cards[one] for one in further if one in cards),
        without=without,
    )


def by_day(cards: Sequence[Card], today: date | None) -> tuple[tuple[date | None, tuple[Card, ...]], ...]:
    """Group cards in their order; what began before ``today`` and still runs stands under the day it began."""
    groups: dict[date | None, list[Card]] = {}
    for card in cards:
        day = card.starts_on
        if day is not None and today is not None and day < today:
            day = date.min
        groups.setdefault(day, []).append(card)
    return tuple((day, tuple(group)) for day, group in groups.items())


def campaign_days(campaign: CampaignYear) -> tuple[date, ...]:
    """Return the days of the week itself, for the filter; empty while nobody has set them."""
    if campaign.starts_on is None or campaign.ends_on is None:
        return ()
    first, last = campaign.starts_on.toordinal(), campaign.ends_on.toordinal()
    return tuple(date.fromordinal(day) for day in range(first, min(last, first + 13) + 1))


def a_bit_further(roll: Roll, wish: Wish, found: int, at: datetime) -> list[int]:
    """Return up to three events just outside the wished circle, never mixed with those inside."""
    if wish.area is None:
        return []
    return roll.page(chosen(roll, wish.around(wish.area.wider()), at) & ~found, 0, 3)


def counts_without(roll: Roll, wish: Wish, at: datetime) -> dict[str, int]:
    """Return, for each filter in use, how many events there would be without it."""
    counts = {name: chosen(roll, other, at).bit_count() for name, other in wish.each_without_one().items()}
    return {name: count for name, count in counts.items() if count}
