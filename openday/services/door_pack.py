"""The door pack: what the entrance needs on paper for one day. The caller has checked the tenant."""

from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.errors import NotFound
from openday.exports.door_pack import DoorPack, PackGuest, PackTime
from openday.extensions import db
from openday.models import AuditEntry, Event, Place
from openday.privacy import SOON_AFTER_EVENT
from openday.services.door_link import Door
from openday.services.door_list import DoorFilter, DoorGuest, door_list
from openday.services.visit import address_of
from openday.transaction import transaction

log = structlog.get_logger()


@transaction
def take_door_pack(door: Door) -> DoorPack:
    """Return the pack and write down who took it; raises ``NotFound``."""
    event = db.session.scalars(
        select(Event)
        .where(Event.id == door.event_id)
        .options(joinedload(Event.traeger), selectinload(Event.places))
        .execution_options(populate_existing=True)
    ).first()
    if event is None:
        raise NotFound
    listing = door_list(door, DoorFilter())
    place = place_of(event, door)
    db.session.add(
        AuditEntry(
            action="door_pack_taken",
            actor_id=door.actor_id,
            object_type="event",
            object_id=event.id,
            detail=f"{door.day.isoformat()}, {len(listing.guests)} rows",
        )
    )
    log.info("door pack taken", event_id=event.id, actor_id=door.actor_id)
    return DoorPack(
        title=event.title,
        organiser=event.traeger.name,
        day=door.day,
        place=(address_of(place) if place else None) or "",
        directions=(place.directions if place else None) or "",
        generated_at=clock.now(),
        shred_on=door.day + timedelta(days=SOON_AFTER_EVENT.days or 0),  # the needs on it are kept no longer
        times=tuple(PackTime(time.id, time.starts_at, time.ends_at, time.label) for time in listing.times),
        guests=tuple(map(on_paper, listing.guests)),
    )


def place_of(event: Event, door: Door) -> Place | None:
    """Return the place of this day, else the first; None when the event has none."""
    of_day = [place for place in event.places if place.visits_on in (None, door.day)]
    return next(iter(of_day or event.places), None)


def on_paper(guest: DoorGuest) -> PackGuest:
    """Return the guest as the list on paper shows it."""
    return PackGuest(
        time_id=guest.time.id,
        name=guest.name,
        reference=guest.reference,
        party_size=guest.party_size,
        kind=guest.kind,
        needs=guest.needs,
        is_expected=guest.is_tickable,
    )
