"""Making an event and saving the pages of its editor, each by itself."""

from dataclasses import fields
from typing import Any

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from openday import clock
from openday.errors import NotFound, Refusal
from openday.extensions import db
from openday.models import AuditEntry, Campaign, Event, EventHost, Place, Programme
from openday.models.words import (
    Attendance,
    ChangedFact,
    EventKind,
    EventState,
)
from openday.services.availability import announce_event
from openday.services.event_change import say_change
from openday.services.event_days import Days, days_of
from openday.services.event_history import note_changes, snapshot
from openday.services.event_request import (
    NewEvent,
    ProtectionRequest,
    TaskRequest,
    WhatRequest,
    WhenRequest,
    WhereRequest,
)
from openday.services.invitation import keep_for_invited
from openday.services.listing import settle_listing
from openday.services.listing_change import announce_listing
from openday.services.lost_way import refuse_lost_way
from openday.services.place import PlaceRequest, write_place
from openday.services.place_news import tell_new_place, told_place
from openday.services.review_request import submit_event
from openday.services.scope import Ability, Scope, editable_event, event_in_scope
from openday.services.slug import free_slug, slug_of
from openday.transaction import transaction

log = structlog.get_logger()

PUBLIC_STATES = (EventState.PUBLISHED, EventState.PLANNED, EventState.CANCELLED)


class NotADraft(Refusal):
    """It is or was public: it can be called off, not deleted."""

    code = "not_a_draft"
    message = _l("Dieser Termin war schon öffentlich. Sie können ihn absagen, aber nicht löschen.")


NO_COLUMNS = frozenset({"programme_ids", "place"})


@transaction
def create_event(scope: Scope, new: NewEvent) -> int:
    """Make a draft in the current campaign and return its id; raises ``NotFound`` for a Träger of somebody else."""
    if new.traeger_id not in scope.editable_traeger_ids:
        raise NotFound
    event = Event(
        campaign_id=current_campaign().id,
        traeger_id=new.traeger_id,
        slug=own_slug(new.title),
        title=new.title,
        kind=new.kind,
        attendance=Attendance.ONLINE if new.kind is EventKind.DIGITAL else Attendance.ONSITE,
    )
    event.hosts = [EventHost(traeger_id=new.traeger_id, position=0, confirmed_at=clock.now())]
    db.session.add(event)
    db.session.flush()  # the audit entry and the invitation need event.id
    keep_for_invited(event)
    settle_listing(event)
    db.session.add(AuditEntry(action="created", actor_id=scope.user_id, object_type="event", object_id=event.id))
    log.info("event created", event_id=event.id)
    return event.id


def own_slug(title: str, event_id: int = 0) -> str:
    """Return an address for a title that no other event has."""
    others = select(Event.slug).where(Event.slug.startswith(slug_of(title)[:40], autoescape=True), Event.id != event_id)
    return free_slug(title, set(db.session.scalars(others)))


def current_campaign() -> Campaign:
    """Return the newest campaign; where there are none or only past years, this year's is made."""
    campaign = db.session.scalars(select(Campaign).order_by(Campaign.year.desc())).first()
    year = clock.today().year
    if campaign is None or campaign.year < year:
        campaign = Campaign(year=year, name=f"Aktionswoche {year}")
        db.session.add(campaign)
        db.session.flush()  # the event needs campaign.id
    return campaign


def programmes() -> list[Programme]:
    """Return all programmes in their order."""
    return list(db.session.scalars(select(Programme).order_by(Programme.position, Programme.code)))


@transaction
def save_task(scope: Scope, event_id: int, request: TaskRequest, reason: str | None = None) -> None:
    """Save one page of the editor; raises ``NotFound``, ``NotAllowed``, and ``EventCancelled`` for what is over.

    Another place is told to guests with its ``reason``; without one raises ``GuestsToTell`` where there are some.
    Raises ``WayTaken`` for a way to take part that guests count on.
    """
    editable_event(scope, event_id)
    announce_event(event_id)
    event = editable_event(scope, event_id)
    before, place, days = told_facts(event), told_place(event), days_of(event)
    known = snapshot(event)
    if isinstance(request, WhereRequest):
        refuse_lost_way(event_id, request.attendance)
    if isinstance(request, ProtectionRequest) and request.terms != event.terms:
        event.terms_version += 1
    for column in fields(request):
        if column.name not in NO_COLUMNS:
            setattr(event, column.name, getattr(request, column.name))
    if isinstance(request, WhatRequest):
        event.programmes = [one for one in programmes() if one.id in request.programme_ids]
        if event.published_at is None and not (event.is_plan and event.is_listed):
            event.slug = own_slug(event.title, event.id)
    elif isinstance(request, WhereRequest):
        write_first_place(event, request.place)
    elif isinstance(request, WhenRequest):
        event.state = state_by_day(event)
        say_new_days(event, days)
    keep_for_invited(event)
    settle_listing(event)
    submit_event(event)
    note_change(event, before)
    note_changes(event, known, scope.user_id)
    tell_new_place(event, place, reason)
    db.session.add(
        AuditEntry(
            action="edited",
            actor_id=scope.user_id,
            object_type="event",
            object_id=event.id,
            detail=type(request).__name__.removesuffix("Request").lower(),
        )
    )


@transaction
def delete_draft(scope: Scope, event_id: int) -> None:
    """Delete an event that was never public; raises ``NotADraft`` for one that people may know."""
    event = event_in_scope(scope, event_id, Ability.EDIT)
    if not event.is_unpublished or event.published_at is not None:
        raise NotADraft
    if event.is_plan:  # the Verband sees it, whether it is listed or not
        announce_listing(event.campaign_id, event_id)
    db.session.delete(event)
    db.session.add(AuditEntry(action="deleted", actor_id=scope.user_id, object_type="event", object_id=event_id))
    log.info("draft deleted", event_id=event_id)


def write_first_place(event: Event, request: PlaceRequest | None) -> None:
    """Put what was said into the first place, whose label and time stay; with nothing said the place goes."""
    first = next(iter(event.places), None)
    if request is None:
        if first is not None:
            event.places.remove(first)
        return
    if first is None:
        first = Place(position=0)
        event.places.append(first)
    write_place(first, request, keeps_time=True)


def state_by_day(event: Event) -> EventState:
    """Return ``planned`` for a public event without a fixed day, ``published`` once it has one."""
    if event.state not in (EventState.PUBLISHED, EventState.PLANNED) or event.is_plan:
        return event.state
    return EventState.PUBLISHED if event.starts_on else EventState.PLANNED


def say_new_days(event: Event, before: Days) -> None:
    """Say on the public page that it takes place at another time."""
    after = days_of(event)
    if event.state is EventState.PUBLISHED and before.starts_on and after.starts_on and before != after:
        say_change(event, ChangedFact.DAYS, "", before)


def told_facts(event: Event) -> tuple[Any, ...]:
    """Return what confirmations and calendars tell: when it changes, a booking must not be confirmed with old words."""
    places = tuple(
        (place.name, place.street, place.postcode, place.locality, place.directions) for place in event.places
    )
    return (
        event.title,
        event.state,
        event.attendance,
        event.admission,
        event.party_limit,
        event.booking_opens_at,
        event.booking_closes_at,
        event.address_visibility,
        event.photo_rule,
        event.photo_note,
        event.terms,
        event.day_contact_name,
        event.day_contact_phone,
        event.contact_name,
        event.contact_phone,
        event.contact_email,
        event.starts_on,
        event.ends_on,
        event.start_time,
        event.end_time,
        places,
    )


def note_change(event: Event, before: tuple[Any, ...]) -> None:
    """Raise the versions kept pages hang on, and the sequence when something was told to guests (RFC 5545 §3.8.7.4)."""
    if told_facts(event) != before:
        event.sequence += 1
    db.session.flush()  # the versions are raised by statements of their own
    announce_event(event.id)
    if event.state in PUBLIC_STATES:
        announce_listing(event.campaign_id, event.id)
