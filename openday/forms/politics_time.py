"""When the visit is to be: one of the house's times, up to three proposals, or a full time one waits for; and the
last look before it is sent."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import StopValidation

from openday.exports.words import DAY_PARTS
from openday.forms.booking import OPEN_FOR, BookingForm, PublicForm, ask_for_terms
from openday.forms.fields import ClockField, DayField, chosen
from openday.forms.politics import choose_between
from openday.forms.validators import whole_number
from openday.forms.waiting_list import ANY_TIME, TAKES_LATE, TAKES_LATE_HINT, times_to_choose
from openday.mailing.visit import EventFacts, Visit
from openday.models import VisitProposal
from openday.models.words import DayPart
from openday.services.booking_request import Proposal
from openday.services.talk_offer import TalkOffer
from openday.settings import current_settings
from openday.tokens import read_nonce, sign_nonce

SLOT, PROPOSAL, WAITING = "uhrzeit", "vorschlag", "warteliste"
CLOCK_TIME = "genau"
NONCE = "politics"
ROWS, ROW = ("1", "2", "3"), ("day", "part", "time")
PARTS: dict[str, Any] = {**DAY_PARTS, CLOCK_TIME: _l("Genaue Uhrzeit")}


def part_field() -> SelectField:
    """Return the question which part of a day suits."""
    return SelectField(_l("Wann?"), choices=chosen(PARTS, empty=_l("Bitte wählen")), validate_choice=False)


class TimeForm(PublicForm):
    """``weg`` says which part of the page was sent: a time of the house, proposals, or a place in the waiting list."""

    weg = HiddenField()
    slot = StringField(_l("Uhrzeit"))
    day_1, part_1, time_1 = DayField(_l("Tag")), part_field(), ClockField(_l("Uhrzeit"))
    day_2, part_2, time_2 = DayField(_l("Tag")), part_field(), ClockField(_l("Uhrzeit"))
    day_3, part_3, time_3 = DayField(_l("Tag")), part_field(), ClockField(_l("Uhrzeit"))

    wait_for = SelectField(_l("Auf welche Uhrzeit warten Sie?"), validate_choice=False)
    takes_late_offer = BooleanField(TAKES_LATE, description=TAKES_LATE_HINT)

    def __init__(self, offer: TalkOffer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.wait_for.choices = times_to_choose(offer.waiting)
        if not self.wait_for.raw_data:  # while some times are free nobody has to wait for any
            full = next((str(visit.slot_id) for visit in offer.full_times), ANY_TIME)
            self.wait_for.data = full if offer.times else ANY_TIME

    @property
    def waits(self) -> bool:
        """Whether a place in the waiting list was chosen."""
        return self.weg.data == WAITING and bool(self.offer.waiting)

    @property
    def is_any_time(self) -> bool:
        """Whether any of the times will do."""
        return self.waits and self.wait_for.data == ANY_TIME

    @property
    def waits_for(self) -> Visit | None:
        """The time one waits for; the first one stands for all of them."""
        if self.is_any_time:
            return self.offer.waiting[0]
        chosen = (visit for visit in self.offer.waiting if str(visit.slot_id) == self.wait_for.data)
        return next(chosen, None) if self.waits else None

    @property
    def proposes(self) -> bool:
        """Whether days are proposed instead of a time chosen."""
        return self.weg.data == PROPOSAL and self.offer.days is not None

    @property
    def slot_id(self) -> int | None:
        """The chosen time."""
        return None if self.proposes or self.waits else whole_number(self.slot.data)

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Day, part of the day and clock time of each proposal."""
        return [(self[f"day_{row}"], self[f"part_{row}"], self[f"time_{row}"]) for row in ROWS]

    @property
    def names_more_days(self) -> bool:
        """Whether anything was typed beside the first proposal."""
        return any(field.raw_data and field.raw_data[0] for row in self.rows[1:] for field in row)

    def validate_slot(self, _field: StringField) -> None:
        """Ask for a time when that half was sent."""
        if not self.proposes and not self.waits and self.slot_id is None:
            raise StopValidation(_l("Wählen Sie eine Uhrzeit aus"))

    def validate_wait_for(self, _field: SelectField) -> None:
        """Ask which time one waits for when that part was sent."""
        if self.waits and self.waits_for is None:
            raise StopValidation(_l("Wählen Sie eine Uhrzeit aus"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the part that was sent."""
        if not self.proposes:
            for fields in self.rows:
                for field in fields:
                    field.process_errors = []
        is_valid = bool(super().validate(extra_validators))
        good = [self.is_good(*row, is_first=number == 0) for number, row in enumerate(self.rows)]
        return is_valid and all(good)

    def is_good(self, day: DayField, part: SelectField, at: ClockField, *, is_first: bool) -> bool:
        """Look at one proposal: a day the house can offer, and when on it; the first one must be there."""
        if not self.proposes or day.errors or at.errors:
            return not self.proposes
        if day.data is None:
            is_missing = is_first or bool(part.data) or at.data is not None
            day.errors = [_l("Geben Sie den Tag ein, an dem es passt")] if is_missing else []
            return not is_missing
        days = self.offer.days
        if days and not days.first <= day.data <= days.last:
            day.errors = [choose_between(days)]
        elif part.data not in PARTS:
            part.errors = [_l("Wählen Sie aus, wann es an dem Tag passt")]
        elif part.data == CLOCK_TIME and at.data is None:
            at.errors = [_l("Geben Sie die Uhrzeit ein")]
        return not (day.errors or part.errors or at.errors)

    def proposals(self) -> tuple[Proposal, ...]:
        """Return what was proposed, each once; call it on a valid form only."""
        found = (proposal(day.data, part.data, at.data) for day, part, at in self.rows if day.data)
        return tuple(dict.fromkeys(found)) if self.proposes else ()


def time_answers(values: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what a query says about the time: nothing else is read from an address."""
    known = ("weg", "slot", "wait_for", "takes_late_offer", *(f"{part}_{row}" for row in ROWS for part in ROW))
    return MultiDict([(name, value) for name in known for value in values.getlist(name)])


def proposal_answers(proposed: Iterable[VisitProposal]) -> MultiDict[str, str]:
    """Return proposals as the form would have sent them."""
    values: list[tuple[str, str]] = []
    for row, one in zip(ROWS, proposed, strict=False):
        assert one.day is not None  # noqa: S101 - only the house suggests slots
        values += [(f"day_{row}", one.day.isoformat()), (f"part_{row}", one.day_part or CLOCK_TIME)]
        values += [(f"time_{row}", one.start_time.strftime("%H:%M"))] if one.start_time else []
    return MultiDict(values)


def proposal_form(offer: TalkOffer, values: MultiDict[str, str]) -> TimeForm:
    """Return the part of the page that asks for days."""
    return TimeForm(offer, formdata=MultiDict([("weg", PROPOSAL), *values.items(multi=True)]))


def proposal(day: date, part: str, at: time | None) -> Proposal:
    """Return a proposed day with its clock time or its part."""
    return Proposal(day, at, None) if part == CLOCK_TIME else Proposal(day, None, DayPart(part))


class CheckForm(PublicForm):
    """The last page: its number makes sending twice one request, and where there are terms they are accepted."""

    terms = BookingForm.terms
    nonce = HiddenField()
    nonce_value = ""
    validate_terms = BookingForm.validate_terms  # the same rule as for every other party

    def __init__(self, facts: EventFacts, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = facts
        ask_for_terms(self)

    def validate_nonce(self, field: HiddenField) -> None:
        """Refuse a form that was open for more than a day, or that never came from here."""
        nonce = read_nonce(current_settings().signing_key(), NONCE, field.data or "", OPEN_FOR)
        if nonce is None or nonce.is_stale:
            raise StopValidation(
                _l("Die Seite war lange offen. Ihre Angaben sind noch da. Senden Sie sie noch einmal ab.")
            )
        self.nonce_value = nonce.value

    def renew(self) -> None:
        """Give the form a number of its own, for one request."""
        self.nonce.data = sign_nonce(current_settings().signing_key(), NONCE)
