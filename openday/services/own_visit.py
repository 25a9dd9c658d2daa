"""What the page of a booking by politics or press asks beside the usual: who comes, and an answer that is its turn."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from openday.extensions import db
from openday.mailing.visit import Visit
from openday.models import Event, PoliticalVisit, Slot, VisitProposal
from openday.models.words import Awaits, BookingState, GuestKind
from openday.services.own_booking import OwnBooking
from openday.services.seats import audience_of
from openday.services.visit import visit_from


@dataclass(frozen=True)
class OfferedTime:
    """One of the host's times; ``is_free`` while the party still finds room there."""

    position: int
    visit: Visit
    is_free: bool


@dataclass(frozen=True)
class OwnVisit:
    """``offered`` is not empty while the office has to pick one of the host's times; ``proposed`` are its own, while
    there is none."""

    guest_role: str | None
    can_make_certain: bool
    offered: tuple[OfferedTime, ...]
    proposed: tuple[VisitProposal, ...] = ()


def own_visit(booking: OwnBooking) -> OwnVisit | None:
    """Return what there is to do about a visit, None for other guests. At most three statements."""
    is_politics = booking.guest_kind is GuestKind.POLITICS
    is_my_turn = booking.awaits is Awaits.BOOKER and booking.can_cancel
    if not is_politics and not is_my_turn:
        return None
    return OwnVisit(
        guest_role=role_of(booking.id) if is_politics else None,
        can_make_certain=is_my_turn and booking.state is BookingState.HELD,
        offered=offered_times(booking) if is_my_turn and booking.state is BookingState.REQUESTED else (),
        proposed=proposed_times(booking) if is_politics and booking.visit is None else (),
    )


def role_of(booking_id: int) -> str | None:
    """Return the office of the guest."""
    return db.session.scalar(select(PoliticalVisit.guest_role).where(PoliticalVisit.booking_id == booking_id))


def proposed_times(booking: OwnBooking) -> tuple[VisitProposal, ...]:
    """Return the days the office proposed, in its order."""
    of_office = VisitProposal.booking_id == booking.id, VisitProposal.is_by_host.is_(False)
    return tuple(db.session.scalars(select(VisitProposal).where(*of_office).order_by(VisitProposal.position)))


def offered_times(booking: OwnBooking) -> tuple[OfferedTime, ...]:
    """Return the host's times that still come, in its order."""
    rows = db.session.execute(
        select(VisitProposal.position, Slot)
        .join(Slot, Slot.id == VisitProposal.slot_id)
        .where(VisitProposal.booking_id == booking.id, VisitProposal.is_by_host)
        .order_by(VisitProposal.position)
        .options(
            selectinload(Slot.pools),
            joinedload(Slot.event).options(joinedload(Event.traeger), selectinload(Event.places)),
        )
        .execution_options(populate_existing=True)
    ).unique()
    visits = [(position, visit_from(slot)) for position, slot in rows]
    return tuple(
        OfferedTime(position, visit, has_room(visit, booking))
        for position, visit in visits
        if not visit.is_past and not visit.is_called_off
    )


def has_room(visit: Visit, booking: OwnBooking) -> bool:
    """Whether the whole party finds a seat."""
    left = visit.seats_left(booking.mode, audience_of(booking.guest_kind))
    return left is None or left >= booking.party_size
