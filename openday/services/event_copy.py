"""„Wie letztes Jahr“: an event once more on another day, as a draft, without its guests."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import structlog
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import AuditEntry, Campaign, Event, EventHost, EventText, Place, Question, Slot
from openday.models.words import EventState, SlotState
from openday.services.event import current_campaign, own_slug
from openday.services.invitation import keep_for_invited
from openday.services.listing import settle_listing
from openday.services.question import questions_of
from openday.services.scope import Ability, Scope, event_in_scope
from openday.services.slot import twin_of
from openday.services.slot_plan import instant
from openday.transaction import transaction

log = structlog.get_logger()

TEXTS = (
    "kind", "title", "summary", "description", "audiences", "attendance", "time_words", "admission", "party_limit",
    "confirmation", "waiting_list", "change_until_hours", "reserve_hours", "sends_reminders", "registers_companions",
    "terms", "access_features", "access_notes", "languages", "address_visibility", "photo_rule", "photo_note",
    "wants_listing", "start_time", "end_time",
)  # fmt: skip
CONTACT = ("contact_name", "contact_phone", "contact_email")
PLACE = ("position", "label", "name", "street", "postcode", "locality", "region", "directions", "latitude", "longitude",
         "start_time", "end_time")  # fmt: skip
TEXT = ("language", "title", "summary", "description")
QUESTION = ("position", "kind", "label", "hint", "options", "is_required", "purpose", "keep_days", "shown_if_answer")
Row = TypeVar("Row", Event, EventText, Place, Question)


@dataclass(frozen=True)
class CopyRequest:
    """What to take over. Without a day (of Europe/Berlin) the copy has neither days nor times yet."""

    starts_on: date | None
    with_places: bool = True
    with_slots: bool = True
    with_contact: bool = True


@transaction
def copy_event(scope: Scope, event_id: int, request: CopyRequest) -> int:
    """Make a draft in the current campaign and return its id; raises ``NotFound``, ``NotAllowed``, ``NoSuchTime``.

    Days and times move along with the first day, on the wall clock. Neither guests, partners, the room's link nor the
    opening of the registration come along: all of them are another year's.
    """
    event = event_in_scope(scope, event_id, Ability.EDIT)
    names = TEXTS + CONTACT if request.with_contact else TEXTS
    draft = Event(
        **values_of(event, names),
        campaign_id=current_campaign().id,
        traeger_id=event.traeger_id,
        slug=own_slug(event.title),
        state=EventState.DRAFT,
        starts_on=request.starts_on,
    )
    shift = request.starts_on - event.starts_on if request.starts_on and event.starts_on else None
    draft.hosts = [EventHost(traeger_id=event.traeger_id, position=0, confirmed_at=clock.now())]
    draft.programmes = list(event.programmes)
    draft.texts = [EventText(**values_of(text, TEXT)) for text in event.texts]
    draft.ends_on = event.ends_on + shift if shift is not None and event.ends_on else None
    if request.with_places:
        draft.places = [moved_place(place, shift) for place in event.places]
    if request.with_slots and shift is not None:
        draft.slots = [moved_slot(slot, shift, event) for slot in event.slots if slot.state is SlotState.OPEN]
    db.session.add(draft)
    db.session.flush()  # questions, the invitation and the audit entry need draft.id
    copy_questions(event.id, draft.id)
    keep_for_invited(draft)
    settle_listing(draft)
    db.session.add(
        AuditEntry(
            action="created", actor_id=scope.user_id, object_type="event", object_id=draft.id, detail=f"from {event_id}"
        )
    )
    log.info("event copied", event_id=draft.id, source_id=event_id)
    return draft.id


def values_of(row: Row, names: tuple[str, ...]) -> dict[str, object]:
    """Return some columns of a row."""
    return {name: getattr(row, name) for name in names}


def moved_place(place: Place, shift: timedelta | None) -> Place:
    """Return a place as it was; a stop of another day moves along."""
    visits_on = place.visits_on + shift if place.visits_on and shift is not None else None
    return Place(**values_of(place, PLACE), visits_on=visits_on)


def moved_slot(slot: Slot, shift: timedelta, event: Event) -> Slot:
    """Return a time at the same clock time of the moved day, with all its seats free; it lasts as long."""
    starts_at = instant(slot.berlin_day + shift, clock.to_berlin(slot.starts_at).time())
    return twin_of(slot, event, starts_at, starts_at + (slot.ends_at - slot.starts_at) if slot.ends_at else None)


def copy_questions(event_id: int, draft_id: int) -> None:
    """Ask the same things again; a condition points to the copy of the question it was on."""
    copies: dict[int, Question] = {}
    for question in questions_of(event_id):
        copy = Question(**values_of(question, QUESTION), event_id=draft_id)
        if question.shown_if_id is not None:
            copy.shown_if_id = copies[question.shown_if_id].id
        db.session.add(copy)
        db.session.flush()  # a later question may depend on its id
        copies[question.id] = copy


def is_over(event: Event) -> bool:
    """Whether its last day is behind us."""
    return event.last_day is not None and event.last_day < clock.today()


def suggested_day(event: Event) -> date | None:
    """Return the day as far into the current week as the event's was into its own, if that still comes."""
    first = db.session.scalar(select(Campaign.starts_on).order_by(Campaign.year.desc()).limit(1))
    if first is None or event.starts_on is None or event.campaign.starts_on is None:
        return None
    day = first + (event.starts_on - event.campaign.starts_on)
    return day if day > clock.today() and day != event.starts_on else None
