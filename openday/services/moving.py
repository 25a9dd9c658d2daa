"""Changing a booking oneself: another time, more people or fewer. The new seat first, the old one after."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import update

from openday import clock
from openday.errors import BookingClosed, EventCancelled, NotFound, PartyTooLarge, SlotFull
from openday.mailing import change_mails, visit_change_mails
from openday.mailing.visit import EventFacts, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import Awaits, BookingState, Confirmation, EventState, GuestKind, Mode
from openday.services.availability import announce_event, announce_left, announce_step, seats_to_come
from openday.services.confirmation import LARGE_PARTY, hears_at_once
from openday.services.question import keep_answers_until
from openday.services.record import record
from openday.services.seats import (
    Claim,
    audience_of,
    release_seats,
    release_some,
    seat_booking,
    seats_left,
    take_seats,
)
from openday.services.stored_booking import booking_of_link, claimed
from openday.services.visit import facts_of, visit_of_slot
from openday.services.waiting_list import claim_turn, serve_waiting
from openday.transaction import transaction

log = structlog.get_logger()

IN_LINE = (BookingState.WAITING, BookingState.OFFERED)


@transaction
def move_booking(token: str, slot_id: int, mode: Mode | None = None) -> None:
    """Move a booking to another time of its event; the same time again changes nothing.

    Raises ``SlotFull`` with nothing changed when the party finds no room there, ``BookingClosed`` after the deadline or
    for a time that has passed, ``EventCancelled``, ``NotFound`` for a wrong link or a time of another event.
    """
    at = clock.now()
    booking = booking_of_link(token)
    previous = changeable_visit(booking, at)
    wanted = visit_of_slot(slot_id)
    if wanted is None or wanted.event_id != booking.event_id:
        raise NotFound
    mode = mode or (booking.mode if booking.mode in wanted.modes else wanted.modes[0])
    if wanted.slot_id == previous.slot_id and mode is booking.mode:
        return
    if wanted.is_called_off:
        raise EventCancelled
    if wanted.is_past:
        raise BookingClosed
    announce_event(booking.event_id)
    left = seats_to_come(booking.event_id, at)  # a party may leave seats kept for it and sit among everybody
    audience = audience_of(booking.guest_kind)
    taken = take_seats(Claim(slot_id, mode, booking.party_size, at, audience))
    if taken is None:
        raise SlotFull(seats_left(slot_id, mode, audience, at))
    values = {"slot_id": slot_id, "mode": mode, "erase_on": wanted.erase_on}
    if booking.held_until is not None:
        values["held_until"] = min(booking.held_until, wanted.starts_at)
    claim_change(booking, values)
    keep_answers_until(Booking.id == booking.id, wanted.day)
    release_seats(booking.id)
    seat_booking(booking.id, taken.seats)
    announce_left(booking.event_id, wanted.campaign_id, at, left)
    news = visit_change_mails.visit_moved(booking, wanted, previous) if hears_at_once(booking) else None
    finish(booking, [change_mails.booking_moved(booking, wanted, previous, token), news], "moved")
    serve_waiting(booking.event_id, at)


@transaction
def resize_booking(token: str, party_size: int) -> None:
    """Change how many people come; the same number again changes nothing.

    Raises ``SlotFull`` with nothing changed when there is no room for more, ``PartyTooLarge``, ``BookingClosed`` after
    the deadline, ``NotFound``.
    """
    at = clock.now()
    booking = booking_of_link(token)
    facts = correctable_facts(booking, at)
    before = booking.party_size
    if party_size == before:
        return
    if party_size > size_limit(booking):
        raise PartyTooLarge(size_limit(booking))
    announce_event(booking.event_id)
    if wants_seats(booking):
        resize_wish(booking, facts, party_size, at)
        return
    assert isinstance(facts, Visit)  # noqa: S101 - it has seats
    claim_change(booking, {"party_size": party_size})
    if party_size > before:
        audience = audience_of(booking.guest_kind)
        taken = take_seats(Claim(facts.slot_id, booking.mode, party_size - before, at, audience))
        if taken is None:
            raise SlotFull(before + seats_left(facts.slot_id, booking.mode, audience, at))
        seat_booking(booking.id, taken.seats)
    else:
        release_some(booking.id, before - party_size, audience_of(booking.guest_kind))
    announce_step(booking.event_id, facts.campaign_id, at, party_size - before)
    news = visit_change_mails.visit_resized(booking, facts, before) if hears_at_once(booking) else None
    finish(booking, [change_mails.booking_resized(booking, facts, token, before), news], "resized")
    if party_size < before:
        serve_waiting(booking.event_id, at)


def resize_wish(booking: Booking, facts: EventFacts, party_size: int, at: datetime) -> None:
    """Let a party without seats of its own be larger or smaller: its request stays, and its place in the line.

    Seats offered to it and not wanted any more are the next one's; a party that fits now is served at once.
    """
    before, is_offered = booking.party_size, booking.state is BookingState.OFFERED
    if not claim_turn(booking, booking.state, {"party_size": party_size}, Booking.party_size == before):
        raise BookingClosed
    if is_offered:
        release_some(booking.id, before - party_size, audience_of(booking.guest_kind))
        announce_step(booking.event_id, facts.campaign_id, at, party_size - before)
    news = visit_change_mails.visit_resized(booking, facts, before) if hears_at_once(booking) else None
    finish(booking, [news], "resized")
    serve_waiting(booking.event_id, at)


def correctable_facts(booking: Booking, at: datetime) -> EventFacts:
    """Return what an open booking, request or place in line is about while its guest may correct what was said.

    Who has no seat yet may until the start. Raises ``BookingClosed`` or ``EventCancelled``.
    """
    facts = facts_of(booking)
    refuse_correction(booking, facts, at)
    return facts


def refuse_correction(booking: Booking, facts: EventFacts, at: datetime) -> None:
    """Raise ``BookingClosed`` or ``EventCancelled`` when its guest may not correct a booking about these facts."""
    if not wants_seats(booking):
        refuse_change(booking, facts, at)
    elif facts.event_state is EventState.CANCELLED or (isinstance(facts, Visit) and facts.is_called_off):
        raise EventCancelled
    elif isinstance(facts, Visit) and facts.is_past:
        raise BookingClosed


def wants_seats(booking: Booking) -> bool:
    """Whether somebody known asks or waits for seats, or is offered some."""
    is_unproven = booking.state is BookingState.REQUESTED and booking.awaits is Awaits.MAILBOX
    return booking.state in (BookingState.REQUESTED, *IN_LINE) and not is_unproven


def changeable_visit(booking: Booking, at: datetime) -> Visit:
    """Return the visit of a booking its guest may still change; raises ``BookingClosed`` or ``EventCancelled``."""
    visit = facts_of(booking)
    refuse_change(booking, visit, at)
    assert isinstance(visit, Visit)  # noqa: S101 - others were refused
    return visit


def refuse_change(booking: Booking, facts: EventFacts, at: datetime) -> None:
    """Raise ``BookingClosed`` or ``EventCancelled`` when its guest may not choose another time for a booking."""
    if not isinstance(facts, Visit) or booking.came_at is not None or not has_firm_seats(booking):
        raise BookingClosed
    if facts.is_called_off:
        raise EventCancelled
    if facts.change_until <= at or facts.is_past:
        raise BookingClosed


def size_limit(booking: Booking) -> int:
    """Return how large a party may become without anybody's consent: a size that needed one can't be had afterwards.

    What the host agreed to may only shrink, as who waits; who never had to open a mailbox stays below a large party.
    """
    is_agreed = booking.event.confirmation is Confirmation.APPROVAL or booking.guest_kind is GuestKind.PRESS
    if is_agreed or booking.state in IN_LINE:
        return booking.party_size
    limit = booking.event.party_limit
    if booking.guest_kind is not GuestKind.POLITICS and booking.confirmed_at == booking.created_at:
        limit = min(limit, LARGE_PARTY)
    return max(limit, booking.party_size)


def has_firm_seats(booking: Booking) -> bool:
    """Whether the booking is confirmed, or held for somebody known: a provisional visit may be moved too."""
    is_known_hold = booking.state is BookingState.HELD and booking.awaits is not Awaits.MAILBOX
    return booking.state is BookingState.CONFIRMED or is_known_hold


def claim_change(booking: Booking, values: dict[str, object]) -> None:
    """Change a booking that is as it was read; raises ``BookingClosed`` when somebody else changed it meanwhile."""
    is_as_read = (
        Booking.id == booking.id,
        Booking.state == booking.state,
        Booking.slot_id == booking.slot_id,
        Booking.party_size == booking.party_size,
        Booking.came_at.is_(None),
    )
    if not claimed(booking, update(Booking).where(*is_as_read).values(sequence=Booking.sequence + 1, **values)):
        raise BookingClosed


def finish(booking: Booking, mails: Iterable[OutboxMessage | None], action: str) -> None:
    """Queue the mails there are and write the change down."""
    record(booking, action, mails)
    log.info("booking changed", booking_id=booking.id, action=action)
