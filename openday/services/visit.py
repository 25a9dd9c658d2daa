"""Reading one slot with everything its guests need to know."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from openday import clock
from openday.extensions import db
from openday.mailing.visit import Contact, Pool, Visit
from openday.models import Event, Place, SeatPool, Slot
from openday.models.words import EventState, PoolAudience

PUBLIC_STATES = (EventState.PUBLISHED, EventState.CANCELLED)


# Built once: every form and every booking begins with it.
SLOT_WITH_FACTS = (
    select(Slot)
    .where(Slot.id == bindparam("slot"))
    .options(
        joinedload(Slot.pools),
        joinedload(Slot.event).joinedload(Event.traeger),
        joinedload(Slot.event).selectinload(Event.places),
    )
    .execution_options(populate_existing=True)
)


def visit_of_slot(slot_id: int) -> Visit | None:
    """Return the facts of a slot in two statements, None when there is no such slot."""
    slot = db.session.scalars(SLOT_WITH_FACTS, {"slot": slot_id}).first()
    return None if slot is None else visit_from(slot)


def visit_on_page(slug: str, slot_id: int) -> Visit | None:
    """Return the slot if it belongs to the public event with that slug."""
    visit = visit_of_slot(slot_id)
    return visit if visit is not None and visit.slug == slug and visit.event_state in PUBLIC_STATES else None


def visits_on_page(slug: str) -> list[Visit] | None:
    """Return the times that still come of the public event with that slug, None when there is no such event."""
    event_id = db.session.scalar(select(Event.id).where(Event.slug == slug, Event.state.in_(PUBLIC_STATES)))
    if event_id is None:
        return None
    at = clock.now()
    return [visit for visit in visits_of_event(event_id) if visit.starts_at > at]


def visits_of_event(event_id: int) -> list[Visit]:
    """Return the facts of all slots of an event, earliest first."""
    slots = db.session.scalars(
        select(Slot)
        .join(Slot.event)
        .where(Slot.event_id == event_id)
        .order_by(Slot.starts_at, Slot.id)
        .options(
            selectinload(Slot.pools),
            contains_eager(Slot.event).options(joinedload(Event.traeger), selectinload(Event.places)),
        )
        .execution_options(populate_existing=True)
    )
    return [visit_from(slot) for slot in slots]


def visit_from(slot: Slot) -> Visit:
    """Return the facts of a slot whose event, pools and places are loaded."""
    event = slot.event
    place = next(iter(event.places), None)
    return Visit(
        slot_id=slot.id,
        event_id=event.id,
        campaign_id=event.campaign_id,
        slug=event.slug,
        title=event.title,
        traeger=event.traeger.name,
        event_state=event.state,
        slot_state=slot.state,
        event_sequence=event.sequence,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        attendance=event.attendance,
        pools=tuple(public_pool(pool) for pool in slot.pools if pool.audience is PoolAudience.EVERYONE),
        party_limit=event.party_limit,
        booking_opens_at=event.booking_opens_at,
        booking_closes_at=event.booking_closes_at,
        address=address_of(place) if place else None,
        locality=place.locality if place else None,
        directions=place.directions if place else None,
        address_visibility=event.address_visibility,
        photo_rule=event.photo_rule,
        photo_note=event.photo_note,
        contact=Contact(event.contact_name, event.contact_phone, event.contact_email),
    )


def public_pool(pool: SeatPool) -> Pool:
    """Return the pool as visitors see it."""
    return Pool(mode=pool.mode, seats_left=pool.seats_left)


def address_of(place: Place) -> str | None:
    """Return name, street and town on one line, None when nothing of it is known."""
    town = " ".join(part for part in (place.postcode, place.locality) if part)
    return ", ".join(part for part in (place.name, place.street, town) if part) or None
