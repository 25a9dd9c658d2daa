"""The list of events: what visitors wish for, and the rows that fit. Few statements, plain rows, no entities."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import false, func, or_, select

from openday import clock
from openday.extensions import db
from openday.models import Campaign, Event, Programme
from openday.services.catalogue_cards import Card, cards_of
from openday.services.catalogue_conditions import Wish, conditions

_CAMPAIGNS = Campaign.__table__.c  # every kept page asks for the versions: built once, and past the ORM
VERSIONS = select(_CAMPAIGNS.id, _CAMPAIGNS.version).order_by(_CAMPAIGNS.id)
PAGE_SIZE = 20


@dataclass(frozen=True)
class CampaignYear:
    """A campaign as the public pages name it."""

    id: int
    year: int
    name: str
    starts_on: date | None
    ends_on: date | None


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
    rows = db.session.execute(VERSIONS)
    return tuple((row.id, row.version) for row in rows)


def campaigns() -> list[CampaignYear]:
    """Return all campaigns, the current one first."""
    rows = db.session.execute(
        select(Campaign.id, Campaign.year, Campaign.name, Campaign.starts_on, Campaign.ends_on).order_by(
            Campaign.year.desc()
        )
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
    counts = count_days(campaign.id, wish, at)
    total = sum(counts.values())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(wish.page, pages)
    cards = page_of_cards(campaign.id, wish, counts, page, at) if total else []
    return Listing(
        campaign=campaign,
        wish=wish,
        total=total,
        page=page,
        pages=pages,
        days=by_day(cards, clock.to_berlin(at).date() if wish.year is None else None),
        programmes=programmes,
        all_days=campaign_days(campaign),
        years=years,
        unknown_programmes=unknown,
        nearby=a_bit_further(campaign.id, wish, at) if 0 < total < 5 and wish.area else (),
        without=counts_without(campaign.id, wish, at) if not total else {},
    )


def count_days(campaign_id: int, wish: Wish, at: datetime) -> dict[date | None, int]:
    """Return how many events begin on which day, in the order of the listing: what has no day comes last."""
    rows = db.session.execute(
        select(Event.starts_on, func.count()).where(*conditions(campaign_id, wish, at)).group_by(Event.starts_on)
    ).all()
    return {row[0]: int(row[1]) for row in sorted(rows, key=lambda row: (row[0] is None, row[0] or date.max))}


def page_of_cards(campaign_id: int, wish: Wish, counts: dict[date | None, int], page: int, at: datetime) -> list[Card]:
    """Return the cards of a page; only the days that appear on it are read and sorted."""
    days, offset = days_on_page(counts, page)
    fixed = [day for day in days if day is not None]
    on_page = or_(Event.starts_on.in_(fixed), Event.starts_on.is_(None) if None in days else false())
    order = (
        Event.starts_on.is_(None),
        Event.starts_on,
        Event.is_sold_out,
        Event.start_time.is_(None),
        Event.start_time,
        Event.id,
    )
    ids = (
        select(Event.id.label("id"), func.row_number().over(order_by=order).label("rank"))
        .where(*conditions(campaign_id, wish, at), on_page)
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset(offset)
    )
    return cards_of(ids, wish.area, at)


def days_on_page(counts: dict[date | None, int], page: int) -> tuple[list[date | None], int]:
    """Return the days a page shows and how many events of the first of them were on the pages before."""
    first, seen, offset = (page - 1) * PAGE_SIZE, 0, 0
    days: list[date | None] = []
    for day, count in counts.items():
        if seen + count > first and seen < first + PAGE_SIZE:
            if not days:
                offset = first - seen
            days.append(day)
        seen += count
    return days, offset


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


def a_bit_further(campaign_id: int, wish: Wish, at: datetime) -> tuple[Card, ...]:
    """Return up to three events just outside the wished circle, never mixed with those inside."""
    if wish.area is None:
        return ()
    wider = wish.around(wish.area.wider())
    inside = select(Event.id).where(*conditions(campaign_id, wish, at))
    ids = (
        select(Event.id.label("id"), Event.starts_on.label("rank"))
        .where(*conditions(campaign_id, wider, at), Event.id.not_in(inside))
        .order_by(Event.starts_on, Event.id)
        .limit(3)
    )
    return tuple(cards_of(ids, wish.area, at))


def counts_without(campaign_id: int, wish: Wish, at: datetime) -> dict[str, int]:
    """Return, for each filter in use, how many events there would be without it; one statement for all."""
    fewer = wish.each_without_one()
    if not fewer:
        return {}
    counted = [
        select(func.count()).select_from(Event).where(*conditions(campaign_id, other, at)).scalar_subquery().label(name)
        for name, other in fewer.items()
    ]
    row = db.session.execute(select(*counted)).one()
    return {name: int(count) for name, count in row._mapping.items() if count}
