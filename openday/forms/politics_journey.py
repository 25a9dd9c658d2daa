"""The pages of a visit in their order. What was answered travels in the page, is looked at again on each, and is
nowhere else: no session, no cookie, nothing in an address."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from openday import clock, wording
from openday.forms.booking import PublicForm, names_in
from openday.forms.politics import END_OF_OFFICE, CourseForm, GuestForm, political_facts
from openday.forms.politics_time import CheckForm, TimeForm
from openday.mailing.running_order import answer_day
from openday.mailing.visit import Visit
from openday.models.words import GuestKind
from openday.services.booking_request import BookingRequest
from openday.services.event_host import recipients_of
from openday.services.talk_offer import TalkOffer
from openday.services.waiting_entry import WaitingRequest

TIME, GUEST, COURSE, CHECK = "zeit", "person", "ablauf", "pruefen"
STEPS = (TIME, GUEST, COURSE, CHECK)
NO_SLOT = 0


class Journey:
    """Everything that has been answered so far; ``visit`` is the chosen time, None while days are proposed or a full
    time is waited for."""

    def __init__(self, offer: TalkOffer, values: MultiDict[str, str], visit: Visit | None) -> None:
        self.offer = offer
        self.values = values
        self.visit = visit
        self.time = TimeForm(offer, formdata=values)
        self.guest = GuestForm(offer, formdata=values)
        self.modes = offer.modes(visit or self.time.waits_for)
        self.course = CourseForm(offer, visit, self.modes, formdata=values)
        self.check = CheckForm(offer.facts, formdata=values)
        self.forms: dict[str, PublicForm] = {
            TIME: self.time,
            GUEST: self.guest,
            COURSE: self.course,
            CHECK: self.check,
        }

    def first_faulty(self, step: str) -> str | None:
        """Return the first page up to this one with something to mend."""
        upto = STEPS[: STEPS.index(step) + 1]
        return next((one for one in upto if not self.forms[one].validate()), None)

    def carried(self, step: str) -> list[tuple[str, str]]:
        """Return the answers of all other pages, to be sent along with this one."""
        others = [form for one, form in self.forms.items() if one not in (step, CHECK)]
        return [pair for form in others for pair in sent(form, self.values)]

    @property
    def erase_on(self) -> date:
        """The Berlin day by which everything said here is forgotten."""
        return self.visit.erase_on if self.visit else self.offer.facts.erase_without_time_on(clock.today())

    @property
    def answer_by(self) -> date:
        """The Berlin day by which the house answers a request: before the first day that was chosen or proposed."""
        days = [self.visit.day] if self.visit else [one.day for one in self.time.proposals()]
        return answer_day(clock.now(), self.offer.facts.region, min(days, default=None))

    @property
    def recipients(self) -> list[str]:
        """The partners of the Träger that get something of what is said here."""
        return recipients_of(self.offer.facts.event_id)

    def to_wish(self, wanted: BookingRequest) -> WaitingRequest:
        """Return which time is waited for, with what is asked for."""
        return WaitingRequest(wanted, self.time.is_any_time, bool(self.time.takes_late_offer.data))

    def to_request(self) -> BookingRequest:
        """Return what is asked for; call it when no page is faulty."""
        visit = self.visit or self.time.waits_for
        who, course = self.guest, self.course
        until = course.provisional_until.data if course.wants_provisional else None
        return BookingRequest(
            slot_id=visit.slot_id if visit else NO_SLOT,
            name=who.name,
            email=who.email.data,
            party_size=who.party_size.data,
            nonce=self.check.nonce_value,
            mode=course.asked_mode or self.modes[0],
            needs=course.needs.data or None,
            guest_kind=GuestKind.POLITICS,
            phone=who.phone.data or None,
            guest_name=who.guest.data,
            companions="\n".join(names_in(who.companions.data)) or None if "companions" in who else None,
            politics=political_facts(who, course),
            terms_version=self.offer.facts.terms_version if "terms" in self.check else None,
            answers=course.answers,
            provisional_until=clock.from_berlin(until, END_OF_OFFICE) if until else None,
            language=wording.language(),
        )


def sent(form: PublicForm, values: MultiDict[str, str]) -> Iterable[tuple[str, str]]:
    """Return the values a form was sent with, under its fields' names."""
    names: Any = [field.name for field in form]
    return [(name, value) for name in names for value in values.getlist(name)]
