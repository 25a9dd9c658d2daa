"""What else there is for who looks at an event: a few to come in the same Land.

Looking for them takes longer the more events there are. What they say hangs on the version of the campaign, as its
lists do: each process looks once for each version, and now and then for what time alone changes.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, bindparam, exists, select

from openday import clock
from openday.extensions import db
from openday.models import Campaign, Event, Place
from openday.models.words import EventState
from openday.services.catalogue_cards import AnyRow, Card, card_rows, cards_of

SHOWN = 3
MOST_KNOWN = 256
LOOK_AGAIN = timedelta(seconds=30)  # opening times move, and a Träger changes its name, without a new version

_current = select(Campaign).order_by(Campaign.year.desc()).limit(1)
CURRENT_VERSION = _current.with_only_columns(Campaign.version).scalar_subquery().label("current_version")
CURRENT = [_current.with_only_columns(Campaign.id).scalar_subquery().label("current_campaign"), CURRENT_VERSION]
"""What is read along with an event: the campaign that is on, and its version."""

known: dict[tuple[Engine, int, int, date, frozenset[str]], tuple[datetime, tuple[Card, ...]]] = {}
"""The next events of some Länder and when they were looked for, by campaign, version and day: one more than shown, as
who asks may be among them."""


def events_nearby(event: AnyRow, listing: int, regions: frozenset[str], at: datetime) -> tuple[Card, ...]:
    """Return up to three coming events of the same Länder, or the next ones where no Land is known; ``listing`` is the
    version of the campaign that is on."""
    today = clock.to_berlin(at).date()
    key = (db.engine, event.current_campaign, listing, today, regions)
    looked_at, cards = known.get(key, (None, ()))
    if looked_at is None or not timedelta(0) <= at - looked_at < LOOK_AGAIN:
        values = {"campaign": event.current_campaign, "today": today}
        cards = tuple(cards_of(NEARBY, at, regions=regions, **values) if regions else cards_of(NEXT, at, **values))
        if len(known) >= MOST_KNOWN:
            known.clear()
        known[key] = at, cards
    return tuple(card for card in cards if card.id != event.id)[:SHOWN]


def coming(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return the statement for the cards of the next events.

    Equalities and an order that are those of ``ix_events_listing``: the database stops after the first that fit.
    """
    return card_rows(
        select(Event.id.label("id"), Event.starts_on.label("rank"))
        .where(
            Event.campaign_id == bindparam("campaign"),
            Event.is_listed.is_(True),
            Event.state == EventState.PUBLISHED,
            Event.starts_on >= bindparam("today"),
            *conditions,
        )
        .order_by(Event.starts_on, Event.is_sold_out, Event.start_time, Event.ends_on, Event.id)
        .limit(SHOWN + 1)
    )


NEXT = coming()
NEARBY = coming(exists().where(Place.event_id == Event.id, Place.region.in_(bindparam("regions", expanding=True))))
