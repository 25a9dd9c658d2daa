"""Who comes instead, and what else a guest corrects: the booking and its seats stay."""

from dataclasses import dataclass

import structlog

from openday import clock, tokens
from openday.extensions import db
from openday.mailing import visit_request_mails
from openday.models import AuditEntry, Booking
from openday.models.words import BookingState, GuestKind
from openday.services.availability import announce_event
from openday.services.cancellation import loaded_booking
from openday.services.moving import changeable_visit
from openday.services.visit import visit_from
from openday.transaction import transaction

log = structlog.get_logger()


@dataclass(frozen=True)
class Details:
    """What a guest may correct alone; None empties what may be empty."""

    name: str
    phone: str | None
    needs: str | None
    companions: str | None
    language: str


@transaction
def correct_details(token: str, details: Details) -> None:
    """Store corrected details; raises ``NotFound``, and ``BookingClosed`` after the deadline of a booking."""
    booking = loaded_booking(Booking.token_digest == tokens.digest(token))
    if booking.state is not BookingState.WAITING:
        changeable_visit(booking, clock.now())
    announce_event(booking.event_id)
    booking.booker_name = details.name
    booking.booker_phone = details.phone
    booking.needs = details.needs
    booking.companions = details.companions
    booking.language = details.language
    db.session.add(AuditEntry(action="details_corrected", object_type="booking", object_id=booking.id))
    log.info("details corrected", booking_id=booking.id)


@transaction
def replace_guest(token: str, guest_name: str, guest_role: str | None) -> None:
    """Let somebody else come in the guest's place, staff for a member of parliament; the host is told.

    The same guest again changes nothing. Raises ``NotFound``, and ``BookingClosed`` after the deadline.
    """
    booking = loaded_booking(Booking.token_digest == tokens.digest(token))
    changeable_visit(booking, clock.now())
    if booking.guest_kind is not GuestKind.POLITICS or booking.political is None or booking.slot is None:
        return
    if (booking.guest_name, booking.political.guest_role) == (guest_name, guest_role):
        return
    announce_event(booking.event_id)
    booking.guest_name = guest_name
    booking.political.guest_role = guest_role
    booking.sequence += 1
    db.session.flush()  # the mail names the new guest
    db.session.add_all(
        [
            *visit_request_mails.guest_replaced(booking, visit_from(booking.slot), token),
            AuditEntry(action="guest_replaced", object_type="booking", object_id=booking.id),
        ]
    )
    log.info("guest replaced", booking_id=booking.id)
