"""What the page of an event shows beside its times: three statements, and none while nobody has changed it.

A protected address is blanked here, before anything else can see it; the room link is never read. What a booking
changes is not among it, so each process keeps what it read of an event for as long as its version holds.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine, and_, bindparam, select

from openday.extensions import db
from openday.models import Campaign, Event, EventText, Place, Programme, event_programmes
from openday.models.words import AddressVisibility
from openday.services.catalogue import ProgrammeName
from openday.services.catalogue_cards import AnyRow
from openday.services.event_days import Days
from openday.services.host import Host, hosts_of
from openday.services.nearby import CURRENT, LOOK_AGAIN
from openday.services.visit import address_of

MOST_KNOWN = 256


@dataclass(frozen=True)
class ShownPlace:
    """A place as everybody may see it; ``address`` is None where it is protected or not known."""

    label: str | None
    address: str | None
    street: str | None
    postcode: str | None
    locality: str | None
    region: str | None
    directions: str | None
    visits_on: date | None
    start_time: time | None
    end_time: time | None


@dataclass(frozen=True)
class KnownEvent:
    """An event as it was read at an instant; ``row`` has its own columns (``PAGE``), whether or not it is public."""

    row: AnyRow
    programmes: tuple[ProgrammeName, ...]
    hosts: tuple[Host, ...]
    places: tuple[ShownPlace, ...]
    is_protected: bool
    read_at: datetime

    @property
    def regions(self) -> frozenset[str]:
        """The Länder it is in, as far as they are known."""
        return frozenset(place.region for place in self.places if place.region)


known: dict[tuple[Engine, str, str | None], KnownEvent] = {}
"""What was read last, by slug and the language of its texts other than German."""


def known_event(slug: str, other_language: str | None, at: datetime, version: int | None) -> KnownEvent | None:
    """Return an event as it was read in the ``version`` it has by now, or read it; None when there is no such one."""
    found = known.get((db.engine, slug, other_language))
    is_new = found is not None and timedelta(0) <= at - found.read_at < LOOK_AGAIN
    return found if found and is_new and found.row.version == version else read_event(slug, other_language, at)


def read_event(slug: str, other_language: str | None, at: datetime) -> KnownEvent | None:
    """Read and remember an event, None when there is no such one."""
    rows = db.session.connection().execute(PAGE, {"slug": slug, "other_language": other_language}).all()
    if not rows:
        return None
    row = rows[0]
    is_protected = row.address_visibility is not AddressVisibility.PUBLIC
    found = KnownEvent(
        row,
        programmes=tuple(ProgrammeName(one.code, one.name) for one in rows if one.code),
        hosts=hosts_of(row.id, with_logos=not is_protected),
        places=places_of(row.id, is_protected=is_protected),
        is_protected=is_protected,
        read_at=at,
    )
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[db.engine, slug, other_language] = found
    return found


def places_of(event_id: int, *, is_protected: bool) -> tuple[ShownPlace, ...]:
    """Return the places in their order, without anything that leads to a protected one."""
    return tuple(
        ShownPlace(
            label=place.label,
            address=None if is_protected else address_of(place),
            street=None if is_protected else place.street,
            postcode=None if is_protected else place.postcode,
            locality=place.locality,
            region=place.region,
            directions=None if is_protected else place.directions,
            visits_on=place.visits_on,
            start_time=place.start_time,
            end_time=place.end_time,
        )
        for place in db.session.connection().execute(PLACES, {"event": event_id})
    )


SHOWN_AS_IT_IS = (
    "slug", "title", "kind", "state", "is_listed", "campaign", "year", "summary", "description", "starts_on", "ends_on",
    "start_time", "end_time", "date_words", "time_words", "attendance", "admission", "audiences", "access_features",
    "access_notes", "languages", "photo_rule", "photo_note", "waiting_list", "contact_name", "contact_phone",
    "contact_email", "cancel_reason", "source_url",
)  # fmt: skip
EVENT_COLUMNS = [
    getattr(Event, name)
    for name in (
        *(name for name in SHOWN_AS_IT_IS if name not in ("campaign", "year")),
        "id", "version", "campaign_id", "published_at", "booking_opens_at", "booking_closes_at", "address_visibility",
        "changed_at", "change_note", "changed_fact", *(f"previous_{name}" for name in Days._fields),
    )
] + [getattr(EventText, name).label(f"text_{name}") for name in ("title", "summary", "description")]  # fmt: skip
PAGE = (
    select(*EVENT_COLUMNS, *CURRENT, Campaign.name.label("campaign"), Campaign.year, Programme.code, Programme.name)
    .join(Campaign, Campaign.id == Event.campaign_id)
    .outerjoin(event_programmes, event_programmes.c.event_id == Event.id)
    .outerjoin(Programme, Programme.id == event_programmes.c.programme_id)
    .outerjoin(EventText, and_(EventText.event_id == Event.id, EventText.language == bindparam("other_language")))
    .where(Event.slug == bindparam("slug"))
    .order_by(Programme.position)
)
PLACES = (
    select(
        *(Place.label, Place.name, Place.street, Place.postcode, Place.locality, Place.region, Place.directions),
        *(Place.visits_on, Place.start_time, Place.end_time),
    )
    .where(Place.event_id == bindparam("event"))
    .order_by(Place.position, Place.id)
)
