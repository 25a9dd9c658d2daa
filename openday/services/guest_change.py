"""Who comes instead, and what else a guest corrects: the booking and its seats stay."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock, tokens
from openday.errors import BookingClosed, NotFound
from openday.extensions import db
from openday.mailing import visit_change_mails, visit_request_mails
from openday.models import Booking, OutboxMessage, PoliticalVisit, PressVisit
from openday.models.words import FieldOfWork
from openday.services.booking_request import GivenAnswer, PoliticalFacts, PressFacts
from openday.services.confirmation import hears_at_once, mails_per_day
from openday.services.moving import correctable_facts, has_firm_seats
from openday.services.news_again import news_again
from openday.services.own_booking import own_booking
from openday.services.question import correct_answers
from openday.services.record import record
from openday.services.stored_booking import behind_its_event
from openday.services.suppression import may_write_to
from openday.services.visit import event_facts, visit_from
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
    organisation: str | None = None
    field_of_work: FieldOfWork | None = None
    politics: PoliticalFacts | None = None
    press: PressFacts | None = None
    answers: tuple[GivenAnswer, ...] = ()


def details_of(token: str) -> Details:
    """Return what was said so far; raises ``NotFound``. Two statements."""
    booking = db.session.scalars(
        select(Booking)
        .where(Booking.token_digest == tokens.digest(token))
        .options(joinedload(Booking.political), joinedload(Booking.press), selectinload(Booking.answers))
        .execution_options(populate_existing=True)
    ).first()
    if booking is None:
        raise NotFound
    return present_details(booking)


def present_details(booking: Booking) -> Details:
    """Return what a booking says now; for how long answers are kept is not among it."""
    politics, press = booking.political, booking.press
    return Details(
        name=booking.booker_name,
        phone=booking.booker_phone,
        needs=booking.needs,
        companions=booking.companions,
        language=booking.language,
        organisation=booking.organisation,
        field_of_work=booking.field_of_work,
        politics=PoliticalFacts(**named_alike(PoliticalFacts, politics)) if politics else None,
        press=PressFacts(**named_alike(PressFacts, press)) if press else None,
        answers=tuple(GivenAnswer(one.question_id, one.value, keep_days=0) for one in booking.answers),
    )


def named_alike(facts: type[PoliticalFacts | PressFacts], row: PoliticalVisit | PressVisit) -> dict[str, Any]:
    """Return the columns of a row that have the names of the facts."""
    return {field.name: getattr(row, field.name) for field in fields(facts)}


@transaction
def correct_details(token: str, details: Details) -> None:
    """Store corrected details; the house hears at once what politics and press correct, and what it has yet to answer.

    Raises ``NotFound``, and ``BookingClosed`` after the deadline of a booking.
    """
    booking = behind_its_event(token)
    before = present_details(booking)
    facts = correctable_facts(booking, clock.now())
    write_details(booking, details)
    correct_answers(booking, details.answers, day_of(booking))
    mails = []
    if hears_at_once(booking) and is_news(before, details):
        booking.sequence += 1
        db.session.flush()  # the mail carries the risen sequence
        mails.append(visit_change_mails.visit_corrected(booking, facts))
    record(booking, "details_corrected", mails)
    log.info("details corrected", booking_id=booking.id)


def day_of(booking: Booking) -> date:
    """Return the Berlin day from which the time answers are kept counts."""
    if booking.slot:
        return visit_from(booking.slot).day
    return event_facts(booking.event).day_without_time(clock.today())


def is_news(before: Details, after: Details) -> bool:
    """Whether a house has to know what was corrected: everything but the language of the mails."""
    known, told = ({one.question_id: one.text for one in details.answers} for details in (before, after))
    return known != told or replace(before, language="", answers=()) != replace(after, language="", answers=())


def write_details(booking: Booking, details: Details) -> None:
    """Put the details into their rows; who comes and books is one person with one name."""
    if booking.guest_name == booking.booker_name:
        booking.guest_name = details.name
    booking.booker_name = details.name
    booking.booker_phone = details.phone
    for name in ("needs", "companions", "language", "organisation", "field_of_work"):
        setattr(booking, name, getattr(details, name))
    for row, facts in ((booking.political, details.politics), (booking.press, details.press)):
        if row is not None and facts is not None:
            for name, value in vars(facts).items():
                setattr(row, name, value)


@transaction
def replace_guest(token: str, guest_name: str, guest_role: str | None) -> None:
    """Let somebody else come in the guest's place, staff for a member of parliament; the host is told.

    The same guest again changes nothing. Raises ``NotFound``, and ``BookingClosed`` where nobody can be replaced, or
    not any more.
    """
    booking = behind_its_event(token)
    visit = booking.political
    if visit is None or not own_booking(booking).can_replace_guest:
        raise BookingClosed
    if (booking.guest_name, visit.guest_role) == (guest_name, guest_role):
        return
    booking.guest_name, visit.guest_role = guest_name, guest_role
    booking.sequence += 1
    db.session.flush()  # the mail names the new guest
    record(booking, "guest_replaced", told_of_guest(booking, token))
    log.info("guest replaced", booking_id=booking.id)


def told_of_guest(booking: Booking, token: str) -> list[OutboxMessage]:
    """Return the mails to office and house; while there are no seats they say where request or entry stands."""
    if booking.slot and has_firm_seats(booking):
        return visit_request_mails.guest_replaced(booking, visit_from(booking.slot), token)
    may_write = may_write_to(booking.booker_email, booking.event_id, mails_per_day(booking))
    return news_again(booking, token, booking.sequence, may_write=may_write)
