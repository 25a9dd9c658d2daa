"""What a house reads of a request, and what it answers: a time for a proposal, other times, or no."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired, StopValidation

from openday import wording
from openday.exports.words import (
    GUEST_KINDS,
    MAY_ANNOUNCE,
    MODES,
    POLITICAL_LEVELS,
    PRESS_PARTNERS,
    PRESS_PLANS,
    PRESS_PROOFS,
    STATES,
    YES_NO_OPEN,
    proposal_in_words,
    terms_in_words,
)
from openday.forms.fields import ChecksField, ClockField, Given, NumberField, chosen, line
from openday.mailing.visit import Visit
from openday.models import PoliticalVisit, PressVisit
from openday.models.words import OPEN_STATES, Awaits
from openday.services.visit_answer import MOST_OFFERS
from openday.services.visit_request_page import RequestPage

USUAL_MINUTES = 30


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """Yes to one of the proposed days: at what time, and for how long."""

    position = RadioField(
        _l("Welcher Vorschlag passt?"),
        [InputRequired(_l("Wählen Sie einen Vorschlag aus"))],
        invalid_choice_message=_l("Wählen Sie einen Vorschlag aus"),
    )
    start_time = ClockField(_l("Beginn"), [Given(_l("Geben Sie die Uhrzeit ein"))])
    minutes = NumberField(_l("Dauer"), least=5, most=480, required=_l("Geben Sie an, wie lange der Besuch dauert"))

    def __init__(self, page: RequestPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.position.choices = chosen({str(one.position): proposal_in_words(one) for one in page.proposals})
        if not self.is_submitted():
            exact = [one.start_time for one in page.proposals if one.start_time]
            self.start_time.data = exact[0] if len(page.proposals) == len(exact) == 1 else None
            self.minutes.data = str(USUAL_MINUTES)


class OfferForm(FlaskForm):  # type: ignore[misc]
    """Up to three other times of the event."""

    slots = ChecksField(_l("Welche Zeiten bieten Sie an?"), [InputRequired(_l("Wählen Sie mindestens eine Zeit aus"))])

    def __init__(self, page: RequestPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots.choices = chosen({str(visit.slot_id): time_in_words(visit) for visit in page.times})

    def validate_slots(self, field: ChecksField) -> None:
        """Refuse more than the mail and the office can handle."""
        if len(field.data or []) > MOST_OFFERS:
            raise StopValidation(_l("Wählen Sie höchstens drei Zeiten aus"))


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """No, and why."""

    reason = line(
        _l("Grund"),
        300,
        required=_l("Geben Sie den Grund ein"),
        hint=_l("Steht in der E-Mail, zum Beispiel: An dem Tag ist das Haus geschlossen"),
    )


def time_in_words(visit: Visit) -> str:
    """Return ``Mo., 16. September 2024, 10:30 bis 11:00 Uhr``."""
    return f"{wording.day_in_words(visit.day)}, {wording.times_in_words(visit.starts_at, visit.ends_at)}"


def state_in_words(page: RequestPage) -> str:
    """Return whose turn it is, or how it ended."""
    if page.is_open:
        return str(_("Wartet auf Ihre Antwort"))
    if page.booking.awaits is Awaits.BOOKER and page.booking.state in OPEN_STATES:
        return str(_("Wartet auf das Büro"))
    return str(STATES[page.booking.state])


def facts_in_words(page: RequestPage) -> list[tuple[str, str]]:
    """Return what was said, each with its name, without what was left out."""
    booking = page.booking
    facts = [
        (_("Wer kommt"), booking.greeting_name),
        *(political_facts(booking.political) if booking.political else []),
        (_("Wer bucht"), ", ".join(filter(None, (booking.booker_name, booking.organisation)))),
        (_("E-Mail"), booking.booker_email),
        (_("Telefon"), booking.booker_phone),
        (_("Gästegruppe"), str(GUEST_KINDS[booking.guest_kind])),
        (_("Begleitung"), ", ".join((booking.companions or "").splitlines())),
        (_("Teilnahme"), str(MODES[booking.mode])),
        *(press_facts(page.press) if page.press else []),
        (_("Unterstützung"), booking.needs),
        (_("Sicherheit und Ablauf"), page.security_notes),
        (_("Bedingungen"), terms_in_words(booking.terms_version, booking.terms_accepted_at)),
    ]
    return [(name, value) for name, value in facts if value]


def political_facts(visit: PoliticalVisit) -> list[tuple[str, str | None]]:
    """Return what an office said about its guest; the security notes are not in it."""
    return [
        (_("Funktion oder Amt"), visit.guest_role),
        (_("Ebene"), str(POLITICAL_LEVELS[visit.level]) if visit.level else None),
        (_("Wahlkreis oder Ort"), visit.constituency),
        (_("Presse dabei"), str(YES_NO_OPEN[visit.brings_press]) if visit.brings_press else None),
        (_("Ankündigen"), str(MAY_ANNOUNCE[visit.may_announce]) if visit.may_announce else None),
        (_("Themen oder Fragen"), visit.topics),
    ]


def press_facts(visit: PressVisit) -> list[tuple[str, str | None]]:
    """Return what a journalist plans."""
    return [
        (_("Geplant"), ", ".join(str(PRESS_PLANS[one]) for one in visit.plans if one in PRESS_PLANS)),
        (_("Nachweis"), str(PRESS_PROOFS[visit.proof]) if visit.proof else None),
        (_("Möchte sprechen mit"), ", ".join(str(PRESS_PARTNERS[one]) for one in visit.talks_to)),
        (_("Abgabe oder Sendetermin"), visit.deadline),
    ]
