"""The places of an event: one, several, the stops of a bus, the parts of a day."""

from dataclasses import dataclass
from datetime import date, time

from openday.extensions import db
from openday.geo import locate_postcode
from openday.models import Event, Place
from openday.services.availability import announce_event
from openday.services.listing_change import announce_listing
from openday.services.place_news import tell_new_place, told_place
from openday.services.scope import Scope, editable_event, place_in_scope
from openday.transaction import transaction


@dataclass(frozen=True)
class PlaceRequest:
    """What was said about a place; day and times are those of the wall clock in Europe/Berlin."""

    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    locality: str | None = None
    region: str | None = None
    directions: str | None = None
    label: str | None = None
    visits_on: date | None = None
    start_time: time | None = None
    end_time: time | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything was filled in."""
        return any(value is not None for value in self.__dict__.values())


def write_place(place: Place, request: PlaceRequest, *, keeps_time: bool = False) -> None:
    """Write what was said into a place and look its postcode up on the map."""
    place.name = request.name
    place.street = request.street
    place.postcode = request.postcode
    place.locality = request.locality
    place.region = request.region
    place.directions = request.directions
    found = locate_postcode(request.postcode) if request.postcode else None
    place.latitude, place.longitude = found or (None, None)
    if not keeps_time:
        place.label = request.label
        place.visits_on = request.visits_on
        place.start_time = request.start_time
        place.end_time = request.end_time


@transaction
def add_place(scope: Scope, event_id: int, request: PlaceRequest) -> None:
    """Add a place after the others."""
    event = editable_event(scope, event_id)
    place = Place(position=max((one.position for one in event.places), default=-1) + 1)
    write_place(place, request)
    event.places.append(place)
    tell_places(event)


@transaction
def change_place(scope: Scope, event_id: int, place_id: int, request: PlaceRequest, reason: str | None = None) -> None:
    """Change one place; raises ``GuestsToTell`` without a ``reason`` where guests have to hear of it."""
    place = held_place(scope, event_id, place_id)
    event = loaded_event(event_id)
    before = told_place(event)
    write_place(place, request)
    tell_places(event)
    tell_new_place(event, before, reason)


@transaction
def remove_place(scope: Scope, event_id: int, place_id: int, reason: str | None = None) -> None:
    """Take a place away; the others keep their order. Raises ``GuestsToTell`` as a change does."""
    place = held_place(scope, event_id, place_id)
    event = loaded_event(event_id)
    before = told_place(event)
    event.places.remove(place)
    tell_places(event)
    tell_new_place(event, before, reason)


def held_place(scope: Scope, event_id: int, place_id: int) -> Place:
    """Return a place behind the event's row: whoever books meanwhile waits for it, and is told."""
    place_in_scope(scope, event_id, place_id)
    announce_event(event_id)
    return place_in_scope(scope, event_id, place_id)


def loaded_event(event_id: int) -> Event:
    """Return the event whose place was just looked up, without reading it over the change."""
    event = db.session.get(Event, event_id)
    assert event is not None  # noqa: S101 - the scope has just found it
    return event


def tell_places(event: Event) -> None:
    """Where something is stands in mails and calendars: raise sequence and versions."""
    event.sequence += 1
    db.session.flush()  # the versions are raised by statements of their own
    announce_event(event.id)
    announce_listing(event.campaign_id, event.id)
