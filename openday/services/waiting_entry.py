"""Joining the waiting list: for one time of an event, or for any."""

import hashlib
from dataclasses import dataclass, replace

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from openday import clock
from openday.errors import AlreadyBooked, NotFound, PartyTooLarge, Refusal
from openday.extensions import db
from openday.mailing import waiting_mails
from openday.mailing.outbox import withhold
from openday.mailing.visit import Visit
from openday.mailing.visit_request_mails import request_for_host
from openday.models import Booking, Event, Slot
from openday.models.words import Awaits, BookingState, EventState, WaitingList
from openday.services.alternatives import first_times, fits
from openday.services.availability import announce_event
from openday.services.booking import OF_FORM, draft_party, refuse_unless_open
from openday.services.booking_request import BookingRequest
from openday.services.confirmation import ANSWERED_BY_MAIL, is_told_at_once, mails_per_day, whose_turn
from openday.services.event_slots import WITHOUT_BOOKING
from openday.services.lost_link import ask_for_links
from openday.services.question import answers_to_keep, still_asked
from openday.services.receipt import Receipt, neutral_token, secret_of
from openday.services.record import announce, record
from openday.services.seats import audience_of
from openday.services.suppression import may_write_to
from openday.services.visit import event_facts, visit_of_slot, visits_on_page
from openday.services.waiting_list import serve_waiting
from openday.services.waiting_place import place_in_line
from openday.services.waiting_queue import is_short_notice
from openday.transaction import transaction

log = structlog.get_logger()

ENTRIES_PER_ADDRESS = 3  # open ones at one event
ADMISSION = select(Event.admission).where(Event.id == bindparam("event"))


class NoWaitingList(Refusal):
    """Nobody waits for this event: it has no list, or takes no bookings at all."""

    code = "no_waiting_list"
    message = _l("Für diesen Termin gibt es keine Warteliste.")


class SeatsFree(Refusal):
    """There is room for the party right now: no need to wait. ``visits`` are the first such times."""

    code = "seats_free"
    message = _l("Es ist noch Platz für Sie.")

    def __init__(self, visits: list[Visit]) -> None:
        super().__init__()
        self.visits = visits


@dataclass(frozen=True)
class WaitingRequest:
    """Who wants to wait. With ``is_any_time`` the slot of the ``party`` only names the event."""

    party: BookingRequest
    is_any_time: bool = False
    takes_late_offer: bool = False

    @property
    def payload_digest(self) -> str:
        """SHA-256 over everything a person chose: tells a repeated form from a changed one."""
        content = f"{self.party.payload_digest} waits {self.is_any_time} {self.takes_late_offer}"
        return hashlib.sha256(content.encode()).hexdigest()


def join_waiting_list(request: WaitingRequest) -> Receipt:
    """Put a party at the end of the line and queue the mail with its place; the same form again is the same entry.

    Raises ``SeatsFree``, ``NoWaitingList``, ``BookingClosed``, ``EventCancelled``, ``PartyTooLarge``, ``NotFound`` and
    ``AlreadyBooked`` when the same form comes back with other content.
    """
    try:
        return store_entry(request)
    except IntegrityError:
        db.session.rollback()  # the same form was stored a moment before
        if repeated := repeated_entry(request):
            return repeated
        raise


@transaction
def store_entry(request: WaitingRequest) -> Receipt:
    """Entry, audit and mail in one commit; seats that are free for it are offered in the same one.

    Who stands in the line already gets the way to that entry by mail, and the page everybody gets.
    """
    if repeated := repeated_entry(request):
        return repeated
    visit = waitable_visit(request)
    announce_event(visit.event_id)
    refuse_if_free(request, visit)
    party = request.party
    if has_enough_entries(request, visit):
        ask_for_links(party.email, party.language)
        log.info("waiting list entry not stored", event_id=visit.event_id)
        return Receipt("", neutral_token(party.nonce))
    booking = draft_entry(request, visit)
    db.session.add(booking)
    db.session.flush()  # the mail and the audit entry need booking.id
    record(booking, "waiting")
    tell_place(booking, visit)
    serve_waiting(visit.event_id, clock.now())
    log.info("waiting list joined", event_id=visit.event_id, booking_id=booking.id)
    return receipt_of(booking)


def times_to_wait_for(slug: str) -> list[Visit] | None:
    """Return the times to come one could wait for, none without a list; None when there is no such public event."""
    visits = visits_on_page(slug)
    if visits is None:
        return None
    return [visit for visit in visits if takes_entries(visit)]


def takes_entries(visit: Visit) -> bool:
    """Whether one may wait for a time at this moment."""
    is_open = visit.has_opened and not visit.has_closed and not visit.is_called_off
    return is_open and visit.waiting_list is not WaitingList.OFF and bool(visit.modes)


def waitable_visit(request: WaitingRequest) -> Visit:
    """Return the slot's facts if one may wait for it now; raises the refusal that says why not."""
    party = request.party
    visit = visit_of_slot(party.slot_id)
    if visit is None or visit.event_state not in (EventState.PUBLISHED, EventState.CANCELLED):
        raise NotFound
    refuse_unless_open(visit)
    admission = db.session.scalar(ADMISSION, {"event": visit.event_id})
    if visit.waiting_list is WaitingList.OFF or admission in WITHOUT_BOOKING:
        raise NoWaitingList
    if party.party_size > visit.party_limit:
        raise PartyTooLarge(visit.party_limit)
    if not visit.modes or (party.mode is not None and party.mode not in visit.modes):
        raise NotFound
    return visit


def refuse_if_free(request: WaitingRequest, visit: Visit) -> None:
    """Raise ``SeatsFree`` when the party finds room at a time it would wait for."""
    party = request.party
    wanted = fits(party.party_size, party.mode or visit.modes[0], audience_of(party.guest_kind))
    which = [] if request.is_any_time else [Slot.id == visit.slot_id]
    if free := first_times(visit.event_id, *which, *wanted):
        raise SeatsFree(free)


def has_enough_entries(request: WaitingRequest, visit: Visit) -> bool:
    """Whether the guest stands in this line already, or the address in enough of the event; nobody is told which."""
    party = request.party
    lines = db.session.execute(
        select(Booking.slot_id, Booking.guest_name).where(
            Booking.booker_email == party.email,
            Booking.event_id == visit.event_id,
            Booking.state.in_((BookingState.WAITING, BookingState.OFFERED)),
        )
    ).all()
    wanted = (None if request.is_any_time else visit.slot_id, party.guest_name)
    return len(lines) >= ENTRIES_PER_ADDRESS or wanted in [(line.slot_id, line.guest_name) for line in lines]


def draft_entry(request: WaitingRequest, visit: Visit) -> Booking:
    """Return the entry as it will be stored. Where a booking would have to prove its mailbox, taking a place does."""
    party, at = replace(request.party, provisional_until=None), clock.now()
    booking = draft_party(party, visit, secret_of(party.nonce))
    booking.state = BookingState.WAITING
    booking.awaits = whose_turn(party, visit)
    booking.mode = party.mode or visit.modes[0]
    booking.slot_id = None if request.is_any_time else visit.slot_id
    booking.erase_on = visit.erase_without_time_on(clock.today()) if request.is_any_time else visit.erase_on
    day = visit.day_without_time(clock.today()) if request.is_any_time else visit.day
    booking.answers = answers_to_keep(still_asked(party.answers), day)
    booking.payload_digest = request.payload_digest
    booking.waits_since = booking.created_at = at
    booking.takes_late_offer = request.takes_late_offer or (
        not request.is_any_time and is_short_notice(visit.starts_at, at)
    )
    return booking


def tell_place(booking: Booking, visit: Visit) -> None:
    """Queue the mail with the place in the line, for an address that wants one; the house hears of its visits."""
    facts = visit if booking.slot_id else event_facts(db.session.get_one(Event, booking.event_id))
    joined = waiting_mails.waiting_joined(booking, facts, secret_of(booking.nonce), place_in_line(booking))
    if not may_write_to(booking.booker_email, booking.event_id, mails_per_day(booking)):
        withhold(joined)
    announce(booking, [joined, request_for_host(booking, facts) if is_told_at_once(booking) else None])


def repeated_entry(request: WaitingRequest) -> Receipt | None:
    """Return the receipt of the entry this form made before; raises ``AlreadyBooked`` when it said something else."""
    booking = db.session.scalars(OF_FORM, {"form": request.party.nonce}).first()
    if booking is None:
        return None
    receipt = receipt_of(booking)
    if booking.payload_digest != request.payload_digest:
        raise AlreadyBooked(receipt.token)
    return receipt


def receipt_of(booking: Booking) -> Receipt:
    """Return the way to the entry's page; where the mailbox has to prove itself it is in the mail alone."""
    is_neutral = booking.awaits is Awaits.MAILBOX or booking.guest_kind in ANSWERED_BY_MAIL
    token = neutral_token(booking.nonce) if is_neutral else secret_of(booking.nonce)
    return Receipt(booking.reference, token)
