"""A request as the house sees it, and which of them still wait for an answer."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from openday.extensions import db
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, Event, PressVisit, VisitProposal
from openday.models.words import Awaits, BookingState, EventState
from openday.services.scope import Ability, Scope, abilities, booking_in_scope, has_guests_for
from openday.services.seats import audience_of
from openday.services.stored_booking import booking_with_id
from openday.services.visit import facts_of, visits_of_event
from openday.services.visit_answer import PENDING

MOST_OPEN = 20


@dataclass(frozen=True)
class RequestPage:
    """Everything the house has to know to answer.

    ``proposals`` are the office's, ``offered`` the house's own answer; ``times`` are those it could offer.
    ``security_notes`` are there only for who may answer.
    """

    booking: Booking
    facts: EventFacts
    press: PressVisit | None
    proposals: tuple[VisitProposal, ...]
    offered: tuple[Visit, ...]
    times: tuple[Visit, ...]
    may_answer: bool
    security_notes: str | None

    @property
    def visit(self) -> Visit | None:
        """The time that was asked for, None while there is none."""
        return self.facts if isinstance(self.facts, Visit) else None

    @property
    def is_request(self) -> bool:
        """Whether it is or was more than an ordinary booking."""
        return self.is_open or self.press is not None or self.booking.political is not None

    @property
    def is_open(self) -> bool:
        """Whether it waits for the house."""
        is_over = self.facts.event_state is EventState.CANCELLED
        return self.booking.state in PENDING and self.booking.awaits is Awaits.HOST and not is_over


def request_page(scope: Scope, event_id: int, booking_id: int) -> RequestPage:
    """Return a booking of the event with what was asked; raises ``NotFound`` or ``NotAllowed``."""
    booking_in_scope(scope, event_id, booking_id, Ability.SEE_GUESTS)
    booking = booking_with_id(booking_id)
    may_answer = Ability.CHANGE_GUESTS in abilities(scope, booking.event)
    suggested = proposals_of(booking_id)
    times = {visit.slot_id: visit for visit in visits_of_event(event_id)}
    return RequestPage(
        booking=booking,
        facts=facts_of(booking),
        press=booking.press,
        proposals=tuple(one for one in suggested if not one.is_by_host),
        offered=tuple(times[one.slot_id] for one in suggested if one.is_by_host and one.slot_id in times),
        times=tuple(visit for visit in times.values() if could_be_offered(visit, booking)),
        may_answer=may_answer,
        security_notes=booking.political.security_notes if may_answer and booking.political else None,
    )


def proposals_of(booking_id: int) -> list[VisitProposal]:
    """Return what office and house suggested, in its order."""
    return list(
        db.session.scalars(
            select(VisitProposal)
            .where(VisitProposal.booking_id == booking_id)
            .order_by(VisitProposal.is_by_host, VisitProposal.position)
        )
    )


def could_be_offered(visit: Visit, booking: Booking) -> bool:
    """Whether the party finds room at another time that still comes."""
    if visit.slot_id == booking.slot_id or visit.is_past or visit.is_called_off or booking.mode not in visit.modes:
        return False
    left = visit.seats_left(booking.mode, audience_of(booking.guest_kind))
    return left is None or left >= booking.party_size


def open_requests(scope: Scope, event_id: int | None = None) -> list[Booking]:
    """Return what waits for an answer of somebody with this scope, what has to be answered first on top."""
    return list(
        db.session.scalars(
            select(Booking)
            .join(Event, Event.id == Booking.event_id)
            .where(*waits_for_host(), has_guests_for(scope), *([Booking.event_id == event_id] if event_id else []))
            .options(joinedload(Booking.event), joinedload(Booking.slot))
            .order_by(Booking.created_at, Booking.id)
            .limit(MOST_OPEN)
            .execution_options(populate_existing=True)
        ).unique()
    )


def waits_for_host() -> list[ColumnElement[bool]]:
    """Return the conditions of a booking the house has to answer."""
    return [
        Booking.awaits == Awaits.HOST,
        Booking.state.in_((BookingState.HELD, BookingState.REQUESTED)),
        Event.state != EventState.CANCELLED,
    ]
