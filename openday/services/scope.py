"""What a signed-in person may see and do. The only place that decides it: every staff page asks here first.

Owner and editor work on the events of their Träger, a reader sees them with their guests, a door helper ticks guests
off and sees of them what the door list has. A coordinator sees the events of a Verband or of a Land and their sums, an
administrator those of the platform; neither ever sees a guest (design §3, I4). For everybody else the thing does not
exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload

from openday.errors import EventCancelled, NotAllowed, NotFound
from openday.extensions import db
from openday.models import Booking, Event, EventHost, Membership, Place, Slot, Traeger, traeger_verbaende
from openday.models.words import EventState, Role


class Ability(StrEnum):
    """What one can do with an event."""

    SEE = "see"
    EDIT = "edit"
    SEE_GUESTS = "see_guests"
    CHANGE_GUESTS = "change_guests"
    SEE_DOOR = "see_door"
    CHECK_IN = "check_in"


ABILITIES: Mapping[Role, frozenset[Ability]] = {
    Role.OWNER: frozenset(Ability),
    Role.EDITOR: frozenset(Ability),
    Role.READER: frozenset({Ability.SEE, Ability.SEE_GUESTS, Ability.SEE_DOOR}),
    Role.DOOR: frozenset({Ability.SEE, Ability.SEE_DOOR, Ability.CHECK_IN}),
}
ONLY_SEEING = frozenset({Ability.SEE})
T = TypeVar("T", Slot, Place)


@dataclass(frozen=True)
class Scope:
    """The memberships of one person: roles by Träger, Verbände and Länder coordinated, whether it runs the platform."""

    user_id: int
    roles: Mapping[int, Role]
    verband_ids: frozenset[int] = frozenset()
    lands: frozenset[str] = frozenset()
    is_admin: bool = False

    @property
    def editable_traeger_ids(self) -> frozenset[int]:
        """The Träger for which the person may publish."""
        return frozenset(traeger_id for traeger_id, role in self.roles.items() if Ability.EDIT in ABILITIES[role])

    @property
    def door_traeger_ids(self) -> frozenset[int]:
        """The Träger whose door lists the person may see."""
        return frozenset(traeger_id for traeger_id, role in self.roles.items() if Ability.SEE_DOOR in ABILITIES[role])

    @property
    def guest_traeger_ids(self) -> frozenset[int]:
        """The Träger whose guests the person may see."""
        return frozenset(traeger_id for traeger_id, role in self.roles.items() if Ability.SEE_GUESTS in ABILITIES[role])


def scope_of(user_id: int) -> Scope:
    """Read the memberships afresh: a role taken away is gone with the next request."""
    rows = list(db.session.scalars(select(Membership).where(Membership.user_id == user_id)))
    return Scope(
        user_id=user_id,
        roles=strongest_roles(rows),
        verband_ids=frozenset(row.verband_id for row in rows if row.verband_id is not None),
        lands=frozenset(row.land for row in rows if row.land is not None),
        is_admin=any(row.role is Role.ADMIN for row in rows),
    )


def strongest_roles(rows: list[Membership]) -> dict[int, Role]:
    """Return one role per Träger; of several the first of owner, editor, reader and door helper."""
    roles: dict[int, Role] = {}
    for row in rows:
        if row.traeger_id is None:
            continue
        known = roles.get(row.traeger_id, row.role)
        roles[row.traeger_id] = min(known, row.role, key=list(ABILITIES).index)
    return roles


def is_partner() -> ColumnElement[bool]:
    """Return the condition on :class:`EventHost` of one that stands for the event: it said yes, or was never asked."""
    return or_(EventHost.asked_at.is_(None), EventHost.confirmed_at.is_not(None))


def hears_of_guests() -> ColumnElement[bool]:
    """Return the condition on :class:`EventHost` of one that said yes and gets something of the guests' data."""
    return and_(EventHost.confirmed_at.is_not(None), func.length(EventHost.shared_columns) > 0)


def is_visible(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on :class:`Event` that every list and every lookup of the console carries."""
    if scope.is_admin:
        return true()
    of_event = EventHost.event_id == Event.id, is_partner()
    conditions: list[ColumnElement[bool]] = []
    if scope.roles:
        conditions.append(Event.traeger_id.in_(scope.roles))
        conditions.append(exists().where(*of_event, EventHost.traeger_id.in_(scope.roles)))
    if scope.verband_ids:
        in_verband = traeger_verbaende.c.traeger_id == EventHost.traeger_id
        conditions.append(exists().where(*of_event, in_verband, traeger_verbaende.c.verband_id.in_(scope.verband_ids)))
    if scope.lands:
        host = aliased(Traeger)  # the query may be about one itself
        in_land = host.id == EventHost.traeger_id, host.region.in_(scope.lands)
        conditions.append(exists().where(*of_event, *in_land))
        conditions.append(exists().where(Place.event_id == Event.id, Place.region.in_(scope.lands)))
    return or_(*conditions) if conditions else false()


def has_guests_for(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on :class:`Event` under which its guests may be shown."""
    return Event.traeger_id.in_(scope.guest_traeger_ids)


def abilities(scope: Scope, event: Event) -> frozenset[Ability]:
    """Return what the person may do with an event that :func:`is_visible`; guests belong to the owning Träger alone."""
    role = scope.roles.get(event.traeger_id)
    return ABILITIES[role] if role is not None else ONLY_SEEING


WHOLE_EVENT = (
    select(Event)
    .options(
        joinedload(Event.traeger),
        joinedload(Event.campaign),
        joinedload(Event.places),
        selectinload(Event.programmes),
        selectinload(Event.slots).joinedload(Slot.pools),
    )
    .execution_options(populate_existing=True)
)


def event_in_scope(scope: Scope, event_id: int, ability: Ability = Ability.SEE) -> Event:
    """Return the event; raises ``NotFound`` for a foreign one, ``NotAllowed`` when the role does not reach."""
    event = db.session.scalars(WHOLE_EVENT.where(Event.id == event_id, is_visible(scope))).unique().first()
    if event is None:
        raise NotFound
    if ability not in abilities(scope, event):
        raise NotAllowed
    return event


def editable_event(scope: Scope, event_id: int) -> Event:
    """Return an event to be changed; raises ``EventCancelled`` too: what was called off stays as people know it."""
    event = event_in_scope(scope, event_id, Ability.EDIT)
    if event.state is EventState.CANCELLED:
        raise EventCancelled
    return event


def refuse_called_off(event: Event) -> None:
    """Raise ``EventCancelled`` for an event that was called off before its row became ours."""
    db.session.refresh(event, ["state"])
    if event.state is EventState.CANCELLED:
        raise EventCancelled


def slot_in_scope(scope: Scope, event_id: int, slot_id: int) -> Slot:
    """Return a time of an event one may edit; raises ``NotFound`` also when it belongs to another event."""
    return one_of(editable_event(scope, event_id).slots, slot_id)


def place_in_scope(scope: Scope, event_id: int, place_id: int) -> Place:
    """Return a place of an event one may edit; raises ``NotFound`` also when it belongs to another event."""
    return one_of(editable_event(scope, event_id).places, place_id)


def one_of(things: list[T], thing_id: int) -> T:
    """Return the thing with the id; raises ``NotFound``."""
    for thing in things:
        if thing.id == thing_id:
            return thing
    raise NotFound


def booking_in_scope(scope: Scope, event_id: int, booking_id: int, ability: Ability = Ability.CHANGE_GUESTS) -> Booking:
    """Return a booking of an event whose guests one may handle; raises ``NotFound`` also for one of another event."""
    event = event_in_scope(scope, event_id, ability)
    booking = db.session.scalars(
        select(Booking)
        .where(Booking.id == booking_id, Booking.event_id == event.id)
        .options(joinedload(Booking.slot))
        .execution_options(populate_existing=True)
    ).first()
    if booking is None:
        raise NotFound
    return booking


def owned_traeger(scope: Scope, traeger_id: int) -> Traeger:
    """Return a Träger one runs; raises ``NotFound`` for a foreign one, ``NotAllowed`` for a lesser role."""
    traeger = traeger_of_team(scope, traeger_id)
    if scope.roles[traeger_id] is not Role.OWNER:
        raise NotAllowed
    return traeger


def traeger_of_team(scope: Scope, traeger_id: int) -> Traeger:
    """Return a Träger whose team one belongs to; raises ``NotFound``."""
    traeger = db.session.get(Traeger, traeger_id, populate_existing=True) if traeger_id in scope.roles else None
    if traeger is None:
        raise NotFound
    return traeger


def is_reviewer(scope: Scope) -> bool:
    """Whether anything can ever wait for this person's answer."""
    return bool(scope.is_admin or scope.verband_ids or scope.lands)


def is_reviewed_by(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on :class:`Traeger` that it, and its events, are this person's to answer."""
    if scope.is_admin:
        return true()
    of_verband = exists().where(
        traeger_verbaende.c.traeger_id == Traeger.id, traeger_verbaende.c.verband_id.in_(scope.verband_ids)
    )
    return or_(of_verband, Traeger.region.in_(scope.lands)) if is_reviewer(scope) else false()


def editable_traeger(scope: Scope) -> list[Traeger]:
    """Return the Träger a new event may belong to, by name."""
    return list(
        db.session.scalars(select(Traeger).where(Traeger.id.in_(scope.editable_traeger_ids)).order_by(Traeger.name))
    )
