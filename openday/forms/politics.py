"""The pages of a visit by politics: who comes, and what the house has to know for the day."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, IntegerField, RadioField
from wtforms.validators import InputRequired, StopValidation

from openday import clock, wording
from openday.exports.words import MAY_ANNOUNCE, POLITICAL_LEVELS, YES_NO_OPEN
from openday.forms.answer import AsksQuestions
from openday.forms.booking import BookingForm, PublicForm, ask_companions
from openday.forms.fields import DayField, Given, chosen, line, lines, needs_field
from openday.forms.validators import FullEmail, PlainText, check_party_size, strip
from openday.mailing.visit import Visit
from openday.models.words import MayAnnounce, Mode, PoliticalLevel, YesNoOpen
from openday.services.booking_request import PoliticalFacts
from openday.services.talk_offer import DayRange, TalkOffer, provisional_days

SELF, FOR_GUEST = "selbst", "fuer_andere"
END_OF_OFFICE = time(18)
LONG_TEXT = 300


def radio(label: Any, choices: Mapping[str, Any], missing: Any, hint: Any = "") -> RadioField:
    """Return a question with one answer; nothing is chosen beforehand, and anything else is no answer."""
    return RadioField(
        label, [InputRequired(missing)], choices=chosen(dict(choices)), description=hint, invalid_choice_message=missing
    )


class GuestForm(PublicForm):
    """Who comes and who books: an office usually does it for somebody else."""

    level = radio(_l("Für welche Ebene?"), POLITICAL_LEVELS, _l("Wählen Sie die Ebene aus"))
    guest = line(
        _l("Name der Person, die kommt"),
        120,
        required=_l("Geben Sie den Namen der Person ein, die kommt"),
        autocomplete="off",
        spellcheck="false",
    )
    role = line(
        _l("Funktion oder Amt"), 120, hint=_l("Zum Beispiel Bürgermeisterin"), autocomplete="organization-title"
    )
    constituency = line(_l("Wahlkreis oder Ort"), 120, autocomplete="off")
    booker = radio(
        _l("Wer bucht?"),
        {SELF: _l("Ich selbst"), FOR_GUEST: _l("Ich buche für diese Person")},
        _l("Wählen Sie aus, wer bucht"),
    )
    booker_name = line(
        _l("Ihr Name"), 120, hint=_l("Nur wenn Sie für diese Person buchen"), autocomplete="name", spellcheck="false"
    )
    email = EmailField(
        _l("Ihre E-Mail-Adresse"),
        [Given(_l("Geben Sie Ihre E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l("Bestätigung und Änderungen gehen an diese E-Mail-Adresse"),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    phone = line(
        _l("Telefon des Büros"),
        40,
        hint=_l("Damit wir Sie erreichen, wenn sich etwas kurzfristig verschiebt"),
        autocomplete="tel",
    )
    party_size = IntegerField(
        _l("Wie viele Personen kommen insgesamt?"),
        [InputRequired(_l("Geben Sie an, wie viele Personen kommen"))],
        description=_l("Mit der Person, die kommt, und ihrer Begleitung"),
        render_kw={"autocomplete": "off", "maxlength": 3},
    )
    companions = BookingForm.companions
    validate_companions = BookingForm.validate_companions  # the same rules as for every other party

    def __init__(self, offer: TalkOffer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = offer.facts
        if offer.facts.registers_companions:
            ask_companions(self.companions, offer.facts)
        else:
            del self.companions

    def validate_booker_name(self, field: Any) -> None:
        """Ask who is writing when an office books."""
        if self.booker.data == FOR_GUEST and not field.data:
            raise StopValidation(_l("Geben Sie Ihren Namen ein"))

    def validate_party_size(self, field: IntegerField) -> None:
        """Refuse nobody, and more people than the house takes."""
        check_party_size(field, self.visit.party_limit, self.visit.contact.phone)

    @property
    def name(self) -> str:
        """Who books, the guest's own name when nobody does it for them."""
        return str(self.booker_name.data if self.booker.data == FOR_GUEST else self.guest.data)


class CourseForm(AsksQuestions, PublicForm):
    """Press, announcement, topics, safety, its own questions: what the house has to know for the day."""

    mode = radio(
        _l("Wie nehmen Sie teil?"),
        {Mode.ONSITE: _l("Vor Ort"), Mode.ONLINE: _l("Digital")},
        _l("Wählen Sie aus, ob Sie vor Ort oder digital teilnehmen"),
    )
    brings_press = radio(_l("Bringen Sie Presse mit?"), YES_NO_OPEN, _l("Wählen Sie aus, ob Presse mitkommt"))
    may_announce = radio(
        _l("Dürfen wir den Besuch ankündigen?"),
        MAY_ANNOUNCE,
        _l("Wählen Sie aus, ob wir den Besuch ankündigen dürfen"),
    )
    topics = lines(_l("Themen oder Fragen"), LONG_TEXT, rows=3)
    security_notes = lines(
        _l("Sicherheit und Ablauf"),
        LONG_TEXT,
        hint=_l(
            "Zum Beispiel Ankunft, Begleitschutz, Parken. Das sehen nur die Verantwortlichen im Haus, "
            "und wir löschen es 7 Tage nach dem Besuch."
        ),
        rows=3,
    )
    needs = needs_field()
    is_provisional = BooleanField(_l("Wir können noch nicht fest zusagen"))
    provisional_until = DayField(_l("Vorläufig bis"))

    def __init__(self, offer: TalkOffer, visit: Visit | None, modes: Sequence[Mode], *args: Any, **kwargs: Any) -> None:
        self.visit = offer.facts
        super().__init__(*args, **kwargs)
        self.days: DayRange | None = provisional_days(visit, clock.now()) if visit else None
        if len(modes) < 2:
            del self.mode
        if self.days is None:
            del self.is_provisional
            del self.provisional_until
        elif self.provisional_until.data is None and not self.provisional_until.raw_data:
            self.provisional_until.data = self.days.last

    def validate_provisional_until(self, field: DayField) -> None:
        """Ask for a day that leaves the house some days, if the box is ticked; else the day means nothing."""
        if not self.is_provisional.data:
            field.process_errors = []
            raise StopValidation
        if field.process_errors:
            raise StopValidation
        if self.days and not (field.data and self.days.first <= field.data <= self.days.last):
            raise StopValidation(choose_between(self.days))

    @property
    def wants_provisional(self) -> bool:
        """Whether the seats are to be held only."""
        return "is_provisional" in self and bool(self.is_provisional.data)

    @property
    def asked_mode(self) -> Mode | None:
        """The way to take part as far as it is known yet."""
        return Mode(self.mode.data) if "mode" in self and self.mode.data in tuple(Mode) else None


def choose_between(days: DayRange) -> Any:
    """Return what to say about a day outside of a range."""
    return _l("Wählen Sie einen Tag vom %(days)s", days=wording.days_in_words(days.first, days.last))


def political_facts(who: GuestForm, course: CourseForm) -> PoliticalFacts:
    """Return what is stored beside name and address; call it on valid forms only."""
    return PoliticalFacts(
        level=PoliticalLevel(who.level.data),
        guest_role=who.role.data or None,
        constituency=who.constituency.data or None,
        is_for_guest=who.booker.data == FOR_GUEST,
        brings_press=YesNoOpen(course.brings_press.data),
        may_announce=MayAnnounce(course.may_announce.data),
        topics=course.topics.data or None,
        security_notes=course.security_notes.data or None,
    )
