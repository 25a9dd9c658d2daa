"""Reading one slot with everything its guests need to know."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, select
from sqlalchemy.orm import joinedload, load_only

from openday import clock
from openday.extensions import db
from openday.mailing.visit import Contact, EventFacts, Pool, Visit
from openday.models import Booking, Event, EventHost, Place, Question, SeatPool, Slot, Traeger
from openday.models.words import EventKind, EventState, PoolAudience
from openday.services.scope import hears_of_guests
from openday.services.seats import RESERVES

PUBLIC_STATES = (EventState.PUBLISHED, EventState.CANCELLED)
AS_IT_IS = (
    "campaign_id", "slug", "title", "kind", "last_day", "attendance", "audiences", "party_limit", "booking_opens_at",
    "booking_closes_at", "confirmation", "waiting_list", "sends_reminders", "registers_companions", "terms",
    "terms_version", "address_visibility", "photo_rule", "photo_note", "day_contact_name", "day_contact_phone",
)  # fmt: skip


# Of seventy columns a guest's page shows thirty.
EVENT_COLUMNS = (
    *(name for name in AS_IT_IS if name != "last_day"),
    *("starts_on", "ends_on", "state", "sequence", "change_until_hours", "contact_name", "contact_phone"),
    *("contact_email", "contact_language", "room_url", "room_dial_in"),
)
FACTS = (
    load_only(*(getattr(Event, name) for name in EVENT_COLUMNS)),
    joinedload(Event.traeger).load_only(Traeger.name, Traeger.region),
    joinedload(Event.places),
)
EVENT_WITH_FACTS = (
    select(Event).where(Event.id == bindparam("event")).options(*FACTS).execution_options(populate_existing=True)
)
SLOT_COLUMNS = (
    *(Slot.id, Slot.state, Slot.starts_at, Slot.ends_at, Slot.reserves_open_at, Slot.photo_rule),
    *(Slot.is_photo_moment, Slot.moved_at, Slot.previous_starts_at, Slot.previous_ends_at),
    *(SeatPool.mode, SeatPool.audience, SeatPool.capacity, SeatPool.taken, SeatPool.is_saved),
)
SLOTS = (
    select(*SLOT_COLUMNS)
    .outerjoin(SeatPool, SeatPool.slot_id == Slot.id)
    .order_by(Slot.starts_at, Slot.id, SeatPool.id)
)
PLACE_COLUMNS = ("id", "name", "street", "postcode", "locality", "region", "directions")
Parts = tuple[tuple[Any, tuple[str, ...]], ...]
"""Tables, and the columns that are read of each."""
PARTS: Parts = (
    (Event, ("id", *EVENT_COLUMNS)),
    (Traeger, ("name", "region")),
    (Place, PLACE_COLUMNS),
)
_first_place = select(Place.id).where(Place.event_id == Slot.event_id).order_by(Place.position, Place.id).limit(1)
# Built once: every form and every booking begins with it. A row for each pool, without an entity of the five tables.
SLOT_WITH_FACTS = (
    SLOTS.add_columns(
        *(getattr(entity, name) for entity, names in PARTS for name in names),
        exists().where(Question.event_id == Event.id).correlate(Event).label("may_ask"),
        exists().where(EventHost.event_id == Event.id, hears_of_guests()).correlate(Event).label("may_share"),
    )
    .join(Event, Event.id == Slot.event_id)
    .join(Traeger, Traeger.id == Event.traeger_id)
    .outerjoin(Place, Place.id == _first_place.correlate(Slot).scalar_subquery())
    .where(Slot.id == bindparam("slot"))
)


class EventRow(SimpleNamespace):
    """What is read of an event, and what follows from it."""

    last_day = Event.last_day


def visit_of_slot(slot_id: int) -> Visit | None:
    """Return the facts of a slot in one statement, None when there is no such slot."""
    rows = db.session.connection().execute(SLOT_WITH_FACTS, {"slot": slot_id}).all()
    if not rows:
        return None
    event = event_in(rows[0])
    return visit_at(rows[0], [one for one in rows if one.mode], event, known_facts(event) | event.may)


def event_in(row: Row[*tuple[Any, ...]]) -> Any:
    """Return the event of a slot with its Träger and its first place, under the names of the models."""
    may = {"may_ask": row.may_ask, "may_share": row.may_share}
    return event_of(*parts_of(row[len(SLOT_COLUMNS) :], PARTS), may=may)


def event_of(event: Any, traeger: Any, place: Any, **more: Any) -> EventRow:
    """Return an event with its Träger and its first place, if there is one."""
    return EventRow(**vars(event), traeger=traeger, places=[] if place.id is None else [place], **more)


def parts_of(row: Iterable[Any], parts: Parts) -> list[SimpleNamespace]:
    """Return what a row says of each of the tables, one after the other."""
    values = iter(row)
    return [SimpleNamespace(**dict(zip(names, values, strict=False))) for _entity, names in parts]


def visit_on_page(slug: str, slot_id: int) -> Visit | None:
    """Return the slot if it belongs to the public event with that slug."""
    visit = visit_of_slot(slot_id)
    if visit is None or visit.slug != slug or visit.is_for_invited:
        return None
    return visit if visit.event_state in PUBLIC_STATES else None


def visits_on_page(slug: str) -> list[Visit] | None:
    """Return the times that still come of the public event with that slug, None when there is no such event."""
    event_id = db.session.scalar(
        select(Event.id).where(
            Event.slug == slug, Event.state.in_(PUBLIC_STATES), Event.kind != EventKind.BACKGROUND_TALK
        )
    )
    if event_id is None:
        return None
    return visits_of_event(event_id, Slot.starts_at > clock.now())


def visits_of_event(event_id: int, *conditions: ColumnElement[bool]) -> list[Visit]:
    """Return the facts of the slots of an event, or of those a condition is true of, earliest first.

    Two statements, and no entities but the event: it may have hundreds of slots.
    """
    event = db.session.scalars(EVENT_WITH_FACTS, {"event": event_id}).unique().first()
    if event is None:
        return []
    facts = known_facts(event)
    rows = db.session.execute(SLOTS.where(Slot.event_id == event_id, *conditions))
    groups = [list(group) for _id, group in groupby(rows, lambda row: row.id)]
    return [visit_at(group[0], [one for one in group if one.mode], event, facts) for group in groups]


def visit_from(slot: Slot) -> Visit:
    """Return the facts of a slot whose event, pools and places are loaded."""
    return visit_at(slot, slot.pools, slot.event, known_facts(slot.event))


def visit_at(slot: Any, pools: Iterable[Any], event: Event, facts: Mapping[str, Any]) -> Visit:
    """Return the facts of a slot with its pools; a moved one is changed till it begins."""
    at = clock.now()
    return Visit(
        **{**facts, "photo_rule": slot.photo_rule or event.photo_rule},
        slot_id=slot.id,
        slot_state=slot.state,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        pools=tuple(pool_at(pool, slot.reserves_open_at, at) for pool in pools),
        is_photo_moment=slot.is_photo_moment,
        change_until=slot.starts_at - timedelta(hours=0 if slot.moved_at else event.change_until_hours),
        moved_at=slot.moved_at,
        previous_starts_at=slot.previous_starts_at,
        previous_ends_at=slot.previous_ends_at,
    )


def event_facts(event: Event) -> EventFacts:
    """Return the facts of an event whose Träger and places are loaded."""
    return EventFacts(**known_facts(event))


def facts_of(booking: Booking) -> EventFacts:
    """Return the facts of the time of a booking, or of its event while it has none."""
    return visit_from(booking.slot) if booking.slot else event_facts(booking.event)


def known_facts(event: Event) -> dict[str, Any]:
    """Return what both kinds of facts say about the event."""
    place = next(iter(event.places), None)
    return {
        **{name: getattr(event, name) for name in AS_IT_IS},
        "event_id": event.id,
        "traeger": event.traeger.name,
        "region": event.traeger.region or (place.region if place else None),
        "event_state": event.state,
        "event_sequence": event.sequence,
        "address": address_of(place) if place else None,
        "locality": place.locality if place else None,
        "directions": place.directions if place else None,
        "contact": contact_of(event),
    }


def contact_of(event: Event) -> Contact:
    """Return whom guests may ask; houses nobody has an account at read German."""
    language = event.contact_language or "de"
    return Contact(event.contact_name, event.contact_phone, event.contact_email, language)


def pool_at(pool: Any, reserves_open_at: datetime | None, at: datetime) -> Pool:
    """Return the pool as visitors find it at an instant; what is saved for the waiting list is not free."""
    is_reserve_open = pool.audience in RESERVES and reserves_open_at is not None and reserves_open_at <= at
    return Pool(
        mode=pool.mode,
        seats_left=0 if pool.is_saved else None if pool.capacity is None else pool.capacity - pool.taken,
        audience=pool.audience,
        is_open=pool.audience is PoolAudience.EVERYONE or is_reserve_open,
    )


def address_of(place: Place | Row[*tuple[Any, ...]]) -> str | None:
    """Return name, street and town on one line, None when nothing of it is known."""
    town = " ".join(part for part in (place.postcode, place.locality) if part)
    return ", ".join(part for part in (place.name, place.street, town) if part) or None
